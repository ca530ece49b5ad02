"""Bars over time as SVG; labels are HTML beside it, so that they keep their size on any screen."""

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 1000, 100
"""The drawing's own units; the stylesheet stretches it."""

_MOST = 1000
"""Bars: beyond, several dates share one, for no screen shows more."""
_FEWEST = 8
"""Bars: below, they are slabs as wide as a hand and say less than the table does."""
_GAP = 0.2
"""Of a bar's room, left free beside it."""

Value = tuple[datetime.date, float]


class Bar(NamedTuple):
    """A date's bar; where several share it, the first of them and their mean."""

    date: datetime.date
    value: str
    path: str


class Chart(NamedTuple):
    """A chart and what it says."""

    title: str
    sentence: str
    """The same in words."""
    bars: list[Bar]
    marks: tuple[str, str, str]
    """Values at the top, in the middle and at the bottom."""
    dates: tuple[str, ...]
    """Dates at the left, in the middle and at the right."""


def draw(title: str, sentence: str, values: Sequence[Value]) -> Chart | None:
    """Draw a bar for each date, side by side; None for too few dates.

    `sentence` takes first, last, least, most and mean.
    """
    if len(values) < _FEWEST:
        return None
    first, last = values[0][0], values[-1][0]
    heights = [value for _, value in values]
    top = _ceiling(max(heights))
    text = sentence.format(
        first=first,
        last=last,
        least=_number(min(heights)),
        most=_number(max(heights)),
        mean=_number(sum(heights) / len(heights)),
    )
    dates = first, values[len(values) // 2][0], last
    marks = _number(top), _number(top / 2), "0"
    return Chart(title, text, list(_bars(_shared(values), top)), marks, tuple(map(str, dates)))


def _shared(values: Sequence[Value]) -> Sequence[Value]:
    several = -(-len(values) // _MOST)
    if several == 1:
        return values
    groups = (values[at : at + several] for at in range(0, len(values), several))
    return [(group[0][0], sum(value for _, value in group) / len(group)) for group in groups]


def _bars(values: Sequence[Value], top: float) -> Iterator[Bar]:
    room = WIDTH / len(values)
    for place, (date, value) in enumerate(values):
        yield Bar(date, _number(value), _path(place * room, room * (1 - _GAP), HEIGHT * value / top))


def _path(left: float, width: float, height: float) -> str:
    return f"M{left:.1f} {HEIGHT}v-{height:.1f}h{width:.1f}v{height:.1f}z"


def _ceiling(value: float) -> float:
    """Return the round number at or above a value that is the top of the scale: 2, 3, 4, 6, 8, 10, 20 …"""
    step = 1.0
    while True:
        for factor in (2, 3, 4, 6, 8, 10):
            if value <= factor * step:
                return factor * step
        step *= 10


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"
