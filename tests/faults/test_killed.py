"""A build that is killed: what it leaves is whole and leads nowhere wrong, and the next one mends the rest.

The moments are drawn from a seed, PAPERROUND_SEED, which a failure names. `make reliability` draws a hundred.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ..command import done, paperround
from .archive import Archive, dangling, lengths, published, torn

HOOK = str(Path(__file__).parent / "hook")
PAPERROUND = Path(sys.executable).with_name("paperround")
LONG = os.environ.get("PAPERROUND_PROPERTIES") == "long"
SEED = int(os.environ.get("PAPERROUND_SEED", time.time_ns() if LONG else 1))
MOMENTS = [random.Random(f"{SEED} {number}").random() for number in range(100 if LONG else 10)]  # noqa: S311

State = dict[str, bytes]


@pytest.fixture(scope="module", params=["first", "next"])
def earlier(request: pytest.FixtureRequest, archive: Archive) -> State:
    """What is published when the build starts: nothing yet, or what the last one made."""
    return {} if request.param == "first" else archive.before


@pytest.fixture(scope="module")
def seconds(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long a build takes here."""
    folder, start = tmp_path_factory.mktemp("timed"), time.perf_counter()
    done(paperround(*archive.words("new", folder), cwd=folder))
    return time.perf_counter() - start


def test_the_archive_is_worth_killing(archive: Archive) -> None:
    stated = {name for document, data in archive.after.items() for name, _ in lengths(document, data)}
    assert ".epub" in {Path(name).suffix for name in stated}
    assert dangling(archive.after, set(archive.after), archive) == set()
    assert archive.before.keys() - archive.after.keys()
    assert archive.after.keys() - archive.before.keys()
    assert [name for name in archive.before if archive.after.get(name, b"") not in (b"", archive.before[name])]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_at_every_moment_what_can_be_reached_is_there(
    archive: Archive, earlier: State, jobs: str, tmp_path: Path
) -> None:
    """The state after each change of the folder is the one that a kill would leave."""
    restore(earlier, tmp_path / "out")
    record = tmp_path / "record"
    record.mkdir()
    hook = {"PYTHONPATH": HOOK, "PAPERROUND_RECORD": str(record)}
    done(paperround(*archive.words("new", tmp_path / "out"), "--jobs", jobs, cwd=tmp_path, **hook))
    now = dict(earlier)
    sizes = {
        name: {len(state[name]) for state in (earlier, archive.then(earlier)) if name in state}
        for name in known(archive)
    }
    for moment, change in enumerate(changes(record, tmp_path / "out")):
        change(now)
        assert torn(now, archive) == [], moment
        assert dangling(now, set(earlier), archive) == set(), moment
        wrong = {
            (name, target, size)
            for name, data in now.items()
            for target, size in lengths(name, data)
            if size not in sizes[target]
        }
        assert wrong == set(), moment
    assert now == archive.then(earlier) == published(tmp_path / "out")


@pytest.mark.parametrize("number", range(len(MOMENTS)))
def test_killed_at_random_and_mended(number: int, archive: Archive, seconds: float, tmp_path: Path) -> None:
    """Half of the kills come after a time, half before a change of the folder whose number is drawn."""
    earlier = archive.before if number % 4 < 2 else {}
    restore(earlier, tmp_path / "out")
    words, moment = [*archive.words("new", tmp_path / "out"), "--jobs", str(1 + number // 2 % 2)], MOMENTS[number]
    if number % 2:
        kill(words, tmp_path, moment * seconds, all_of_it=number % 8 < 4)
    else:
        hook = {"PYTHONPATH": HOOK, "PAPERROUND_DIE_AT": str(1 + int(moment * 3 * len(archive.after)))}
        result = paperround(*words, cwd=tmp_path, **hook)
        assert result.returncode in (0, -signal.SIGKILL) or b": a worker died;" in result.stderr, result.stderr.decode()
    left = published(tmp_path / "out")
    assert torn(left, archive) == [], f"PAPERROUND_SEED={SEED}"
    assert dangling(left, set(earlier), archive) == set(), f"PAPERROUND_SEED={SEED}"
    done(paperround(*words, cwd=tmp_path))
    assert published(tmp_path / "out") == archive.then(earlier), f"PAPERROUND_SEED={SEED}"


def known(archive: Archive) -> set[str]:
    return archive.before.keys() | archive.after.keys()


def restore(state: State, folder: Path) -> None:
    for name, data in state.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def changes(record: Path, root: Path) -> Iterator[Callable[[State], object]]:
    """Yield what happened to the files below a folder, one after another."""
    for line in (record / "changes").read_text(encoding="utf-8").splitlines():
        event, number, path = line.split(" ", 2)
        if Path(path).is_relative_to(root):
            name = Path(path).relative_to(root).as_posix()
            if event == "os.rename":
                data = (record / number).read_bytes()
                yield lambda now, name=name, data=data: now.update({name: data})
            else:
                yield lambda now, name=name: now.pop(name, None)


def kill(words: list[str | Path], folder: Path, seconds: float, all_of_it: bool) -> None:
    """Start a build and kill it after a time: it alone, or its workers, too; those alone have to end soon."""
    with (folder / "noise").open("wb") as noise:
        build = subprocess.Popen([PAPERROUND, *words], cwd=folder, stderr=noise, start_new_session=True)
    try:
        build.wait(seconds)
    except subprocess.TimeoutExpired:
        _ = os.killpg(build.pid, signal.SIGKILL) if all_of_it else build.kill()
        build.wait()
    for _ in range(100):
        try:
            os.killpg(build.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.killpg(build.pid, signal.SIGKILL)
    raise AssertionError("workers outlive the build that was killed")
