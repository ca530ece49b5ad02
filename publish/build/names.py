"""Whose a file is, told by its name alone: the same in a run, in its workers and in the next run."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...exporters.contract.parts import OWN_NAME
from .job import Stream
from .parts import Part

_PART = r"\{part\}"

_Group = tuple[int, str, int, Mapping[str, int], str | None]
"""What a pattern tells: stream, format, its `after`, its parts' last dates, and the group with the part's name."""


class Owner(NamedTuple):
    """The part that may write a file, `part` None where the format has no such part in this run."""

    stream: int
    format: str
    after: int
    part: str | None
    last: int
    """Ordinal of the part's last date; 0 without dates."""

    def is_known_to(self, other: "Owner") -> bool:
        """Tell whether a part may know this one's files, which it only may when any order of work has them by then."""
        return self.part is not None and self.after < other.after and self.last <= other.last


class Names:
    """Names of the files of a run's formats."""

    def __init__(self, streams: Sequence[Stream], parts: Iterable[Part]) -> None:
        lasts: dict[tuple[int, str], dict[str, int]] = {}
        same: dict[int, int] = {}  # one object for the parts of all formats: there are several for every day
        for part in parts:
            last = _last(part.dates)
            lasts.setdefault((part.stream, part.exporter.name), {})[part.name] = same.setdefault(last, last)
        self._groups: dict[str | None, _Group] = {}
        self._pattern = re.compile("|".join(self._alternatives(streams, lasts)) or "(?!)")

    def owner(self, name: str) -> Owner | None:
        """Return whose a file is, None for one of no format of this run."""
        found = self._pattern.fullmatch(name)
        if found is None:
            return None
        stream, format_, after, lasts, place = self._groups[found.lastgroup]
        said = found[place] if place else ""
        part = said if said in lasts else "" if "" in lasts else None
        return Owner(stream, format_, after, part, 0 if part is None else lasts[part])

    def of(self, part: Part) -> Owner:
        """Return a part as an owner."""
        return Owner(part.stream, part.exporter.name, part.exporter.after, part.name, _last(part.dates))

    def _alternatives(
        self, streams: Sequence[Stream], lasts: Mapping[tuple[int, str], Mapping[str, int]]
    ) -> Iterator[str]:
        for number, stream in enumerate(streams):
            for exporter in stream.exporters:
                known = lasts.get((number, exporter.name), {})
                for pattern in exporter.files:
                    count = len(self._groups)
                    place = f"p{count}" if "{part}" in pattern else None
                    self._groups[f"n{count}"] = (number, exporter.name, exporter.after, known, place)
                    yield _alternative(count, stream, pattern)


def _alternative(number: int, stream: Stream, pattern: str) -> str:
    escaped = re.escape(stream.place.folder + pattern).replace(r"\{series\}", re.escape(stream.place.series.id))
    escaped = escaped.replace(r"\{name\}", OWN_NAME)
    first = escaped.replace(_PART, f"(?P<p{number}>[0-9W-]*)", 1)
    return f"(?P<n{number}>{first.replace(_PART, f'(?P=p{number})')})"


def _last(dates: Sequence[datetime.date]) -> int:
    return dates[-1].toordinal() if dates else 0
