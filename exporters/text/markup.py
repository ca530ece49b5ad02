r"""A digest's inline Markdown as XHTML and as plain text, for every format that shows it.

Titles, points and abstracts all go through `html` (or `unlinked`, `blocks`) and `plain`. These also read the LaTeX of
running text (`\textbf`, `\emph`, `\url`, accents, `~`, `--`), which answers of Hugging Face and arXiv's records hold,
and entities. A text of a record, in which all is LaTeX, goes through `running_text.from_tex` first where that matters.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape

from ...model import Point
from ..contract.cache import PAPERS, cache
from . import inline
from .emphasis import CodeSpan, End, Event, Formula, Start, Text

DEPTH = 16
"""How deep lists nest in each other; points deeper still stand beside their parents."""

_ANCHOR = re.compile(r"</?a\b[^>]*>")


def html(text: str) -> str:
    """Return inline Markdown as an XHTML fragment.

    It is well-formed XML of strong, em, s, code, sup, sub, i and a with href, whatever the text holds: HTML in it is
    text and gets shown. Nothing visible is lost.
    """
    if inline.is_plain(text):
        return text.replace("&", "&amp;").replace(">", "&gt;")
    return "".join(map(_html, _events(text)))


def unlinked(text: str) -> str:
    """Return inline Markdown as an XHTML fragment that can stand inside a link: without links of its own."""
    fragment = html(text)
    return _ANCHOR.sub("", fragment) if "<a " in fragment else fragment


def plain(text: str) -> str:
    """Return inline Markdown as text alone: without marks and link targets, mathematics as Unicode."""
    if inline.is_plain(text):
        return text
    return "".join(map(_plain, _events(text)))


@cache(PAPERS)
def blocks(points: tuple[Point, ...]) -> str:
    """Return a summary as XHTML lists, "" for no points; a heading is strong and ends in a colon.

    Remembered for the formats that show the same issue one behind the other.
    """
    return _list(points, DEPTH) if points else ""


@lru_cache(maxsize=512)
def _events(text: str) -> tuple[Event, ...]:
    """Parse a text once for both forms and all formats, which ask for it one soon after the other."""
    return tuple(inline.parse(text))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _html(event: Event) -> str:
    match event:
        case Text(text):
            return _escaped(text)
        case CodeSpan(text):
            return f"<code>{_escaped(text)}</code>"
        case Formula(formula, _):
            return formula
        case Start(tag, href):
            return f'<{tag} href="{escape(href)}">' if href else f"<{tag}>"
        case End(tag):
            return f"</{tag}>"


def _plain(event: Event) -> str:
    match event:
        case Text(text) | CodeSpan(text) | Formula(_, text):
            return text
        case _:
            return ""


def _list(points: Iterable[Point], depth: int) -> str:
    items = [
        f"<li>{_lead(point)}{_list(point.points, depth - 1) if point.points and depth else ''}</li>"
        for point in (points if depth else _flat(points))
    ]
    return f"<ul>{''.join(items)}</ul>"


def _flat(points: Iterable[Point]) -> Iterator[Point]:
    waiting = list(points)[::-1]
    while waiting:
        yield waiting[-1]
        waiting.extend(waiting.pop().points[::-1])


def _lead(point: Point) -> str:
    if point.heading is None:
        return html(point.text)
    heading = _strong(point.heading)
    return f"{heading}: {html(point.text)}" if point.text else heading


@lru_cache(maxsize=256)
def _strong(heading: str) -> str:
    """Remember headings: nearly all papers have the same few."""
    return f"<strong>{html(heading)}</strong>"
