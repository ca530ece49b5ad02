"""What a reader is: one function from a piece of a document to issues, and how to cut the document into pieces."""

import datetime
import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from .. import values
from ..diagnostics import Code, Tell
from ..digest import issue_language
from ..limits import affordable
from ..paper import Issue, Paper

_FIRST = 64 * 1024
"""Bytes of nearly every document, and few enough not to ask the system for memory each time."""
_AT_ONCE = 1024 * 1024


class TooLarge(Exception):
    """A document, or a line of one that is read by lines, is over the size limit."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of a document that can be read by itself."""

    data: bytes
    """Its bytes as they stand in the document."""
    offset: int
    """Where it begins, in bytes."""
    line: int
    """The number of its first line, from 1."""
    date: datetime.date | None = None
    """The day of the one issue that it holds; None where only reading tells which issues it holds."""
    papers: int = 0
    """About how many papers it holds, to tell a day on which too little came; 0 says nothing of that."""


@dataclass(frozen=True)
class Document:
    """A file that is searched for slices."""

    file: IO[bytes]
    limit: int
    """How many bytes it may have, or a line of it when it is read by lines."""
    tell: Tell
    path: str = ""
    """Its path relative to the source, with `/`; names and folders may say a date."""

    def whole(self) -> bytes:
        """Return its bytes, read in pieces: what is over the limit is given up, whatever its size claims to be."""
        pieces: list[bytes] = []
        total, size = 0, _FIRST
        while piece := self.file.read(size):
            total, size = total + len(piece), _AT_ONCE
            if total > self.limit:
                raise TooLarge
            pieces.append(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def lines(self) -> Iterator[Slice]:
        """Yield its lines but the blank ones, each with its line end."""
        offset, number = 0, 0
        while line := self.file.readline(self.limit + 1):
            number += 1
            if len(line) > self.limit:
                raise TooLarge
            if line.strip():
                yield Slice(line, offset, number)
            offset += len(line)


@dataclass(frozen=True)
class Piece:
    """A slice when it is read, and where it stands."""

    data: bytes
    path: str
    """The document's path relative to its source, fit for `Paper.path`."""
    line: int
    """The number of its first line in the document, from 1."""
    tell: Tell
    date: datetime.date | None = None
    """The day that the slice says it holds, None where it says none."""
    folders: str = ""
    """The folders above a document that the user named itself, with `/`."""

    @property
    def place(self) -> str:
        """The document's path with all folders whose names may say a date."""
        return f"{self.folders}/{self.path}" if self.folders else self.path

    def paper(self, line: int, **fields: object) -> Paper:
        """Return a paper of these fields that stands at a line of the document.

        A field that the model refuses is told and stays empty, so that none costs the paper.
        """
        return values.paper({**fields, "path": self.path, "line": line}, line, self.tell)

    def issue(self, date: datetime.date, papers: Iterable[Paper]) -> Issue:
        """Return the issue of a day, titled as a digest is, in the language of its summaries."""
        found = tuple(papers)
        return Issue(date=date, title=f"Daily Papers ({date})", language=issue_language(found), papers=found)

    def text(self) -> str:
        """Return it as text, telling of bytes that are not UTF-8; those become U+FFFD."""
        try:
            return self.data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = self.line + self.data.count(b"\n", 0, error.start)
            message = f"byte 0x{self.data[error.start]:02X} is not UTF-8; replaced by U+FFFD, like any more of them"
            self.tell(line, Code.NOT_UTF8, message)
            return self.data.decode("utf-8", "replace")


Read = Callable[[Piece], Iterator[Issue]]
Split = Callable[[Document], Iterable[Slice]]
Sniff = Callable[[bytes], bool]


def anything(head: bytes) -> bool:
    """Accept any file."""
    return True


def whole(document: Document) -> Iterator[Slice]:
    """Cut nothing: the whole document is one slice, as far as it can be read at once."""
    yield Slice(affordable(document.whole(), 1, document.tell), 0, 1)


def lines(document: Document) -> Iterator[Slice]:
    """Cut a document into its lines; what its lines say of one date becomes one issue."""
    return document.lines()


@dataclass(frozen=True)
class Reader:
    """A kind of source: what `@reader` makes of a function and an entry point names."""

    read: Read
    seeks: str
    sniff: Sniff
    split: Split
    supplement: bool
    searched: bool
    endings: tuple[str, ...] = ()

    @property
    def module(self) -> str:
        """Name of the module that holds the function."""
        return self.read.__module__

    @property
    def help(self) -> str:
        """The function's docstring."""
        return inspect.cleandoc(self.read.__doc__ or "")


def reader(
    *,
    seeks: str,
    sniff: Sniff = anything,
    split: Split = whole,
    supplement: bool = False,
    searched: bool = True,
    endings: tuple[str, ...] = (),
) -> Callable[[Read], Reader]:
    """Declare a function to be a reader: it takes a piece of a document and yields the issues that it holds.

    `seeks` completes "passed over: no …" for a file that holds nothing to read. `sniff` looks at the first 4,096 bytes
    of a file and tells whether it may be of this kind. `split` cuts a document into the slices that are read one by
    one. A file in which no issue is found goes on to the next reader that takes such files. A `supplement` completes
    what other sources say of a date, and gives way to them. `searched` tells whether folders are searched for such
    files, or they are read only when the user names them. `endings`, such as `.csv`, are those of the files that a
    reader is asked for which paperround.toml names by its file; an entry point says its ending itself.
    """

    def declare(read: Read) -> Reader:
        return Reader(read, seeks, sniff, split, supplement, searched, endings)

    return declare
