"""What the search script reads: a file for each month, a line for each paper."""

import json
from collections.abc import Iterator, Sequence

from ...model import Issue, Point
from ..contract import Output, Write
from ..markup import plain
from .card import Named, named
from .render import encoded

_ENCODER = json.JSONEncoder(ensure_ascii=False)


def month(output: Output) -> Iterator[Write]:
    """Write a month's papers as they come; no issue is kept."""
    with output.binary(f"search/{output.part}.json") as file:
        file.write(b"[")
        separator = "\n"

        def write(issue: Issue) -> None:
            nonlocal separator
            day = issue.date.isoformat()
            for name in named(output.series, issue):
                file.write(encoded(separator + _ENCODER.encode(_entry(day, name))))
                separator = ",\n"

        yield write
        file.write(b"\n]\n")


def write_index(output: Output, months: Sequence[str]) -> None:
    """Write the list of months that have a file, newest first."""
    with output.text("search/index.json") as file:
        json.dump({"months": [*reversed(months)]}, file)
        file.write("\n")


def _entry(day: str, name: Named) -> dict[str, str]:
    """Return a paper as plain text: its day, its place there, and what is searched."""
    texts: list[str] = []
    _collect(name.paper.summary, texts)
    return {
        "day": day,
        "id": name.anchor,
        "title": name.title,
        "authors": ", ".join(name.authors),
        "text": " ".join(texts),
    }


def _collect(points: Sequence[Point], texts: list[str]) -> None:
    for point in points:
        if point.heading:
            texts.append(plain(point.heading))
        if point.text:
            texts.append(plain(point.text))
        if point.points:
            _collect(point.points, texts)
