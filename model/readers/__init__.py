"""The reader contract: what a kind of source is, and which kinds are installed."""

from ..fields import arxiv_id
from ..text import one_line
from .contract import Document, Piece, Read, Reader, Slice, Sniff, Split, anything, lines, reader, whole
from .registry import GROUP, add, load, names

__all__ = [
    "GROUP",
    "Document",
    "Piece",
    "Read",
    "Reader",
    "Slice",
    "Sniff",
    "Split",
    "add",
    "anything",
    "arxiv_id",
    "lines",
    "load",
    "names",
    "one_line",
    "reader",
    "whole",
]
