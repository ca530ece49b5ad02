"""Try what `make test` has no time for, and sum it up: `python -m tests.reliability`, which `make reliability` runs.

`--seconds` says how long each target of the fuzzer may take, `--examples short` that properties, texts and kills are as
many as in `make test`, `--mutants` which modules of the parser are changed. All steps are run, also behind one that
fails; what they print is in build/reliability. The exit status is 1 when something was found.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOGS = ROOT / "build" / "reliability"
PYTEST = ("-P", "-m", "pytest", "-q", "-o", "faulthandler_timeout=3600")
"""Without the working folder in the path, as in the Makefile; thousands of examples take longer than a test may."""
PASSED = r"^\d+ passed.*$"


@dataclass(frozen=True)
class Step:
    """What is run, as words for Python, and a pattern for the lines of its output that sum it up."""

    name: str
    words: tuple[str, ...]
    result: str


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.reliability")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--examples", choices=["long", "short"], default="long")
    parser.add_argument("--mutants", nargs="*", default=[], metavar="MODULE")
    chosen = parser.parse_args()
    LOGS.mkdir(parents=True, exist_ok=True)
    os.environ["PAPERROUND_PROPERTIES"] = chosen.examples
    failed = [step.name for step in steps(chosen.seconds, chosen.mutants) if not is_sound(step)]
    print(f"something was found by: {', '.join(failed)}" if failed else "nothing was found")
    return int(bool(failed))


def steps(seconds: int, mutants: list[str]) -> list[Step]:
    properties = ("--ignore", "tests/clients", "--ignore", "tests/fuzz", "-m", "hypothesis")
    return [
        Step("properties", (*PYTEST, *properties), PASSED),
        Step("inputs near the fixtures", (*PYTEST, "tests/fuzz"), PASSED),
        Step("time grows with the length", (*PYTEST, "tests/test_linear_time.py"), PASSED),
        Step("mathematics through pdfLaTeX", (*PYTEST, "tests/exporters/text/test_compilable.py"), PASSED),
        Step("histories with damage", (*PYTEST, "tests/publish/build/test_damaged_histories.py"), PASSED),
        Step("the largest inputs", ("-m", "tests.reliability.large"), r"^\| .*$"),
        Step("builds that are killed", (*PYTEST, "tests/faults/test_killed.py"), PASSED),
        Step("fuzzing", ("-m", "tests.fuzz", "--seconds", str(seconds)), r"^\S+: \d+ executions.*$"),
        Step("mutants", ("-m", "tests.mutation", "--afresh", *mutants), r"^\| .*$"),
    ]


def is_sound(step: Step) -> bool:
    """Run a step and print what sums it up; tell whether it found nothing."""
    start = time.monotonic()
    log = LOGS / f"{step.name.replace(' ', '-')}.log"
    with log.open("wb") as output:
        status = subprocess.run([sys.executable, *step.words], cwd=ROOT, stdout=output, stderr=output).returncode
    text = log.read_text(encoding="utf-8", errors="replace")
    print(f"{step.name}: {'sound' if status == 0 else f'status {status}, see {log}'}, {time.monotonic() - start:.0f} s")
    print(*(f"    {line}" for line in re.findall(step.result, text, re.MULTILINE)), sep="\n", flush=True)
    return status == 0


if __name__ == "__main__":
    sys.exit(main())
