"""The test kit for exporters, ours and a stranger's: run one in memory and look at its files."""

import datetime
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import IO

from ..model import Diagnostic, Issue
from .contract.format import BoundExporter, Exporter, Kept, O, Selected, Series
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
        stood: "MemoryOutput | None" = None,
    ) -> None:
        """Go on, where `stood` is given, from how that one stood before its last issue came."""
        self.series = series
        self.selections = selections
        self.part = part
        self.before = before
        self.after = after
        self.kept: Kept | None = None
        """What the part has kept of its issues but the last."""
        self.earlier = str(stood.kept.text) if stood and stood.kept else None
        self.files: dict[str, bytes] = {}
        self.diagnostics: list[Diagnostic] = []
        self.begun: dict[str, bytes] = {}
        """What stood in the files that were open before the last issue came."""
        self._stood = stood.begun if stood else {}
        self._open: dict[str, io.BytesIO] = {}
        self._keep: Callable[[], Kept | None] | None = None
        self._asked = False
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
        file = self._open[name] = io.BytesIO()
        file.write(self._stood.get(name, b""))
        yield file
        self.files[name] = self._open.pop(name).getvalue()

    def remember(self, keep: Callable[[], Kept | None]) -> None:
        self._keep = keep

    def pause(self) -> None:
        """Note how things stand before the last issue comes."""
        kept = self._keep() if self._keep and not self._asked else None
        self.kept = kept and Kept("".join(kept.text), kept.since)
        self.begun = {name: file.getvalue() for name, file in self._open.items()}

    def size(self, name: str) -> int | None:
        self._asked = True
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


Make = Callable[[MemoryOutput | None], MemoryOutput]
"""Makes the output of a part, which goes on from how another one stood."""


def run(
    exporter: Exporter[O],
    issues: Iterable[Issue],
    series: Series | None = None,
    published: Mapping[str, bytes] | None = None,
    pictures: Mapping[str, bytes] | None = None,
    name: str = "tested",
    **options: object,
) -> dict[str, bytes]:
    """Run an exporter over issues, part by part as a build would, and return its files by name.

    A part that remembers has to write the same when it goes on from how it stood before its last issue.
    """
    files: dict[str, bytes] = {}
    bound = exporter.bind(name, options)
    for make, write_these in _parts(bound, list(issues), series or Series(), published, pictures):
        output = _write(bound, make(None), write_these)
        if output.kept is not None and len(write_these) > 1:
            _assert_goes_on(bound, make, write_these, output)
        if repeated := files.keys() & output.files.keys():
            raise AssertionError(f"two parts wrote {sorted(repeated)}")
        files |= output.files
    return files


def _write(bound: BoundExporter, output: MemoryOutput, issues: Sequence[Issue]) -> MemoryOutput:
    with bound.open(output) as write:
        for issue in issues[:-1]:
            write(issue)
        output.pause()
        for issue in issues[-1:]:
            write(issue)
    return output


def _assert_goes_on(bound: BoundExporter, make: Make, issues: Sequence[Issue], whole: MemoryOutput) -> None:
    since = (whole.kept and whole.kept.since) or issues[-1].date
    output = _write(bound, make(whole), [issue for issue in issues if issue.date >= since])
    told = f"the part {whole.part!r} "
    if output.files != whole.files:
        different = sorted(name for name, content in whole.files.items() if output.files.get(name) != content)
        raise AssertionError(f"{told}goes on with other bytes than it has at once: {different}")
    if output.kept != whole.kept:
        raise AssertionError(f"{told}keeps something else when it goes on")


def _parts(
    bound: BoundExporter,
    issues: list[Issue],
    series: Series,
    published: Mapping[str, bytes] | None,
    pictures: Mapping[str, bytes] | None,
) -> Iterator[tuple[Make, list[Issue]]]:
    members: dict[str, list[Issue]] = {}
    for issue in sorted(issues, key=_date):
        for part in bound.parts(issue.date):
            members.setdefault(part, []).append(issue)
    beside = neighbours(members)
    shown = (pictures or {}) if bound.pictures else None
    for part, inside in members.items():
        yield partial(MemoryOutput, series, bound.files, part, *beside[part], published, shown, ()), inside


def _date(issue: Issue) -> datetime.date:
    return issue.date
