"""A source that is written to while a build reads it: one line, nothing half, and the next build makes it right."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from paperround.cli import commands
from paperround.cli.main import run

from ...command import DIGESTS, files

FORMATS = [word for name in ("jsonl", "csv", "html", "atom") for word in ("--format", name)]
DAY = Path("2024", "05", "03.md")


def rewrite(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("Yi:", "Oui:"), encoding="utf-8")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


RECORDS = ["--metadata", "arxiv.jsonl"]


@pytest.mark.parametrize("change", [rewrite, cut, Path.unlink])
@pytest.mark.parametrize(("more", "jobs"), [([], "1"), (RECORDS, "1"), ([], "2")])
def test_a_source_that_changes_during_a_build(
    change: Callable[[Path], None],
    more: list[str],
    jobs: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(DIGESTS, "digests")
    Path("arxiv.jsonl").write_text('{"id":"2403.04652","unknown":true}\n')
    words = ["build", "digests", *FORMATS, *more]
    assert run([*words, "-o", "public"]) == 0
    before = files(Path("public"))
    for path in Path("digests", "2024").rglob("*.md"):  # every day is made anew
        path.write_text(path.read_text(encoding="utf-8").replace("Vote: ", "Vote: 1"), encoding="utf-8")
    found = commands.find
    monkeypatch.setattr(commands, "find", lambda *given: (found(*given), change("digests" / DAY))[0])
    capsys.readouterr()
    assert run([*words, "-o", "public", "--jobs", jobs]) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith(f"paperround: digests/{DAY}")
    assert last.endswith("; run again")
    left = files(Path("public"))
    assert before.keys() <= left.keys()
    assert [name for name in left if name.endswith(".tmp")] == []
    monkeypatch.setattr(commands, "find", found)
    assert run([*words, "-o", "public", "--prune"]) in (0, 1)
    assert run([*words, "-o", "new"]) in (0, 1)
    assert files(Path("public")) == files(Path("new"))
