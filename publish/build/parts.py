"""The parts of a run's formats: what is skipped or made, here or elsewhere."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...exporters import BoundExporter
from ...exporters.contract.parts import neighbours
from .job import Stream
from .memory import State


@dataclass(frozen=True, slots=True)
class Part:
    """One part of one format of one stream."""

    stream: int
    """Which stream of the job."""
    folder: str
    """The stream's."""
    exporter: BoundExporter
    name: str
    before: str | None
    after: str | None
    dates: Sequence[datetime.date]
    """The dates of its issues, of those that it gets; none for the whole archive of an empty selection."""
    goes_on: State | None = None
    """How it stood before the first of these dates, or before those of them that are new."""
    only_begins: bool = False
    """Whether it stops before its last date, for only what it would remember then is asked for."""

    @property
    def id(self) -> str:
        """Its name in the manifest: stream's folder, format, part."""
        return f"{self.folder}{self.exporter.name}/{self.name}"


def going_on(part: Part, state: State, known: int) -> Part:
    """Return a part that goes on from how it stood after so many dates: with those since, and those that come again."""
    again = state.since or datetime.date.max
    dates = [date for at, date in enumerate(part.dates) if at >= known or date >= again]
    return replace(part, dates=dates, goes_on=state)


def parts_of(number: int, stream: Stream, days: Sequence[datetime.date], only: str | None = None) -> Iterator[Part]:
    """Yield the parts of a stream that has issues of these days, in order; `only` limits them to those of one name.

    There are several for every day there is: they share what they can.
    """
    same: dict[str, str] = {}
    alike: dict[tuple[datetime.date, ...], tuple[datetime.date, ...]] = {}
    for exporter in stream.exporters:
        kept = {part for day in days[-exporter.keep if exporter.keep else 0 :] for part in exporter.parts(day)}
        members: dict[str, list[datetime.date]] = {}
        for day in days:
            for name in exporter.parts(day):
                if name in kept and only in (None, name):
                    members.setdefault(same.setdefault(name, name), []).append(day)
        if not days and "" in exporter.parts(datetime.date.min):
            members[""] = []  # an empty selection is an empty feed, not none
        beside = neighbours(members)
        for name, dates in members.items():
            some = tuple(dates)
            shared = days if len(dates) == len(days) else alike.setdefault(some, some)
            yield Part(number, stream.place.folder, exporter, name, *beside[name], shared)
