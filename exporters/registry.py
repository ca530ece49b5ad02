"""Which formats are installed: read from the entry points, imported only when named."""

from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from ..model import UsageError, nearest
from .contract.format import BoundExporter, Exporter, Offer, Options

GROUP = "paperround.exporters"
"""The entry-point group that every exporter, ours or a stranger's, is named in."""


def names() -> list[str]:
    """Return the names of the installed formats, sorted; imports none of them."""
    return sorted(_entries())


def load(name: str) -> Exporter[Options]:
    """Import a format by its name.

    Raises UsageError, with the nearest name, when there is none, when what it needs is not installed, or when it is
    not made with `@exporter`.
    """
    entries = _entries()
    if name not in entries:
        raise UsageError(f"there is no format {name!r}{nearest(name, sorted(entries))}")
    try:
        loaded = entries[name].load()
    except ImportError as error:
        raise UsageError(f"format {name!r} ({entries[name].value}) cannot be imported: {error}") from error
    if not isinstance(loaded, Exporter):
        raise UsageError(f"format {name!r} ({entries[name].value}) is not an exporter: decorate it with @exporter")
    return loaded


def bind(name: str, values: Mapping[str, object]) -> BoundExporter:
    """Load a format and validate its options; raises pydantic.ValidationError for bad ones."""
    return load(name).bind(name, values)


@cache
def offers() -> tuple[Offer, ...]:
    """Return what the installed formats offer to readers, in the order of the formats' names; imports all of them.

    A format that cannot be imported offers nothing: the run that needs it says what is wrong.
    """
    return tuple(offer for name in names() for offer in _offers(name))


def _offers(name: str) -> tuple[Offer, ...]:
    try:
        return load(name).offers
    except UsageError:
        return ()


@cache
def _entries() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=GROUP)}
