"""Digests in text files and in other people's endings for Markdown, which folders hold for many other reasons, too."""

import re
from collections.abc import Iterator

from ..paper import Issue
from . import digest
from .contract import Piece, reader

_DAILY = re.compile(rb"^[ \t]*(?:\xef\xbb\xbf)?#{1,2}[^\n]*daily\s+papers", re.IGNORECASE | re.MULTILINE)
_HEADING = re.compile(rb"^(?: {0,3}#{1,6}[ \t]|(?:={3,}|-{3,})\s*$)", re.MULTILINE)
_LINK = re.compile(rb"(?:arxiv|alphaxiv)\.org/|(?:huggingface|hf)\.co/papers/", re.IGNORECASE)


def _begins_as_digest(head: bytes) -> bool:
    return _DAILY.search(head) is not None or (_HEADING.search(head) is not None and _LINK.search(head) is not None)


@reader(seeks="", sniff=_begins_as_digest, split=digest.read.split)
def read(piece: Piece) -> Iterator[Issue]:
    """Digests in text files: what begins with headings and links to papers as Markdown does."""
    return digest.read.read(piece)
