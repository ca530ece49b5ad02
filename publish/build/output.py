"""What an exporter gets to see of the published folder."""

import datetime
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from posixpath import normpath
from typing import IO

from ...model import Code, Diagnostic
from ..pictures import Pictures
from .folder import Folder, PublishedFile
from .job import Stream
from .names import Names, Owner
from .parts import Part


@dataclass(frozen=True)
class SharedFolder:
    """What the parts of a run share: the folder, whose its files are, and what is known of them."""

    folder: Folder
    names: Names
    files: Mapping[str, PublishedFile]
    """Files of this run's formats that others have made: earlier runs, other processes."""
    others: Mapping[str, PublishedFile] | None
    """Files of formats that are not in this run; None where those count that are in the folder."""
    earlier: Mapping[str, PublishedFile]
    """What an earlier run has kept of files that say when their text changed last."""
    pictures: Pictures

    def size(self, name: str, asker: Owner) -> int | None:
        """Return the length of a file, None where there is none or the asker may not know it."""
        if self.others is None and self.names.owner(name) is None:
            return self.folder.size(name)
        entry = self.entry(name, asker)
        return entry.size if entry else None

    def entry(self, name: str, asker: Owner) -> PublishedFile | None:
        """Return what is known of a file, None where there is none or the asker may not know it."""
        owner = self.names.owner(name)
        if owner is None:
            return (self.others or {}).get(name)
        return (self.folder.written.get(name) or self.files.get(name)) if owner.is_known_to(asker) else None

    def is_published(self, name: str, asker: Owner) -> bool:
        """Tell whether a file is there when the run is over: of a whole archive by its name, else by its size."""
        owner = self.names.owner(name)
        return (owner is not None and owner.part == "") or self.size(name, asker) is not None


class FolderOutput:
    """The `Output` of one part, which keeps what the part reported.

    Files go to the folder, only under names that are the part's.
    """

    def __init__(self, place: SharedFolder, stream: Stream, part: Part) -> None:
        self.series = stream.place.series
        self.selections = stream.beside
        self.whole = stream.whole
        self.part = part.name
        self.before = part.before
        self.after = part.after
        self.files: list[str] = []
        self.left: list[str] = []
        """Files that it has not written because somebody else's stand there."""
        self.diagnostics: list[Diagnostic] = []
        self.settled = True
        """Whether the next run would give it the same pictures."""
        self._modified: dict[str, tuple[str, str]] = {}
        self._place = place
        self._prefix = stream.place.folder
        self._me = place.names.of(part)
        self._shows_pictures = part.exporter.pictures

    @contextmanager
    def text(self, name: str) -> Iterator[IO[str]]:
        with self.binary(name) as file:
            text = io.TextIOWrapper(file, encoding="utf-8", newline="")
            yield text
            text.flush()
            text.detach()

    @contextmanager
    def binary(self, name: str) -> Iterator[IO[bytes]]:
        name = self._claimed(name)
        folder = self._place.folder
        with folder.binary(name, self._me.format) as file:
            yield file
        if name not in folder.written:
            self.left.append(name)
            self.report(Diagnostic("", 0, Code.FOREIGN_FILE, f"{name} is not ours and stays as it is"))
            return
        self.files.append(name)
        if name in self._modified:
            folder.date(name, *self._modified[name])

    def size(self, name: str) -> int | None:
        self._check_pointing()
        return self._place.size(normpath(self._prefix + name), self._me)

    def published(self, name: str) -> bool:
        self._check_pointing()
        return self._place.is_published(normpath(self._prefix + name), self._me)

    def modified(self, name: str, text: str, newest: datetime.datetime) -> datetime.datetime:
        name = self._claimed(name)
        earlier = self._place.earlier.get(name)
        moment = earlier.next_modified(text, newest) if earlier else newest
        self._modified[name] = text, moment.isoformat()
        return moment

    def last_modified(self, name: str) -> datetime.datetime | None:
        self._check_pointing()
        entry = self._place.entry(self._prefix + name, self._me)
        return entry.last_modified if entry else None

    def picture(self, url: str) -> bytes | None:
        if not self._shows_pictures:
            raise ValueError(f"the format {self._me.format!r} does not declare that it shows pictures")
        return self._place.pictures.picture(url)

    def report(self, diagnostic: Diagnostic) -> None:
        self.diagnostics.append(diagnostic)

    def _check_pointing(self) -> None:
        if not self._me.after:
            raise ValueError(f"the format {self._me.format!r} does not declare with `after` that it points at files")

    def _claimed(self, name: str) -> str:
        name, owner = self._prefix + name, self._place.names.owner(self._prefix + name)
        if owner is None or owner.stream != self._me.stream:
            raise ValueError(f"{name!r} is not among the files that the format {self._me.format!r} declares")
        if owner.format != self._me.format:
            raise ValueError(f"{name!r} is written by two formats: {owner.format!r} and {self._me.format!r}")
        if owner.part != self._me.part:
            raise ValueError(f"{name!r} belongs to the part {owner.part!r}, not to {self._me.part!r}")
        return name
