"""What a build finds published, what it makes anew, and what it knows in the end."""

import datetime
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import chain, groupby

from ...model import RecordFile, Section
from . import fingerprint, manifest
from .folder import Folder, look, sha256
from .job import Job, Result, shown
from .manifest import Day, Entry, Made, Manifest
from .memory import Memories, Memory, State
from .names import Names
from .output import Place
from .parts import Part, going_on, parts_of
from .selected import dates_of
from .table import Table
from .work import Crew, Done, MadePart, Work

Leaving = Callable[[Names], frozenset[str]]
"""Tells of which files that none of these names belong to nothing will be left."""

_WORTH_REMEMBERING = 8
"""Dates of a part: fewer are as quickly read again."""


class Update:
    """A job's dates and parts: those of an earlier run's manifest that are still true, then those made now."""

    def __init__(
        self, job: Job, folder: Folder, records: RecordFile | None, earlier: Manifest, leaving: Leaving
    ) -> None:
        self._job = job
        self._folder = folder
        self._earlier = earlier
        self._prints = fingerprint.of_days(job.sections, records)
        self._days = Table(_known(job, earlier, self._prints), datetime.date.fromisoformat)
        dates = dates_of(job, self._days)
        self._parts = [part for at, stream in enumerate(job.streams) for part in parts_of(at, stream, dates[at])]
        self._names = Names(job.streams, self._parts)
        self._leaving = leaving(self._names)
        _, self._written = look(f"{folder.root}/{manifest.NAME}")
        self._made_from = Table(fingerprint.of_parts(job.streams, self._parts, self._prints))
        self._made = Table(self._kept())
        self._said = {part: made.said for part, made in self._made.items() if made.said}
        self.files = Table((name, earlier.files[name]) for made in self._made.values() for name in made.files)
        """All files that are as they should be."""
        self._changed: Table[str, bool] = Table()
        self._memories = Memories(folder.root)
        self._states: dict[str, tuple[Part, State]] = {}

    def make(self, crew: Crew) -> None:
        """Make the parts that are not as they should be, then those to whom files of these were told otherwise."""
        unknown = self._prints.keys() - self._days.keys()
        whole = [part for part in self._parts if part.id not in self._made]
        todo: Sequence[Part] = tuple(self._going_on(whole))
        self._repeat_days(self._prints.keys() - unknown - {date for part in todo for date in part.dates})
        while todo or unknown:
            sections, unknown = self._sections(todo, unknown), set()
            self._take_in(self._carry_out(crew, todo, sections), whole)
            place = self._place()
            todo = whole = [part for part in self._parts if self._was_told_otherwise(part, place)]
        self._repeat_parts()

    def manifest(self, files: Table[str, Entry]) -> Manifest:
        """Return what the next run may know of this one, and of the formats that it left alone."""
        mine = {
            f"{stream.place.folder}{exporter.name}" for stream in self._job.streams for exporter in stream.exporters
        }
        parts = Table(self._made)
        for part, made in self._earlier.parts.items():
            # One without files may be of a selection that is no more: nothing else tells.
            if part.rpartition("/")[0] not in mine and made.files and all(name in files for name in made.files):
                parts[part] = made
        return Manifest(files, self._days, parts)

    def remember(self, now: Manifest, going: Set[str]) -> None:
        """Write what the next run's parts may go on from; `now` is what it will know, without the files that go."""

        def is_kept(part: str) -> bool:
            made = now.parts.get(part)
            return made is not None and made == self._earlier.parts.get(part) and going.isdisjoint(made.files)

        begun = self._begun_from((part, len(part.dates) - 1) for part, _ in self._states.values())
        made = {
            part.id: Memory(self._made_from[part.id], begun[part.id], len(part.dates) - 1, state)
            for part, state in self._states.values()
        }
        self._memories.save(self._folder, is_kept, made)

    def result(self, removed: tuple[str, ...]) -> Result:
        """Return what was done."""
        papers = sum(day.papers for day in self._days.values())
        return Result(len(self._days), papers, Table((name, name in self._changed) for name in self.files), removed)

    def _kept(self) -> Iterator[tuple[str, Made]]:
        for part, made_from in self._made_from.items():
            made = self._earlier.parts.get(part)
            alike = made is not None and made.settled and made.made_from == made_from
            if made and alike and not self._refers_to_leaving(made) and all(map(self._is_whole, made.files)):
                yield part, made

    def _refers_to_leaving(self, made: Made) -> bool:
        told = chain(made.asked, made.expected) if self._leaving else ()
        return any(name in self._leaving and answer is not None and answer is not False for name, answer in told)

    def _is_whole(self, name: str) -> bool:
        """Tell whether a file is as the manifest says; its bytes are only read where it is younger than that."""
        entry, path = self._earlier.files[name], self._folder.path(name)
        size, modified = look(path)
        try:
            return size == entry.size and (modified < self._written or sha256(path) == entry.sha256)
        except OSError:  # who may not read it will be told that it cannot be written
            return False

    def _going_on(self, todo: Sequence[Part]) -> Iterator[Part]:
        """Yield the parts, those that can go on from where they stood with no more dates than they need for that."""
        stood = {part.id: memory for part in todo if (memory := self._memory(part))}
        begun = self._begun_from((part, stood[part.id].dates) for part in todo if part.id in stood)
        for part in todo:
            memory = stood.get(part.id)
            yield going_on(part, memory.state, memory.dates) if memory and memory.begun_from == begun[part.id] else part

    def _begun_from(self, counts: Iterable[tuple[Part, int]]) -> dict[str, str]:
        """Return the fingerprints that parts would have with no more than so many dates."""
        parts = (replace(part, dates=part.dates[:count]) for part, count in counts)
        return dict(fingerprint.of_parts(self._job.streams, parts, self._prints))

    def _memory(self, part: Part) -> Memory | None:
        """Return how a part stood before its last issues, if its files are still as it left them."""
        made = self._earlier.parts.get(part.id)
        if made is None or not made.settled or not all(map(self._is_whole, made.files)):
            return None
        memory = self._memories.get(part.id)
        fits = memory is not None and memory.made_from == made.made_from and memory.dates < len(part.dates)
        return memory if fits else None

    def _sections(self, todo: Sequence[Part], unknown: Collection[datetime.date]) -> Sequence[Section]:
        """Return what has to be parsed for some parts, and of dates of which nothing is known."""
        dates = {*unknown, *(date for part in todo for date in part.dates)}
        if dates == self._prints.keys():
            return self._job.sections
        return tuple(section for section in self._job.sections if section.date in dates)

    def _carry_out(self, crew: Crew, todo: Sequence[Part], sections: Sequence[Section]) -> Done:
        for part in todo:
            self._said.pop(part.id, None)
            if made := self._made.pop(part.id, None):
                for name in made.files:
                    self.files.pop(name, None)
        work = Work(
            self._folder.root,
            self._job.streams,
            self._names,
            sections,
            tuple(todo),
            self._place().sizes,
            self._leaving,
            self._job.metadata,
            manifest.JOURNAL,
        )
        return crew(work, self._job.pictures, self._job.report, self._job.progress)

    def _take_in(self, done: Done, parts: Sequence[Part]) -> None:
        for date, paths in self._paths(done.days):
            day = done.days[date]
            places = {path: number for number, path in enumerate(paths)} if day.said else {}
            said = tuple(manifest.saying(diagnostic, places) for diagnostic in day.said)
            self._days[date] = Day(self._prints[date], day.papers, said, dict(sorted(day.selected.items())))
        for part in parts:
            if made := done.parts.get(part.id):
                self._take_part(part, made)

    def _take_part(self, part: Part, made: MadePart) -> None:
        self._made[part.id] = _remembered(self._made_from[part.id], made)
        if made.state and len(part.dates) >= _WORTH_REMEMBERING:
            self._states[part.id] = part, made.state
        else:
            self._states.pop(part.id, None)
        for name, written in made.files.items():
            if name in self.files:
                raise ValueError(f"{name!r} is written by two parts, {part.id!r} is one of them")
            self.files[name] = Entry(part.exporter.name, written.size, written.sha256)
            if written.changed:
                self._changed[name] = True

    def _place(self) -> Place:
        return Place(Folder(self._folder.root), self._names, Sizes(self.files), self._job.pictures, self._leaving)

    def _was_told_otherwise(self, part: Part, place: Place) -> bool:
        if (made := self._made.get(part.id)) is None:
            return False
        me = self._names.of(part)
        return any(place.size(name, me) != answer for name, answer in made.asked) or any(
            place.is_published(name) != answer for name, answer in made.expected
        )

    def _paths(self, dates: Container[datetime.date]) -> Iterator[tuple[datetime.date, list[str]]]:
        """Yield the dates in order, with what the user calls the files that a date's issue stands in."""
        for date, group in groupby(self._job.sections, _date):
            if date in dates:
                yield date, [section.shown for section in group]

    def _repeat_days(self, dates: Collection[datetime.date]) -> None:
        """Say again what was said of issues that are not parsed again."""
        for date, paths in self._paths(dates):
            for said in self._days[date].said:
                self._job.report(manifest.diagnostic(said, paths))

    def _repeat_parts(self) -> None:
        """Say again what was said of parts that are not made again."""
        report = shown(self._job.sections, self._job.report)
        for part_said in self._said.values():
            for said in part_said:
                report(manifest.diagnostic(said, []))


class Sizes(Mapping[str, int]):
    """The lengths of files."""

    def __init__(self, files: Mapping[str, Entry]) -> None:
        self._files = files

    def __getitem__(self, name: str) -> int:
        return self._files[name].size

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def _date(section: Section) -> datetime.date:
    return section.date


def _known(job: Job, earlier: Manifest, prints: Mapping[datetime.date, str]) -> Iterator[tuple[datetime.date, Day]]:
    """Yield the dates whose issue is what it was, and of which is known what every selection takes of it."""
    needed = {fingerprint.of_criteria(stream) for stream in job.streams if stream.selects}
    for date, made_from in prints.items():
        day = earlier.days.get(date)
        if day and day.made_from == made_from and day.selected.keys() >= needed:
            yield date, replace(day, selected={key: day.selected[key] for key in sorted(needed)})


def _remembered(made_from: str, made: MadePart) -> Made:
    said = tuple(manifest.saying(diagnostic, {}) for diagnostic in made.said)
    return Made(made_from, tuple(made.files), made.asked, made.expected, said, made.settled)
