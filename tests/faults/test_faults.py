"""A machine that fails under a build: a full disk, a lost permission, a broken file, another build, a wrong clock.

Each time the same is asked: one line that says what is wrong, what was published stays whole, and the next build, on a
machine that is well again, makes what it would have made at once.
"""

import ctypes
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from ..command import done, paperround, unmeasured
from .archive import DAYS, Archive, dangling, digest, published, torn

HOOK = str(Path(__file__).parent / "hook")
PAPERROUND = Path(sys.executable).with_name("paperround")
IS_ROOT = os.geteuid() == 0
_DROP = 24
"""PR_CAPBSET_DROP of prctl(2)."""


@pytest.fixture
def out(archive: Archive, tmp_path: Path) -> Path:
    """A folder that holds what the last build made."""
    return restore(archive, tmp_path / "out")


# ------------------------------------------------------------------------------------------------ space


@pytest.mark.parametrize("room", [0, 1_000, 60_000])
def test_a_full_disk_is_one_line_and_leaves_all_whole(room: int, archive: Archive, tmp_path: Path) -> None:
    with disk(tmp_path / "disk") as mounted:
        out = restore(archive, tmp_path / "disk" / "out")
        mounted(fill=room)
        result = limited(archive.words("new", out), tmp_path)
        assert one_line(result) == "paperround: cannot write NAME: No space left on device"
        left = published(out)
        assert torn(left, archive) == []
        assert dangling(left, set(archive.before), archive) == set()
        assert leftovers(out) == []
        mounted(fill=None)
        done(paperround(*archive.words("new", out), cwd=tmp_path))
        assert published(out) == archive.after


@pytest.mark.parametrize("largest", [0, 4_000])
def test_files_that_may_not_grow_are_one_line_and_leave_all_whole(
    largest: int, archive: Archive, out: Path, tmp_path: Path
) -> None:
    """A quota, as a limit on the length of files: it needs no root, and breaks writes in their middle, too."""
    result = limited(archive.words("new", out), tmp_path, lambda: limit(largest))
    assert one_line(result) == "paperround: cannot write NAME: File too large"
    assert torn(published(out), archive) == []
    assert leftovers(out) == []
    done(paperround(*archive.words("new", out), cwd=tmp_path))
    assert published(out) == archive.after


# ------------------------------------------------------------------------------------------------ permission


@pytest.mark.parametrize("lost", [".", "epub", "opds/all.xml", ".paperround.lock"])
def test_a_lost_permission_is_one_line_and_leaves_all_whole(
    lost: str, archive: Archive, out: Path, tmp_path: Path
) -> None:
    (out / ".paperround.lock").touch()
    mode = (out / lost).stat().st_mode
    (out / lost).chmod(0o500 if (out / lost).is_dir() else 0)
    result = limited(archive.words("new", out), tmp_path, obey_permissions)
    (out / lost).chmod(mode)
    assert one_line(result).endswith(": Permission denied")
    assert torn(published(out), archive) == []
    done(paperround(*archive.words("new", out), cwd=tmp_path))
    assert published(out) == archive.after


def test_a_source_that_may_not_be_read_is_left_out(archive: Archive, tmp_path: Path) -> None:
    sources = shutil.copytree(archive.new, tmp_path / "new")
    (sources / f"{DAYS[1]}.md").chmod(0)
    (sources / "closed").mkdir(0)
    result = limited(["build", sources, "-o", tmp_path / "out"], tmp_path, obey_permissions)
    assert result.returncode == 1
    said = [line for line in result.stderr.decode().splitlines() if " unreadable " in line]
    assert said == [
        f"{sources}/closed/: unreadable Permission denied; left out",
        f"{sources}/{DAYS[1]}.md: unreadable Permission denied; left out",
    ]
    assert (tmp_path / "out" / "epub" / f"daily-papers-{DAYS[3]}.epub").exists()


# ------------------------------------------------------------------------------------------------ reading


@pytest.mark.parametrize("readable", [0, 700])
def test_a_file_that_breaks_off_while_it_is_read_is_left_out(readable: int, archive: Archive, tmp_path: Path) -> None:
    """Half of an issue is not published as if it were the whole."""
    sources = shutil.copytree(archive.new, tmp_path / "new")
    (sources / "damaged.md").write_text(digest("2024-05-07", 3), encoding="utf-8")
    hook = {"PYTHONPATH": HOOK, "PAPERROUND_BREAK_AT": str(readable)}
    words = ["build", sources, "--config", archive.config, "-o", tmp_path / "out"]
    result = paperround(*words, cwd=tmp_path, **hook)
    assert result.returncode == 1
    assert f"{sources}/damaged.md: unreadable Input/output error; left out\n" in result.stderr.decode()
    assert published(tmp_path / "out") == archive.fresh


def test_a_disk_that_no_longer_reads_between_two_looks_is_one_line(archive: Archive, out: Path, tmp_path: Path) -> None:
    """/proc/self/mem can be opened, but not read."""
    (tmp_path / "broken.md").symlink_to("/proc/self/mem")
    result = paperround("build", archive.new, tmp_path / "broken.md", "-o", out, cwd=tmp_path)
    assert result.returncode == 1
    assert f"{tmp_path}/broken.md: unreadable Input/output error; left out\n" in result.stderr.decode()


def test_a_folder_of_traps_is_read_around(archive: Archive, tmp_path: Path) -> None:
    """Circles, links to nowhere and to the outside, pipes, and names that no terminal should see."""
    sources = shutil.copytree(archive.new, tmp_path / "new")
    (sources / "circle").symlink_to(sources, target_is_directory=True)
    (sources / "self.md").symlink_to("self.md")
    (sources / "nowhere.md").symlink_to("nothing.md")
    (sources / "secret.md").symlink_to("/etc/hostname")
    (sources / "folder.md").mkdir()
    os.mkfifo(sources / "pipe.md")
    Path(os.fsdecode(bytes(sources) + b"/\x1b[31m\n\xff.md")).write_text("# Notes\n", encoding="utf-8")
    words = ["build", sources, "--config", archive.config, "-o", tmp_path / "out"]
    result = paperround(*words, cwd=tmp_path)
    assert result.returncode == 1
    assert result.stderr.count(b" unreadable ") == 4
    assert b"\x1b" not in result.stderr
    assert _without_scans(published(tmp_path / "out")) == _without_scans(archive.fresh)


def _without_scans(state: dict[str, bytes]) -> dict[str, object]:
    """Return a state whose manifest says nothing of what digests hold: notes between them are scanned, too."""
    manifest = json.loads(state[".paperround.json"])
    return {
        **state,
        ".paperround.json": {key: value for key, value in manifest.items() if key not in ("scans", "sha256")},
    }


# ------------------------------------------------------------------------------------------------ others


def test_of_builds_at_once_one_works_and_the_others_say_so(archive: Archive, out: Path, tmp_path: Path) -> None:
    words = [PAPERROUND, *archive.words("new", out)]
    builds = [subprocess.Popen(words, cwd=tmp_path, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    said = [build.communicate()[1] for build in builds]
    refused = [text for build, text in zip(builds, said, strict=True) if build.returncode]
    assert {build.returncode for build in builds} <= {0, 2}
    assert len(refused) < len(builds)
    assert set(refused) <= {f"paperround: another run is writing {out}; wait for it or choose another folder\n"}
    assert published(out) == archive.after


def test_a_build_of_a_folder_that_is_being_written_says_so(archive: Archive, out: Path, tmp_path: Path) -> None:
    with FileLock(out / ".paperround.lock"):
        result = paperround(*archive.words("new", out), cwd=tmp_path)
    assert result.returncode == 2
    said = result.stderr.decode().splitlines()[-1]
    assert said == f"paperround: another run is writing {out}; wait for it or choose another folder"
    assert published(out) == archive.before


def test_an_interruption_leaves_no_trace(archive: Archive, out: Path, tmp_path: Path) -> None:
    build = subprocess.Popen([PAPERROUND, *archive.words("new", out)], cwd=tmp_path, stderr=subprocess.PIPE)
    assert build.stderr
    while not leftovers(out) and build.poll() is None:
        pass
    build.send_signal(signal.SIGINT)
    said = build.communicate()[1].decode()
    assert build.returncode in (0, 130)
    assert "Traceback" not in said
    assert torn(published(out), archive) == []
    assert leftovers(out) == []


def test_clocks_that_jump_change_nothing(archive: Archive, out: Path, tmp_path: Path) -> None:
    hook = {"PYTHONPATH": HOOK, "PAPERROUND_CLOCK": "1", "PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"}
    told = subprocess.run([sys.executable, "-c", "import time; print(time.time())"], env=hook, capture_output=True)
    assert abs(float(told.stdout) - time.time()) > 1_000_000
    done(paperround(*archive.words("new", out), cwd=tmp_path, **hook))
    assert published(out) == archive.after


# ------------------------------------------------------------------------------------------------ helpers


def restore(archive: Archive, out: Path) -> Path:
    for name, data in archive.before.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(data)
    return out


class disk:  # noqa: N801 - used like a function
    """A small disk, mounted for the time of the block; calling it leaves so much room, or all of it."""

    SIZE = 4 * 1024 * 1024

    def __init__(self, point: Path) -> None:
        self._point = point

    def __enter__(self) -> "disk":
        self._point.mkdir()
        options = f"size={self.SIZE},mode=700"
        mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", self._point]
        if not IS_ROOT or subprocess.run(mount, capture_output=True).returncode:
            pytest.skip("mounting a small disk is not allowed here; the limit on files' lengths stands in")
        return self

    def __exit__(self, *error: object) -> None:
        subprocess.run(["umount", self._point], check=True)

    def __call__(self, fill: int | None) -> None:
        filler = self._point / "filler"
        filler.unlink(missing_ok=True)
        if fill is not None:
            left = os.statvfs(self._point)
            filler.write_bytes(bytes(max(0, left.f_bavail * left.f_bsize - fill)))


def limited(
    words: list[str | Path], folder: Path, before: Callable[[], object] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [PAPERROUND, *words],
        cwd=folder,
        env=unmeasured(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        preexec_fn=before,
    )


def limit(largest: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))


def obey_permissions() -> None:
    """Give up root's rights to read and write what the mode of a file forbids, for what is executed next."""
    if IS_ROOT:
        prctl = ctypes.CDLL(None, use_errno=True).prctl
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            if prctl(_DROP, capability, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "prctl")


def one_line(result: subprocess.CompletedProcess[bytes]) -> str:
    """Return the line that refuses, with the name of a file left out; it is the last and the status says so."""
    assert result.returncode == 2, result.stderr.decode()
    *diagnostics, last = result.stderr.decode().splitlines()
    assert not [line for line in diagnostics if "Traceback" in line or line.startswith("paperround:")]
    return re.sub(r"(?<=cannot write )[^:]+", "NAME", last)


def leftovers(out: Path) -> list[str]:
    return [path.name for path in out.rglob(".*.tmp")]
