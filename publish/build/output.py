"""What an exporter gets to see of the published folder."""

import io
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from ...exporters import Kept
from ...model import Diagnostic
from ..pictures import Pictures
from . import manifest
from .folder import Folder
from .job import Stream
from .memory import State
from .names import Names, Owner
from .packing import packed
from .parts import Part
from .table import Table


@dataclass(frozen=True)
class Place:
    """What the parts of a run share: the folder, whose its files are, and what is known of them."""

    folder: Folder
    names: Names
    sizes: Mapping[str, int]
    """Lengths of files of this run's formats that others have made: earlier runs, other processes."""
    pictures: Pictures
    leaving: Collection[str] = ()
    """Files of no format of this run that it removes in the end."""

    def size(self, name: str, asker: Owner) -> int | None:
        """Return the length of a file, None where there is none or the asker may not know it yet."""
        owner = self.names.owner(name)
        if owner is None:
            return None if name in self.leaving else self.folder.size(name)
        if not owner.is_known_to(asker):
            return None
        written = self.folder.written.get(name)
        return written.size if written else self.sizes.get(name)

    def is_published(self, name: str) -> bool:
        """Tell whether a file is there when the run is over, as far as names tell."""
        owner = self.names.owner(name)
        if owner is None:
            return name not in self.leaving and self.folder.size(name) is not None
        return owner.part is not None


class FolderOutput:
    """The `Output` of one part, which remembers what the part was told and what it said.

    Files go to the folder, only under names that are the part's.
    """

    def __init__(self, place: Place, stream: Stream, part: Part) -> None:
        self.series = stream.place.series
        self.selections = stream.beside
        self.part = part.name
        self.before = part.before
        self.after = part.after
        self.files: list[str] = []
        self.asked: Table[str, int | None] = Table()
        """The names it asked the sizes of, and the answers."""
        self.expected: Table[str, bool] = Table()
        """The names it asked about whether they are published, and the answers."""
        self.said: list[Diagnostic] = []
        self.settled = True
        """Whether the next run would give it the same pictures."""
        self._goes_on = part.goes_on
        self._open: dict[str, IO[bytes]] = {}
        self._texts: list[IO[str]] = []
        self._keep: Callable[[], Kept | None] | None = None
        self.state: State | None = None
        """How it stood before its last issue."""
        self._place = place
        self._prefix = stream.place.folder
        self._me = place.names.of(part)
        self._shows_pictures = part.exporter.pictures
        for said in part.goes_on.said if part.goes_on else ():
            self.report(manifest.diagnostic(said, []))

    @property
    def earlier(self) -> str | None:
        return self._goes_on.text if self._goes_on else None

    @contextmanager
    def text(self, name: str) -> Iterator[IO[str]]:
        with self.binary(name) as file:
            text = io.TextIOWrapper(file, encoding="utf-8", newline="")
            self._texts.append(text)
            yield text
            self._texts.remove(text)
            text.flush()
            text.detach()

    @contextmanager
    def binary(self, name: str) -> Iterator[IO[bytes]]:
        name = self._claimed(name)
        with self._place.folder.binary(name) as file:
            if self._goes_on and name in self._goes_on.files:
                self._place.folder.copy(name, self._goes_on.files[name], file)
            self._open[name] = file
            yield file
            del self._open[name]

    def remember(self, keep: Callable[[], Kept | None]) -> None:
        self._keep = keep

    def pause(self) -> None:
        """Note how things stand before the last issue comes; who has asked before may get another answer next time."""
        if self._keep is None or self.asked or self.expected or (kept := self._keep()) is None:
            return
        for text in self._texts:
            text.flush()
        begun = {name: file.tell() for name, file in self._open.items()}
        said = tuple(manifest.saying(each, {}) for each in dict.fromkeys(self.said))
        pieces = [kept.text] if isinstance(kept.text, str) else kept.text
        self.state = State(packed(pieces), kept.since, begun, said)

    def size(self, name: str) -> int | None:
        name = self._prefix + name
        answer = self.asked[name] = self._place.size(name, self._me)
        return answer

    def published(self, name: str) -> bool:
        name = self._prefix + name
        answer = self.expected[name] = self._place.is_published(name)
        return answer

    def picture(self, url: str) -> bytes | None:
        if not self._shows_pictures:
            raise ValueError(f"the format {self._me.format!r} does not declare that it shows pictures")
        return self._place.pictures.picture(url)

    def report(self, diagnostic: Diagnostic) -> None:
        self.said.append(diagnostic)

    def _claimed(self, name: str) -> str:
        name, owner = self._prefix + name, self._place.names.owner(self._prefix + name)
        if owner is None or owner.stream != self._me.stream:
            raise ValueError(f"{name!r} is not among the files that the format {self._me.format!r} declares")
        if owner.format != self._me.format:
            raise ValueError(f"{name!r} is written by two formats: {owner.format!r} and {self._me.format!r}")
        if owner.part != self._me.part:
            raise ValueError(f"{name!r} belongs to the part {owner.part!r}, not to {self._me.part!r}")
        self.files.append(name)
        return name
