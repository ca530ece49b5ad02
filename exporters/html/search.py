"""What the search script reads: a file for each month, a line for each paper."""

import json
from collections.abc import Iterator, Sequence

from ...model import Issue, Paper, Point
from ..byline import author_names
from ..contract import Output, Series, Write
from ..feeds.text import clean, plain
from .card import anchor, title_of


def month(output: Output) -> Iterator[Write]:
    """Write a month's papers as they come; no issue is kept."""
    with output.text(f"search/{output.part}.json") as file:
        file.write("[")
        separator = "\n"

        def write(issue: Issue) -> None:
            nonlocal separator
            for paper in issue.papers:
                file.write(separator + json.dumps(_entry(output.series, issue, paper), ensure_ascii=False))
                separator = ",\n"

        yield write
        file.write("\n]\n")


def write_index(output: Output, months: Sequence[str]) -> None:
    """Write the list of months that have a file, newest first."""
    with output.text("search/index.json") as file:
        json.dump({"months": [*reversed(months)]}, file)
        file.write("\n")


def _entry(series: Series, issue: Issue, paper: Paper) -> dict[str, str]:
    """Return a paper as plain text: its day, its place there, and what is searched."""
    return {
        "day": issue.date.isoformat(),
        "id": anchor(series, issue.date, paper),
        "title": title_of(paper),
        "authors": clean(", ".join(author_names(paper))),
        "text": clean(" ".join(_texts(paper.summary))),
    }


def _texts(points: Sequence[Point]) -> Iterator[str]:
    for point in points:
        if point.heading:
            yield plain(point.heading)
        if point.text:
            yield plain(point.text)
        yield from _texts(point.points)
