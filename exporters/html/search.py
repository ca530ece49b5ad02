"""What the search script reads: a file for each month, a line for each paper."""

import json
from collections.abc import Iterator, Sequence
from json.encoder import encode_basestring

from ...model import Issue, Point
from ..contract.format import Output, Write
from ..text.inline import is_plain
from ..text.markup import plain
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
    """Return a paper as plain text: its day, its place there, and what is searched."""
    title, authors = _quoted(name.title), _quoted(", ".join(name.authors))
    text = _quoted(_text(name.paper.summary))
    return f'{{"day": "{day}", "id": "{name.anchor}", "title": {title}, "authors": {authors}, "text": {text}}}'


def _quoted(text: str) -> str:
    """Return a text in JSON; it has no control characters, and most have nothing that JSON escapes."""
    return encode_basestring(text) if '"' in text or "\\" in text else f'"{text}"'


def _text(points: Sequence[Point]) -> str:
    """Return a summary as plain text; nearly all are that already, and one look at all of it tells."""
    texts: list[str] = []
    _collect(points, texts)
    text = " ".join(texts)
    return text if is_plain(text) else " ".join(map(plain, texts))


def _collect(points: Sequence[Point], texts: list[str]) -> None:
    for point in points:
        texts += [text for text in (point.heading, point.text) if text]
        if point.points:
            _collect(point.points, texts)
