"""Digests in layouts that people keep: each folder of kinds/ holds files, and what a person reads in them.

A line of expected.txt is a paper: date, title, arXiv id or link, authors (a `+` behind them: not all), votes, group. A
line with `!` is a part of a diagnostic, "path:line: code message"; a folder without any has none but notes.
"""

import re
from pathlib import Path

import pytest
from paperround.model import Diagnostic, Paper
from paperround.model.diagnostics import Code, Severity
from paperround.model.sources import read

KINDS = sorted(path for path in (Path(__file__).parent / "kinds").iterdir() if path.is_dir())
UNSAID = (Code.NO_SUMMARY, Code.ODD_DATE)


def _row(date: str, paper: Paper) -> str:
    authors = "; ".join(paper.authors) + ("" if paper.authors_complete or not paper.authors else " +")
    votes = "" if paper.votes is None else str(paper.votes)
    cells = (date, paper.title, paper.arxiv_id or paper.url or "-", authors, votes, paper.group or "")
    return re.sub(r"\s*\|\s*", " | ", " | ".join(cells)).rstrip(" |")


@pytest.mark.parametrize("kind", KINDS, ids=[path.name for path in KINDS])
def test_a_kind_is_read_as_a_person_reads_it(kind: Path) -> None:
    said: list[Diagnostic] = []
    rows = [_row(str(issue.date), paper) for issue in read([kind / "input"], said.append) for paper in issue.papers]
    lines = (kind / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert rows == [line for line in lines if not line.startswith("!")]
    told = [f"{one.path}:{one.line}: {one.code.word} {one.message}" for one in said if _counts(one)]
    expected = [line[1:].strip() for line in lines if line.startswith("!")]
    assert len(told) == len(expected), told
    assert all(part in one for part, one in zip(expected, told, strict=True)), told


@pytest.mark.parametrize("kind", KINDS, ids=[path.name for path in KINDS])
def test_no_point_is_without_words(kind: Path) -> None:
    for issue in read([kind / "input"], lambda said: None):
        points = [point for paper in issue.papers for point in paper.summary]
        assert all(re.search(r"\w", f"{point.heading or ''}{point.text}") or point.points for point in points)


def _counts(said: Diagnostic) -> bool:
    return said.code.severity is not Severity.NOTE and said.code not in UNSAID
