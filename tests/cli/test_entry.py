"""Signals that come while the command is still being imported."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SLOW = "import os, signal, time\nos.kill(os.getpid(), signal.{0})\ntime.sleep(60)\n"
BEGIN = "import {0} as signal\nfrom paperround.cli.entry import main\nmain()\n"


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("SIGINT", 130, "paperround: interrupted\n"),
        ("SIGTERM", 143, "paperround: ended by SIGTERM\n"),
        ("SIGHUP", 129, "paperround: ended by SIGHUP\n"),
    ],
)
def test_a_signal_during_imports_is_one_line(tmp_path: Path, name: str, status: int, said: str) -> None:
    (tmp_path / "click.py").write_text(SLOW.format(name))
    done = run(tmp_path, "signal")
    assert (done.returncode, done.stderr) == (status, said)


def test_a_request_to_end_that_nohup_ignores_stays_ignored(tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text(SLOW.format("SIGHUP").replace("time.sleep(60)", "raise SystemExit(7)"))
    (tmp_path / "ignoring.py").write_text("import signal\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)\n")
    assert run(tmp_path, "ignoring").returncode == 7


def run(folder: Path, first: str) -> subprocess.CompletedProcess[str]:
    """Begin the command with another `click`, which shadows the real one."""
    return subprocess.run(
        [sys.executable, "-c", BEGIN.format(first), "--help"],
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True, text=True, timeout=30,
    )  # fmt: skip
