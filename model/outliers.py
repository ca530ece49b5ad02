"""Dates that a slip of the pen may have made: far from all others, or of another year than their file's name."""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from .diagnostics import Code, Diagnostic
from .text import plural

if TYPE_CHECKING:
    from .sections import Section

APART = datetime.timedelta(60)
"""A pause of an archive; jobs that stop for a summer come back before."""
ENOUGH = 3
"""Dates that there have to be before one can stand apart."""
_PAUSE = 3
"""A pause of a sparse archive, as a multiple of the usual distance of its dates: a monthly digest may leave out one."""
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9]{2}\.|[0-9])", re.ASCII)
_TURN = datetime.timedelta(31)
"""A week or a month that is named for one year may end in the next."""


def outliers(sections: Sequence["Section"]) -> Iterator[tuple["Section", Diagnostic]]:
    """Yield the sections whose date may be a slip, once for each file; takes sections in date order."""
    apart = _apart([section.date for section in sections])
    doubts = ((section, why) for section in sections if (why := _doubt(section, apart)))
    by_file = sorted(doubts, key=lambda doubt: (doubt[0].shown, doubt[0].date))
    for _, group in groupby(by_file, key=lambda doubt: doubt[0].shown):
        (section, why), *others = group
        are = "is" if len(others) == 1 else "are"
        more = f"; {plural(len(others), 'other date')} in this file {are} odd, too" if others else ""
        yield section, Diagnostic(section.shown, section.line, Code.ODD_DATE, f"{section.date} {why}{more}")


def _doubt(section: "Section", apart: set[datetime.date]) -> str | None:
    year = _year(section)
    if year:
        return f"is not of {year}, the year in the file's name"
    return f"is more than {APART.days} days from any other date" if section.date in apart else None


def _year(section: "Section") -> str | None:
    """Return the year that a file's name says, or else a folder's, where the date is of another one."""
    for part in reversed(section.path.split("/")):
        if years := _YEAR.findall(part):
            near = {str((section.date + turn).year) for turn in (-_TURN, _TURN)}
            return None if near & set(years) else str(years[0])
    return None


def _apart(dates: Iterable[datetime.date]) -> set[datetime.date]:
    """Return the dates far from both neighbours; none where that is usual, as in an archive of quarters."""
    ordered = sorted(set(dates))
    if len(ordered) < ENOUGH:
        return set()
    near = _near(ordered, APART)
    if 2 * len(near) <= len(ordered):
        return set()
    in_order = sorted(near)
    usual = (in_order[-1] - in_order[0]) / (len(in_order) - 1)
    return set(ordered) - near - _near(ordered, _PAUSE * usual)


def _near(ordered: Sequence[datetime.date], distance: datetime.timedelta) -> set[datetime.date]:
    """Return the dates that have another one within a distance."""
    return {date for pair in pairwise(ordered) if pair[1] - pair[0] <= distance for date in pair}
