"""One format of one stream in a run: its parts open with their first issue and close with their last date."""

import datetime
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

from ...exporters import Write
from ...model import Issue
from .output import FolderOutput
from .parts import Part

MakeOutput = Callable[[Part], FolderOutput]
Prepare = Callable[[Issue, FolderOutput], None]
"""Gets what a format wants of an issue from outside."""
Finish = Callable[[Part, FolderOutput], None]
"""Takes each part when it is closed."""


class PartsRunner:
    """Feeds issues, in date order, to parts of one format of one stream."""

    def __init__(self, parts: Iterable[Part], output: MakeOutput, prepare: Prepare, finish: Finish) -> None:
        self._output = output
        self._prepare = prepare
        self._finish = finish
        self._parts = {part.name: part for part in parts}
        self._open: dict[str, tuple[Part, FolderOutput, AbstractContextManager[Write], Write]] = {}

    def write_empty(self) -> None:
        """Write the parts that no issue will come for."""
        for part in [part for part in self._parts.values() if not part.dates]:
            output = self._output(part)
            with part.exporter.open(output):
                pass
            self._finish(part, output)

    def take(self, date: datetime.date, issue: Issue | None) -> None:
        """Give an issue to each of its parts, and close those whose last date this is.

        The whole archive is closed last: it points at the months.
        """
        parts = self._of(date)
        for part in parts:
            if issue is not None:
                self._give(part, issue)
        for part in sorted((part for part in parts if part.dates[-1] == date), key=_name, reverse=True):
            self._close(part)

    def _give(self, part: Part, issue: Issue) -> None:
        if part.name not in self._open:
            output = self._output(part)
            context = part.exporter.open(output)
            self._open[part.name] = (part, output, context, context.__enter__())
        _, output, _, write = self._open[part.name]
        self._prepare(issue, output)
        write(issue)

    def _close(self, part: Part) -> None:
        if opened := self._open.get(part.name):
            _, output, context, _ = opened
            del self._open[part.name]
            context.__exit__(None, None, None)
            self._finish(part, output)

    def _of(self, date: datetime.date) -> list[Part]:
        """Return the parts that an issue of a date goes to, of those that are made here."""
        if not self._parts:
            return []
        exporter = next(iter(self._parts.values())).exporter
        found = (self._parts.get(name) for name in exporter.parts(date))
        return [part for part in found if part and part.dates and part.dates[0] <= date]

    def abandon(self, error: BaseException) -> None:
        """Let every open part know of a failure, so that it throws its temporary files away."""
        while self._open:
            part, _, context, _ = self._open.popitem()[1]
            try:
                context.__exit__(type(error), error, error.__traceback__)
            except BaseException as raised:
                if raised is not error:
                    error.add_note(f"and while part of {part.exporter.name} was abandoned: {raised!r}")


def _name(part: Part) -> str:
    return part.name
