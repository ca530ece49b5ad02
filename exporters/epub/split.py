"""Summaries that are too long for one file of a book."""

from collections.abc import Iterator

from ...model import Point
from ..text import markup
from .document import UTF8


def shares(points: tuple[Point, ...], limit: int) -> Iterator[str]:
    """Yield a summary's XHTML in pieces of at most `limit` bytes, cut between points where that is enough.

    A point that is too long by itself gives up its nesting, then its text is cut at a space.
    """
    written = markup.blocks(points)
    fits = UTF8 * len(written) <= limit or len(written.encode()) <= limit
    halves = None if fits else _halves(points)
    if halves is None:
        yield written
    else:
        for half in halves:
            yield from shares(half, limit)


def _halves(points: tuple[Point, ...]) -> tuple[tuple[Point, ...], tuple[Point, ...]] | None:
    if len(points) > 1:
        middle = len(points) // 2
        return points[:middle], points[middle:]
    (point,) = points
    if point.points:
        return (point.model_copy(update={"points": ()}),), point.points
    if len(point.text) > 1:
        cut = _cut(point.text)
        return (Point(heading=point.heading, text=point.text[:cut]),), (Point(text=point.text[cut:]),)
    if point.heading and point.text:
        return (Point(text=point.heading),), (Point(text=point.text),)
    if point.heading:
        return _halves((Point(text=point.heading),))
    return None


def _cut(text: str) -> int:
    """Return where to cut a text: behind the space nearest before its middle, or at the middle."""
    middle = len(text) // 2
    return text.rfind(" ", 1, middle) + 1 or middle
