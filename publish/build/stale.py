"""Files of earlier runs that this run has not written: which stay, and which go."""

from collections.abc import Container, Mapping, Sequence
from pathlib import Path

from ...exporters import BoundExporter
from ...model import Code, Diagnostic, Report
from .folder import Folder, PublishedFile, measured
from .names import Names
from .policy import Policy


def not_written(entries: Mapping[str, PublishedFile], now: Container[str], formats: Container[str] | None) -> list[str]:
    """Return the files of these formats, None for all, that are published but that nothing makes now."""
    return sorted(
        name for name, entry in entries.items() if name not in now and (formats is None or entry.format in formats)
    )


def leaving(
    entries: Mapping[str, PublishedFile], names: Names, exporters: Sequence[BoundExporter], policy: Policy
) -> frozenset[str]:
    """Return the files that will go and that no format of this run can write: nothing made now may refer to them."""
    going = {entry.format for entry in entries.values()} if policy.prune else _windowed(exporters)
    if not policy.every_format:
        going &= {exporter.name for exporter in exporters}
    return frozenset(name for name, entry in entries.items() if entry.format in going and names.owner(name) is None)


def to_remove(
    stale: Sequence[str],
    entries: Mapping[str, PublishedFile],
    folder: Folder,
    exporters: Sequence[BoundExporter],
    prune: bool,
    report: Report,
) -> tuple[str, ...]:
    """Choose the files that go: all of them to prune, else those older than a format keeps and what points at them.

    A file that no longer holds what we wrote is somebody else's, and stays.
    """
    going = list(stale) if prune else _outdated(stale, entries, folder, exporters)
    ours = tuple(name for name in going if _holds(folder.path(name), entries[name]))
    for name in going:
        if name not in ours:
            report(Diagnostic("", 0, Code.SOURCE_GONE, f"{name} stays: it was changed since we wrote it"))
    _warn([name for name in stale if name not in going], report)
    return ours


def _holds(path: str, entry: PublishedFile) -> bool:
    try:
        return measured(path)[1] == entry.sha256
    except OSError:
        return False


def _outdated(
    stale: Sequence[str], entries: Mapping[str, PublishedFile], folder: Folder, exporters: Sequence[BoundExporter]
) -> list[str]:
    # A page that names a removed file would lead nowhere, whatever format made it; only its text tells.
    windowed = _windowed(exporters)
    pointing = {exporter.name for exporter in exporters if exporter.after}
    outdated = [name for name in stale if entries[name].format in windowed]
    names = [Path(name).name.encode() for name in outdated]
    for name in stale:
        if names and entries[name].format in pointing:
            data = Path(folder.path(name)).read_bytes()
            if any(gone in data for gone in names):
                outdated.append(name)
    return outdated


def _windowed(exporters: Sequence[BoundExporter]) -> set[str]:
    return {exporter.name for exporter in exporters if exporter.keep is not None}


def _warn(staying: Sequence[str], report: Report) -> None:
    """Say once that files whose source is gone stay."""
    if staying:
        several = len(staying) > 1
        files = f"{staying[0]} and {len(staying) - 1} more stay" if several else f"{staying[0]} stays"
        they = "them" if several else "it"
        message = f"{files} although nothing makes {they} any more; --prune removes {they}"
        report(Diagnostic("", 0, Code.SOURCE_GONE, message))
