"""A build: which files it writes, touches, keeps and removes, and what stays whole when it fails."""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from paperround.exporters import BoundExporter, Options, Output, Series, Write, exporter, part_of
from paperround.model import Code, Diagnostic, Issue, OutputError, Source
from paperround.publish import Job, Policy, Result, Span, build, export, find
from paperround.publish.build.folder import Folder, PublishedFile

from ...command import sealed

DIGEST = "## Daily Papers ({date})\n\n### [Paper {number}](https://arxiv.org/abs/2405.{number:05})\n\n- 요약입니다.\n"
log: list[str] = []


@pytest.fixture
def digests(tmp_path: Path) -> Path:
    folder = tmp_path / "digests"
    folder.mkdir()
    for number, date in enumerate(["2024-04-30", "2024-05-02", "2024-05-03"]):
        (folder / f"{date}.md").write_text(DIGEST.format(date=date, number=number), encoding="utf-8")
    log.clear()
    return folder


def days_and_months(options: Options, date: datetime.date) -> tuple[str, ...]:
    return "", part_of("day", date), part_of("month", date)


@exporter(Options, files=("logged/{part}.txt", "logged/all.txt"), parts=days_and_months)
def logged(options: Options, output: Output) -> Iterator[Write]:
    """Writes what it was told."""
    log.append(f"open {output.part or 'all'} after {output.before} before {output.after}")
    with output.text(f"logged/{output.part or 'all'}.txt") as file:
        yield lambda issue: file.write(f"{issue.date}\n") and None
    log.append(f"close {output.part or 'all'}")


@exporter(Options, files=("index.txt",), after=True)
def index(options: Options, output: Output) -> Iterator[Write]:
    """Points at the files of another format."""
    dates: list[datetime.date] = []
    yield lambda issue: dates.append(issue.date)
    log.append("close index")
    with output.text("index.txt") as file:
        file.writelines(f"{date} {output.size(f'logged/{date}.txt')}\n" for date in dates)


@exporter(Options, files=("broken.txt",))
def broken(options: Options, output: Output) -> Iterator[Write]:
    """Fails at its second issue."""
    seen: list[Issue] = []

    def write(issue: Issue) -> None:
        seen.append(issue)
        if len(seen) == 2:
            raise ZeroDivisionError

    with output.text("broken.txt") as file:
        file.write("header")
        yield write


def run(digests: Path, root: Path, *exporters: BoundExporter, every: bool = True, prune: bool = False) -> Result:
    return build(job(digests, *exporters), root, Policy(every, prune))


def job(digests: Path, *exporters: BoundExporter, said: list[Diagnostic] | None = None) -> Job:
    report = [].append if said is None else said.append
    found = find([Source(digests, "digests")], Span(), report)
    return Job(found, exporters, Series(), report, lambda done, total: None)


LOGGED = logged.bind("logged", {})
INDEX = index.bind("index", {})
BROKEN = broken.bind("broken", {})


def test_parts_open_with_their_first_issue_and_close_after_their_last(digests: Path, tmp_path: Path) -> None:
    run(digests, tmp_path / "out", INDEX, LOGGED)
    assert log == [
        "open all after None before None",
        "open 2024-04-30 after None before 2024-05-02",
        "open 2024-04 after None before 2024-05",
        "close 2024-04-30",
        "close 2024-04",
        "open 2024-05-02 after 2024-04-30 before 2024-05-03",
        "open 2024-05 after 2024-04 before None",
        "close 2024-05-02",
        "open 2024-05-03 after 2024-05-02 before None",
        "close 2024-05-03",
        "close 2024-05",
        "close all",
        "close index",
    ]
    assert (tmp_path / "out/logged/2024-05.txt").read_text() == "2024-05-02\n2024-05-03\n"
    assert (tmp_path / "out/index.txt").read_text() == "2024-04-30 11\n2024-05-02 11\n2024-05-03 11\n"


def test_a_second_build_touches_nothing(digests: Path, tmp_path: Path) -> None:
    first = run(digests, tmp_path / "out", LOGGED)
    times = modified(tmp_path / "out")
    second = run(digests, tmp_path / "out", LOGGED)
    assert modified(tmp_path / "out") == times
    assert set(first.files.values()) == {True}
    assert set(second.files.values()) == {False}


def test_other_formats_files_are_left_alone(digests: Path, tmp_path: Path) -> None:
    run(digests, tmp_path / "out", LOGGED, INDEX)
    said: list[Diagnostic] = []
    build(job(digests, INDEX, said=said), tmp_path / "out", Policy(every_format=False, prune=True))
    assert (tmp_path / "out/logged/2024-05.txt").exists()
    assert not said


def test_files_without_a_source_stay_until_pruned(digests: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(digests, out, LOGGED)
    (digests / "2024-04-30.md").unlink()
    (out / "logged/mine.txt").write_text("not paperround's")
    said: list[Diagnostic] = []
    build(job(digests, LOGGED, said=said), out)
    (warning,) = said
    assert warning.code is Code.SOURCE_GONE
    assert warning.message.startswith("logged/2024-04-30.txt and 1 more stay")
    assert (out / "logged/2024-04.txt").exists()
    done = run(digests, out, LOGGED, prune=True)
    assert done.removed == ("logged/2024-04-30.txt", "logged/2024-04.txt")
    assert sorted(path.name for path in (out / "logged").iterdir()) == [
        "2024-05-02.txt", "2024-05-03.txt", "2024-05.txt", "all.txt", "mine.txt",
    ]  # fmt: skip


def by_day(options: Options, date: datetime.date) -> tuple[str, ...]:
    return (part_of("day", date),)


class Window(Options):
    """How many days to keep."""

    keep: int | None = None
    """Days."""


@exporter(Window, files=("kept/{part}.txt",), parts=by_day, keep=lambda options: options.keep)
def kept(options: Window, output: Output) -> Iterator[Write]:
    """Keeps the newest days."""
    log.append(f"{output.part} after {output.before}")
    with output.text(f"kept/{output.part}.txt") as file:
        yield lambda issue: file.write(f"{issue.date}\n") and None


@exporter(Options, files=("listed/{part}.txt",), parts=by_day, after=1)
def listed(options: Options, output: Output) -> Iterator[Write]:
    """Points at the kept file of each day, if there is one."""
    yield lambda issue: None
    if output.size(name := f"kept/{output.part}.txt") is not None:
        with output.text(f"listed/{output.part}.txt") as file:
            file.write(name)


def test_what_is_older_than_a_format_keeps_goes_and_so_does_what_points_at_it(digests: Path, tmp_path: Path) -> None:
    out, after = tmp_path / "out", listed.bind("listed", {})
    run(digests, out, kept.bind("kept", {}), after)
    assert len(list((out / "listed").iterdir())) == 3
    log.clear()
    said: list[Diagnostic] = []
    build(job(digests, kept.bind("kept", {"keep": 2}), after, said=said), out)
    assert log == ["2024-05-02 after None", "2024-05-03 after 2024-05-02"]
    for folder in "kept", "listed":
        assert sorted(path.name for path in (out / folder).iterdir()) == ["2024-05-02.txt", "2024-05-03.txt"]
    assert not said


def test_prune_keeps_what_somebody_else_wrote_over_it(digests: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(digests, out, LOGGED)
    (digests / "2024-04-30.md").unlink()
    (out / "logged/2024-04.txt").write_text("mine now")
    assert run(digests, out, LOGGED, prune=True).removed == ("logged/2024-04-30.txt",)
    assert (out / "logged/2024-04.txt").read_text() == "mine now"


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/outside.txt", "logged/../../outside.txt", ".hidden", ""])
def test_a_hostile_manifest_removes_nothing_outside(digests: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    run(digests, out, LOGGED)
    (tmp_path / "outside.txt").touch()
    manifest = json.loads((out / ".paperround.json").read_text())
    manifest["files"][name] = {"format": "logged", "size": 0, "sha256": "0" * 64}
    (out / ".paperround.json").write_bytes(sealed(manifest))
    assert not run(digests, out, LOGGED, prune=True).removed
    assert (tmp_path / "outside.txt").exists()


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"schema": 1, "files": 3}', '{"schema": 1, "files": {"a": {}}}', "\xff"]
)
def test_a_damaged_manifest_is_written_anew(digests: Path, tmp_path: Path, text: str) -> None:
    out = tmp_path / "out"
    run(digests, out, LOGGED)
    whole = (out / ".paperround.json").read_bytes()
    (out / ".paperround.json").write_text(text, encoding="latin-1")
    run(digests, out, LOGGED)
    assert (out / ".paperround.json").read_bytes() == whole


def test_a_failing_exporter_leaves_the_old_file_and_no_other(digests: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "broken.txt").write_text("yesterday's")
    with pytest.raises(ZeroDivisionError):
        run(digests, out, BROKEN, LOGGED)
    assert (out / "broken.txt").read_text() == "yesterday's"
    assert not list(out.rglob("*.tmp"))
    assert "close all" not in log


def test_what_a_run_wrote_before_it_died_is_known_to_the_next(
    digests: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, appear = tmp_path / "out", Folder._appear

    def die_in_may(folder: Folder, target: str, name: str, file: PublishedFile) -> None:
        appear(folder, target, name, file)
        assert name != "logged/2024-04.txt", "the power failed"

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "_appear", die_in_may)
        with pytest.raises(AssertionError, match="the power failed"):
            run(digests, out, LOGGED)
    assert (out / "logged/2024-04.txt").exists()
    with (out / ".paperround.journal").open("ab") as journal:
        journal.write(b'{"schema": 1, "fil')
    (digests / "2024-04-30.md").unlink()
    said: list[Diagnostic] = []
    build(job(digests, LOGGED, said=said), out)
    assert [diagnostic.code for diagnostic in said] == [Code.SOURCE_GONE]
    assert run(digests, out, LOGGED, prune=True).removed == ("logged/2024-04-30.txt", "logged/2024-04.txt")
    assert not (out / ".paperround.journal").exists()


def test_a_run_that_dies_while_it_removes_is_mended(
    digests: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    run(digests, out, LOGGED)
    (digests / "2024-04-30.md").unlink()
    with monkeypatch.context() as patch:
        patch.setattr(Folder, "remove", lambda folder, name: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(digests, out, LOGGED, prune=True)
    assert run(digests, out, LOGGED, prune=True).removed == ("logged/2024-04-30.txt", "logged/2024-04.txt")
    assert "2024-04" not in (out / ".paperround.json").read_text()


def test_leftovers_of_a_killed_run_are_removed_and_nothing_else(digests: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "logged").mkdir(parents=True)
    (out / "logged/.2024-05.txt.tmp").touch()
    (out / "logged/.notes.tmp").touch()
    run(digests, out, LOGGED)
    assert [path.name for path in out.rglob("*.tmp")] == [".notes.tmp"]


def test_two_runs_at_once_are_refused(digests: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with FileLock(out / ".paperround.lock"), pytest.raises(OutputError, match="another run is writing"):
        run(digests, out, LOGGED)


def test_one_part_can_be_exported_alone(digests: Path, tmp_path: Path) -> None:
    export(job(digests, LOGGED), tmp_path / "out", only="")
    assert [path.name for path in (tmp_path / "out/logged").iterdir()] == ["all.txt"]


def test_an_undeclared_name_is_the_exporters_fault(digests: Path, tmp_path: Path) -> None:
    @exporter(Options, files=("a.txt",))
    def stray(options: Options, output: Output) -> Iterator[Write]:
        """Writes elsewhere."""
        with output.text("b.txt"):
            yield lambda issue: None

    with pytest.raises(ValueError, match="not among the files"):
        run(digests, tmp_path / "out", stray.bind("stray", {}))


def test_two_formats_cannot_share_a_file(digests: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="written by two formats"):
        run(digests, tmp_path / "out", LOGGED, logged.bind("again", {}))


def modified(folder: Path) -> dict[str, int]:
    """Return when each file but the lock was last written."""
    return {
        str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"
    }
