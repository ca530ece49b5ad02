"""Lists of issues by month, as the index and the pages of years show them."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from ..contract.format import Output
from ..series.books import THUMBNAIL, book_file
from ..words import Words
from .card import title_mark
from .issue import books
from .line import IssueLine


class Line(NamedTuple):
    """An issue in a list."""

    issue: IssueLine
    label: str
    papers: str
    mark: Markup
    """Of the top paper's title."""
    cover: str | None
    """Published picture of its book, from the series' own folder."""


class Month(NamedTuple):
    """A month in a list, its issues newest first."""

    name: str
    label: str
    papers: str
    books: dict[str, str]
    lines: list[Line]


def months(output: Output, lines: Sequence[IssueLine], words: Words, covers: bool) -> Iterator[Month]:
    """Yield months, newest first."""
    groups = [(name, list(group)) for name, group in groupby(lines, key=lambda line: line.month)]
    for name, group in reversed(groups):
        total = sum(each.papers for each in group)
        shown = [_line(output, each, words, covers) for each in reversed(group)]
        label = words.month_name(group[0].date)
        yield Month(name, label, words.count(words.papers, total), books(output, name), shown)


def cover(output: Output, part: str) -> str | None:
    """Return the picture of a part's book where there is one."""
    name = book_file(output.series, part, THUMBNAIL)
    return name if output.size(name) is not None else None


def _line(output: Output, each: IssueLine, words: Words, covers: bool) -> Line:
    return Line(
        each,
        words.short_date(each.date),
        words.count(words.papers, each.papers),
        title_mark(each.top_title, each.language, words),
        cover(output, each.date.isoformat()) if covers else None,
    )
