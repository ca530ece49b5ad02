"""What contests about formats share: the issues, parsed before the clock starts, and one of our exporters at work."""

from pathlib import Path

from paperround.exporters import load
from paperround.exporters.testing import run
from paperround.model import Issue, read

from .contest import Prepare, Work


def issues_of(archive: Path) -> list[Issue]:
    """Parse the archive."""
    return list(read([archive], lambda said: None))


def ours(*names: str, **options: object) -> Prepare:
    """Return a contestant that writes the archive in our formats, in memory."""

    def prepare(archive: Path) -> Work:
        issues = issues_of(archive)
        exporters = [load(name) for name in names]
        return lambda: [run(exporter, issues, **options) for exporter in exporters]

    return prepare
