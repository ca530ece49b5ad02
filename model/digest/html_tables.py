"""Tables in HTML, as READMEs hold them, made into tables of Markdown, which one grammar reads.

lxml knows where cells end that nobody has closed, and what their entities mean. Only a table that links to papers is
taken: any other one is text, like all HTML.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .. import links

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_EDGE = re.compile(r"<(/?)table\b[^<>]*>", re.IGNORECASE | re.ASCII)
_BLANKS = re.compile(r"\s+")
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
_MOST_CELLS = 64
_LARGEST = 8 * 1024 * 1024
"""Characters of one table; libxml2 takes seconds for more."""


def with_markdown_tables(text: str, numbers: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Return a text with its innermost tables of papers as Markdown, and the numbers of its lines then."""
    kept: list[str] = []
    lines: list[int] = []
    end = line = 0

    def keep(until: int) -> None:
        nonlocal line
        part = text[end:until].split("\n")
        kept.extend(part)
        lines.extend(numbers[line : line + len(part)])
        line += len(part) - 1

    for start, stop in _tables(text):
        source = text[start:stop]
        rows = list(_rows(source)) if links.ids(source) and len(source) < _LARGEST else []
        if not rows:
            continue
        keep(start)
        for row, at in ((None, 0), *rows, (None, 0)):
            kept.append(row or "")
            lines.append(numbers[line + at])
        line += source.count("\n")
        end = stop
    keep(len(text))
    return "\n".join(kept), lines


def _tables(text: str) -> Iterator[tuple[int, int]]:
    """Yield where tables begin and end that hold no other one."""
    start = -1
    for edge in _EDGE.finditer(text):
        if edge[1] and start >= 0:
            yield start, edge.end()
        start = -1 if edge[1] else edge.start()


def _rows(source: str) -> Iterator[tuple[str, int]]:
    """Yield the rows of a table, its head with the rule below it, each with its line in the table, from 0."""
    from lxml import html  # nearly no digest needs it
    from lxml.etree import ParserError

    try:
        table = html.fragment_fromstring(source, create_parent="div")
    except (ParserError, ValueError):  # ValueError: characters that XML cannot hold
        return
    rows = [([_cell(cell) for cell in row.iterchildren("td", "th")], row) for row in table.iter("tr")]
    rows = [(cells[:_MOST_CELLS], row) for cells, row in rows if any(cells)]
    if not rows:
        return
    width = max(len(cells) for cells, _ in rows)
    if rows[0][1].find("th") is None:
        yield _line([""] * width), 0
        yield "|" + "---|" * width, 0
    for at, (cells, row) in enumerate(rows):
        number = min(max((row.sourceline or 1) - 1, 0), source.count("\n"))
        yield _line([*cells, *[""] * (width - len(cells))]), number
        if at == 0 and row.find("th") is not None:
            yield "|" + "---|" * width, number


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: "HtmlElement") -> str:
    """Return what a cell shows as Markdown on one line."""
    text = _BLANKS.sub(" ", "".join(_inline(cell))).strip()
    return text.replace("|", "\\|")


def _inline(element: "HtmlElement") -> Iterator[str]:
    # Elements nest at most 255 deep for libxml2, but a stack costs nothing and needs no trust in that.
    waiting: list[HtmlElement | str | None] = [element]
    while waiting:
        one = waiting.pop()
        if one is None or isinstance(one, str):
            yield one or ""
            continue
        before, behind = _around(one) if one is not element else ("", "")
        yield before
        yield one.text or ""
        waiting.append(behind)
        for inner in reversed(one):
            waiting += [inner.tail, inner] if isinstance(inner.tag, str) else [inner.tail]


def _around(element: "HtmlElement") -> tuple[str, str]:
    """Return the signs of Markdown that stand for an element's tags."""
    tag = str(element.tag)
    if tag == "a" and (target := _BLANKS.sub("", element.get("href", ""))):
        return "[", f"]({target})"
    if tag == "img" and (source := _BLANKS.sub("", element.get("src", ""))):
        return f"![{element.get('alt', '')}]({source})", ""
    if tag in ("br", "p", "li", "div", "summary"):
        return "<br>", ""
    mark = _MARKS.get(tag, "")
    return (mark, mark) if (element.text or "").strip() else ("", "")
