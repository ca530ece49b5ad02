"""The arXiv snapshot on Kaggle: several gigabytes of JSON lines, of which only those asked for are read."""

import datetime
import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO, Any, cast

from ...model import Author, Record, Records, UsageError
from ...model.authors import Affiliated, mended, parted
from ...model.text import one_line

_ID = re.compile(rb'\s*\{\s*"id"\s*:\s*"([^"\\]+)"')
_LONGEST_LINE = 32 * 1024 * 1024
_PIECE = 1000
_FIRST_NAME = re.compile(r"[,:(]|\s(?:and|&)\s")

Values = dict[str, Any]
"""A line of the snapshot."""


def gather(path: Path, ids: Sequence[str]) -> Iterator[Records]:
    """Yield the records of ids from a snapshot, a plain file, a gzip or a zip, a thousand at a time.

    Raises UsageError for a file that is no snapshot or breaks off, after yielding what it held.
    """
    found: dict[str, Record] = {}
    try:
        for arxiv_id, known in _records(path, {*ids}):
            found[arxiv_id] = known
            if len(found) == _PIECE:
                yield found
                found = {}
    except UsageError:
        yield found
        raise
    yield found


def record(values: Values) -> Record:
    """Return a line of the snapshot as a record; raises KeyError, TypeError and ValueError for what is none."""
    versions = [_date(version["created"]) for version in values["versions"]]
    return Record(
        title=one_line(values["title"]),
        authors=_authors(values["authors_parsed"], one_line(values.get("authors") or "")),
        categories=tuple(values["categories"].split()),
        abstract=_text(values, "abstract"),
        doi=_text(values, "doi"),
        journal_ref=_text(values, "journal-ref"),
        comment=_text(values, "comments"),
        published=versions[0] if versions else None,
        updated=versions[-1] if versions else None,
    )


def _records(path: Path, wanted: set[str]) -> Iterator[tuple[str, Record]]:
    """Yield the wanted records until all are found; no other line is parsed but the first."""
    try:
        with _open(path) as file:
            for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), 1):
                arxiv_id = _identifier(line)
                if arxiv_id in wanted or number == 1:
                    known = _parsed(line, path, number)
                    if arxiv_id in wanted:
                        yield arxiv_id, known
                        wanted.remove(arxiv_id)
                if not wanted:
                    break
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError) as error:
        raise UsageError(f"{path}: {getattr(error, 'strerror', None) or error}") from None


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
        values = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    arxiv_id = values.get("id") if isinstance(values, dict) else None
    return arxiv_id if isinstance(arxiv_id, str) else ""


def _parsed(line: bytes, path: Path, number: int) -> Record:
    try:
        values = json.loads(line)
        if not isinstance(values["id"], str):
            raise TypeError("its id is not a string")
        return record(values)
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise UsageError(f"{path}:{number}: not a line of the arXiv snapshot ({error!r})") from None


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


def _text(values: Values, key: str) -> str | None:
    return one_line(values.get(key) or "") or None


def _date(text: str) -> datetime.date:
    return parsedate_to_datetime(text).astimezone(datetime.UTC).date()
