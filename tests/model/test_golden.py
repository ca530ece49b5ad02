"""The parser alone on every fixture: it gives the issues that stand in the fixture's papers.jsonl, and the diagnostics.

tests/test_golden.py compares all that is published, records and pictures, too; this takes a second.
"""

import shutil
from pathlib import Path

import pytest
from paperround.model import Diagnostic, Source, issues, jsonlines, scan

DIGESTS = Path(__file__).parents[1] / "golden" / "digests"
CASES = sorted(path.parents[1] for path in DIGESTS.glob("*/expected/papers.jsonl"))
CASES = [path for path in CASES if not (path / "arxiv.jsonl").exists()]


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_fixture_is_read_as_expected(case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    shutil.copytree(case, folder, ignore=shutil.ignore_patterns("expected", "series.json", "options.json"))
    said: list[Diagnostic] = []
    found = list(issues(scan([Source(folder, "")], said.append), said.append))
    expected = (case / "expected" / "papers.jsonl").read_text(encoding="utf-8")
    assert "".join(f"{jsonlines.line(issue)}\n" for issue in found) == expected
    told = case / "expected" / "diagnostics.txt"
    lines = told.read_text(encoding="utf-8") if told.exists() else ""
    for diagnostic in said:
        assert f"{diagnostic.path}:{diagnostic.line}: {diagnostic.code.word} {diagnostic.message}\n" in lines
