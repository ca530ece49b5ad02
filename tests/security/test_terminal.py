"""What digests say reaches a terminal and a log as text: nothing is obeyed there, nothing hides or turns around."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperround.cli.printable import printable
from paperround.cli.show import as_json, github, text
from paperround.model import Code, Diagnostic

from ..command import paperround

OBEYED = ["\x1b]0;title\x07", "\x1b[2J", "\x9b31m", "\r", "\b\b\b", "\x7f", "\u202eevil", "\u2066x", "\u2028", "\ud800"]
HARMLESS = "한국어 漢字 e\u0301 👩\u200d🔬 a\u00a0b\u3000c"


@pytest.mark.parametrize("odd", OBEYED)
@pytest.mark.parametrize("style", [text, as_json, github])
def test_no_style_prints_what_a_terminal_obeys(style: type, odd: str) -> None:
    line = style(Diagnostic(f"a{odd}b.md", 3, Code.NO_LINK, f"c{odd}d"))
    assert line.encode()
    assert not [c for c in line if ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202e\u2066\u2028"]


def test_all_scripts_are_printed_as_they_are() -> None:
    assert printable(HARMLESS) == HARMLESS


@given(st.text(), st.text())
def test_every_diagnostic_is_one_line_and_one_command(path: str, message: str) -> None:
    said = Diagnostic(path, 1, Code.NO_LINK, message)
    for line in (text(said), as_json(said), github(said)):
        assert len(line.splitlines()) == 1
        assert line.encode()
    assert github(said).startswith("::notice ")
    assert json.loads(as_json(said))["code"] == "no-link"


@given(st.text("ab:,%\r\n=\x1b", max_size=20), st.text("ab:,%\r\n", max_size=20))
def test_an_annotation_cannot_be_made_another(path: str, message: str) -> None:
    """GitHub cuts a command at `::`, its properties at commas, and undoes %25, %3A and %2C afterwards."""
    place, said = rest(path, message)
    assert undone(said) == printable(message)
    properties = dict(pair.split("=", 1) for pair in place.split(","))
    assert properties.pop("title") == "odd-link"
    assert {name: undone(value) for name, value in properties.items()} == (
        {"file": printable(path), "line": "7"} if path else {}
    )


def rest(path: str, message: str) -> tuple[str, str]:
    line = github(Diagnostic(path, 7, Code.ODD_LINK, message))
    place, _, said = line.removeprefix("::warning ").partition("::")
    return place, said


def undone(value: str) -> str:
    for code, sign in (("%3A", ":"), ("%2C", ","), ("%25", "%")):
        value = value.replace(code, sign)
    return value


@pytest.mark.parametrize("style", ["text", "json", "github"])
def test_a_hostile_archive_prints_nothing_that_is_obeyed(style: str, tmp_path: Path) -> None:
    odd = "\x1b[31m\x07\x9b\u202e"
    folder = tmp_path / f"\x1b[31m\n::error ::{odd}"
    folder.mkdir()
    digest = f"## Daily Papers (2024-05-03)\n\n### [{odd}](ftp://{odd})\n\nVote: {odd}\n\n![{odd}](x:{odd})\n"
    (folder / f"{odd}.md").write_text(digest, encoding="utf-8")
    (folder / "input.md").write_text(digest, encoding="utf-8")
    result = paperround("check", folder, "--diagnostics", style, cwd=tmp_path)
    assert result.returncode in (0, 1)
    assert len(result.stdout.splitlines()) >= 4
    assert harmless(result)
    refused = paperround("check", folder / odd, "--config", odd, cwd=tmp_path)
    assert refused.returncode == 2
    assert harmless(refused)


def harmless(result: subprocess.CompletedProcess[bytes]) -> bool:
    said = (result.stdout + result.stderr).decode()
    lines = said.split("\n")
    return not any(c in said for c in "\x1b\x07\x9b\u202e\r") and not any(line.startswith("::error") for line in lines)
