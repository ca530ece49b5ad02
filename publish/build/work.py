"""One pass over issues for a set of parts: in this process, in another one, or on another machine."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from ...model import Diagnostic, Issue, Report, Section, issues, join, read_records
from ..pictures import Absent, Pictures
from . import manifest
from .fingerprint import of_criteria
from .folder import Folder, PublishedFile
from .job import Progress, Stream, shown
from .names import Names
from .output import FolderOutput, SharedFolder
from .parts import Part
from .runner import PartsRunner


@dataclass(frozen=True)
class Work:
    """What to make, in values that can travel: no issues, no functions."""

    root: Path
    streams: tuple[Stream, ...]
    names: Names
    sections: Sequence[Section]
    """Those of all dates to parse, in order."""
    parts: tuple[Part, ...]
    """What to make of them."""
    files: Mapping[str, PublishedFile] = field(default_factory=dict)
    """Those that are made already, of which the parts may ask."""
    others: Mapping[str, PublishedFile] | None = None
    """Files of formats that are not in this run; None where those count that are in the folder."""
    earlier: Mapping[str, PublishedFile] = field(default_factory=dict)
    """What an earlier run has kept of files that say when their text changed last."""
    metadata: Path | None = None
    strangers: frozenset[str] = frozenset()
    """Names of files of other people; where there are any, the whole work is done in one place."""
    journal: str | None = None
    """Name of the file that notes which files are about to change."""
    shared: "WorkSetup | None" = None
    """What a worker has to know besides; None where the whole work is done in one place."""


@dataclass(frozen=True)
class WorkSetup:
    """What a worker needs to do a share of a work as all others do theirs."""

    code: str
    """Fingerprint of the code that shares the work out."""
    cache: Path
    """Folder of the pictures, which are all fetched by then."""
    absent: Mapping[str, Absent]
    """Pictures that cannot be had this time, by address."""


class DatedIssue(NamedTuple):
    """A date, its issue if it has one, and what there is to tell of it."""

    date: datetime.date
    issue: Issue | None
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class DayResult:
    """What the issue of a date gave."""

    papers: int
    diagnostics: tuple[Diagnostic, ...]
    selected: Mapping[str, bool]


@dataclass(frozen=True)
class PartResult:
    """What making a part gave."""

    files: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    settled: bool = True
    left: tuple[str, ...] = ()


@dataclass
class WorkResult:
    """What a pass gave: by date and by part."""

    days: dict[datetime.date, DayResult] = field(default_factory=dict)
    parts: dict[str, PartResult] = field(default_factory=dict)
    files: dict[str, PublishedFile] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    """Names of those files that are not what they were."""

    def add(self, other: "WorkResult") -> None:
        """Take in what another pass gave."""
        self.days.update(other.days)
        self.parts.update(other.parts)
        self.files |= other.files
        self.changed |= other.changed


Crew = Callable[[Work, Pictures, Report, Progress], WorkResult]
"""Does a work: alone, or by sharing it out. Reports diagnostics of dates and parts as they come."""


def alone(work: Work, pictures: Pictures, report: Report, progress: Progress) -> WorkResult:
    """Give every issue to every part that it belongs to."""
    with opened(work) as folder, closing(pictures), folder.replacing():
        return pass_over(work, folder, pictures, report, progress)


def pass_over(work: Work, folder: Folder, pictures: Pictures, report: Report, progress: Progress) -> WorkResult:
    """Do a work; its files are left waiting in the folder.

    Each issue goes to all formats before the next one is parsed, so that these share what they make of it.
    """
    done = WorkResult(files=folder.written, changed=folder.waiting)
    total = len({section.date for section in work.sections})
    place = SharedFolder(folder, work.names, work.files, work.others, work.earlier, pictures)
    runners = _runners(work, place, done, report)
    with _abandoning(runners):
        for _, runner in runners:
            runner.write_empty()
        for date, issue, diagnostics in parsed(work.sections, work.metadata, report):
            chosen = [issue and stream.choose(issue) for stream in work.streams]
            for stream, runner in runners:
                runner.take(date, chosen[stream])
            done.days[date] = DayResult(len(issue.papers) if issue else 0, diagnostics, _selected(work.streams, chosen))
            progress(len(done.days), total)
    for part in work.parts:
        done.parts.setdefault(part.id, PartResult())  # no issue has come for it: none of its dates has papers
    return done


def _selected(streams: Sequence[Stream], chosen: Sequence[Issue | None]) -> dict[str, bool]:
    return {
        of_criteria(stream): issue is not None for stream, issue in zip(streams, chosen, strict=True) if stream.selects
    }


def parsed(sections: Sequence[Section], metadata: Path | None, report: Report) -> Iterator[DatedIssue]:
    """Parse each date's sections, give the papers arXiv's records, and collect the diagnostics."""
    diagnostics: list[Diagnostic] = []
    started = False

    def tell(diagnostic: Diagnostic) -> None:
        report(diagnostic)
        if started:  # what is wrong with the file of records as a whole, any run will find
            diagnostics.append(diagnostic)

    records = read_records(metadata, tell) if metadata else {}
    started = True
    of_paper = shown(sections, tell)
    for date, group in groupby(sections, key=lambda section: section.date):
        issue = next(issues(list(group), tell), None)
        yield DatedIssue(date, join(issue, records, of_paper) if issue and records else issue, tuple(diagnostics))
        diagnostics.clear()


@contextmanager
def opened(work: Work) -> Iterator[Folder]:
    """Give the folder of a work, which notes what it is about to change."""
    if work.journal is None:
        yield Folder(work.root, strangers=work.strangers, rank=work.names.rank)
        return
    with manifest.journal(work.root / work.journal) as note:
        yield Folder(work.root, note, work.strangers, work.names.rank)


def _runners(work: Work, place: SharedFolder, done: WorkResult, report: Report) -> list[tuple[int, PartsRunner]]:
    """Make a runner for every format of every stream, those that point at other files behind those files."""
    report = shown(work.sections, report)
    members: dict[tuple[int, int, str], list[Part]] = {}
    for part in work.parts:
        members.setdefault((part.exporter.after, part.stream, part.exporter.name), []).append(part)

    def finish(part: Part, output: FolderOutput) -> None:
        diagnostics = tuple(dict.fromkeys(output.diagnostics))
        done.parts[part.id] = PartResult(tuple(output.files), diagnostics, output.settled, tuple(output.left))
        for diagnostic in diagnostics:
            report(diagnostic)

    return [
        (
            number,
            PartsRunner(
                parts,
                partial(FolderOutput, place, work.streams[number]),
                partial(_expect, place.pictures) if parts[0].exporter.pictures else _nothing,
                finish,
            ),
        )
        for (_, number, _), parts in sorted(members.items())
    ]


def _expect(pictures: Pictures, issue: Issue, output: FolderOutput) -> None:
    output.settled &= pictures.expect(issue, output.report)


def _nothing(issue: Issue, output: FolderOutput) -> None:
    """Get nothing for an issue."""


@contextmanager
def _abandoning(runners: Sequence[tuple[int, PartsRunner]]) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        for _, runner in runners:
            runner.abandon(error)
        raise
