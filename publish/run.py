"""A run: one pass over the issues feeds every format."""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from ..exporters import BoundExporter, Selected, Series
from ..model import (
    Issue,
    OutputError,
    Records,
    Report,
    Section,
    Source,
    UsageError,
    issues,
    join,
    scan,
)
from . import manifest
from .folder import Folder, remove_leftovers
from .output import FolderOutput, Place, patterns
from .parts import PartsRunner
from .pictures import Pictures
from .select import Choose, everything
from .stale import not_written, to_remove

LOCK = ".paperround.lock"

Progress = Callable[[int, int], None]
"""Takes how many issues are done, and of how many."""


@dataclass(frozen=True)
class Span:
    """The dates a run is about, both ends included; None is open."""

    since: datetime.date | None = None
    until: datetime.date | None = None

    def __contains__(self, date: datetime.date) -> bool:
        return (self.since or date) <= date <= (self.until or date)


@dataclass(frozen=True)
class Stream:
    """A series to publish: the whole one, or what is selected of it, below a folder of its own."""

    place: Selected
    exporters: Sequence[BoundExporter]
    choose: Choose = everything


@dataclass(frozen=True)
class Job:
    """What a run works on, and whom it tells."""

    sections: Sequence[Section]
    exporters: Sequence[BoundExporter]
    series: Series
    report: Report
    progress: Progress
    choose: Choose = everything
    selections: Sequence[Stream] = ()
    pictures: Pictures = field(default_factory=Pictures)
    records: Records = field(default_factory=dict)

    @property
    def streams(self) -> list[Stream]:
        """The selections, then the series itself, which points at them."""
        return [*self.selections, Stream(Selected(self.series, ""), self.exporters, self.choose)]


@dataclass(frozen=True)
class Result:
    """What a run did: what it read, which files it wrote and whether each changed, what it removed."""

    issues: int
    papers: int
    files: dict[str, bool]
    removed: tuple[str, ...] = ()


def find(sources: Sequence[Source], span: Span, report: Report) -> list[Section]:
    """Scan the sources for issues within a span; raises UsageError where there are none."""
    found = scan(sources, report)
    named = ", ".join(source.label for source in sources)
    if not found:
        raise UsageError(f"no digests in {named}: a digest has a '## Daily Papers (YYYY-MM-DD)' heading and papers")
    inside = [section for section in found if section.date in span]
    if not inside:
        raise UsageError(f"no digests between the dates asked for: {named} has {found[0].date} to {found[-1].date}")
    return inside


def shown(sections: Sequence[Section], report: Report) -> Report:
    """Report what is said of papers with the paths that the user knows, not those relative to a source."""
    known = {section.path: section.shown for section in reversed(sections) if section.path}
    return lambda said: report(replace(said, path=known.get(said.path, said.path)))


def build(job: Job, root: Path, *, every_format: bool, prune: bool) -> Result:
    """Publish into a folder, with a manifest; `every_format` says that no installed format was left out.

    Raises OutputError; whatever is raised, every published file is whole.
    """
    owners: dict[str, str] = {}
    with _locked(root), manifest.journal(root, owners) as note:
        folder = Folder(root, note)
        remove_leftovers(root, [*_allowed(job), manifest.PATTERN])
        result = _pass(job, folder, owners)
        entries = manifest.kept(manifest.load(root), folder)
        stale = not_written(entries, folder, None if every_format else [exporter.name for exporter in job.exporters])
        gone = to_remove(stale, entries, folder, job.exporters, prune, job.report)
        for name, written in folder.written.items():
            entries[name] = manifest.Entry(owners[name], written.size, written.sha256)
        manifest.save(folder, entries)
        after = {exporter.name: exporter.after for exporter in job.exporters}
        for name in sorted(gone, key=lambda name: -after.get(entries[name].format, 0)):  # before what they point at
            folder.remove(name)
        if gone:  # only now, for a run that dies while it removes must know the rest again
            manifest.save(folder, {name: entry for name, entry in entries.items() if name not in gone})
        return replace(result, removed=gone)


def export(job: Job, root: Path, only: str | None = None) -> Result:
    """Write formats into a folder, or only one part of them, without a manifest; raises OutputError."""
    return _pass(job, Folder(root), {}, only)


def _allowed(job: Job) -> Iterator[re.Pattern[str]]:
    """Yield what the names of all files match that a job may write."""
    for stream in job.streams:
        for exporter in stream.exporters:
            yield from patterns(exporter, stream.place.series, stream.place.folder)


def _pass(job: Job, folder: Folder, owners: dict[str, str], only: str | None = None) -> Result:
    """Give every issue to every format; return what was done, and in `owners` which format wrote which file."""
    read = papers = 0
    dates = _dates(job)
    total = len({section.date for section in job.sections})
    runners = _runners(job, dates, folder, owners, only)
    with closing(job.pictures), folder.replacing(), _abandoning([runner for _, runner in runners]):
        for _, runner in runners:
            runner.write_if_empty(job.sections[-1].date)
        for read, issue in enumerate(_issues(job, job.report), 1):
            papers += len(issue.papers)
            chosen = [stream.choose(issue) for stream in job.streams]
            for stream, runner in runners:
                if (selected := chosen[stream]) is not None:
                    runner.write(selected)
            job.progress(read, total)
    return Result(read, papers, {name: written.changed for name, written in folder.written.items()})


def _dates(job: Job) -> list[set[datetime.date]]:
    """Return the dates that each stream has issues of; where something is selected, only a look at all papers tells."""
    everyday = {section.date for section in job.sections}
    found: list[set[datetime.date]] = [set() if _selects(stream) else everyday for stream in job.streams]
    if any(map(_selects, job.streams)):
        for issue in _issues(job, lambda said: None):
            for stream, dates in zip(job.streams, found, strict=True):
                if _selects(stream) and stream.choose(issue) is not None:
                    dates.add(issue.date)
    return found


def _issues(job: Job, report: Report) -> Iterator[Issue]:
    """Parse the issues, and give their papers arXiv's records where the job has them."""
    report_paper = shown(job.sections, report)
    for issue in issues(job.sections, report):
        yield join(issue, job.records, report_paper) if job.records else issue


def _selects(stream: Stream) -> bool:
    return stream.choose is not everything


def _runners(
    job: Job, dates: list[set[datetime.date]], folder: Folder, owners: dict[str, str], only: str | None
) -> list[tuple[int, PartsRunner]]:
    """Make a runner for every format of every stream, those that point at other files behind those files."""
    report = shown(job.sections, job.report)
    beside = tuple(stream.place for stream in job.selections)
    found = []
    for number, stream in enumerate(job.streams):
        for exporter in stream.exporters:
            series, prefix = stream.place.series, stream.place.folder
            allowed = patterns(exporter, series, prefix)
            selections = () if prefix else beside
            pictures = job.pictures if exporter.pictures else None
            earlier = [other for other in stream.exporters if other.after < exporter.after]
            made_before = [pattern for other in earlier for pattern in patterns(other, series, prefix)]
            place = Place(
                folder, prefix, series, selections, exporter.name, allowed, owners, made_before, report, pictures
            )
            prepare = partial(pictures.expect, report=report) if pictures else _nothing
            runner = PartsRunner(exporter, dates[number], partial(FolderOutput, place), prepare, only)
            found.append((exporter.after, number, exporter.name, runner))
    return [(number, runner) for _, number, _, runner in sorted(found, key=lambda entry: entry[:3])]


def _nothing(issue: Issue) -> None:
    """Get nothing for an issue."""


@contextmanager
def _abandoning(runners: Sequence[PartsRunner]) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        for runner in runners:
            runner.abandon(error)
        raise


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(root / LOCK, blocking=False)
        lock.acquire()
    except Timeout:
        raise OutputError(f"another run is writing {root}; wait for it or choose another folder") from None
    except OSError as error:
        raise OutputError(f"cannot write {root}: {error.strerror or error}") from error
    try:
        yield
    finally:
        lock.release()
