"""The test kit for exporters, ours and a stranger's: run one in memory and look at its files."""

import datetime
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO

from ..model import Diagnostic, Issue
from .contract.format import Exporter, O, Selected, Series
from .contract.parts import name_pattern, neighbours


class MemoryOutput:
    """An `Output` that keeps files in a dictionary and refuses what a real run would refuse."""

    def __init__(
        self,
        series: Series,
        patterns: tuple[str, ...],
        part: str = "",
        before: str | None = None,
        after: str | None = None,
        published: Mapping[str, bytes] | None = None,
        pictures: Mapping[str, bytes] | None = None,
        selections: tuple[Selected, ...] = (),
    ) -> None:
        self.series = series
        self.selections = selections
        self.part = part
        self.before = before
        self.after = after
        self.files: dict[str, bytes] = {}
        self.diagnostics: list[Diagnostic] = []
        self._allowed = [name_pattern(pattern, series.id) for pattern in patterns]
        self._published = published or {}
        self._pictures = pictures

    @contextmanager
    def text(self, name: str) -> Iterator[IO[str]]:
        with self.binary(name) as file:
            wrapper = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
            yield wrapper
            wrapper.detach()

    @contextmanager
    def binary(self, name: str) -> Iterator[IO[bytes]]:
        if not any(pattern.fullmatch(name) for pattern in self._allowed):
            raise AssertionError(f"{name!r} is not among the files that the exporter declares")
        if name in self.files:
            raise AssertionError(f"{name!r} was written twice")
        file = io.BytesIO()
        yield file
        self.files[name] = file.getvalue()

    def size(self, name: str) -> int | None:
        content = self.files.get(name, self._published.get(name))
        return None if content is None else len(content)

    def published(self, name: str) -> bool:
        return self.size(name) is not None

    def picture(self, url: str) -> bytes | None:
        if self._pictures is None:
            raise AssertionError("the exporter does not declare that it shows pictures")
        return self._pictures.get(url)

    def report(self, diagnostic: Diagnostic) -> None:
        self.diagnostics.append(diagnostic)


def run(
    exporter: Exporter[O],
    issues: Iterable[Issue],
    series: Series | None = None,
    published: Mapping[str, bytes] | None = None,
    pictures: Mapping[str, bytes] | None = None,
    name: str = "tested",
    **options: object,
) -> dict[str, bytes]:
    """Run an exporter over issues, part by part as a build would, and return its files by name."""
    files: dict[str, bytes] = {}
    bound = exporter.bind(name, options)
    shown = (pictures or {}) if bound.pictures else None
    members: dict[str, list[Issue]] = {}
    for issue in sorted(issues, key=_date):
        for part in bound.parts(issue.date):
            members.setdefault(part, []).append(issue)
    beside = neighbours(members)
    for part, inside in members.items():
        output = MemoryOutput(series or Series(), bound.files, part, *beside[part], published, shown)
        with bound.open(output) as write:
            for issue in inside:
                write(issue)
        if repeated := files.keys() & output.files.keys():
            raise AssertionError(f"two parts wrote {sorted(repeated)}")
        files |= output.files
    return files


def _date(issue: Issue) -> datetime.date:
    return issue.date
