"""The test kit for exporters, ours and a stranger's: run one in memory and look at its files."""

import datetime
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO

from ..model import Diagnostic, Issue
from .contract.format import Exporter, O, Selected, Series
from .contract.parts import name_pattern, neighbours


@dataclass
class MemoryOutput:
    """An `Output` that keeps files in a dictionary and refuses what a real run would refuse."""

    series: Series
    patterns: tuple[str, ...]
    """Of the names that may be written."""
    part: str = ""
    before: str | None = None
    after: str | None = None
    beside: Mapping[str, bytes] = field(default_factory=dict)
    """Files that other formats have published."""
    pictures: Mapping[str, bytes] | None = None
    """By address; None for a format that does not declare that it shows them."""
    selections: tuple[Selected, ...] = ()
    whole: Selected | None = None
    points: bool = True
    """Whether the format declares with `after` that it points at files of others."""
    files: dict[str, bytes] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @contextmanager
    def text(self, name: str) -> Iterator[IO[str]]:
        with self.binary(name) as file:
            wrapper = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
            yield wrapper
            wrapper.detach()

    @contextmanager
    def binary(self, name: str) -> Iterator[IO[bytes]]:
        if not any(name_pattern(pattern, self.series.id).fullmatch(name) for pattern in self.patterns):
            raise AssertionError(f"{name!r} is not among the files that the exporter declares")
        if name in self.files:
            raise AssertionError(f"{name!r} was written twice")
        file = io.BytesIO()
        yield file
        self.files[name] = file.getvalue()

    def size(self, name: str) -> int | None:
        if not self.points:
            raise AssertionError("the exporter does not declare with `after` that it points at files of others")
        content = self.files.get(name, self.beside.get(name))
        return None if content is None else len(content)

    def published(self, name: str) -> bool:
        return self.size(name) is not None

    def modified(self, name: str, text: str, newest: datetime.datetime) -> datetime.datetime:
        return newest

    def last_modified(self, name: str) -> datetime.datetime | None:
        return None

    def picture(self, url: str) -> bytes | None:
        if self.pictures is None:
            raise AssertionError("the exporter does not declare that it shows pictures")
        return self.pictures.get(url)

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
        output = MemoryOutput(
            series or Series(), bound.files, part, *beside[part], published or {}, shown, points=bound.after > 0
        )
        with bound.open(output) as write:
            for issue in inside:
                write(issue)
        if repeated := files.keys() & output.files.keys():
            raise AssertionError(f"two parts wrote {sorted(repeated)}")
        files |= output.files
    return files


def _date(issue: Issue) -> datetime.date:
    return issue.date
