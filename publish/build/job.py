"""What a run is asked to do: the series and its selections, their formats, and which issues."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path

from ...exporters import BoundExporter, Selected, Series
from ...model import Diagnostic, Report, Section, Source, UsageError, outliers, quiet_days, scan
from ...model.scans import FileScan, ScanCache
from ...model.survey import survey
from ..pictures import Pictures
from .selection import EVERYTHING, Choose, Criteria, chooser, everything

_ABOVE = "../../"
"""The way from a selection's folder, `select/NAME/`, to that of the whole series."""

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
    exporters: tuple[BoundExporter, ...]
    criteria: Criteria = EVERYTHING
    beside: tuple[Selected, ...] = ()
    """The selections published beside the whole series."""
    whole: Selected | None = None
    """The whole series, for a selection from it; None where the run leaves papers out of that."""

    @property
    def selects(self) -> bool:
        return self.criteria != EVERYTHING

    @property
    def choose(self) -> Choose:
        """Return the function that selects this stream's papers of an issue."""
        return chooser(self.criteria) if self.selects else everything


@dataclass(frozen=True)
class Job:
    """What a run works on, and whom it tells."""

    sections: Sequence[Section]
    exporters: Sequence[BoundExporter]
    series: Series
    report: Report
    progress: Progress
    criteria: Criteria = EVERYTHING
    selections: Sequence[Stream] = ()
    pictures: Pictures = field(default_factory=Pictures)
    metadata: Path | None = None
    """A file of arXiv's records."""
    scans: Mapping[str, FileScan] = field(default_factory=dict)
    """What the scan found in each source."""

    @cached_property
    def streams(self) -> tuple[Stream, ...]:
        """The selections, then the series itself, which points at them."""
        beside = tuple(stream.place for stream in self.selections)
        whole = Stream(Selected(self.series, ""), tuple(self.exporters), self.criteria, beside)
        above = None if whole.selects else Selected(self.series, _ABOVE)
        return (*(replace(stream, whole=above) for stream in self.selections), whole)


@dataclass(frozen=True)
class Result:
    """What a run did: what it read, which files are published and whether each changed, what it removed."""

    issues: int
    papers: int
    files: Mapping[str, bool]
    removed: tuple[str, ...] = ()


class DistinctReport:
    """A report that says each diagnostic once: two formats may have the same to say, as have two passes of an issue."""

    def __init__(self, report: Report) -> None:
        self.hashes: set[int] = set()
        """Hashes of 64 bits, for there may be one or two diagnostics an issue."""
        self._report = report

    def __call__(self, diagnostic: Diagnostic) -> None:
        if hash(diagnostic) not in self.hashes:
            self.hashes.add(hash(diagnostic))
            self._report(diagnostic)

    def again(self, diagnostic: Diagnostic) -> None:
        """Report what an earlier run has said already, of something that has not changed since."""
        self(diagnostic)


def find(sources: Sequence[Source], span: Span, report: Report, cache: ScanCache | None = None) -> Sequence[Section]:
    """Scan the sources for issues within a span; raises UsageError where there are none.

    Files that `cache` knows are only hashed.
    """
    found = scan(sources, report, cache)
    named = ", ".join(source.label for source in sources)
    if not found:
        raise UsageError(f"no digests in {named}: {survey(sources)}")
    inside = [section for section in found if section.date in span]
    if not inside:
        raise UsageError(f"no digests between the dates asked for: {named} has {found[0].date} to {found[-1].date}")
    for section, diagnostic in (*quiet_days(found), *outliers(found)):
        if section.date in span:
            report(diagnostic)
    return inside


def shown(sections: Sequence[Section], report: Report) -> Report:
    """Report what is said of papers with the paths that the user knows, not those relative to a source."""

    @cache
    def known() -> dict[str, str]:
        paths: dict[str, str] = {}
        for section in sections:
            if section.path:
                paths.setdefault(section.path, section.shown)
        return paths

    def show(diagnostic: Diagnostic) -> None:
        # Only now are paths looked up, for most sections have no diagnostic.
        report(replace(diagnostic, path=known().get(diagnostic.path, diagnostic.path)))

    return show
