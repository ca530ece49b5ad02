"""papers.jsonl as a source: an issue on each line."""

import re
from collections.abc import Iterator

from ..diagnostics import Code
from ..jsonlines import parse_line
from ..paper import Issue
from .contract import Piece, lines, reader

_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"")
"""How a papers.jsonl starts, and no digest: some tools' Markdown starts with `{%` or `{:`."""


def _sniff(head: bytes) -> bool:
    return _START.match(head) is not None


# Folders are not searched for it: a build writes one, perhaps below the very folder that holds the digests.
@reader(seeks="issue on a line", sniff=_sniff, split=lines, searched=False)
def read(piece: Piece) -> Iterator[Issue]:
    """JSON lines: the typed model as `paperround build` writes it, an issue on each line."""
    try:
        yield parse_line(piece.data, piece.line, piece.tell)
    except ValueError as error:
        piece.tell(piece.line, Code.BAD_JSON, f"{error}; left out")
