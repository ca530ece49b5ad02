"""Starting up: the wall-clock time of short commands, beside Python alone and the imports that they cannot avoid."""

import os
import subprocess
import sys
import time
from pathlib import Path

_PAPERROUND = (sys.executable, "-m", "paperround.cli")
_REPEATS = 20
_GOALS = (
    "Goal: `--help` at most 80 ms after Python that does nothing, one digest's CSV in at most 250 ms. Wall-clock time, "
    f"the best of {_REPEATS} runs taken in turn, with compiled modules and a warm disk cache."
)


def table(archive: Path) -> str:
    """Measure every command, print each line as it comes, and return their table in Markdown."""
    commands = _commands(next(iter(sorted(archive.rglob("*.md")))))
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(_REPEATS):
        for name, command in commands.items():
            best[name] = min(best[name], _seconds(command))
    bare = best["python -c pass"]
    rows = ["### Start-up\n", f"{_GOALS}\n", "| | ms | × bare Python |", "|---|--:|--:|"]
    for name, seconds in best.items():
        rows.append(f"| {name} | {seconds * 1000:.0f} | {seconds / bare:.1f} |")
        print(rows[-1], flush=True)
    return "\n".join(rows) + "\n\n"


def _commands(digest: Path) -> dict[str, tuple[str, ...]]:
    model = "import click, pydantic\nclass Model(pydantic.BaseModel): pass"
    return {
        "paperround --help": (*_PAPERROUND, "--help"),
        "paperround export csv, one digest": (*_PAPERROUND, "export", "csv", str(digest)),
        "python -c pass": (sys.executable, "-c", "pass"),
        "import click": (sys.executable, "-c", "import click"),
        "import click, pydantic, and a model": (sys.executable, "-c", model),
    }


def _seconds(command: tuple[str, ...]) -> float:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - start
