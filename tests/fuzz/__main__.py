"""Fuzz with atheris, guided by which of our lines an input reaches.

    python -m tests.fuzz [--seconds N] [--runs N] [TARGET...]

`--runs` ends a target after so many executions, `--seconds` after so much time, whichever comes first.

Each target runs in a process of its own, from its fixtures and from what earlier runs have found in build/fuzz/TARGET.
An input that something is wrong with is left in build/fuzz, named TARGET-crash-… for what it did: it becomes a file of
tests/fuzz/found/TARGET, which `make test` tries from then on. The exit status is 1 when there was one.
"""

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "fuzz"
LONGEST = 1 << 16
"""Bytes of an input."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--runs", type=int, default=-1)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("targets", nargs="*")
    chosen = parser.parse_args()
    if chosen.here:
        fuzz(chosen.targets[0], chosen.seconds, chosen.runs)
    from .targets import TARGETS

    found = [report(name, chosen.seconds, chosen.runs) for name in chosen.targets or TARGETS]
    return int(any(found))


def report(name: str, seconds: int, runs: int) -> bool:
    """Fuzz one target in another process; print how often it ran, and tell whether something was found."""
    words = [sys.executable, "-m", "tests.fuzz", "--here", "--seconds", str(seconds), "--runs", str(runs), name]
    start = time.monotonic()
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, errors="replace")
    executions = re.search(r"number_of_executed_units:\s*(\d+)", done.stderr)
    print(f"{name}: {executions[1] if executions else '?'} executions in {time.monotonic() - start:.0f} s", flush=True)
    if done.returncode:
        print(done.stderr[-6000:], flush=True)
    return done.returncode != 0


def fuzz(name: str, seconds: int, runs: int) -> None:
    """Fuzz a target in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["paperround"]):
        from .mutate import mutate
        from .targets import TARGETS

    target = TARGETS[name]
    corpus = BUILD / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(target.inputs()):
        (corpus / f"seed-{number:03}").write_bytes(data)

    def near(data: bytes, longest: int, seed: int) -> bytes:
        random = Random(seed)  # noqa: S311  # the same every time
        for _ in range(random.randint(1, 4)):
            data = mutate(data, random)
        return data[:longest]

    limits = ["-timeout=20", "-rss_limit_mb=3000"]
    limits += [f"-max_total_time={seconds}", f"-runs={runs}", f"-max_len={LONGEST}"]
    told = ["-print_final_stats=1", "-verbosity=0", f"-artifact_prefix={BUILD}/{name}-"]
    atheris.Setup([sys.argv[0], *limits, *told, str(corpus)], target.test, custom_mutator=near)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
