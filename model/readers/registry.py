"""Which kinds of source are installed: read from the entry points, imported only when a file may be of that kind."""

import importlib.util
import sys
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType

from ..errors import UsageError, nearest
from .contract import Reader

GROUP = "paperround.readers"
"""The entry-point group that every reader, ours or a stranger's, is named in: NAME.ENDING, such as `digest.md`."""

_added: dict[str, tuple[str, Reader]] = {}
"""Readers that are not installed, each with the file that it stands in."""


def add(path: Path) -> None:
    """Take the readers of a Python file beside the installed ones; a second time changes nothing.

    Each is called by the file's name and its own. Raises UsageError for a file that is not there or cannot be run, and
    for one without readers that say their endings.
    """
    file = str(path.resolve())
    if any(known == file for known, _ in _added.values()):
        return
    found = {
        f"{path.stem.replace('.', '-')}-{name}.{ending.removeprefix('.')}": (file, value)
        for name, value in vars(_run(path, file)).items()
        if isinstance(value, Reader)
        for ending in value.endings
    }
    if not found:
        raise UsageError(f"{path} has no reader with endings: decorate one with @reader(…, endings=('.csv',))")
    _added.update(found)
    endings.cache_clear()
    load.cache_clear()


def file_of(name: str) -> str:
    """Return the file that a reader was added from, '' for an installed one; a worker adds it, too."""
    return _added[name][0] if name in _added else ""


def names() -> list[str]:
    """Return the names of the readers, sorted; imports none of the installed ones."""
    return sorted({*_entries(), *_added})


@cache
def endings() -> dict[str, tuple[str, ...]]:
    """Return the endings of file names, such as `.md`, each with the names of its readers; imports none of them."""
    found: dict[str, tuple[str, ...]] = {}
    for name in names():
        ending = f".{name.partition('.')[2].lower()}"
        found[ending] = (*found.get(ending, ()), name)
    return found


@cache
def load(name: str) -> Reader:
    """Import a reader by its name.

    Raises UsageError when there is none, when what it needs is not installed, or when it is not made with `@reader`.
    """
    if name in _added:
        return _added[name][1]
    entries = _entries()
    if name not in entries:
        raise UsageError(f"there is no reader {name!r}{nearest(name, sorted(entries))}")
    try:
        loaded = entries[name].load()
    except ImportError as error:
        raise UsageError(f"reader {name!r} ({entries[name].value}) cannot be imported: {error}") from error
    if not isinstance(loaded, Reader):
        raise UsageError(f"reader {name!r} ({entries[name].value}) is not a reader: decorate it with @reader")
    return loaded


def _run(path: Path, file: str) -> ModuleType:
    """Run a Python file as a module of a name that no package has."""
    spec = importlib.util.spec_from_file_location(f"paperround_reader_{path.stem.replace('.', '_')}", file)
    if spec is None or spec.loader is None:
        raise UsageError(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where fingerprints look for its file
    try:
        spec.loader.exec_module(module)
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file") from None
    except Exception as error:  # whatever somebody's file does while it is run
        raise UsageError(f"{path} cannot be run: {type(error).__name__}: {error}") from error
    return module


@cache
def _entries() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=GROUP)}
