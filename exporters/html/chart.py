"""Bars over time as one SVG path; its labels are HTML beside it, so that they keep their size on any screen."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 1000, 100
"""The drawing's own units; the stylesheet stretches it."""

_MOST = 1000
"""Bars: beyond, several dates share one, for no screen shows more."""
_GAP = 0.2
"""Of a bar's room, left free beside it."""


class Chart(NamedTuple):
    """A chart and what it tells."""

    title: str
    told: str
    """The same in a sentence."""
    path: str
    marks: tuple[str, str, str]
    """Values at the top, in the middle and at the bottom."""
    dates: tuple[str, ...]
    """Dates at the left, in the middle and at the right, as far as they differ."""


def draw(title: str, sentence: str, values: Sequence[tuple[datetime.date, float]]) -> Chart | None:
    """Draw a bar for each date, side by side, None for no dates; where dates share one, it is their mean.

    `sentence` takes first, last, least, most and mean.
    """
    if not values:
        return None
    first, last = values[0][0], values[-1][0]
    heights = [value for _, value in values]
    top = _ceiling(max(heights))
    told = sentence.format(
        first=first,
        last=last,
        least=_number(min(heights)),
        most=_number(max(heights)),
        mean=_number(sum(heights) / len(heights)),
    )
    dates = dict.fromkeys([first, values[len(values) // 2][0], last])
    marks = _number(top), _number(top / 2), "0"
    return Chart(title, told, _path(_bars(heights), top), marks, tuple(map(str, dates)))


def _bars(heights: Sequence[float]) -> Sequence[float]:
    several = -(-len(heights) // _MOST)
    if several == 1:
        return heights
    groups = (heights[at : at + several] for at in range(0, len(heights), several))
    return [sum(group) / len(group) for group in groups]


def _path(heights: Sequence[float], top: float) -> str:
    room = WIDTH / len(heights)
    return "".join(_bar(place * room, room, HEIGHT * height / top) for place, height in enumerate(heights))


def _bar(left: float, room: float, height: float) -> str:
    width = room * (1 - _GAP)
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
