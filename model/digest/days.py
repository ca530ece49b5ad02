"""What headings and lines of a document say of the day that its papers are of."""

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from .. import dates, links
from .blocks import Block

_UPDATED = re.compile(
    r"(?ai:updated?)\b|(?ai:last (?:run|change)|generated|modified)|업데이트|갱신|생성|更新|生成于|生成時"
)
"""What tells of the day a document was written on, which need not be its papers'."""
_MONTH_AND_DAY = re.compile(r"\W*[01][0-9]-[0-3][0-9]\W*")
_LONGEST_PERIOD = 60
"""A heading of a month or a week has few words beside it; a title that mentions one has more."""


class When(NamedTuple):
    """A day, and the heading that says so, '' where none does."""

    day: dates.Day
    title: str = ""


def day_of(text: str) -> dates.Day | None:
    """Return the one day that a heading says its papers are of."""
    if not any(map(str.isdigit, text)) or _UPDATED.search(text):
        return None
    found = dates.days(text) or (dates.short_days(text) if _MONTH_AND_DAY.fullmatch(text) else [])
    return found[0] if len(found) == 1 else None


def period_of(text: str) -> dates.Period | None:
    """Return the month or the week that a heading without a day says its papers are of."""
    if len(text) > _LONGEST_PERIOD or _UPDATED.search(text) or "](" in text or links.ids(text):
        return None
    return dates.period(text)


def is_dated(text: str) -> bool:
    """Tell whether a heading says a day, a week or a month."""
    return day_of(text) is not None or period_of(text) is not None


def updated(blocks: Sequence[Block]) -> datetime.date | None:
    """Return the day on which a document says it was updated, in a line of its first blocks."""
    for block in blocks[:20]:
        for line in block.lines:
            if _UPDATED.search(line) and (date := dates.date(line)):
                return date
    return None
