"""Everything: `paperround build` of every format into a folder, in one process, as a user runs it.

No cover is drawn and no picture shown; modules are imported before the clock starts, by a build of one issue.
"""

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
        content.draw_cover = lambda plan, lacking: _COVER
        place = Path(tempfile.mkdtemp(dir=archive.parent))
        config = place / "paperround.toml"
        config.write_text(_WITHOUT)
        options = ["--base-url", "https://example.org/papers", "--config", str(config)]
        options += [word for name in names for word in ("--format", name)]
        make(place / "digests", 1)
        assert run(["build", str(place / "digests"), "-o", str(place / "small"), *options]) == 0
        return lambda: run(["build", str(archive), "-o", str(place / "public"), *options])

    return prepare


CONTESTS = (
    Contest(
        "Everything",
        "Goal: at most 90 Y and 80 MB. From digests to a folder of all files, without covers and pictures.",
        (
            Contestant("paperround build, every format", build()),
            Contestant("without books and pages", build(*_TEXTS)),
        ),
    ),
)
