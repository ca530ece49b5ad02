"""A summary as the Markdown that digests are written in, such that our own parser reads it back equal."""

from collections.abc import Iterable, Iterator

from ..model import Point


def summary_markdown(points: Iterable[Point], bullet: str = "-") -> str:
    """Return the points as nested bullets, their headings bold; lines are joined by line feeds."""
    return "\n".join(_blocks(list(points), bullet))


def _blocks(points: list[Point], bullet: str) -> Iterator[str]:
    """Write bullets, and headings from the first one on that bold type cannot hold.

    Such a heading was one in the digest, too, where all that follows stands under it.
    """
    headed = False
    for point in points:
        headed = headed or (not point.text and "*" in (point.heading or ""))
        if headed and point.heading and not point.text:
            yield f"#### {point.heading}"
            yield from _bullets(point.points, bullet, 0)
        else:
            yield from _bullets([point], bullet, 0)


def _bullets(points: Iterable[Point], bullet: str, depth: int) -> Iterator[str]:
    for point in points:
        text = _text(point)
        mark = "*" if bullet == "-" and text.startswith("-") else bullet  # "- - -" would be a thematic break
        yield f"{'  ' * depth}{mark} {text}".rstrip()
        yield from _bullets(point.points, bullet, depth + 1)


def _text(point: Point) -> str:
    if point.heading is None:
        return point.text
    mark = "__" if "*" in point.heading else "**"
    return f"{mark}{point.heading}{mark}: {point.text}"
