"""What an exporter gets to see of the published folder."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO

from ..exporters import BoundExporter, Selected, Series
from ..exporters.parts import name_pattern
from ..model import Diagnostic, Report
from .folder import Folder
from .pictures import Pictures


@dataclass(frozen=True)
class Place:
    """Where one format of one series writes: the names it may use, below the series' folder."""

    folder: Folder
    prefix: str
    series: Series
    selections: tuple[Selected, ...]
    format: str
    allowed: list[re.Pattern[str]]
    owners: dict[str, str]
    """Which format has written which file in this run; two cannot share one."""
    made_before: list[re.Pattern[str]]
    """The names that formats closed before this one may write: what of those this run has not written is no more."""
    report: Report
    pictures: Pictures | None
    """None for a format that shows none."""


def patterns(exporter: BoundExporter, series: Series, prefix: str) -> list[re.Pattern[str]]:
    """Return regular expressions for the names that a format may write, as the whole folder knows them."""
    return [name_pattern(prefix + pattern, series.id) for pattern in exporter.files]


class FolderOutput:
    """The `Output` of one part: files go to the folder, only under names that the format declares."""

    def __init__(self, place: Place, part: str, before: str | None, after: str | None) -> None:
        self.series = place.series
        self.selections = place.selections
        self.part = part
        self.before = before
        self.after = after
        self._place = place

    def text(self, name: str) -> AbstractContextManager[IO[str]]:
        return self._place.folder.text(self._claimed(name))

    def binary(self, name: str) -> AbstractContextManager[IO[bytes]]:
        return self._place.folder.binary(self._claimed(name))

    def size(self, name: str) -> int | None:
        name = self._place.prefix + name
        if name not in self._place.folder.written and self._is_made_before(name):
            return None
        return self._place.folder.size(name)

    def published(self, name: str) -> bool:
        name = self._place.prefix + name
        return self._is_made_before(name) or self._place.folder.size(name) is not None

    def picture(self, url: str) -> bytes | None:
        if self._place.pictures is None:
            raise ValueError(f"the format {self._place.format!r} does not declare that it shows pictures")
        return self._place.pictures.picture(url)

    def report(self, diagnostic: Diagnostic) -> None:
        self._place.report(diagnostic)

    def _is_made_before(self, name: str) -> bool:
        return any(map(_matches(name), self._place.made_before))

    def _claimed(self, name: str) -> str:
        name, mine = self._place.prefix + name, self._place.format
        if not any(pattern.fullmatch(name) for pattern in self._place.allowed):
            raise ValueError(f"{name!r} is not among the files that the format {mine!r} declares")
        if (owner := self._place.owners.setdefault(name, mine)) != mine:
            raise ValueError(f"{name!r} is written by two formats: {owner!r} and {mine!r}")
        return name


def _matches(name: str) -> Callable[[re.Pattern[str]], bool]:
    return lambda pattern: pattern.fullmatch(name) is not None
