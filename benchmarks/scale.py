"""How a build grows with its archive: time, memory and bytes of one process at 1, 10 and 100 times an archive of 357
issues, what the builds after it take, and what a second process brings.

    python -m benchmarks.scale [TIMES...]

Measures whole commands, in processes of their own, and writes the table and the plot of docs/scale.md. A hundred times
takes a quarter of an hour and 21 GB of disk.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from .archive import ISSUES, make
from .contest import yardstick

DOCS = Path(__file__).parents[1] / "docs"
_START, _END = "<!-- figures -->\n", "<!-- end of figures -->\n"
_ALL = 10
"""Up to so many times everything is measured, above it the full build and the one with nothing new."""


@dataclass(frozen=True)
class Row:
    """One size of archive, in seconds of CPU time unless said otherwise."""

    times: int
    issues: int
    papers: int
    yardstick: float
    full: float
    full_megabytes: float
    nothing: float
    day: float | None
    """None where it was not measured."""
    wall_one: float
    """Seconds by the clock, one process."""
    wall_two: float | None
    """Seconds by the clock, two processes; None where it was not measured."""
    read: int
    """Bytes of the digests."""
    written: int
    """Bytes of what is published."""
    files: int


@dataclass(frozen=True)
class Run:
    cpu: float
    wall: float
    megabytes: float
    papers: int


def main(sizes: list[int]) -> None:
    """Measure the sizes and write what was found."""
    rows = []
    for times in sizes:
        rows.append(measure(times))
        print(json.dumps(asdict(rows[-1])), flush=True)
    page = DOCS / "scale.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(_START)
    after = rest.partition(_END)[2]
    page.write_text(f"{before}{_START}\n{''.join(table(rows))}\n{_END}{after}", encoding="utf-8")
    plot(rows, DOCS / "scale.svg")


def measure(times: int) -> Row:
    """Build an archive of so many times 357 issues, with nothing new, with one new day, and with two processes."""
    with tempfile.TemporaryDirectory(prefix="paperround-scale-") as folder:
        place = Path(folder)
        digests, public = place / "digests", place / "public"
        make(digests, times * ISSUES)
        yardstick(digests)
        start = time.process_time()
        yardstick(digests)
        y = time.process_time() - start
        full = build(digests, public, 1)
        nothing = build(digests, public, 1)
        paths = [path for path in public.rglob("*") if path.is_file()]
        written = sum(path.stat().st_size for path in paths)
        day, two = more(digests, public) if times <= _ALL else (None, None)
        read = sum(path.stat().st_size for path in digests.rglob("*.md"))
        return Row(
            times, times * ISSUES, full.papers, y, full.cpu, full.megabytes, nothing.cpu, day, full.wall, two,
            read, written, len(paths),
        )  # fmt: skip


def more(digests: Path, public: Path) -> tuple[float, float]:
    """Return the CPU seconds that one new day takes, and those by the clock that everything takes two processes."""
    newest, aside = max(digests.rglob("*.md")), public.with_name("newest.md")
    newest.rename(aside)
    build(digests, public, 1, "--prune")
    aside.rename(newest)
    day = build(digests, public, 1)
    shutil.rmtree(public)
    return day.cpu, build(digests, public, 2).wall


def build(digests: Path, public: Path, jobs: int, *more: str) -> Run:
    """Run the command once."""
    words = [sys.executable, "-m", "paperround.cli", "build", digests, "-o", public, "--jobs", jobs]
    options = ["--base-url", "https://example.org/papers", *more]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(
        [*map(str, words), *options], stderr=subprocess.PIPE, env={**os.environ, "NO_COLOR": "1"}
    )
    said = process.stderr.read().decode() if process.stderr else ""
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    assert status == 0, said[-2000:]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    papers = int(said.splitlines()[-1].split()[0].replace(",", ""))
    return Run(cpu, wall, used.ru_maxrss / 1024, papers)


def table(rows: list[Row]) -> Iterator[str]:
    """Yield the lines of a table in Markdown."""
    yield "| | " + " | ".join(f"{row.times} ×" for row in rows) + " |\n"
    yield "| --- |" + " --: |" * len(rows) + "\n"
    lines: list[tuple[str, list[str]]] = [
        ("issues", [f"{row.issues:,}" for row in rows]),
        ("papers", [f"{row.papers:,}" for row in rows]),
        ("digests, MB", [f"{row.read / 1e6:,.0f}" for row in rows]),
        ("Y: reading and splitting them, s", [f"{row.yardstick:.2f}" for row in rows]),
        ("full build, CPU s", [f"{row.full:,.1f}" for row in rows]),
        ("in Y", [f"{row.full / row.yardstick:.0f}" for row in rows]),
        ("ms a paper", [f"{1000 * row.full / row.papers:.2f}" for row in rows]),
        ("peak memory, MB", [f"{row.full_megabytes:.0f}" for row in rows]),
        ("nothing new, CPU s", [f"{row.nothing:.2f}" for row in rows]),
        ("one new day, CPU s", [_shown(row.day) for row in rows]),
        ("full build by the clock, s", [f"{row.wall_one:,.1f}" for row in rows]),
        ("with two processes, s", [_shown(row.wall_two) for row in rows]),
        ("times faster", [_shown(row.wall_two and row.wall_one / row.wall_two) for row in rows]),
        ("published, MB", [f"{row.written / 1e6:,.0f}" for row in rows]),
        ("files", [f"{row.files:,}" for row in rows]),
    ]
    for name, cells in lines:
        yield f"| {name} | " + " | ".join(cells) + " |\n"


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:,.2f}"


def plot(rows: list[Row], path: Path) -> None:
    """Draw time and memory over papers."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "paperround"
    from matplotlib import pyplot

    papers = [row.papers for row in rows]
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    for label, values in (
        ("full build", [row.full for row in rows]),
        ("one new day", [row.day or float("nan") for row in rows]),
        ("nothing new", [row.nothing for row in rows]),
    ):
        left.loglog(papers, values, marker="o", label=label)
    left.set(xlabel="papers", ylabel="CPU seconds")
    left.legend()
    right.semilogx(papers, [row.full_megabytes for row in rows], marker="o")
    right.set(xlabel="papers", ylabel="peak memory, MB", ylim=(0, None))
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1, 10, 100])
