"""Days with far fewer papers than usual: a job that broke upstream must not look like a quiet day."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from .diagnostics import Code, Diagnostic
from .text import plural

if TYPE_CHECKING:
    from .sources import Section

BEFORE = 20
"""Issues whose median is what is usual."""
ENOUGH = 5
"""Issues that there have to be before one, or nothing is known to be usual."""


def quiet_days(sections: Iterable["Section"]) -> Iterator[tuple["Section", Diagnostic]]:
    """Yield the issues with fewer than a third of the papers that are usual; takes sections in date order.

    Several sections of one date count as the fullest of them.
    """
    counts: deque[int] = deque(maxlen=BEFORE)
    for date, same_date in groupby(sections, key=lambda section: section.date):
        section = max(same_date, key=lambda section: section.papers)
        if not section.papers:  # nothing counted, which is not the same as little
            continue
        usual = _median(counts) if len(counts) >= ENOUGH else 0
        if section.papers * 3 < usual:
            message = (
                f"{date} has {plural(section.papers, 'paper')}; "
                f"{usual:g} are usual, the median of the {len(counts)} issues before"
            )
            yield section, Diagnostic(section.shown, section.line, Code.QUIET_DAY, message)
        counts.append(section.papers)


def _median(counts: Iterable[int]) -> float:
    """Return what `statistics.median` does, whose import takes as long as a hundred issues."""
    ordered = sorted(counts)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
