"""What the search script reads: a file for each month, a line for each paper."""

import json
from collections.abc import Iterator, Sequence
from json.encoder import encode_basestring

from ...model import Issue, Point
from ..contract import Output, Write
from ..markup import plain
from .card import Named, named
from .render import encoded


def month(output: Output) -> Iterator[Write]:
    """Write a month's papers as they come; no issue is kept."""
    with output.binary(f"search/{output.part}.json") as file:
        file.write(b"[")
        separator = "\n"

        def write(issue: Issue) -> None:
            nonlocal separator
            day = issue.date.isoformat()
            lines = [_line(day, name) for name in named(output.series, issue)]
            if lines:
                file.write(encoded(separator + ",\n".join(lines)))
                separator = ",\n"

        yield write
        file.write(b"\n]\n")


def write_index(output: Output, months: Sequence[str]) -> None:
    """Write the list of months that have a file, newest first."""
    with output.text("search/index.json") as file:
        json.dump({"months": [*reversed(months)]}, file)
        file.write("\n")


def _line(day: str, name: Named) -> str:
    """Return a paper as plain text: its day, its place there, and what is searched.

    Only the strings are left to the library, whose encoder takes three times as long over an object.
    """
    texts: list[str] = []
    _collect(name.paper.summary, texts)
    values = {
        "day": day,
        "id": name.anchor,
        "title": name.title,
        "authors": ", ".join(name.authors),
        "text": " ".join(texts),
    }
    return "{" + ", ".join([f'"{key}": {encode_basestring(value)}' for key, value in values.items()]) + "}"


def _collect(points: Sequence[Point], texts: list[str]) -> None:
    for point in points:
        if point.heading:
            texts.append(plain(point.heading))
        if point.text:
            texts.append(plain(point.text))
        if point.points:
            _collect(point.points, texts)
