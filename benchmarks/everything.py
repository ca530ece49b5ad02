"""Everything: `paperround build` of every format into a folder, in one process, as a user runs it.

No cover is drawn and no picture shown; modules are imported before the clock starts, by a build of one issue.
"""

import shutil
import tempfile
from pathlib import Path

from paperround.cli.main import run
from paperround.exporters.epub import content
from paperround.exporters.epub.cover import Cover

from .archive import make
from .contest import Contest, Contestant, Prepare, Work

_WITHOUT = "[epub]\ncovers = false\n"
_TEXTS = ("atom", "rss", "jsonfeed", "bibtex", "biblatex", "csl-json", "ris", "csv", "jsonl")
_COVER = Cover(b"\xff\xd8\xff\xd9", b"\xff\xd8\xff\xd9")


def build(*names: str) -> Prepare:
    """Return a contestant that builds some formats, all of them for none."""

    def prepare(archive: Path) -> Work:
        place, options = _placed(archive)
        options += [word for name in names for word in ("--format", name)]
        make(place / "digests", 1)
        assert run(["build", str(place / "digests"), "-o", str(place / "small"), *options]) == 0
        return lambda: run(["build", str(archive), "-o", str(place / "public"), *options])

    return prepare


def nothing_new(archive: Path) -> Work:
    """Build what is built already."""
    return _again(archive, new=False)


def one_new_day(archive: Path) -> Work:
    """Build when all but the newest issue are built already."""
    return _again(archive, new=True)


def _again(archive: Path, new: bool) -> Work:
    place, options = _placed(archive)
    digests, kept = place / "digests", place / "newest.md"
    shutil.copytree(archive, digests)
    newest = max(digests.rglob("*.md"))
    if new:
        newest.rename(kept)
    build = ["build", str(digests), "-o", str(place / "public"), *options]
    assert run(build) == 0
    if new:
        kept.rename(newest)
    return lambda: run(build)


def _placed(archive: Path) -> tuple[Path, list[str]]:
    """Return a folder to work in and the options of a build there."""
    content.draw_cover = lambda plan, lacking: _COVER
    place = Path(tempfile.mkdtemp(dir=archive.parent))
    config = place / "paperround.toml"
    config.write_text(_WITHOUT)
    return place, ["--base-url", "https://example.org/papers", "--config", str(config), "--jobs", "1"]


CONTESTS = (
    Contest(
        "Everything",
        "Goal: at most 130 Y and 100 MB. From digests to a folder of all files, without covers and pictures.",
        (
            Contestant("paperround build, every format", build()),
            Contestant("without books and pages", build(*_TEXTS)),
        ),
    ),
    Contest(
        "The next build",
        "Goal: with nothing new at most 3 Y, with one new day at most 50 Y, beside the time to start.",
        (Contestant("nothing new", nothing_new), Contestant("one new day", one_new_day)),
    ),
)
