"""Same input, same bytes: in any time zone, locale, hash seed and folder, from digests or from our own JSON lines."""

import os
from pathlib import Path

import pytest

from .command import DIGESTS, ROOT, done, files, paperround

CONFIG = ROOT / "examples" / "paperround.toml"
HOSTILE = ROOT / "tests" / "golden" / "digests" / "hostile" / "input.md"
HERE = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C"}
THERE = {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2", "LC_ALL": "ko_KR.UTF-8", "LANG": "ko_KR.UTF-8"}


@pytest.mark.parametrize("source", [DIGESTS, HOSTILE], ids=lambda path: path.name)
def test_the_machine_leaves_no_trace(source: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    relative = os.path.relpath(source, tmp_path / "elsewhere")
    done(paperround("build", source, "--config", CONFIG, "-o", tmp_path / "here", cwd=tmp_path, **HERE))
    before = os.umask(0o077)
    try:
        done(paperround("build", relative, "--config", CONFIG, "-o", "../there", cwd=tmp_path / "elsewhere", **THERE))
    finally:
        os.umask(before)
    here, there = files(tmp_path / "here"), files(tmp_path / "there")
    assert any(name.endswith(".epub") for name in here)
    assert sorted(here) == sorted(there)
    assert [name for name in here if here[name] != there[name]] == []


@pytest.mark.parametrize("source", [DIGESTS, HOSTILE], ids=lambda path: path.name)
def test_json_lines_publish_the_same_files(source: Path, tmp_path: Path) -> None:
    lines = paperround("export", "jsonl", source).stdout
    paperround("build", source, "-o", tmp_path / "digests")
    paperround("build", "-", "-o", tmp_path / "lines", stdin=lines)
    digests, again = files(tmp_path / "digests"), files(tmp_path / "lines")
    for name in (".paperround.json",):  # says what each was made from
        assert (name in digests) == (name in again)
        digests.pop(name, None), again.pop(name, None)
    assert "papers.jsonl" in digests
    assert sorted(digests) == sorted(again)
    assert [name for name in digests if digests[name] != again[name]] == []
