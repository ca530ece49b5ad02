"""What a person sees in a terminal, and a program in a pipe."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from ..command import DIGESTS, paperround

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
CODE = "\x1b[33m\x1b[1mrepaired-latex\x1b[0m"
MAY = str(DIGESTS / "2024" / "05" / "06.md")


def terminal(*words: str | Path, **environment: str) -> str:
    """Run paperround with standard output and error on one terminal, and return all that it was sent."""
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "CI")}
    return in_terminal(
        [Path(sys.executable).with_name("paperround"), *words], {**plain, "TERM": "xterm", **environment}
    )


def in_terminal(command: list[str | Path], environment: Mapping[str, str]) -> str:
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        sent = b""
        try:
            while piece := os.read(ours, 4096):
                sent += piece
        except OSError:  # Linux says EIO when the other side is closed
            pass
    os.close(ours)
    return sent.decode()


def test_codes_are_coloured_by_severity() -> None:
    assert CODE in terminal("check", MAY)
    assert "\x1b[36m\x1b[1mportrait\x1b[0m" in terminal("check", DIGESTS / "2024" / "05" / "02.md")


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, {"TERM": "dumb"}])
def test_colours_can_be_refused(environment: dict[str, str]) -> None:
    said = terminal("check", MAY, **environment)
    assert "repaired-latex" in said
    assert "\x1b" not in said


def test_colours_can_be_asked_for_in_a_pipe_and_come_to_no_other() -> None:
    assert b"\x1b" not in paperround("check", MAY, FORCE_COLOR="", NO_COLOR="").stdout
    assert CODE.encode() in paperround("check", MAY, FORCE_COLOR="1", NO_COLOR="").stdout


@pytest.mark.parametrize("style", ["json", "github"])
def test_what_programs_read_has_no_colours(style: str) -> None:
    assert b"\x1b" not in paperround("check", MAY, "--diagnostics", style, FORCE_COLOR="1", NO_COLOR="").stdout


def test_a_refusal_is_red() -> None:
    assert terminal("check", "nowhere").startswith("\x1b[31m\x1b[1mpaperround:\x1b[0m nowhere: no such file or folder")


def test_diagnostics_stand_above_the_bar(tmp_path: Path) -> None:
    said = terminal("build", DIGESTS / "2024", "-o", tmp_path, "--format", "csv")
    assert "━" in said
    lines = re.split(r"[\r\n]+", ESCAPE.sub("", said))
    told = [line for line in lines if "repaired-latex" in line]
    assert len(told) == 1
    assert told[0].endswith("(and 2 more)")
    assert all(line.startswith(str(DIGESTS)) and line.count(".md:") == 1 for line in told)
    assert f"written, 0 unchanged in {tmp_path}; " in lines[-2]


def test_data_on_the_same_terminal_is_not_wiped_away_with_the_bar() -> None:
    said = terminal("export", "csv", MAY)
    data = said.index("date,position")
    assert "━" in said[:data]
    assert "\x1b" not in said[data : said.rindex(f"{MAY}:")]


def test_a_dumb_terminal_gets_no_bar(tmp_path: Path) -> None:
    assert "\x1b" not in terminal("build", MAY, "-o", tmp_path, "--format", "csv", TERM="dumb")
