"""The command line as a user runs it: another process, with its own environment and working folder."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DIGESTS = ROOT / "examples" / "digests"


def paperround(
    *words: str | Path, cwd: Path | None = None, stdin: bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run paperround; the caller looks at returncode, stdout and stderr. A PYTHONPATH comes before the suite's own."""
    if "PYTHONPATH" in environment and "PYTHONPATH" in os.environ:
        environment["PYTHONPATH"] += os.pathsep + os.environ["PYTHONPATH"]
    return subprocess.run(
        [Path(sys.executable).with_name("paperround"), *words],
        cwd=cwd,
        input=stdin or b"",
        env={**os.environ, **environment},
        capture_output=True,
    )


def unmeasured() -> dict[str, str]:
    """Return an environment in which coverage does not measure: for tests of what a process loads and writes itself."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def done(result: subprocess.CompletedProcess[bytes]) -> str:
    """Return the standard output of a run that has to succeed."""
    assert result.returncode == 0, result.stderr.decode()
    return result.stdout.decode()


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, our own dot files too, by relative name."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def sealed(manifest: dict[str, Any]) -> bytes:
    """Return a manifest that says something else, with the hash that it ends with."""
    body = json.dumps({key: value for key, value in manifest.items() if key != "sha256"})[:-1].encode()
    return body + b',\n"sha256":"%b"}\n' % hashlib.sha256(body).hexdigest().encode()
