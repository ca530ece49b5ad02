"""The pages that tell of all issues, or of a year's: they keep a line of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from ...model import Issue
from ..contract.format import Output, Period, Write, part_of
from ..series.books import book_file
from ..series.identity import language
from ..text.plain import excerpt
from ..words import Words, words_in
from . import history
from .card import Card, cards, mark, named, title_mark
from .frame import Feed, Frame, feeds, make_frame
from .issue import books
from .render import write_page, write_static
from .search import write_index
from .told import Told, told

_PERIODS: tuple[Period, ...] = ("day", "week", "month")
"""Of books, the shortest first."""

_NEWEST_MONTHS = 12
_OPEN_MONTHS = 2
_IN_SHORT = 10
"""Papers of the newest issue that the index names."""
_EXCERPT = 240
"""Bytes of a summary that the index shows."""
_DATA = {
    "papers.bib": "BibTeX",
    "papers.biblatex.bib": "BibLaTeX",
    "papers.ris": "RIS",
    "papers.csl.json": "CSL-JSON",
    "papers.csv": "CSV",
    "papers.jsonl": "JSON Lines",
}


class Line(NamedTuple):
    """An issue in a list."""

    told: Told
    label: str
    papers: str
    mark: Markup
    """Of the top paper's title."""
    cover: str | None
    """Published picture of its book, from the series' own folder."""


class Month(NamedTuple):
    """A month in a list, its issues newest first."""

    name: str
    label: str
    papers: str
    books: dict[str, str]
    lines: list[Line]


class Selection(NamedTuple):
    """A selection published beside the series."""

    title: str
    page: str | None
    feeds: list[Feed]


@dataclass(frozen=True, slots=True)
class Short:
    """A paper of the newest issue, in short."""

    card: Card
    excerpt: str


def year(output: Output) -> Iterator[Write]:
    """Write the page of a year."""
    found: list[Told] = []
    yield lambda issue: found.append(told(output.series, issue))
    lines = [each for each in found if each.papers]
    tongue = (lines or found)[-1].language
    words = words_in(tongue)
    title = words.year_title.format(output.part)
    frame = make_frame(output, tongue, f"years/{output.part}.html", title, words.count(words.issue_count, len(lines)))
    months = list(_months(output, lines, words, covers=False))
    write_page(
        output,
        frame,
        "year.html",
        heading=title,
        months=months,
        before=output.before,
        after=output.after,
    )


def whole(output: Output) -> Iterator[Write]:
    """Write the pages of the whole archive, what they share, and the list of what can be searched."""
    found: list[Told] = []
    authors = history.Authors()
    newest: list[Issue] = []

    def write(issue: Issue) -> None:
        found.append(told(output.series, issue))
        authors.add(named(output.series, issue))
        if issue.papers:
            newest[:] = [issue]

    yield write
    tongue = output.series.language or (newest[0].language if newest else "en")
    write_static(output)
    write_index(output, list(dict.fromkeys(each.month for each in found)))
    lines = [each for each in found if each.papers]
    history.write(output, make_frame(output, tongue, "history.html", words_in(tongue).history), lines, authors)
    # Last: from here people find all the others.
    _write_index_page(output, make_frame(output, tongue, "index.html"), newest, lines, _years(found))


def _write_index_page(
    output: Output, frame: Frame, newest: Sequence[Issue], lines: Sequence[Told], years: dict[str, int]
) -> None:
    words = frame.words
    issue = newest[0] if newest else None
    book = _newest_book(output, issue) if issue else None
    recent = [list(group) for _, group in groupby(lines, key=_month)][-_NEWEST_MONTHS:]
    write_page(
        output,
        frame,
        "index.html",
        issue=issue,
        shorts=_in_short(output, issue, words) if issue else [],
        text_mark=mark(language(output.series, issue), words.language) if issue else "",
        books=books(output, book) if book else {},
        cover=_cover(output, book) if book else None,
        opml=_published(output, "feeds/feeds.opml"),
        opds=_published(output, "opds.xml"),
        data={label: name for name, label in _DATA.items() if output.size(name) is not None},
        selections=list(_selections(output, words)),
        months=list(_months(output, [each for group in recent for each in group], words, covers=True)),
        open_months=_OPEN_MONTHS,
        years=years,
    )


def _newest_book(output: Output, issue: Issue) -> str | None:
    """Return the part of the book that the newest issue is in: the day's, else its week's or its month's."""
    parts = (part_of(period, issue.date) for period in _PERIODS)
    return next((part for part in parts if books(output, part)), None)


def _in_short(output: Output, issue: Issue, words: Words) -> list[Short]:
    """Return the newest issue's papers with the most votes, of equals the first."""
    pairs = zip(cards(output.series, issue, words), issue.papers, strict=True)
    best = sorted(pairs, key=lambda pair: -(pair[1].votes or 0))[:_IN_SHORT]
    return [Short(card, excerpt(paper.summary, _EXCERPT)) for card, paper in best]


def _months(output: Output, lines: Sequence[Told], words: Words, covers: bool) -> Iterator[Month]:
    """Yield months, newest first."""
    groups = [(name, list(group)) for name, group in groupby(lines, key=_month)]
    for name, group in reversed(groups):
        total = sum(each.papers for each in group)
        shown = [_line(output, each, words, covers) for each in reversed(group)]
        label = words.month_name(group[0].date)
        yield Month(name, label, words.count(words.papers, total), books(output, name), shown)


def _line(output: Output, each: Told, words: Words, covers: bool) -> Line:
    return Line(
        each,
        words.short_date(each.date),
        words.count(words.papers, each.papers),
        title_mark(each.top_title, each.language, words),
        _cover(output, each.date.isoformat()) if covers else None,
    )


def _cover(output: Output, part: str) -> str | None:
    return _published(output, book_file(output.series, part, "-thumbnail.jpg"))


def _published(output: Output, name: str) -> str | None:
    return name if output.size(name) is not None else None


def _selections(output: Output, words: Words) -> Iterator[Selection]:
    for place in output.selections:
        found = list(feeds(output, place.series, place.folder, words))
        page = f"{place.folder}index.html"
        if found or output.published(page):
            yield Selection(place.series.title, page if output.published(page) else None, found)


def _years(found: Sequence[Told]) -> dict[str, int]:
    """Count issues by year, newest first."""
    years: dict[str, int] = {}
    for each in reversed(found):
        years[each.month[:4]] = years.get(each.month[:4], 0) + (each.papers > 0)
    return years


def _month(each: Told) -> str:
    return each.month
