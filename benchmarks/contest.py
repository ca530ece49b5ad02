"""A contest: several ways to do the same work, each in a process of its own, measured against the yardstick.

The yardstick Y is the CPU time to read, decode and split all sources, taken in the same process as the work. A
module of contests names its contestants in `CONTESTS`; `make bench` runs all of them:

    python -m benchmarks [NAME...]
"""

import gc
import importlib
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

Work = Callable[[], object]
Prepare = Callable[[Path], Work]
"""Takes the archive's folder, does what is not measured, and returns the work that is."""


@dataclass(frozen=True)
class Contestant:
    """One way to do the work; `share` says what part of the archive it takes, for those that are too slow for all."""

    name: str
    prepare: Prepare
    share: float = 1.0


@dataclass(frozen=True)
class Contest:
    """Contestants for one kind of work, ours first, and the goal as a sentence."""

    title: str
    goal: str
    contestants: tuple[Contestant, ...]


class Measured(NamedTuple):
    """CPU time of a run, of its yardstick, and the peak resident memory of its process."""

    seconds: float
    yardstick: float
    megabytes: float

    @property
    def ratio(self) -> float:
        return self.seconds / self.yardstick


def yardstick(archive: Path) -> int:
    """Read, decode and split every source; returns the number of lines."""
    return sum(len(path.read_bytes().decode().splitlines()) for path in sorted(archive.rglob("*.md")))


def measure(module: str, contest: int, contestant: int, archive: Path, repeats: int = 3) -> Measured:
    """Run one contestant in fresh processes, so that no cache is warm, and return the best of its runs."""
    command = [sys.executable, "-m", "benchmarks.contest", module, str(contest), str(contestant), str(archive)]
    runs = [
        Measured(*json.loads(subprocess.run(command, check=True, capture_output=True).stdout.splitlines()[-1]))
        for _ in range(repeats)
    ]
    return min(runs, key=lambda run: run.ratio)


def run_once(contestant: Contestant, archive: Path) -> Measured:
    """Measure a contestant in this process."""
    work = contestant.prepare(archive)
    gc.collect()
    gc.freeze()  # what was prepared is not the work's to be searched for garbage
    yardstick(archive)
    y = min(_cpu(lambda: yardstick(archive)) for _ in range(5))
    seconds = _cpu(work) / contestant.share
    return Measured(seconds, y, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _cpu(work: Work) -> float:
    start = _now()
    work()
    return _now() - start


def _now() -> float:
    """Return the CPU time of this process and of the children it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    module, contest, contestant, archive = sys.argv[1:]
    chosen: Contest = importlib.import_module(module).CONTESTS[int(contest)]
    print(json.dumps(run_once(chosen.contestants[int(contestant)], Path(archive))))
