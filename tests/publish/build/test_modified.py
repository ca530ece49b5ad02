"""When a file's text changed last: the one thing that a build keeps because digests would not tell it again."""

import datetime
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from paperround.exporters import Options, Output, Series, Write, exporter, part_of
from paperround.model import Issue, Source
from paperround.publish import Job, Policy, Span, build, find
from paperround.publish.workers.crew import shared

from ...command import sealed
from .test_incremental import PAPER, write

DAY = datetime.datetime(2024, 5, 3, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)


def by_month(options: Options, date: datetime.date) -> tuple[str, ...]:
    return (part_of("month", date),)


@exporter(Options, files=("texts/{part}.txt",), parts=by_month)
def texts(options: Options, output: Output) -> Iterator[Write]:
    """Writes when the titles of a month changed last."""
    issues: list[Issue] = []
    yield issues.append
    name, titles = f"texts/{output.part}.txt", [paper.title for issue in issues for paper in issue.papers]
    newest = datetime.datetime.combine(issues[-1].date, datetime.time(), datetime.UTC)
    moment = output.modified(name, " ".join(titles), newest)
    with output.text(name) as file:
        file.write(f"{moment.isoformat()}\n{titles}\n")


@exporter(Options, files=("list.txt",), after=1)
def listing(options: Options, output: Output) -> Iterator[Write]:
    """Lists when the text of a month's file changed last."""
    yield lambda issue: None
    with output.text("list.txt") as file:
        file.write(f"{output.last_modified('texts/2024-05.txt')} {output.last_modified('texts/2024-06.txt')}")


@pytest.fixture
def digests(tmp_path: Path) -> Path:
    folder = tmp_path / "digests"
    folder.mkdir()
    day(folder, "2024-05-03", 1)
    return folder


def day(folder: Path, date: str, number: int, votes: int = 1) -> None:
    write(folder, date, PAPER.format(number, votes, "글"))


def modified(digests: Path, jobs: int = 1, force: bool = False) -> datetime.datetime:
    """Build, and return what the file and the list say."""
    found = find([Source(digests, "digests")], Span(), [].append)
    exporters = [texts.bind("texts", {}), listing.bind("listing", {})]
    job = Job(found, exporters, Series(), [].append, lambda done, total: None)
    out = digests.parent / "out"
    with ThreadPoolExecutor(jobs) as pool:
        build(job, out, Policy(force=force), *[shared(pool, jobs)] * (jobs > 1))
    said = datetime.datetime.fromisoformat((out / "texts/2024-05.txt").read_text().partition("\n")[0])
    assert (out / "list.txt").read_text() == f"{said} None"
    return said


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_text_says_when_it_changed(digests: Path, jobs: int) -> None:
    assert modified(digests, jobs) == DAY
    day(digests, "2024-05-03", 1, votes=2)
    assert modified(digests, jobs) == DAY
    day(digests, "2024-05-03", 2)
    assert modified(digests, jobs) == DAY + SECOND
    day(digests, "2024-05-03", 1)
    assert modified(digests, jobs, force=True) == DAY + 2 * SECOND
    day(digests, "2024-05-06", 3)
    assert modified(digests, jobs) == DAY + datetime.timedelta(3)


@pytest.mark.parametrize("said", ["", "2024-05-03", "2024-05-03T00:00:00", "9999-12-31T23:59:59+00:00", "soon"])
def test_what_a_damaged_manifest_says_of_it_is_passed_over(digests: Path, said: str) -> None:
    modified(digests)
    path = digests.parent / "out/.paperround.json"
    values = json.loads(path.read_text())
    values["files"]["texts/2024-05.txt"]["modified"] = said
    path.write_bytes(sealed(values))
    day(digests, "2024-05-03", 2)
    assert modified(digests) == DAY
