"""Parsing: digests to typed issues, beside what general Markdown engines take for the same text.

Readers are looked up and imported before the clock starts, by one issue that is read, as the engines' modules are.
"""

import tempfile
from pathlib import Path

from paperround.model import read

from .archive import make
from .contest import Contest, Contestant, Work


def ours(archive: Path) -> Work:
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), 1)
        assert list(read([folder], lambda said: None))
    return lambda: sum(len(issue.papers) for issue in read([archive], lambda said: None))


def markdown_it(archive: Path) -> Work:
    from markdown_it import MarkdownIt

    engine = MarkdownIt()
    return lambda: [engine.parse(path.read_text(encoding="utf-8")) for path in archive.rglob("*.md")]


CONTESTS = (
    Contest(
        "Digests to typed issues",
        "Goal: at most 15 Y. Ours scans, parses and makes typed values; the others only make a tree of Markdown.",
        (Contestant("paperround.model.read", ours), Contestant("markdown-it-py", markdown_it, 1.0)),
    ),
)
