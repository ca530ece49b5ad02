"""`make check` asks for known vulnerabilities: one fails it, advisories that cannot be reached do not."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ..command import ROOT

SOUND = {"name": "pip", "version": "1", "vulns": []}
UNSOUND = {"name": "lxml", "version": "1", "vulns": [{"id": "CVE-2021-43818", "fix_versions": ["4.6.5"]}]}
UNKNOWN = {"name": "pip", "skip_reason": "not found"}
CASES = [
    ([SOUND], 0, "1 of 1 packages audited"),
    ([SOUND, UNSOUND], 1, "lxml 1: CVE-2021-43818, mended in ['4.6.5']"),
    ([UNKNOWN], 0, "cannot be reached"),
    (None, 0, "cannot be reached"),
]


@pytest.mark.parametrize(("packages", "status", "said"), CASES)
def test_only_a_known_vulnerability_fails(
    packages: list[dict[str, object]] | None, status: int, said: str, tmp_path: Path
) -> None:
    text = "no connection" if packages is None else json.dumps({"dependencies": packages})
    (tmp_path / "pip_audit.py").write_text(f"print({text!r})", encoding="utf-8")
    script = [sys.executable, ROOT / ".ci" / "audit.py"]
    done = subprocess.run(script, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (status, "")
    assert said in done.stdout
