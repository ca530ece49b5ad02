"""The manifest: which files of a published folder are ours, and what each part of them was made from.

It is written when a run is done. Until then journals say of each file that the run changes what it is to be: should the
run die, the next one knows these files, whatever has become of their sources, and makes their parts anew.
"""

import datetime
import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

from ...model import Code, Diagnostic
from .answers import Answers
from .folder import Folder, Note, Written, is_safe
from .table import Table

T = TypeVar("T")

NAME = ".paperround.json"
JOURNAL = ".paperround.journal"
PATTERN = re.compile(re.escape(NAME))
SCHEMA = 2

Said = tuple[str | int, int, str, str]
"""A diagnostic: its path, or the number of the section of its date, then line, code and message."""
_USUAL = ("settled", True)
_encode = json.JSONEncoder(separators=(",", ":")).encode
_CODES = {code.word: code for code in Code}


@dataclass(frozen=True, slots=True)
class Entry:
    """One published file as its format wrote it."""

    format: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Day:
    """What the issue of a date gave when it was last parsed."""

    made_from: str
    """Fingerprint of its sections, and of what arXiv says of their papers."""
    papers: int
    said: tuple[Said, ...] = ()
    selected: dict[str, bool] = field(default_factory=dict)
    """By fingerprint of a selection's criteria, whether anything of the issue is selected."""


@dataclass(frozen=True, slots=True)
class Made:
    """One part as it was last made."""

    made_from: str
    """Fingerprint of its issues, its options, its neighbours and the code that made it."""
    files: tuple[str, ...] = ()
    asked: Answers = field(default_factory=Answers)
    """Files of other parts whose length it asked for, and the answers."""
    expected: Answers = field(default_factory=Answers)
    """Files of other parts that it asked after, and whether they would be published."""
    said: tuple[Said, ...] = ()
    settled: bool = True
    """False where the next run may get pictures that this one did not."""


def _dates() -> Table[datetime.date, Day]:
    return Table(key=datetime.date.fromisoformat)


@dataclass(frozen=True)
class Manifest:
    """All that an earlier run says of itself; what is missing, damaged or foreign says nothing."""

    files: Table[str, Entry] = field(default_factory=Table)
    days: Table[datetime.date, Day] = field(default_factory=_dates)
    parts: Table[str, Made] = field(default_factory=Table)


@dataclass(frozen=True)
class _Document:
    files: dict[str, Entry] = field(default_factory=dict)
    days: dict[datetime.date, Day] = field(default_factory=dict)
    parts: dict[str, Made] = field(default_factory=dict)
    schema: Literal[1, 2] = 1


@dataclass(frozen=True)
class _Line:
    schema: Literal[1, 2]
    files: dict[str, Entry]


_DOCUMENT = TypeAdapter(_Document)
_LINE = TypeAdapter(_Line)
_ENTRY, _DAY, _MADE = TypeAdapter(Entry), TypeAdapter(Day), TypeAdapter(Made)


def load(root: Path) -> Manifest:
    """Return what the last run said; parts of which a run that died has changed a file since count as not made."""
    try:
        with (root / NAME).open("rb") as file:
            found = parse(file)
    except OSError:
        found = Manifest()
    changed: dict[str, Entry] = {}
    for journal in _journals(root):
        for line in _read(journal).splitlines():
            changed |= _entries(line)
    if changed:
        found.files.update(changed)
        for part in [part for part, made in found.parts.items() if not changed.keys().isdisjoint(made.files)]:
            del found.parts[part]
    return found


def parse(file: IO[bytes]) -> Manifest:
    """Read a manifest; one of an older version names its files only."""
    try:
        return _by_line(file)
    except (ValueError, RecursionError):
        file.seek(0)
        return _as_document(file.read())


def _by_line(file: Iterator[bytes]) -> Manifest:
    """Read a manifest an entry at a time, as it is written; raises ValueError for another one."""
    if next(file, b"") != f'{{"schema":{SCHEMA},\n'.encode():
        raise ValueError("another schema")
    found = Manifest()
    found.files.update(_safe(_section(file, b'"files":{', b"},\n", _ENTRY)))
    days = ((datetime.date.fromisoformat(date), day) for date, day in _section(file, b'"days":{', b"},\n", _DAY))
    found.days.update(_sayable(days))
    found.parts.update(_complete(_section(file, b'"parts":{', b"}}\n", _MADE), found.files))
    return found


def _section(file: Iterator[bytes], begin: bytes, end: bytes, type_: TypeAdapter[T]) -> Iterator[tuple[str, T]]:
    """Yield the keys and values of a section, a line each; `end` stands behind the last. Raises ValueError."""
    head = next(file, b"")
    if head == begin + end:
        return
    if head != begin + b"\n":
        raise ValueError("another section")
    for line in file:
        key, _, value = line.partition(b":")
        name = str(json.loads(key))
        if value.endswith(b"},\n"):
            try:
                yield name, type_.validator.validate_json(value[:-2])
                continue
            except ValidationError:  # the last line has a brace more
                pass
        if not value.endswith(end):
            break
        yield name, type_.validator.validate_json(value[: -len(end)])
        return
    raise ValueError("a section without an end")


def _as_document(data: bytes) -> Manifest:
    try:
        document = _DOCUMENT.validate_json(data)
    except (ValidationError, RecursionError):
        return Manifest()
    found = Manifest(Table(_safe(document.files.items())))
    if document.schema == SCHEMA:
        found.days.update(_sayable(document.days.items()))
        found.parts.update(_complete(document.parts.items(), found.files))
    return found


def _safe(files: Iterable[tuple[str, Entry]]) -> Iterator[tuple[str, Entry]]:
    return ((name, entry) for name, entry in files if is_safe(name))


def _sayable(days: Iterable[tuple[datetime.date, Day]]) -> Iterator[tuple[datetime.date, Day]]:
    return ((date, day) for date, day in days if _is_ours(day.said))


def _complete(parts: Iterable[tuple[str, Made]], files: Container[str]) -> Iterator[tuple[str, Made]]:
    return ((part, made) for part, made in parts if all(name in files for name in made.files) and _is_ours(made.said))


def save(folder: Folder, manifest: Manifest, earlier: Manifest | None = None) -> None:
    """Write the manifest, unless it says what an earlier one did, and end the journals.

    It holds no path of the machine and no time, for it gets published.
    """
    journals = _journals(folder.root)
    if journals or manifest != earlier:
        with folder.manifest(NAME) as file:
            file.writelines(line.encode() for line in _lines(manifest))
    for journal in journals:
        journal.unlink(missing_ok=True)


@contextmanager
def journal(path: Path, format_of: Callable[[str], str | None]) -> Iterator[Note]:
    """Give what notes each file before it appears; `format_of` names the format of a file."""
    with ExitStack() as stack:
        lines: list[IO[bytes]] = []

        def note(name: str, written: Written) -> None:
            if format_ := format_of(name):
                if not lines:
                    if path.is_symlink():
                        path.unlink()
                    lines.append(stack.enter_context(path.open("ab", buffering=0)))
                entry = asdict(Entry(format_, written.size, written.sha256))
                lines[0].write(json.dumps({"schema": SCHEMA, "files": {name: entry}}).encode() + b"\n")

        yield note


def saying(said: Diagnostic, places: Mapping[str, int]) -> Said:
    """Return a diagnostic as a manifest holds it; `places` numbers the paths that depend on how the user calls them."""
    return places.get(said.path, said.path), said.line, said.code.word, said.message


def diagnostic(said: Said, paths: list[str]) -> Diagnostic:
    """Return a diagnostic again, with the paths of its date's sections."""
    path, line, code, message = said
    if isinstance(path, int):
        path = paths[path] if 0 <= path < len(paths) else ""
    return Diagnostic(path, line, _CODES[code], message)


def _lines(manifest: Manifest) -> Iterator[str]:
    """Yield JSON with a line for each file, date and part, in order: a manifest may be looked at and compared."""
    yield f'{{"schema":{SCHEMA}'
    for name in "files", "days", "parts":
        yield f',\n"{name}":{{'
        comma = "\n"
        for key, entry in getattr(manifest, name).items():
            yield f"{comma}{json.dumps(str(key))}:"
            yield from _json(entry)
            comma = ",\n"
        yield "}"
    yield "}\n"


def _json(entry: Entry | Day | Made) -> Iterator[str]:
    """Yield an entry's fields in JSON, without those that are as usual."""
    separator = "{"
    for name in entry.__slots__:
        value = getattr(entry, name)
        if value not in ((), {}, Answers()) and (name, value) != _USUAL:
            yield f'{separator}"{name}":'
            yield from value.text() if isinstance(value, Answers) else [_encode(value)]
            separator = ","
    yield "}"


def _is_ours(said: tuple[Said, ...]) -> bool:
    return all(code in _CODES for _, _, code, _ in said)


def _journals(root: Path) -> list[Path]:
    return sorted(root.glob(f"{JOURNAL}*"))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _entries(line: bytes) -> dict[str, Entry]:
    try:
        return {name: entry for name, entry in _LINE.validate_json(line).files.items() if is_safe(name)}
    except (ValidationError, RecursionError):
        return {}
