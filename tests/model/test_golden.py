"""The parser alone on every fixture: it gives the issues that stand in the fixture's papers.jsonl, and its diagnostics.

tests/test_golden.py compares all that is published, records and pictures, too; this takes a second.
"""

import re
import shutil
from pathlib import Path

import pytest
from paperround.model import Code, Diagnostic, Source, issues, jsonlines, scan

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted(path for kind in ("digests", "diagnostics") for path in (GOLDEN / kind).iterdir() if path.is_dir())
OTHER_INPUT = ("arxiv.jsonl", "papers.jsonl", "earlier", "limit", "papers-limit")
CASES = [path for path in CASES if not any((path / name).exists() for name in OTHER_INPUT)]
OURS = {
    Code.NOT_A_DIGEST, Code.REPEATED_ISSUE, Code.PORTRAIT, Code.NO_LINK, Code.MERGED_PAPER, Code.REPAIRED_LATEX,
    Code.REPLACED_CHARACTER, Code.ODD_VOTES, Code.ODD_AUTHORS, Code.ODD_MEDIA, Code.ODD_LINK, Code.NO_TITLE,
    Code.NO_SUMMARY, Code.NO_PAPERS, Code.STRAY_TEXT, Code.CUT_SHORT, Code.CUT_HEADING, Code.BAD_DATE, Code.NOT_UTF8,
}  # fmt: skip
"""What is said by the parser; the rest is other rooms' and the folders' own."""
FROM_US = re.compile(rf"(?:\S+: )?(?:{'|'.join(code.word for code in OURS)}) ")


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_fixture_is_read_as_expected(case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    ours = shutil.ignore_patterns("expected", "series.json", "options.json", "select.json", "feed-limit", "cache")
    shutil.copytree(case, folder, symlinks=True, ignore=ours)
    said: list[Diagnostic] = []
    found = list(issues(scan([Source(folder, "")], said.append), said.append))
    assert "".join(f"{jsonlines.line(issue).decode()}\n" for issue in found) == text(case / "expected" / "papers.jsonl")
    told = [line for line in text(case / "expected" / "diagnostics.txt").splitlines() if FROM_US.match(line)]
    assert sorted({shown(diagnostic) for diagnostic in said if diagnostic.code in OURS}) == sorted(told)


def shown(said: Diagnostic) -> str:
    """Return a diagnostic as the command line prints it."""
    place = f"{said.path}:{said.line}: " if said.line else f"{said.path}: " if said.path else ""
    return f"{place}{said.code.word} {said.message}"


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
