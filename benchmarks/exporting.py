"""What contests about formats share: the issues, parsed before the clock starts, and our exporters at work."""

import datetime
import io
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO

from paperround.exporters import BoundExporter, Selected, Series, load
from paperround.model import Diagnostic, Issue, read
from paperround.publish import Stream
from paperround.publish.build.parts import Part, parts_of
from paperround.publish.build.runner import PartsRunner

from .contest import Prepare, Work


def issues_of(archive: Path) -> list[Issue]:
    """Parse the archive."""
    return list(read([archive], lambda said: None))


def ours(*names: str, series: Series | None = None, **options: object) -> Prepare:
    """Return a contestant that writes the archive in our formats side by side, as a build does, to nowhere."""

    def prepare(archive: Path) -> Work:
        issues, exporters = issues_of(archive), [load(name).bind(name, options) for name in names]
        _write(exporters, issues[:1], series or Series())  # imports modules and compiles templates, as others have
        return lambda: _write(exporters, issues, series or Series())

    return prepare


def _write(exporters: Sequence[BoundExporter], issues: Sequence[Issue], series: Series) -> None:
    stream = Stream(Selected(series, ""), tuple(exporters))
    parts = list(parts_of(0, stream, [issue.date for issue in issues]))
    runners = [
        PartsRunner(
            [part for part in parts if part.exporter is exporter],
            lambda part: _Nowhere(series, part),
            _nothing,
            _nothing,
        )
        for exporter in exporters
    ]
    for issue in issues:
        for runner in runners:
            runner.take(issue.date, issue)


class _Nowhere:
    """An output that lets go of what is written, as a disk does."""

    selections, whole = (), None

    def __init__(self, series: Series, part: Part) -> None:
        self.series, self.part, self.before, self.after = series, part.name, part.before, part.after

    def text(self, name: str) -> AbstractContextManager[IO[str]]:
        return nullcontext(io.StringIO())

    def binary(self, name: str) -> AbstractContextManager[IO[bytes]]:
        return nullcontext(io.BytesIO())

    def size(self, name: str) -> int | None:
        return None

    def published(self, name: str) -> bool:
        return False

    def picture(self, url: str) -> bytes | None:
        return None

    def modified(self, name: str, text: str, newest: datetime.datetime) -> datetime.datetime:
        return newest

    def last_modified(self, name: str) -> datetime.datetime | None:
        return None

    def report(self, diagnostic: Diagnostic) -> None:
        pass


def _nothing(first: object, output: _Nowhere) -> None:
    pass
