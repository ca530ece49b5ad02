"""The page of the archive's history: counts by day and by month, and the most frequent authors."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from ..contract.format import Output
from ..words import Words
from .card import PaperLabel, title_mark
from .chart import Chart, draw
from .frame import Frame
from .line import IssueLine
from .render import write_page

_MOST_NAMES = 1 << 16
"""Names that are counted at a time: 20 years of a daily digest have more, in too much memory."""
_SHOWN = 20


class AuthorCounter:
    """Counts the papers that name each author."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def add(self, papers: Sequence[PaperLabel]) -> None:
        """Count the authors of an issue's papers.

        When there are too many names, those seen least are forgotten, at least half of them, so that this is seldom:
        whom they belong to is none of the most frequent, or is soon seen again and then counted short.
        """
        self.counts.update([name for paper in papers for name in dict.fromkeys(paper.authors)])
        if len(self.counts) > _MOST_NAMES:
            least = 0
            while len(self.counts) > _MOST_NAMES // 2:
                least += 1
                self.counts = Counter({name: count for name, count in self.counts.items() if count > least})

    def most_frequent(self) -> list[tuple[str, int]]:
        """Return names and counts, of equals by name; nobody who is named once."""
        found = [pair for pair in self.counts.items() if pair[1] > 1]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:_SHOWN]


class Row(NamedTuple):
    """A month in the table."""

    label: str
    issues: int
    papers: int
    votes: str
    top: IssueLine
    mark: Markup


def write(output: Output, frame: Frame, lines: Sequence[IssueLine], authors: AuthorCounter) -> None:
    """Write the page; `lines` are the issues that have papers."""
    write_page(
        output,
        frame,
        "history.html",
        about=_about(frame.words, lines),
        charts=_charts(frame.words, lines),
        rows=[_row(frame.words, list(group)) for _, group in groupby(reversed(lines), key=lambda each: each.month)],
        authors=authors.most_frequent(),
    )


def _about(words: Words, lines: Sequence[IssueLine]) -> str:
    if not lines:
        return words.no_issue
    return words.history_about.format(
        issues=words.count(words.issue_count, len(lines)),
        papers=words.count(words.papers, sum(each.papers for each in lines)),
        first=words.date(lines[0].date),
        last=words.date(lines[-1].date),
    )


def _charts(words: Words, lines: Sequence[IssueLine]) -> list[Chart]:
    """Draw the papers of each issue, and how many votes a paper of it got, where it is known."""
    voted = [each for each in lines if each.voted]
    charts = [
        draw(words.papers_by_day, words.papers_by_day_text, [(each.date, each.papers) for each in lines]),
        draw(words.votes_by_day, words.votes_by_day_text, [(each.date, each.votes / each.voted) for each in voted]),
    ]
    return [chart for chart in charts if chart]


def _row(words: Words, group: Sequence[IssueLine]) -> Row:
    voted = sum(each.voted for each in group)
    top = max(group, key=lambda each: -1 if each.top_votes is None else each.top_votes)
    return Row(
        words.month_name(group[0].date),
        len(group),
        sum(each.papers for each in group),
        f"{sum(each.votes for each in group) / voted:.1f}" if voted else "–",
        top,
        title_mark(top.top_title, top.language, words),
    )
