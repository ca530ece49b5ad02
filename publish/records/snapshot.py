"""The arXiv snapshot on Kaggle: several gigabytes of JSON lines, of which only those asked for are read."""

import datetime
import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO, Any, TypeVar, cast

from ...model import Author, Code, Diagnostic, Record, Records, Report, UsageError, values
from ...model.authors import Affiliated, mended, parted
from ...model.text import one_line
from ..foreign import BadData, data_errors, packing_errors

_ID = re.compile(rb'\s*\{\s*"id"\s*:\s*"([^"\\]+)"')
_LONGEST_LINE = 32 * 1024 * 1024
_PIECE = 1000
_FIRST_NAME = re.compile(r"[,:(]|\s(?:and|&)\s")

Values = dict[str, Any]
"""A line of the snapshot."""
_Field = TypeVar("_Field")


def gather(path: Path, ids: Sequence[str], report: Report) -> Iterator[Records]:
    """Yield the records of ids from a snapshot, a plain file, a gzip or a zip, a thousand at a time.

    A line that is no record is told and left out, a field that cannot be read stays empty. Raises UsageError for a file
    that is no snapshot, as its first line says, or that breaks off, after yielding what it held.
    """
    found: dict[str, Record] = {}
    try:
        for arxiv_id, known in _records(path, {*ids}, report):
            found[arxiv_id] = known
            if len(found) == _PIECE:
                yield found
                found = {}
    except UsageError:
        yield found
        raise
    yield found


def record(line: Values, complain: values.Complain) -> Record:
    """Return a line of the snapshot as a record; `complain` hears of the fields that cannot be read.

    Raises BadData for what has no title or no list of authors.
    """
    versions = _read(line, "versions", lambda given: [_date(version["created"]) for version in given], complain)
    with data_errors():
        known = {
            "title": one_line(line["title"]),
            "authors": _authors(line["authors_parsed"], one_line(line.get("authors") or "")),
            "categories": tuple(_read(line, "categories", str.split, complain) or ()),
            "abstract": _text(line, "abstract", complain),
            "doi": _text(line, "doi", complain),
            "journal_ref": _text(line, "journal-ref", complain),
            "comment": _text(line, "comments", complain),
            "published": versions[0] if versions else None,
            "updated": versions[-1] if versions else None,
        }
        return values.record(known, complain)


def _records(path: Path, wanted: set[str], report: Report) -> Iterator[tuple[str, Record]]:
    """Yield the wanted records until all are found; no other line is parsed but the first."""
    try:
        with packing_errors(), _open(path) as file:
            for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), 1):
                arxiv_id = _identifier(line)
                if arxiv_id in wanted or number == 1:
                    known = _parsed(line, path, number, report)
                    if known and arxiv_id in wanted:
                        yield arxiv_id, known
                    wanted.discard(arxiv_id)
                if not wanted:
                    break
    except BadData as error:
        raise UsageError(f"{path}: {error}") from None


@contextmanager
def _open(path: Path) -> Iterator[IO[bytes]]:
    """Open the lines of a snapshot by what the file holds, as it may have any name; of a zip, the largest member's."""
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        if start.startswith(b"\x1f\x8b"):
            with gzip.open(file) as unpacked:
                yield cast(IO[bytes], unpacked)
        elif start == b"PK\x03\x04":
            with zipfile.ZipFile(file) as archive:
                largest = max(archive.infolist(), key=lambda member: member.file_size)
                with archive.open(largest) as member:
                    yield cast(IO[bytes], io.BufferedReader(member))
        else:
            yield file


def _identifier(line: bytes) -> str:
    """Return a line's id without parsing it, where it stands first as it does in every snapshot; '' for none."""
    if found := _ID.match(line):
        return found[1].decode("utf-8", "replace")
    try:
        with data_errors():
            arxiv_id = json.loads(line)["id"]
    except BadData:
        return ""
    return arxiv_id if isinstance(arxiv_id, str) else ""


def _parsed(line: bytes, path: Path, number: int, report: Report) -> Record | None:
    """Return a line's record; of one that is none, the first line says that the file is no snapshot."""

    def complain(message: str) -> None:
        report(Diagnostic(str(path), number, Code.BAD_RECORD, message))

    try:
        with data_errors():
            return record(json.loads(line), complain)
    except BadData as error:
        if number == 1:
            raise UsageError(f"{path}:1: not a line of the arXiv snapshot; {error}") from None
        complain(f"not a line of the arXiv snapshot; {error}; left out")
        return None


def _authors(parsed: Sequence[Sequence[str]], written: str) -> tuple[Author, ...]:
    named = [parted(family, given, suffix, map(one_line, behind)) for family, given, suffix, *behind in parsed]
    if named and named[0] and named[0].author.corporate:
        named[0] = _whole_group(named[0], written)
    return mended(named)


def _whole_group(named: Affiliated, written: str) -> Affiliated:
    """Take the name of a group that begins the list as it is written; parsed, "Qwen2.5-VL Team" is but "VL Team"."""
    whole = _FIRST_NAME.split(written, maxsplit=1)[0].strip()
    if whole.endswith(named.author.name) and "\\" not in whole:
        return named._replace(author=Author(name=whole, corporate=True))
    return named


def _text(line: Values, key: str, complain: values.Complain) -> str | None:
    return _read(line, key, lambda given: one_line(given or ""), complain) or None


def _read(line: Values, key: str, read: Callable[[Any], _Field], complain: values.Complain) -> _Field | None:
    try:
        with data_errors():
            return read(line.get(key))
    except BadData:
        complain(f"the {key} of a record cannot be read; left empty")
        return None


def _date(text: str) -> datetime.date:
    return parsedate_to_datetime(text).astimezone(datetime.UTC).date()
