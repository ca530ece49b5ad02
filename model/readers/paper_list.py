"""Papers as JSON: a list or dated groups of objects, rows of Markdown tables by id, or an object on each line."""

import json
import re
from collections.abc import Iterator

from .. import limits, records
from ..diagnostics import Code
from ..paper import Issue
from .contract import Document, Piece, Slice, TooLarge, lines, reader
from .entries import entries, issues

_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
_LINE = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?!schema")')
_MARK = re.compile(rb"[,\[{]")
_LARGEST = limits.LARGEST_DOCUMENT // 2
_MOST_VALUES = 1_000_000
"""A value takes some 100 bytes of memory: `[[],[],` in 16 MB would take a gigabyte."""


def _sniff(head: bytes) -> bool:
    return _START.match(head) is not None


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
    yield from issues(list(entries(value)), text, piece)


def _is_line(head: bytes) -> bool:
    """Tell an object on a line from an issue of a papers.jsonl, from arXiv's records, and from an object of lines."""
    first, end, _ = head.partition(b"\n")
    if not _LINE.match(first) or records.is_record(first):
        return False
    return not end or first.rstrip().endswith(b"}")


@reader(seeks="", sniff=_is_line, split=lines, supplement=True)
def read_line(piece: Piece) -> Iterator[Issue]:
    """JSON lines: a paper on each line."""
    return read.read(piece)
