"""Strangers: the programs that read what we write, and what they are given to read."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest
from paperround.exporters import Series
from paperround.exporters.series.identity import entry_id
from paperround.model import Issue, Paper, read
from paperround.publish import read_config

from ..command import DIGESTS, ROOT, paperround

CONFIG = ROOT / "examples" / "paperround.toml"
GOLDEN = ROOT / "tests" / "golden" / "digests"
REAL = ROOT.parent / "shared" / "digests"
"""Digests that are not ours to hand out; used where they lie beside the tree."""

SOURCES = [DIGESTS, GOLDEN / "hostile", GOLDEN / "mathematics", GOLDEN / "two-dates"] + [REAL] * REAL.is_dir()


def need(program: str) -> str:
    """Return the path of a stranger's program; without it, skip the test, or fail in CI."""
    path = shutil.which(program)
    if path is None:
        missing(f"{program} is not installed: tests/clients/install brings it")
    return str(path)


def missing(reason: str) -> NoReturn:
    """Skip the test for want of a stranger; in CI they are all there, so that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@dataclass(frozen=True)
class Entry:
    """A paper as the feeds and bibliographies have it: once, at its first date."""

    issue: Issue
    position: int
    paper: Paper


@dataclass(frozen=True)
class Archive:
    """Digests, and the folder that they were published into."""

    folder: Path
    series: Series
    issues: tuple[Issue, ...]

    def entries(self) -> Iterator[Entry]:
        """Yield every distinct paper, newest first."""
        found: dict[str, Entry] = {}
        for issue in self.issues:
            for position, paper in reversed(list(enumerate(issue.papers))):
                found.setdefault(entry_id(self.series, issue.date, paper), Entry(issue, position, paper))
        return reversed(found.values())


@pytest.fixture(scope="session")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Archive]:
    """Publish each of the sources as a user does."""
    return {source: publish(source, tmp_path_factory.mktemp("published")) for source in SOURCES}


@pytest.fixture(params=SOURCES, ids=lambda path: path.name if path != REAL else "real")
def archive(request: pytest.FixtureRequest, archives: dict[Path, Archive]) -> Archive:
    """Give one archive after another."""
    return archives[request.param]


def publish(source: Path, folder: Path) -> Archive:
    result = paperround("build", source, "--config", CONFIG, "-o", folder)
    assert result.returncode in (0, 1), result.stderr.decode()
    issues = tuple(read([source], lambda diagnostic: None))
    return Archive(folder, read_config(CONFIG).series({}), issues)
