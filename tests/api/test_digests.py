"""`paperround.read`: a list of issues, and what is odd as a warning of Python's."""

from pathlib import Path

import paperround
import pytest
from paperround.model import Code, Diagnostic

HEAD = "## Daily Papers (2024-05-03)\n\n### [A title](https://arxiv.org/abs/2405.00001)\n\n"


def digest(folder: Path, text: str) -> Path:
    path = folder / "2024-05-03.md"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def test_a_path_or_its_text_is_read(tmp_path: Path) -> None:
    path = digest(tmp_path, "- a point\n")
    for source in (path, str(path), tmp_path):
        (issue,) = paperround.read(source)
        assert [paper.title for paper in issue.papers] == ["A title"]


def test_what_is_odd_becomes_a_warning(tmp_path: Path) -> None:
    path = digest(tmp_path, "Vote: many\n\n- a point\n")
    with pytest.warns(paperround.DigestWarning, match=r"^odd-votes ") as warned:
        paperround.read(path)
    assert [(warning.filename, warning.lineno) for warning in warned] == [(str(path), 5)]


def test_a_note_becomes_no_warning(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# Notes\n", encoding="utf-8")
    digest(tmp_path, "- a point\n")
    assert len(paperround.read(tmp_path)) == 1  # a warning would fail


def test_a_report_has_every_diagnostic(tmp_path: Path) -> None:
    said: list[Diagnostic] = []
    paperround.read(digest(tmp_path, "Vote: many\n\n- a point\n"), report=said.append)
    assert [diagnostic.code for diagnostic in said] == [Code.ODD_VOTES]
