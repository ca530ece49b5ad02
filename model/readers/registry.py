"""Which kinds of source are installed: read from the entry points, imported only when a file may be of that kind."""

from functools import cache
from importlib.metadata import EntryPoint, entry_points

from ..errors import UsageError, nearest
from .contract import Reader

GROUP = "paperround.readers"
"""The entry-point group that every reader, ours or a stranger's, is named in: NAME.ENDING, such as `digest.md`."""


def names() -> list[str]:
    """Return the names of the installed readers, sorted; imports none of them."""
    return sorted(_entries())


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


@cache
def _entries() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=GROUP)}
