"""Whose a file is, told by its name alone: the same in a run, in its workers and in the next run."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...exporters.contract.parts import OWN_NAME
from .job import Stream
from .parts import Part

_PART = r"\{part\}"


class DateSpan(NamedTuple):
    """The ordinals of a part's first and last date; zeros for a part without dates."""

    first: int
    last: int

    @classmethod
    def of(cls, dates: Sequence[datetime.date]) -> "DateSpan":
        """Return the span of dates in order."""
        return cls(dates[0].toordinal(), dates[-1].toordinal()) if dates else _NEVER


_NEVER = DateSpan(0, 0)


class Owner(NamedTuple):
    """The part that may write a file, `part` None where the format has no such part in this run."""

    stream: int
    format: str
    after: int
    part: str | None
    span: DateSpan

    def is_known_to(self, other: "Owner") -> bool:
        """Tell whether a part may know this one's files.

        It may when its format has a higher `after` and its dates enclose this one's: whatever the order of work, the
        files are there by then, and the issues that they depend on are issues of that part, too.
        """
        if self.part is None or self.after >= other.after:
            return False
        if self.span == _NEVER:
            return other.part == ""
        return other.span.first <= self.span.first and self.span.last <= other.span.last


class _Pattern(NamedTuple):
    """A file pattern of a format of a stream."""

    stream: int
    format: str
    after: int
    parts: Mapping[str, DateSpan]
    group: str | None
    """The group of the regular expression that holds the part's name."""
    is_start: bool
    """Whether people are given its address: everything else is found from there."""


class Names:
    """Names of the files of a run's formats."""

    def __init__(self, streams: Sequence[Stream], parts: Iterable[Part]) -> None:
        spans: dict[tuple[int, str], dict[str, DateSpan]] = {}
        for part in parts:
            spans.setdefault((part.stream, part.exporter.name), {})[part.name] = DateSpan.of(part.dates)
        self._patterns: dict[str | None, _Pattern] = {}
        self._expression = re.compile("|".join(self._alternatives(streams, spans)) or "(?!)")

    def owner(self, name: str) -> Owner | None:
        """Return whose a file is, None for one of no format of this run."""
        found = self._expression.fullmatch(name)
        if found is None:
            return None
        pattern = self._patterns[found.lastgroup]
        named, parts = found[pattern.group] if pattern.group else "", pattern.parts
        part = named if named in parts else "" if "" in parts else None
        return Owner(pattern.stream, pattern.format, pattern.after, part, _NEVER if part is None else parts[part])

    def rank(self, name: str) -> tuple[int, ...]:
        """Return when a new file appears: where people start comes last, and what points at other starts after them.

        Before a start is there, nobody finds what it leads to, and nothing that this refers to can be missed.
        """
        found = self._expression.fullmatch(name)
        pattern = self._patterns[found.lastgroup] if found else None
        return (1, pattern.after) if pattern and pattern.is_start else (0, 0)

    def of(self, part: Part) -> Owner:
        """Return a part as an owner."""
        return Owner(part.stream, part.exporter.name, part.exporter.after, part.name, DateSpan.of(part.dates))

    def _alternatives(
        self, streams: Sequence[Stream], spans: Mapping[tuple[int, str], Mapping[str, DateSpan]]
    ) -> Iterator[str]:
        for number, stream in enumerate(streams):
            for exporter in stream.exporters:
                known = spans.get((number, exporter.name), {})
                starts = {offer.file for offer in exporter.offers} | {"index.html"}
                for pattern in exporter.files:
                    count = len(self._patterns)
                    group = f"p{count}" if "{part}" in pattern else None
                    self._patterns[f"n{count}"] = _Pattern(
                        number, exporter.name, exporter.after, known, group, pattern in starts
                    )
                    yield _alternative(count, stream, pattern)


def _alternative(number: int, stream: Stream, pattern: str) -> str:
    escaped = re.escape(stream.place.folder + pattern).replace(r"\{series\}", re.escape(stream.place.series.id))
    escaped = escaped.replace(r"\{name\}", OWN_NAME)
    first = escaped.replace(_PART, f"(?P<p{number}>[0-9W-]*)", 1)
    return f"(?P<n{number}>{first.replace(_PART, f'(?P=p{number})')})"
