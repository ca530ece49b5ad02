"""Digests: Markdown in which papers stand below dated headings, in lists or in tables."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise

from .. import dates, digest
from ..diagnostics import Code
from ..digest.days import day_of
from ..digest.headings import is_like
from ..digest.repair import doubts, numbers, repaired
from ..limits import MOST_LINES, affordable
from ..paper import Issue
from ..text import holds
from .contract import Document, Piece, Slice, reader

_DAILY = re.compile(rb"\n##? Daily Papers \(([0-9]{4}-[0-9]{2}-[0-9]{2})\)[ \t]*\r?(?=\n)")
_OTHER = re.compile(rb"\n {0,3}\\?#{1,3}(?![# \t]*\[)([^\n]*+)")
_WORDS = re.compile(rb"daily[\s_-]*papers?\W{0,9}[0-9]")
"""What may be a digest's heading, in small letters: one that is no link, or the words anywhere else."""
_HIDING = (b"<!--", b"```", b"~~~")
_DEFINITION = re.compile(rb"\n {0,3}\[[^\]\n]+\]:")
_LONE_CR = re.compile(rb"\r[^\n]")
_PAPER = b"\n### ["


def _split(document: Document) -> Iterator[Slice]:
    """Cut a document at headings of digests, where nothing else can be meant; else it is one slice."""
    data = document.whole()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        document.tell(1, Code.NOT_UTF8, "the document is UTF-16, not UTF-8; left out")
        return
    for part in _plain(data) or [Slice(data, 0, 1)]:
        yield replace(part, data=affordable(part.data, part.line, document.tell))


@reader(seeks="dated papers, such as below a heading '## Daily Papers (YYYY-MM-DD)'", split=_split)
def read(piece: Piece) -> Iterator[Issue]:
    """Digests: Markdown with papers below dated headings, in lists or in tables."""
    text = piece.text()
    found = doubts(piece.data)
    clean = repaired(text, piece.line, piece.tell, found) if found else (text, numbers(piece.line))
    return digest.read(*clean, piece.path, piece.tell, piece.place)


def _plain(data: bytes) -> list[Slice]:
    """Return a slice for each digest heading, nothing where a section has no paper or may end elsewhere.

    Patterns begin with a line end, which `re` finds by memchr, and ask for one case: with `^` and IGNORECASE, they took
    half the time of all parsing.
    """
    text = b"\n" + data
    headings = list(islice(_DAILY.finditer(text), MOST_LINES))
    if not headings or _hides(text):
        return []
    if _count_near(text.lower(), len(headings) + 1) != len(headings):
        return []
    line, slices = 1 + text.count(b"\n", 1, headings[0].start() + 1), []
    for heading, following in pairwise([*headings, None]):
        assert heading is not None  # noqa: S101
        part = data[heading.start() : following.start() if following else len(data)]
        date, papers = dates.date(heading[1].decode()), part.count(_PAPER)
        if date is None or not papers:
            return []
        slices.append(Slice(part, heading.start(), line, date, papers))
        line += part.count(b"\n")
    return slices


def _count_near(text: bytes, most: int) -> int:
    """Count what may be a digest's heading; a flood of them is not looked at to its end."""
    headings = (found[1].decode("utf-8", "replace") for found in _OTHER.finditer(text))
    near = (heading for heading in headings if is_like(heading) or day_of(heading))
    count = sum(1 for _ in islice(near, most))
    return count + sum(1 for _ in islice(_WORDS.finditer(_OTHER.sub(b"\n#", text)), most))


def _hides(text: bytes) -> bool:
    """Tell what may make a heading none, or a link stand elsewhere: then only the parser knows."""
    if text.startswith((b"\n---", b"\n+++")) or any(holds(text, mark) for mark in _HIDING):
        return True
    return (b"]:" in text and _DEFINITION.search(text) is not None) or _LONE_CR.search(text) is not None
