"""The parts of a run's formats: what is skipped or made, here or elsewhere."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...exporters import BoundExporter
from ...exporters.contract.parts import neighbours
from .job import Stream


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

    @property
    def id(self) -> str:
        """Its name in the manifest: stream's folder, format, part."""
        return f"{self.folder}{self.exporter.name}/{self.name}"

    @property
    def files(self) -> Iterator[str]:
        """The names of files that it alone may write, but for the series' id in them."""
        for pattern in self.exporter.files:
            if self.name == "" or "{part}" in pattern:
                yield self.folder + pattern.replace("{part}", self.name)


def parts_of(number: int, stream: Stream, days: Sequence[datetime.date], only: str | None = None) -> Iterator[Part]:
    """Yield the parts of a stream that has issues of these days, in order; `only` limits them to those of one name."""
    for exporter in stream.exporters:
        members: dict[str, list[datetime.date]] = {}
        for day in days:
            for name in exporter.parts(day):
                members.setdefault(name, []).append(day)
        if not days and "" in exporter.parts(datetime.date.min):
            members[""] = []  # an empty selection is an empty feed, not none
        oldest = list(days[-exporter.keep :][:1]) if exporter.keep else []
        kept = {name: dates for name, dates in members.items() if only in (None, name) and dates[-1:] >= oldest}
        beside = neighbours(kept)
        for name, dates in kept.items():
            yield Part(number, stream.place.folder, exporter, name, *beside[name], tuple(dates))
