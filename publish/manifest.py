"""The manifest: which files of a published folder are ours, what they hold, and which format made them.

It is written when a run is done. Until then a journal says the same of each file that the run has changed: should the
run die, the next one knows them, whatever has become of their sources.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from .folder import Folder, Note, Written, is_safe

NAME = ".paperround.json"
JOURNAL = ".paperround.journal"
PATTERN = re.compile(re.escape(NAME))
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One published file as its format wrote it."""

    format: str
    size: int
    sha256: str


def load(root: Path) -> dict[str, Entry]:
    """Return the entries by file name, also those of a run that died; what is missing, damaged or foreign has none."""
    found = _entries(_read(root / NAME))
    for line in _read(root / JOURNAL).splitlines():
        found |= _entries(line)
    return found


@contextmanager
def journal(root: Path, owners: Mapping[str, str]) -> Iterator[Note]:
    """Give what notes each file before it appears; `owners` names the formats of the files."""
    with ExitStack() as stack:
        lines: list[IO[bytes]] = []

        def note(name: str, written: Written) -> None:
            if name in owners:
                if not lines:
                    lines.append(stack.enter_context((root / JOURNAL).open("ab", buffering=0)))
                entry = asdict(Entry(owners[name], written.size, written.sha256))
                lines[0].write(json.dumps({"schema": SCHEMA, "files": {name: entry}}).encode() + b"\n")

        yield note


def kept(entries: Mapping[str, Entry], folder: Folder) -> dict[str, Entry]:
    """Return the entries whose files are still there."""
    return {name: entry for name, entry in entries.items() if folder.size(name) is not None}


def save(folder: Folder, entries: Mapping[str, Entry]) -> None:
    """Write the manifest, which holds no path of the machine and no time, for it gets published; end the journal."""
    files = {name: asdict(entry) for name, entry in entries.items()}
    text = json.dumps({"schema": SCHEMA, "files": files}, indent=1, sort_keys=True)
    with folder.manifest(NAME) as file:
        file.write(text.encode() + b"\n")
    with suppress(OSError):
        (folder.root / JOURNAL).unlink()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _entries(data: bytes) -> dict[str, Entry]:
    try:
        values = json.loads(data)
        if values["schema"] != SCHEMA:
            return {}
        return {name: _entry(entry) for name, entry in values["files"].items() if is_safe(name)}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _entry(values: Mapping[str, object]) -> Entry:
    name, size, digest = values["format"], values["size"], values["sha256"]
    if not (isinstance(name, str) and isinstance(size, int) and isinstance(digest, str)):
        raise TypeError("not an entry")
    return Entry(name, size, digest)
