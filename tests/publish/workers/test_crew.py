"""Work that is shared out: the bytes and diagnostics are those of one process, and what happens when one dies."""

import datetime
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import chain, repeat
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest
from distributed import Client
from paperround.exporters import Selected, Series, bind, names
from paperround.model import Code, Diagnostic, OutputError, Source, UsageError
from paperround.publish import Crew, Criteria, Job, Pictures, Result, Span, Stream, build, find
from paperround.publish.build.parts import Part
from paperround.publish.build.work import Work, alone
from paperround.publish.pictures.store import Absent
from paperround.publish.workers import crew
from paperround.publish.workers.cluster import cluster
from paperround.publish.workers.processes import processes

from ...command import files

PAPER = "### [Paper {0}](https://arxiv.org/abs/2405.{0:05})\n\nVote: {1}\n\n![그림]({2})\n\n- 글\n\n"
OPTIONS: dict[str, dict[str, object]] = {
    "epub": {"periods": ["day", "week", "month"], "images": "embed"},
    "bibtex": {"period": "week"},
}
FORMATS = ("atom", "bibtex", "csv", "epub", "html", "opds", "opml")


@pytest.fixture(scope="module")
def digests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return digests of seventy days without Sundays, over the turn of a year, some of which are odd."""
    folder = tmp_path_factory.mktemp("digests")
    for number in range(70):
        date = datetime.date(2024, 10, 15) + datetime.timedelta(number)
        if date.weekday() < 6:
            picture = f"http://{'down' if number == 51 else 'up'}.test/{number}.jpg"
            text = PAPER.format(number, "many" if number == 34 else number, picture)
            (folder / f"{date}.md").write_text(f"## Daily Papers ({date})\n\n{text}", encoding="utf-8")
    return folder


class Network:
    """Fetches no picture, for one host for the time being."""

    def __call__(self, url: str) -> bytes | Absent:
        return Absent("it answers 404") if "up" in url else Absent("it takes too long", lasting=False)

    def stop(self) -> None: ...

    def close(self) -> None: ...


class Progress:
    """Does something once, when the first share is done."""

    def __init__(self, act: object = None) -> None:
        self.act = act

    def __call__(self, done: int, total: int) -> None:
        if callable(act := self.act):
            self.act = None
            act()


def run(digests: Path, root: Path, by: Crew, said: list[Diagnostic], progress: Progress | None = None) -> Result:
    series = Series(base_url="https://example.org/papers")
    exporters = tuple(bind(name, OPTIONS.get(name, {})) for name in names() if name in FORMATS)
    popular = Stream(Selected(Series(id="popular"), "select/popular/"), exporters[:2], Criteria(min_votes=60))
    pictures = Pictures(root.with_name(f"{root.name}-cache"), Network)
    found = find([Source(digests, "digests")], Span(), said.append)
    job = Job(found, exporters, series, said.append, progress or Progress(), selections=[popular], pictures=pictures)
    return build(job, root, crew=by)


def test_two_processes_write_what_one_does(digests: Path, tmp_path: Path) -> None:
    one: list[Diagnostic] = []
    two: list[Diagnostic] = []
    first = run(digests, tmp_path / "one", alone, one)
    with processes(2) as by:
        second = run(digests, tmp_path / "two", by, two)
        assert active_children()
        again = run(digests, tmp_path / "two", by, [])
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert first.files == second.files
    assert sorted(map(repr, one)) == sorted(map(repr, two))
    assert {said.code for said in one} >= {Code.MISSING_PICTURE, Code.ODD_VOTES}
    assert not any(again.files.values())
    assert not active_children()


@pytest.mark.parametrize("days", [1, 9])
def test_what_a_part_may_know_is_made_before_or_in_the_same_share(
    days: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        date = datetime.date(2023, 11, 1) + datetime.timedelta(number * days)
        paper = PAPER.format(number, number, "")
        (tmp_path / f"{date}.md").write_text(f"## Daily Papers ({date})\n\n{paper}", encoding="utf-8")
    rounds: list[list[Work]] = []
    in_parallel = crew._in_parallel
    monkeypatch.setattr(crew, "_in_parallel", lambda *given: rounds.append(given[1]) or in_parallel(*given))
    with ThreadPoolExecutor(2) as pool:
        run(tmp_path, tmp_path.with_name("out"), crew.shared(pool, 2), [])
    names = rounds[0][0].names
    done: list[Part] = []
    for shares in rounds:
        for share in shares:
            late = [names.of(part) for each in shares if each is not share for part in each.parts]
            assert not [owner for part in share.parts for owner in late if owner.is_known_to(names.of(part))]
        done += [part for share in shares for part in share.parts]
    assert len(done) == len({part.id for part in done})
    assert len(rounds[0]) > 1
    whole, *years = rounds[-1]
    assert {part.name for part in whole.parts} == ({"", "2023"} if days == 1 else {""})
    assert {part.name for share in years for part in share.parts} == ({"2023", "2024", "2025"} if days == 9 else set())


def test_little_work_starts_no_process(digests: Path, tmp_path: Path) -> None:
    few = tmp_path / "few"
    few.mkdir()
    (few / "a.md").write_bytes((digests / "2024-11-04.md").read_bytes())
    with processes() as by:
        run(few, tmp_path / "out", by, [])
        assert not active_children()


def test_a_process_that_dies_is_told(digests: Path, tmp_path: Path) -> None:
    def kill() -> None:
        os.kill(active_children()[-1].pid or 0, signal.SIGKILL)

    root = tmp_path / "out"
    with processes(2) as by, pytest.raises(OutputError, match=r"^a worker died; .* run again$"):
        run(digests, root, by, [], Progress(kill))
    assert_whole(digests, root)


def test_an_interruption_ends_all_processes(digests: Path, tmp_path: Path) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    root = tmp_path / "out"
    with processes(2) as by, pytest.raises(KeyboardInterrupt):
        run(digests, root, by, [], Progress(interrupt))
    assert_whole(digests, root)


def assert_whole(digests: Path, root: Path) -> None:
    """Check that nothing runs or lies about any more, and that the next build mends the rest."""
    assert not active_children()
    assert not list(root.rglob("*.tmp"))
    run(digests, root, alone, [])
    run(digests, root.with_name("whole"), alone, [])
    assert files(root) == files(root.with_name("whole"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_no_process_outlives_the_command(digests: Path, tmp_path: Path, number: int) -> None:
    words = [sys.executable, "-m", "paperround.cli", "build", str(digests), "-o", str(tmp_path / "out"), "--jobs", "2"]
    command = subprocess.Popen([*words, "--format", "epub", "--format", "html"], stderr=subprocess.PIPE)
    children = wait_for(lambda: below(command.pid) if list(tmp_path.glob("out/*/*.epub")) else [])
    command.send_signal(number)
    _, said = command.communicate(timeout=20)
    wait_for(lambda: not any(Path(f"/proc/{child}").exists() for child in children))
    assert b"Traceback" not in said
    assert command.returncode == (-number if number == signal.SIGKILL else 128 + number)
    if number != signal.SIGKILL:
        assert len(said.splitlines()) <= 2
        assert not list(tmp_path.rglob("*.tmp"))


def below(process: int) -> list[str]:
    """Return a process's children that do our work, without the one that multiprocessing keeps for itself."""
    found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return found if len(found) > 2 else []


def wait_for(look: Callable[[], object]) -> Any:
    """Return what a look finds, once it finds something; fails after half a minute."""
    for _ in range(600):
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def test_a_worker_with_other_code_is_refused(digests: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = chain(["ours"], repeat("another"))
    monkeypatch.setattr(crew, "of_code", lambda: next(codes))
    with ThreadPoolExecutor(1) as executor, pytest.raises(UsageError, match="another version"):
        run(digests, tmp_path / "out", crew.shared(executor, 1), [])


@contextmanager
def started(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-m", *words], stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_cluster_that_loses_a_worker_writes_what_one_machine_does(digests: Path, tmp_path: Path) -> None:
    told = tmp_path / "scheduler.json"
    worker = (
        "distributed.cli.dask_worker",
        "--scheduler-file",
        str(told),
        "--no-nanny",
        "--nthreads",
        "1",
        "--no-dashboard",
    )
    scheduler = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    with ExitStack() as stack:
        stack.enter_context(started(*scheduler, "--scheduler-file", str(told)))
        workers = [stack.enter_context(started(*worker)) for _ in "ab"]
        address = wait_for(lambda: told.exists() and json.loads(told.read_text() or "null"))["address"]
        wait_for(lambda: count_workers(address) == 2)
        said: list[Diagnostic] = []
        with cluster(address) as by:
            run(digests, tmp_path / "many", by, said, Progress(workers[0].kill))
        assert count_workers(address) == 1
    expected: list[Diagnostic] = []
    run(digests, tmp_path / "one", alone, expected)
    assert files(tmp_path / "many") == files(tmp_path / "one")
    assert set(said) == set(expected)


def count_workers(address: str) -> int:
    with Client(address, set_as_default=False) as client:
        return len(client.nthreads())


def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paperround.publish.workers.cluster._PATIENCE", 0.2)
    for address in ("tcp://127.0.0.1:1", "nonsense", "http://127.0.0.1:1"):
        with pytest.raises(UsageError, match="no dask scheduler answers"), cluster(address):
            pass
