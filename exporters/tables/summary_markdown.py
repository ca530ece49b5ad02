"""A summary as the Markdown that digests are written in, such that our own parser reads it back equal."""

from collections.abc import Sequence

from ...model import Point


def summary_markdown(points: Sequence[Point], bullet: str = "-") -> str:
    """Return the points as nested bullets, their headings bold; lines are joined by line feeds."""
    lines: list[str] = []
    headed = _first_headed(points)
    _add_bullets(lines, points[:headed], bullet, "")
    for point in points[headed:]:
        if point.heading and not point.text:
            lines.append(f"#### {point.heading}")
            _add_bullets(lines, point.points, bullet, "")
        else:
            lines.append("####")  # nothing stands under an empty heading
            _add_bullets(lines, (point,), bullet, "")
    return "\n".join(lines)


def _first_headed(points: Sequence[Point]) -> int:
    """Return the place of the first heading that bold type cannot hold.

    It was a heading in the digest, too, where all that follows stands under one.
    """
    return next(
        (at for at, point in enumerate(points) if point.heading and not point.text and "*" in point.heading),
        len(points),
    )


def _add_bullets(lines: list[str], points: Sequence[Point], bullet: str, indent: str) -> None:
    for point in points:
        text = point.text if point.heading is None else _with_heading(point.heading, point.text)
        mark = "*" if bullet == "-" and text.startswith("-") else bullet  # "- - -" would be a thematic break
        lines.append(f"{indent}{mark} {text}".rstrip())
        if point.points:
            _add_bullets(lines, point.points, bullet, indent + "  ")


def _with_heading(heading: str, text: str) -> str:
    mark = "__" if "*" in heading else "**"
    return f"{mark}{heading}{mark}: {text}"
