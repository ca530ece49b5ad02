"""The manifest: which files of a published folder are ours, what they hold, and which format made them."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from .folder import Folder, is_safe

NAME = ".paperround.json"
PATTERN = re.compile(re.escape(NAME))
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One published file as its format wrote it."""

    format: str
    size: int
    sha256: str


def load(root: Path) -> dict[str, Entry]:
    """Return the entries by file name; a manifest that is missing, damaged or foreign has none."""
    try:
        values = json.loads((root / NAME).read_bytes())
        if values["schema"] != SCHEMA:
            return {}
        return {name: _entry(entry) for name, entry in values["files"].items() if is_safe(name)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def kept(entries: Mapping[str, Entry], folder: Folder) -> dict[str, Entry]:
    """Return the entries whose files are still there."""
    return {name: entry for name, entry in entries.items() if folder.size(name) is not None}


def save(folder: Folder, entries: Mapping[str, Entry]) -> None:
    """Write the manifest, which holds no path of the machine and no time, for it gets published."""
    files = {name: asdict(entry) for name, entry in entries.items()}
    text = json.dumps({"schema": SCHEMA, "files": files}, indent=1, sort_keys=True)
    with folder.manifest(NAME) as file:
        file.write(text.encode() + b"\n")


def _entry(values: Mapping[str, object]) -> Entry:
    name, size, digest = values["format"], values["size"], values["sha256"]
    if not (isinstance(name, str) and isinstance(size, int) and isinstance(digest, str)):
        raise TypeError("not an entry")
    return Entry(name, size, digest)
