"""The reader contract: what a kind of source is, and which kinds are installed."""

from ..dates import date
from ..dates import of_path as date_of_path
from ..fields import arxiv_id, url
from ..links import ids
from ..names import authors
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
    "authors",
    "date",
    "date_of_path",
    "ids",
    "lines",
    "load",
    "names",
    "one_line",
    "reader",
    "url",
    "whole",
]
