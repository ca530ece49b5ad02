"""The manifest: which files of a published folder are ours, and what each part of them was made from.

It is written when a run is done. Until then journals say of each file that the run changes what it is to be: should the
run die, the next one knows these files, whatever has become of their sources, and makes their parts anew.
"""

import datetime
import hashlib
import json
import re
from collections.abc import Container, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import IO, Literal, cast

from pydantic import TypeAdapter

from ...model import Diagnostic
from ...model.diagnostics import CODES
from ...model.scans import FileScan, SectionPlace
from ..foreign import BadData, data_errors
from .folder import Folder, Note, PublishedFile, is_safe

NAME = ".paperround.json"
JOURNAL = ".paperround.journal"
PATTERN = re.compile(re.escape(NAME))
PING = ".paperround-ping.json"
"""Which bytes of which feed the WebSub hub has taken; written by `ping`."""
BEFORE = ".paperround-before.json"
"""Which bytes of which feed were published before this folder: the hub knows those where `ping` has written nothing.

A job that starts in an empty folder uploads it before it pings, so what `ping` writes there is lost with the machine.
"""
_SUBSCRIPTION = re.compile(r"(?:select/[a-z0-9-]+/)?feeds/(?:papers|issues)\.(?:atom|rss|json)")
SCHEMA = 4
"""Of a manifest of an older schema, only the files are taken: all parts are made once."""
_SEAL = b',\n"sha256":"%b"}\n'
"""How a manifest ends: with the hash of all before it. A flipped bit can leave JSON that says another day or size."""

StoredDiagnostic = tuple[str | int, int, str, str]
"""A diagnostic: its path, or the number of the section of its date, then line, code and message."""


@dataclass(frozen=True, slots=True)
class DayState:
    """What the issue of a date gave when it was last parsed."""

    made_from: str
    """Fingerprint of its sections, and of what arXiv says of their papers."""
    papers: int
    diagnostics: tuple[StoredDiagnostic, ...] = ()
    selected: dict[str, bool] = field(default_factory=dict)
    """By fingerprint of a selection's criteria, whether anything of the issue is selected."""


@dataclass(frozen=True, slots=True)
class PartState:
    """One part as it was last made."""

    made_from: str
    """Fingerprint of all that its bytes depend on."""
    files: tuple[str, ...] = ()
    diagnostics: tuple[StoredDiagnostic, ...] = ()
    settled: bool = True
    """False where the next run may get pictures that this one did not, or may know a part of which that is so."""
    left: tuple[str, ...] = ()
    """Files that it would have, but that are somebody else's."""


@dataclass(frozen=True)
class Manifest:
    """All that an earlier run says of itself; what is missing, damaged or foreign says nothing."""

    files: dict[str, PublishedFile] = field(default_factory=dict)
    days: dict[datetime.date, DayState] = field(default_factory=dict)
    parts: dict[str, PartState] = field(default_factory=dict)
    scans: dict[str, FileScan] = field(default_factory=dict)
    """What the scan found in each source, by a hash of all that this depends on."""

    @property
    def subscriptions(self) -> dict[str, str]:
        """The hashes of the feeds that people subscribe to, by name."""
        return {name: entry.sha256 for name, entry in self.files.items() if _SUBSCRIPTION.fullmatch(name)}


@dataclass(frozen=True, kw_only=True)
class _ManifestFile(Manifest):
    """A manifest in JSON, of this schema."""

    schema: Literal[4]


@dataclass(frozen=True)
class _Files:
    """What manifests of all schemas and lines of journals have in common."""

    files: dict[str, PublishedFile] = field(default_factory=dict)
    schema: Literal[1, 2, 3, 4] = 1


@dataclass(frozen=True)
class _Scans:
    """What sources hold."""

    scans: dict[str, FileScan] = field(default_factory=dict)


_DEFAULTS: dict[type, dict[str, object]] = {
    kind: {
        each.name: each.default if each.default_factory is MISSING else each.default_factory()
        for each in fields(kind)
        if each.default is not MISSING or each.default_factory is not MISSING
    }
    for kind in (PublishedFile, DayState, PartState, FileScan, SectionPlace)
}
_FILES, _DOCUMENT, _SCANS = TypeAdapter(_Files), TypeAdapter(_ManifestFile), TypeAdapter(_Scans)


def load(root: Path) -> Manifest:
    """Return what the last run said; parts of which a run that died has changed a file since count as not made."""
    found = parse(_read(root / NAME))
    changed: dict[str, PublishedFile] = {}
    for journal in _journals(root):
        for line in _read(journal).splitlines():
            changed |= _files(line)
    if changed:
        found.files.update(changed)
        for part in [part for part, made in found.parts.items() if not changed.keys().isdisjoint(made.files)]:
            del found.parts[part]
    return found


def load_scans(root: Path) -> dict[str, FileScan]:
    """Return what the last run found in its sources; the rest of the manifest waits until the folder is locked."""
    data = _read(root / NAME)
    try:
        with data_errors():
            scans = _SCANS.validate_json(data).scans if _is_sealed(data) else {}
    except BadData:
        return {}
    return {key: scan for key, scan in scans.items() if scan.is_sound}


def parse(data: bytes) -> Manifest:
    """Read a manifest; one of an older schema, and one that is damaged, names its files only.

    Where all is well, which is nearly always, it is gone through once: it grows with the files of all years.
    """
    try:
        with data_errors():
            document = _DOCUMENT.validate_json(data) if _is_sealed(data) else None
    except BadData:
        document = None
    if document is None:
        return Manifest(_files(data))
    files = _safe(document.files)
    days = {date: day for date, day in document.days.items() if _are_known(day.diagnostics)}
    return Manifest(files, days, dict(_complete(document.parts, files)), document.scans)


def _is_sealed(data: bytes) -> bool:
    """Tell whether a manifest's bytes are those that were written."""
    end = len(data) - len(_SEAL % bytes(64))
    return end > 0 and data[end:] == _SEAL % hashlib.sha256(memoryview(data)[:end]).hexdigest().encode()


def _files(data: bytes) -> dict[str, PublishedFile]:
    try:
        with data_errors():
            return _safe(_FILES.validate_json(data).files)
    except BadData:
        return {}


def _safe(files: Mapping[str, PublishedFile]) -> dict[str, PublishedFile]:
    return {name: entry for name, entry in files.items() if is_safe(name)}


def _complete(parts: Mapping[str, PartState], files: Container[str]) -> Iterator[tuple[str, PartState]]:
    return (
        (part, made)
        for part, made in parts.items()
        if all(name in files for name in made.files) and all(map(is_safe, made.left)) and _are_known(made.diagnostics)
    )


def save(folder: Folder, manifest: Manifest, earlier: Manifest | None = None) -> None:
    """Write the manifest, unless it says what an earlier one did, and end the journals.

    It holds no path of the machine and no time, for it gets published.
    """
    journals = _journals(folder.root)
    if journals or manifest != earlier:
        digest = hashlib.sha256()
        with folder.manifest(NAME) as file:
            for line in _lines(manifest):
                file.write(data := line.encode())
                digest.update(data)
            file.write(_SEAL % digest.hexdigest().encode())
    for journal in journals:
        journal.unlink(missing_ok=True)


@contextmanager
def journal(path: Path) -> Iterator[Note]:
    """Give what notes each file before it appears."""
    with ExitStack() as stack:
        lines: list[IO[bytes]] = []

        def note(name: str, file: PublishedFile) -> None:
            if not lines:
                if path.is_symlink():
                    path.unlink()
                # Without a buffer: what is noted outlives the process, and stands there before the file appears.
                lines.append(stack.enter_context(path.open("ab", buffering=0)))
            lines[0].write(_encode({"schema": SCHEMA, "files": {name: file}}).encode() + b"\n")

        yield note


def stored(diagnostic: Diagnostic, places: Mapping[str, int]) -> StoredDiagnostic:
    """Return a diagnostic as a manifest holds it; `places` numbers the paths that depend on how the user calls them."""
    return places.get(diagnostic.path, diagnostic.path), diagnostic.line, diagnostic.code.word, diagnostic.message


def restored(entry: StoredDiagnostic, paths: list[str]) -> Diagnostic:
    """Return a diagnostic again, with the paths of its date's sections."""
    path, line, code, message = entry
    if isinstance(path, int):
        path = paths[path] if 0 <= path < len(paths) else ""
    return Diagnostic(path, line, CODES[code], message)


def _lines(manifest: Manifest) -> Iterator[str]:
    """Yield JSON with a line for each entry, in order: a manifest may be looked at and compared."""
    yield f'{{"schema":{SCHEMA}'
    for name in "files", "days", "parts", "scans":
        yield f',\n"{name}":{{'
        comma = "\n"
        for key, entry in sorted(getattr(manifest, name).items()):
            yield f"{comma}{json.dumps(str(key))}:{_json(entry)}"
            comma = ",\n"
        yield "}"


def _json(entry: PublishedFile | DayState | PartState | FileScan) -> str:
    return _encode(_fields(entry))


def _fields(entry: PublishedFile | DayState | PartState | FileScan | SectionPlace) -> dict[str, object]:
    """Return an entry's fields, without those that are as usual: with others left out, it could not be read back."""
    usual = _DEFAULTS[type(entry)]
    values = {name: getattr(entry, name) for name in entry.__slots__}
    return {name: value for name, value in values.items() if name not in usual or value != usual[name]}


def _plain(value: object) -> object:
    """Return what JSON has no word for in one that it has."""
    return value.isoformat() if isinstance(value, datetime.date) else _fields(cast(SectionPlace, value))


_encode = json.JSONEncoder(separators=(",", ":"), default=_plain).encode


def _are_known(diagnostics: tuple[StoredDiagnostic, ...]) -> bool:
    return all(code in CODES for _, _, code, _ in diagnostics)


def _journals(root: Path) -> list[Path]:
    return sorted(root.glob(f"{JOURNAL}*"))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
