"""The page of a year: a calendar of its days, and every issue by month; and what search and crawlers read of it."""

import calendar
import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ...model import Issue
from ..contract.format import Output, Write
from ..words import Words, words_in
from .frame import make_frame
from .line import IssueLine, issue_line
from .listing import Month, months
from .render import write_page
from .search import SearchIndex
from .sitemap import Sitemap

_WEEKS = calendar.Calendar()
"""Weeks begin on Monday, as ISO 8601 has them, and as the names of weekly books do."""


class Cell(NamedTuple):
    """A day of a calendar; no date outside of the month."""

    date: datetime.date | None
    papers: int
    label: str
    """For a screen reader."""


class MonthCalendar(NamedTuple):
    """The days of a month, a list for each week."""

    name: str
    label: str
    weeks: list[list[Cell]]


def year(output: Output, pages: bool) -> Iterator[Write]:
    """Write all that there is of a year."""
    lines: list[IssueLine] = []
    index, sitemap = SearchIndex(), Sitemap(output.series, pages)

    def write(issue: Issue) -> None:
        lines.append(issue_line(output.series, issue))
        index.add(output.series, issue)
        sitemap.add(issue)

    yield write
    _write_page(output, [line for line in lines if line.papers], lines[-1].language)
    index.write(output)
    sitemap.write(output)


def _write_page(output: Output, lines: Sequence[IssueLine], tongue: str) -> None:
    words = words_in(lines[-1].language if lines else tongue)
    title = words.year_title.format(output.part)
    about = words.count(words.issue_count, len(lines))
    listed = list(months(output, lines, words, covers=False))
    write_page(
        output,
        make_frame(output, tongue, f"years/{output.part}.html", title, about),
        "year.html",
        heading=title,
        calendars=[_calendar(month, words) for month in reversed(listed)],
        months=listed,
        before=output.before,
        after=output.after,
    )


def _calendar(month: Month, words: Words) -> MonthCalendar:
    counts = {line.issue.date: line.issue.papers for line in month.lines}
    first = month.lines[0].issue.date
    weeks = _WEEKS.monthdatescalendar(first.year, first.month) if first.year < datetime.MAXYEAR else []
    return MonthCalendar(
        month.name, month.label, [[_cell(day, first, counts, words) for day in week] for week in weeks]
    )


def _cell(day: datetime.date, first: datetime.date, counts: Mapping[datetime.date, int], words: Words) -> Cell:
    if day.month != first.month:
        return Cell(None, 0, "")
    papers = counts.get(day, 0)
    label = f"{words.date(day)}: {words.count(words.papers, papers)}" if papers else ""
    return Cell(day, papers, label)
