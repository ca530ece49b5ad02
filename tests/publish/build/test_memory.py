"""Parts that go on with new issues: what is parsed again for one new day, and what makes them forget."""

import datetime
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from paperround.exporters import BoundExporter, Kept, Options, Output, Series, Write, bind, exporter, names
from paperround.model import Diagnostic, Issue, Source
from paperround.publish import Crew, Job, Result, Span, build, find
from paperround.publish.build import memory, work
from paperround.publish.build.work import alone
from paperround.publish.workers.crew import shared

from ...command import files

PAPER = "### [Paper {0}](https://arxiv.org/abs/2405.{0:05})\n\nVote: 1\nAuthors: Ada Lovelace, 김철수\n\n- 글\n\n"
SERIES = Series(base_url="https://example.org/papers")
FIRST = datetime.date(2024, 4, 1)
came: list[str] = []


@exporter(Options, files=("lines.txt",))
def lines(options: Options, output: Output) -> Iterator[Write]:
    """Writes the date of each issue below a header, and how many there are at the end."""
    count = int(output.earlier or 0)
    output.remember(lambda: Kept(str(count)))
    with output.text("lines.txt") as file:
        if output.earlier is None:
            file.write("dates\n")

        def write(issue: Issue) -> None:
            nonlocal count
            count += 1
            came.append(str(issue.date))
            file.write(f"{issue.date}\n")

        yield write
        file.write(f"{count} issues\n")


LINES = lines.bind("lines", {})


@pytest.fixture
def digests(tmp_path: Path) -> Path:
    """Return digests of thirty days."""
    (tmp_path / "digests").mkdir()
    for number in range(30):
        write(tmp_path / "digests", number)
    return tmp_path / "digests"


def write(folder: Path, number: int, papers: str = "") -> str:
    date = (FIRST + datetime.timedelta(number)).isoformat()
    text = papers or PAPER.format(number) + PAPER.format(number // 2)
    (folder / f"{date}.md").write_text(f"## Daily Papers ({date})\n\n{text}", encoding="utf-8")
    return date


def run(
    digests: Path, root: Path, *exporters: BoundExporter, said: list[Diagnostic] | None = None, by: Crew = alone
) -> Result:
    came.clear()
    report = [].append if said is None else said.append
    job = Job(find([Source(digests, "digests")], Span(), report), exporters, SERIES, report, lambda done, total: None)
    return build(job, root, every_format=True, prune=True, crew=by)


def text(root: Path) -> str:
    return (root / "lines.txt").read_text()


def test_only_the_last_day_and_a_new_one_come(digests: Path, tmp_path: Path) -> None:
    run(digests, tmp_path / "out", LINES)
    before, last = text(tmp_path / "out"), "2024-04-30"
    for number in (30, 31):
        new = write(digests, number)
        run(digests, tmp_path / "out", LINES)
        assert came == [last, new]
        last = new
        before = before.replace(f"{number} issues", f"{new}\n{number + 1} issues")
        assert text(tmp_path / "out") == before


def test_of_a_last_day_that_is_edited_only_that_one_comes(digests: Path, tmp_path: Path) -> None:
    formats = [bind(name, {"covers": False} if name == "epub" else {}) for name in names()]
    run(digests, tmp_path / "out", LINES, *formats)
    for votes in "23":
        last = write(digests, 29, PAPER.format(29).replace("Vote: 1", f"Vote: {votes}"))
        run(digests, tmp_path / "out", LINES, *formats)
        assert came == [last]
        run(digests, tmp_path / f"full{votes}", LINES, *formats)
        assert files(tmp_path / "out") == files(tmp_path / f"full{votes}")


def test_of_all_formats_only_what_is_shown_anew_is_parsed(
    digests: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    formats = [bind(name, {"covers": False} if name == "epub" else {}) for name in names()]
    run(digests, tmp_path / "out", *formats)
    parsed: list[str] = []
    issues = work.issues
    monkeypatch.setattr(
        work, "issues", lambda sections, tell: (parsed.append(str(sections[0].date)), issues(sections, tell))[1]
    )
    new = write(digests, 70)  # of another month, with papers of its own
    run(digests, tmp_path / "out", *formats)
    assert new in parsed
    assert len(parsed) < 32  # the feeds' papers; pages and books of the day before
    run(digests, tmp_path / "full", *formats)
    assert files(tmp_path / "out") == files(tmp_path / "full")


def test_workers_go_on_as_well(digests: Path, tmp_path: Path) -> None:
    formats = [bind(name, {"covers": False} if name == "epub" else {}) for name in names()]
    with ThreadPoolExecutor(1) as executor:
        by = shared(executor, 2)
        run(digests, tmp_path / "out", *formats, by=by)
        write(digests, 40)
        run(digests, tmp_path / "out", *formats, by=by)
    run(digests, tmp_path / "full", *formats)
    assert files(tmp_path / "out") == files(tmp_path / "full")


def edited(digests: Path, root: Path) -> None:
    write(digests, 3, PAPER.format(333))


def between(digests: Path, root: Path) -> None:
    (digests / "2024-04-10.md").rename(digests.parent / "later.md")
    run(digests, root, LINES)
    (digests.parent / "later.md").rename(digests / "2024-04-10.md")


def removed(digests: Path, root: Path) -> None:
    (digests / "2024-04-10.md").unlink()


def published_is_damaged(digests: Path, root: Path) -> None:
    (root / "lines.txt").write_text("dates\n")


def memory_is_gone(digests: Path, root: Path) -> None:
    (root / memory.NAME).unlink()


def memory_is_damaged(digests: Path, root: Path) -> None:
    path = root / memory.NAME
    path.write_text(path.read_text().replace('"dates":29', '"dates":28'))


def memory_is_cut(digests: Path, root: Path) -> None:
    path = root / memory.NAME
    path.write_bytes(path.read_bytes()[:-20])


def memory_is_of_another_version(digests: Path, root: Path) -> None:
    path = root / memory.NAME
    path.write_text(path.read_text().replace("memory 1", "memory 2"))


def memory_is_another_archives(digests: Path, root: Path) -> None:
    other = root.with_name("other-digests")
    other.mkdir()
    for number in range(100, 110):
        write(other, number)
    run(other, root.with_name("other"), LINES)
    (root / memory.NAME).write_bytes((root.with_name("other") / memory.NAME).read_bytes())


@pytest.mark.parametrize(
    "forget",
    [
        edited, between, removed, published_is_damaged, memory_is_gone, memory_is_damaged, memory_is_cut,
        memory_is_of_another_version, memory_is_another_archives,
    ],
)  # fmt: skip
def test_all_issues_come_again(digests: Path, tmp_path: Path, forget: Callable[[Path, Path], None]) -> None:
    root = tmp_path / "out"
    run(digests, root, LINES)
    forget(digests, root)
    write(digests, 40)
    run(digests, root, LINES)
    assert len(came) == len(list(digests.iterdir()))
    run(digests, tmp_path / "full", LINES)
    assert files(root) == files(tmp_path / "full")


def test_a_part_goes_on_with_several_new_days(digests: Path, tmp_path: Path) -> None:
    run(digests, tmp_path / "out", LINES)
    new = [write(digests, number) for number in (40, 50, 51)]
    run(digests, tmp_path / "out", LINES)
    assert came == ["2024-04-30", *new]
    run(digests, tmp_path / "full", LINES)
    assert files(tmp_path / "out") == files(tmp_path / "full")


def test_a_part_without_any_issue_is_no_part_although_it_had_one(
    digests: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader may find a day in what it cannot read in the end."""
    issues = work.issues
    monkeypatch.setattr(
        work, "issues", lambda sections, tell: (issue for issue in issues(sections, tell) if issue.papers[0].votes == 9)
    )
    write(digests, 29, PAPER.format(1).replace("Vote: 1", "Vote: 9"))
    run(digests, tmp_path / "out", LINES)
    assert came == ["2024-04-30"]
    write(digests, 29)
    run(digests, tmp_path / "out", LINES)
    run(digests, tmp_path / "full", LINES)
    assert files(tmp_path / "out") == files(tmp_path / "full")


def test_diagnostics_of_issues_that_do_not_come_again_are_said(digests: Path, tmp_path: Path) -> None:
    formats = [bind(name, {}) for name in ("bibtex", "csv", "atom")]
    run(digests, tmp_path / "out", *formats)
    write(digests, 40)
    said: list[Diagnostic] = []
    anew: list[Diagnostic] = []
    run(digests, tmp_path / "out", *formats, said=said)
    run(digests, tmp_path / "full", *formats, said=anew)
    assert set(said) == set(anew)
    assert any("31 of 31;" in each.message for each in said)


def test_who_asks_before_the_last_issue_gets_all_of_them(digests: Path, tmp_path: Path) -> None:
    @exporter(Options, files=("asking.txt",), after=1)
    def asking(options: Options, output: Output) -> Iterator[Write]:
        """Asks for a size with each issue."""
        output.remember(Kept)
        with output.text("asking.txt") as file:

            def write(issue: Issue) -> None:
                came.append(str(output.size("none.txt")))
                file.write(f"{issue.date}\n")

            yield write

    run(digests, tmp_path / "out", asking.bind("asking", {}))
    write(digests, 40)
    run(digests, tmp_path / "out", asking.bind("asking", {}))
    assert len(came) == 31
    assert not (tmp_path / "out" / memory.NAME).exists()
