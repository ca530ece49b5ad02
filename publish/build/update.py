"""A build's work: what its plan lacks is made, and the manifest says what there is in the end."""

import datetime
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from ...model import Section
from . import manifest
from .folder import Folder, PublishedFile
from .job import DistinctReport, Result, shown
from .manifest import DayState, Manifest, PartState
from .parts import Part
from .plan import Plan
from .strangers import strangers_in
from .work import Crew, PartResult, Work, WorkResult, alone


class Update:
    """The parts and files of a plan: those of an earlier run that are still true, then those made now."""

    def __init__(self, plan: Plan, folder: Folder, earlier: Manifest) -> None:
        self._plan = plan
        self._job = plan.job
        self._folder = folder
        self._earlier = earlier
        self._days = dict(plan.days)
        self._made = dict(plan.kept)
        self.files = {name: earlier.files[name] for made in self._made.values() for name in made.files}
        """All files that are as they should be."""
        self._changed: Collection[str] = ()
        self._again = plan.job.report.again if isinstance(plan.job.report, DistinctReport) else plan.job.report

    def make(self, crew: Crew, adopt: bool) -> None:
        """Make the parts that are not as they should be, and repeat what was said of the others.

        Raises UsageError, before any file appears, where somebody else's stand in the way that are not to be adopted.
        """
        todo = [part for part in self._plan.parts if part.id not in self._made]
        unknown = self._plan.prints.keys() - self._days.keys()
        dates = {*unknown, *(date for part in todo for date in part.dates)}
        self._repeat_days(self._plan.prints.keys() - dates)
        self._repeat_parts()
        if not todo and not unknown:
            return
        work = Work(
            self._folder.root,
            self._job.streams,
            self._plan.names,
            tuple(section for section in self._job.sections if section.date in dates),
            tuple(todo),
            dict(self.files),
            self._plan.others,
            {name: entry for name, entry in self._earlier.files.items() if entry.text},
            self._job.metadata,
            frozenset() if adopt else strangers_in(self._folder.root, todo, self._job.streams, self._earlier.files),
            manifest.JOURNAL,
        )
        crew = alone if work.strangers else crew
        self._take_in(crew(work, self._job.pictures, self._job.report, self._job.progress), todo)

    def manifest(self, files: dict[str, PublishedFile]) -> Manifest:
        """Return what the next run may know of this one, and of the formats that it left alone."""
        mine = {
            f"{stream.place.folder}{exporter.name}" for stream in self._job.streams for exporter in stream.exporters
        }
        parts = dict(self._made)
        for part, made in self._earlier.parts.items():
            # One without files may be of a selection that is no more: nothing else tells.
            if part.rpartition("/")[0] not in mine and made.files and all(name in files for name in made.files):
                parts[part] = made
        return Manifest(files, self._days, parts, dict(self._job.scans))

    def result(self, removed: tuple[str, ...]) -> Result:
        """Return what was done."""
        papers = sum(day.papers for day in self._days.values())
        return Result(len(self._days), papers, {name: name in self._changed for name in sorted(self.files)}, removed)

    def _take_in(self, done: WorkResult, parts: Sequence[Part]) -> None:
        for date, paths in self._paths(done.days):
            day = done.days[date]
            places = {path: number for number, path in enumerate(paths)} if day.diagnostics else {}
            entries = tuple(manifest.stored(diagnostic, places) for diagnostic in day.diagnostics)
            self._days[date] = DayState(
                self._plan.prints[date], day.papers, entries, dict(sorted(day.selected.items()))
            )
        for part in parts:
            self._take_part(part, done.parts[part.id], done.files)
        self._changed = done.changed
        self._unsettle({date for part in parts if not done.parts[part.id].settled for date in part.dates})

    def _take_part(self, part: Part, made: PartResult, files: Mapping[str, PublishedFile]) -> None:
        entries = tuple(manifest.stored(diagnostic, {}) for diagnostic in made.diagnostics)
        self._made[part.id] = PartState(self._plan.made_from[part.id], made.files, entries, made.settled, made.left)
        for name in made.files:
            if name in self.files:
                raise ValueError(f"{name!r} is written by two parts, {part.id!r} is one of them")
            self.files[name] = files[name]

    def _unsettle(self, dates: Container[datetime.date]) -> None:
        """Have the parts made again that may know a part which lacks pictures: its fingerprint stays when they come."""
        for part in self._plan.parts:
            if part.exporter.after and any(date in dates for date in part.dates):
                self._made[part.id] = replace(self._made[part.id], settled=False)

    def _paths(self, dates: Collection[datetime.date]) -> Iterator[tuple[datetime.date, list[str]]]:
        """Yield the dates in order, with what the user calls the files that a date's issue stands in."""
        for date, group in groupby(self._job.sections, _date):
            if date in dates:
                yield date, [section.shown for section in group]

    def _repeat_days(self, dates: Collection[datetime.date]) -> None:
        """Say again what was said of issues that are not parsed again."""
        for date, paths in self._paths(dates):
            for entry in self._days[date].diagnostics:
                self._again(manifest.restored(entry, paths))

    def _repeat_parts(self) -> None:
        """Say again what was said of parts that are not made again."""
        report = shown(self._job.sections, self._again)
        for made in self._plan.kept.values():
            for entry in made.diagnostics:
                report(manifest.restored(entry, []))


def _date(section: Section) -> datetime.date:
    return section.date
