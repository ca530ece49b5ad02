"""What an exporter gets to see of the published folder."""

import re
from contextlib import AbstractContextManager
from typing import IO

from ..exporters import BoundExporter, Series
from ..exporters.parts import name_pattern
from ..model import Diagnostic, Report
from .folder import Folder


def patterns(exporter: BoundExporter, series: Series) -> list[re.Pattern[str]]:
    """Return regular expressions for the names that a format may write."""
    return [name_pattern(pattern, series.id) for pattern in exporter.files]


class FolderOutput:
    """The `Output` of one part: files go to the folder, only under names that the format declares."""

    def __init__(
        self,
        folder: Folder,
        series: Series,
        report: Report,
        allowed: list[re.Pattern[str]],
        owner: str,
        owners: dict[str, str],
        part: str,
        before: str | None,
        after: str | None,
    ) -> None:
        self.series = series
        self.part = part
        self.before = before
        self.after = after
        self._folder = folder
        self._report = report
        self._allowed = allowed
        self._owner = owner
        self._owners = owners

    def text(self, name: str) -> AbstractContextManager[IO[str]]:
        return self._folder.text(self._checked(name))

    def binary(self, name: str) -> AbstractContextManager[IO[bytes]]:
        return self._folder.binary(self._checked(name))

    def size(self, name: str) -> int | None:
        return self._folder.size(name)

    def picture(self, url: str) -> bytes | None:
        return None

    def report(self, diagnostic: Diagnostic) -> None:
        self._report(diagnostic)

    def _checked(self, name: str) -> str:
        if not any(pattern.fullmatch(name) for pattern in self._allowed):
            raise ValueError(f"{name!r} is not among the files that the format {self._owner!r} declares")
        if self._owners.setdefault(name, self._owner) != self._owner:
            raise ValueError(f"{name!r} is written by two formats: {self._owners[name]!r} and {self._owner!r}")
        return name
