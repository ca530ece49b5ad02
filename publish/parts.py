"""One format in a run: its parts are opened when their first issue comes and closed when the dates move past."""

import datetime
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

from ..exporters import BoundExporter, Output, Write
from ..exporters.parts import neighbours
from ..model import Issue

MakeOutput = Callable[[str, str | None, str | None], Output]
"""Takes a part's name and its neighbours', gives the part's output."""
Prepare = Callable[[Issue], None]
"""Gets what a format wants of an issue from outside."""


class PartsRunner:
    """Feeds issues, in date order, to the parts of one bound exporter.

    `dates` are those of all issues to come, other dates' issues are passed over; `only` limits the run to one part.
    """

    def __init__(
        self,
        exporter: BoundExporter,
        dates: Iterable[datetime.date],
        output: MakeOutput,
        prepare: Prepare,
        only: str | None = None,
    ) -> None:
        self._exporter = exporter
        self._output = output
        self._prepare = prepare
        self._dates = set(dates)
        self._last: dict[str, datetime.date] = {}
        days = sorted(self._dates)
        kept = {part for date in days[-exporter.keep if exporter.keep else 0 :] for part in exporter.parts(date)}
        for date in days:
            for part in kept.intersection(exporter.parts(date)):
                if only in (None, part):
                    self._last[part] = date
        self._beside = neighbours(self._last)
        self._open: dict[str, tuple[AbstractContextManager[Write], Write]] = {}

    def write(self, issue: Issue) -> None:
        """Give an issue to each of its parts, then close those that it was the last of."""
        parts = [part for part in self._exporter.parts(issue.date) if part in self._last]
        if issue.date not in self._dates or not parts:
            return
        self._prepare(issue)
        for part in parts:
            self._writer(part)(issue)
        # The whole archive last: it points at the months.
        for part in sorted((part for part in self._open if self._last[part] <= issue.date), reverse=True):
            context, _ = self._open.pop(part)
            context.__exit__(None, None, None)

    def write_if_empty(self, any_date: datetime.date) -> None:
        """Write the whole-archive part when no issue will come: an empty selection is an empty feed, not none."""
        if not self._dates and "" in self._exporter.parts(any_date):
            with self._exporter.open(self._output("", None, None)):
                pass

    def abandon(self, error: BaseException) -> None:
        """Let every open part know of a failure, so that it throws its temporary files away."""
        while self._open:
            context, _ = self._open.popitem()[1]
            try:
                context.__exit__(type(error), error, error.__traceback__)
            except BaseException as raised:
                if raised is not error:
                    error.add_note(f"and while part of {self._exporter.name} was abandoned: {raised!r}")

    def _writer(self, part: str) -> Write:
        if part not in self._open:
            context = self._exporter.open(self._output(part, *self._beside[part]))
            self._open[part] = (context, context.__enter__())
        return self._open[part][1]
