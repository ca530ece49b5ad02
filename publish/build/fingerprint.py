"""Fingerprints: when two are equal, a part made again would have the same bytes."""

import datetime
import hashlib
import json
import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, requires, version
from itertools import groupby
from pathlib import Path

from ...model import RecordFile, Section
from ...model.readers import load
from ...model.sources import contents
from .folder import PublishedFile
from .job import Stream
from .names import DateSpan, Names, Owner
from .parts import Part

_ROOMS = ("paperround.model", "paperround.exporters", "paperround.publish")
_ID = re.compile(rb"([0-9]{4}\.[0-9]{4,5})|(?<![a-z-])([a-z-]++)(?:\.([a-z]{2}))?/([0-9]{7})", re.IGNORECASE)
_ESCAPED = re.compile(rb"(?:%|\\u00)([2-7][0-9a-f])|\\", re.IGNORECASE)
"""How addresses and JSON may write a letter of an id, and the backslash that may stand before one."""


def of_code() -> str:
    """Return a fingerprint of our own code and of what it is built on: where they are alike, bytes are."""
    return _code().decode()


@cache
def of_reader(kind: str) -> str:
    """Return a fingerprint of our code and of a reader's, on which depends what a source holds."""
    return _hash([_code(), _reader(kind)])


def of_days(sections: Sequence[Section], records: RecordFile | None) -> dict[datetime.date, str]:
    """Return a fingerprint for the issue of each date: where it stands, its bytes, and the records that may be its."""
    code = _code()  # another parser may read other issues from the same bytes
    return {
        date: _hash([code, *(part for section in group for part in _section(section, records))])
        for date, group in groupby(sections, key=lambda section: section.date)
    }


def of_criteria(stream: Stream) -> str:
    """Return a fingerprint of what a stream selects."""
    return _hash([_code(), stream.criteria.model_dump_json().encode()])


def of_parts(
    streams: Sequence[Stream],
    parts: Sequence[Part],
    days: Mapping[datetime.date, str],
    names: Names,
    others: Mapping[str, PublishedFile],
) -> dict[str, str]:
    """Return a fingerprint for each part, by its id, of all that its bytes depend on.

    These are its issues, its format with its options, and its neighbours' names. Where the format points at files of
    others, they are also what it may know of these: which whole archives there are, `others` (files of formats
    that are not in this run), and the fingerprints of the parts that it may know. Lengths of files would do as
    well, but fingerprints are known before anything is made: one look at the parts tells what has to be made.
    """
    of_format = cache(lambda number, at: _hash(_format(streams[number], at)).encode())
    outlook = _hash(_outlook(streams, parts, others)).encode()
    found: dict[str, str] = {}
    for after, group in groupby(sorted(parts, key=_after), key=_after):
        known = _Known([part for part in parts if part.exporter.after < after], names, found)
        for part in group:
            place = json.dumps([part.name, part.before, part.after]).encode()
            issues = (days[date].encode() for date in part.dates)
            format_ = of_format(part.stream, streams[part.stream].exporters.index(part.exporter))
            beside = (outlook, known.to(part)) if after else ()
            found[part.id] = _hash([format_, place, *beside, *issues])
    return found


class _Known:
    """What parts may know of others, as fingerprints; many parts have the same dates and know the same."""

    def __init__(self, parts: Sequence[Part], names: Names, found: Mapping[str, str]) -> None:
        self._names = names
        self._owners = sorted(((names.of(part), found[part.id]) for part in parts), key=_first)
        self._firsts = [_first(owner) for owner in self._owners]
        self._results: dict[tuple[DateSpan, bool], bytes] = {}

    def to(self, part: Part) -> bytes:
        # Known parts begin within the dates of the one that asks, so two searches in the sorted row find the few that
        # matter; only a whole archive may know parts without dates, which stand first.
        me = self._names.of(part)
        key = me.span, me.part == ""
        if key not in self._results:
            start = 0 if me.part == "" else bisect_left(self._firsts, me.span.first)
            near = self._owners[start : bisect_right(self._firsts, me.span.last)]
            self._results[key] = _hash(found.encode() for owner, found in near if owner.is_known_to(me)).encode()
        return self._results[key]


def _first(owner: tuple[Owner, str]) -> int:
    return owner[0].span.first


def _after(part: Part) -> int:
    return part.exporter.after


def _outlook(streams: Sequence[Stream], parts: Sequence[Part], others: Mapping[str, PublishedFile]) -> Iterator[bytes]:
    """Yield what `published` tells from names: whole archives, and files of formats that are not in this run."""
    whole = {(part.stream, part.exporter.name) for part in parts if part.name == ""}
    for number, stream in enumerate(streams):
        for exporter in stream.exporters:
            place = [stream.place.folder, stream.place.series.id, exporter.name, *exporter.files]
            yield json.dumps([*place, (number, exporter.name) in whole]).encode()
    yield json.dumps(sorted((name, entry.size, entry.modified) for name, entry in others.items())).encode()


def _section(section: Section, records: RecordFile | None) -> Iterator[bytes]:
    yield json.dumps([section.date.isoformat(), section.path, section.kind, section.line]).encode()
    yield _reader(section.kind)
    yield section.content
    if records:
        ids = _ids(contents(section)) if section.ids is None else section.ids
        yield from (records.line(name) for name in sorted(records.keys() & set(ids)))


def _ids(data: bytes) -> Iterator[str]:
    """Yield at least what may be read as an arXiv id somewhere in a source, in whatever spelling a reader takes."""
    plain = _ESCAPED.sub(lambda found: bytes.fromhex((found[1] or b"").decode()), data)
    for number, archive, subject, old in _ID.findall(plain):
        yield number.decode()
        yield f"{archive.decode()}/{old.decode()}".lower()
        yield f"{subject.decode()}/{old.decode()}".lower()  # after a DOI's "arXiv." it is the archive


def _format(stream: Stream, at: int) -> Iterator[bytes]:
    exporter = stream.exporters[at]
    yield _code()
    yield from _foreign(exporter.module)
    yield json.dumps([exporter.name, exporter.values, stream.place.folder], sort_keys=True).encode()
    yield stream.place.series.model_dump_json().encode()
    yield stream.criteria.model_dump_json().encode()
    for beside in (*stream.beside, *filter(None, [stream.whole])):
        yield f"{beside.folder} {beside.series.model_dump_json()}".encode()


@cache
def _code() -> bytes:
    """Return a hash of our own code and the versions of what it is built on: another one makes everything anew."""
    files = (path for room in _ROOMS for folder in import_module(room).__path__ for path in _files(Path(folder)))
    return _hash([*(part for path in files for part in (path.name.encode(), path.read_bytes())), *_versions()]).encode()


def _versions() -> Iterator[bytes]:
    try:
        lines = [line for line in requires("paperround") or () if "extra ==" not in line]
        names = sorted(re.split(r"[^A-Za-z0-9._-]", line)[0] for line in lines)
        yield from (f"{name} {version(name)}".encode() for name in names)
    except PackageNotFoundError:
        yield b"not installed"


@cache
def _reader(kind: str) -> bytes:
    return _hash(_foreign(load(kind).module)).encode()


def _foreign(module: str) -> Iterator[bytes]:
    """Yield the code of an exporter or a reader that is not ours: of its whole package, or the one file that it is."""
    top = sys.modules.get(module.partition(".")[0])
    whole = top is not None and getattr(top, "__file__", None)
    if module.startswith("paperround."):
        return
    path = Path(str(whole or sys.modules[module].__file__))
    files = _files(path.parent) if path.name == "__init__.py" else [path]
    for file in files:
        yield file.read_bytes()


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".pyc"]


def _hash(parts: Iterable[bytes]) -> str:
    """Return 128 bits in hexadecimal: among a million parts, a chance of 1 to 10^27 that two are alike by accident.

    The length of each part stands before it, for else ("ab", "c") would be ("a", "bc").
    """
    return hashlib.sha256(b"".join(b"%d %b" % (len(part), part) for part in parts)).hexdigest()[:32]
