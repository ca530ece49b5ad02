"""Papers as JSON: a list or dated groups of objects, rows of Markdown tables by id, or an object on each line."""

import json
import re
from collections.abc import Iterator
from itertools import groupby

from .. import digest, records
from ..diagnostics import Code
from ..paper import Issue
from ..text import one_line
from .contract import Document, Piece, Slice, TooLarge, reader
from .entries import LineFinder, PaperValue, entries, issues

_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
_LINE = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?!schema")')
_MARK = re.compile(rb"[,\[{]")
_LARGEST = 10 * 1024 * 1024
_MOST_VALUES = 300_000
"""With these two no document takes more than 200 MB and 20 seconds: a paper of 40 bytes becomes 2,000."""
_ISSUE = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"schema"\s*:')
"""How an issue of a papers.jsonl starts, which standard input may bring without that name."""


def _sniff(head: bytes) -> bool:
    return _START.match(head) is not None and not _ISSUE.match(head)


def _split(document: Document) -> Iterator[Slice]:
    data = document.whole()
    if len(data) > _LARGEST or sum(1 for _ in _MARK.finditer(data)) > _MOST_VALUES:
        raise TooLarge
    yield Slice(data, 0, 1)


@reader(seeks="list of papers with dates", sniff=_sniff, split=_split, supplement=True)
def read(piece: Piece) -> Iterator[Issue]:
    """JSON lists of papers, or groups of them by day: objects with a title and an arXiv id, under any usual keys."""
    text = piece.text()
    try:
        value = json.loads(text.removeprefix("\ufeff"), strict=False, parse_float=str)  # 2405.10100 is an id
    except (RecursionError, ValueError) as error:
        if "arxiv" in text[:100_000].lower():
            piece.tell(piece.line, Code.BAD_ENTRY, f"not JSON: {error}; left out")
        return
    yield from _issues(list(entries(value)), text, piece)


def _issues(found: list[PaperValue], text: str, piece: Piece) -> Iterator[Issue]:
    yield from issues(found, text, piece)
    if rows := [entry for entry in found if isinstance(entry.value, str)]:
        yield from digest.read(*_markdown(rows, text, piece.line), piece.path, piece.tell, piece.place)


def _markdown(rows: list[PaperValue], text: str, first: int) -> tuple[str, list[int]]:
    """Return rows of tables and lists as one document, with the line of the JSON that each of its lines is from."""
    lines = LineFinder(text, first)
    written: list[tuple[str, int]] = []
    for (date, group), same in groupby(rows, key=lambda row: (row.date, row.group)):
        there = list(same)
        numbers = [lines.of(row) for row in there]
        headings = [f"{'#' * level} {title}" for level, title in ((2, date), (3, group)) if title]
        written += [(line, numbers[0]) for heading in headings for line in (heading, "")]
        cells = [one_line(str(row.value)) for row in there]
        if cells[0].startswith("|"):
            width = cells[0].count("|") - 1
            written += [("|" + " |" * width, numbers[0]), ("|" + "-|" * width, numbers[0])]
        written += [*zip(cells, numbers, strict=True), ("", numbers[-1])]
    return "\n".join(line for line, _ in written), [number for _, number in written]


def _is_line(head: bytes) -> bool:
    """Tell an object on a line from an issue of a papers.jsonl, from arXiv's records, and from an object of lines."""
    first, end, _ = head.partition(b"\n")
    if not _LINE.match(first) or records.is_record(first):
        return False
    return not end or first.rstrip().endswith(b"}")


@reader(seeks="", sniff=_is_line, split=_split, supplement=True)
def read_lines(piece: Piece) -> Iterator[Issue]:
    """JSON lines: a paper on each line."""
    text = piece.text()
    found: list[PaperValue] = []
    for number, line in enumerate(text.split("\n")):
        try:
            found += entries(json.loads(line, parse_float=str)) if line.strip() else ()
        except (RecursionError, ValueError) as error:
            piece.tell(piece.line + number, Code.BAD_ENTRY, f"not JSON: {error}; left out")
    yield from _issues(found, text, piece)
