"""The published folder: every file appears whole or not at all, and one that did not change is not touched.

A file waits beside its place until the run has written all of them, for pages refer to one another in circles. Then all
appear in a moment: new files before those that take the place of others, which may refer to them.
"""

import datetime
import hashlib
import os
import re
import stat
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from ...model import OutputError
from ...model.temporary import new_file
from .strangers import gives_way, in_the_way

_BLOCK = 65_536
_SAFE = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9._-]*/)*[A-Za-z0-9_][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One published file as its format wrote it."""

    format: str
    size: int
    sha256: str
    text: str = ""
    """The exporter's fingerprint of its text, for a file that says when this changed last."""
    modified: str = ""
    """When that was, in ISO 8601."""

    @property
    def last_modified(self) -> datetime.datetime | None:
        """When its text changed last, None for a file that does not say it, or in damaged words."""
        try:
            found = datetime.datetime.fromisoformat(self.modified)
        except ValueError:
            return None
        return found if found.tzinfo and found.year < datetime.MAXYEAR else None

    def next_modified(self, text: str, newest: datetime.datetime) -> datetime.datetime:
        """Return when the text changed last, where it may be another one now: readers fetch it again then."""
        if (last := self.last_modified) is None:
            return newest
        return last if text == self.text else max(newest, last + datetime.timedelta(seconds=1))


Note = Callable[[str, PublishedFile], None]
"""Takes the name of a file that is about to appear, and what it will be."""
Rank = Callable[[str], tuple[int, ...]]
"""Says by name which files appear before others: the lower first."""


class Folder:
    """Writes files under one root, each through `.NAME.tmp` beside it."""

    def __init__(
        self,
        root: Path,
        note: Note = lambda name, written: None,
        strangers: Container[str] = frozenset(),
        rank: Rank = lambda name: (),
    ) -> None:
        """Where `strangers` names files of other people, nothing appears before it is known that none is in the way."""
        self.root = root
        self._strangers = strangers
        self._created: list[str] = []
        self._root = str(root)
        self.written: dict[str, PublishedFile] = {}
        """What was made here, whether it changed or not."""
        self._note = note
        self._rank = rank
        self._made: set[str] = set()
        self.waiting: set[str] = set()
        """Names of files that changed: they wait for all the rest."""

    @contextmanager
    def replacing(self) -> Iterator[None]:
        """Let what waits take its place when the block ends; an error throws it away."""
        with self.waiting_for_others():
            yield
            if blocked := sorted(name for name in self.waiting if name in self._strangers):
                raise in_the_way(self.root, blocked)
            for name in sorted(self.waiting, key=self._turn):
                with _explained(name):
                    self._appear(self.path(name), name, self.written[name])

    @contextmanager
    def waiting_for_others(self) -> Iterator[None]:
        """Leave what waits to whoever shares the work out; an error throws it away."""
        try:
            yield
        except BaseException:
            for name in self.waiting:
                _discard(_beside(self.path(name)))
            for folder in reversed(self._created):
                with suppress(OSError):
                    os.rmdir(folder)
            raise

    @contextmanager
    def binary(self, name: str, format_: str = "") -> Iterator[IO[bytes]]:
        """Open a file that takes its name when all are written; an error throws it away. Raises OutputError."""
        target = self.path(name)
        with self._temporary(target, name, lambda: self._settle(target, name, format_)) as file:
            yield file

    def date(self, name: str, text: str, modified: str) -> None:
        """Let a file be noted with when its text changed last: a run that dies must not forget it."""
        self.written[name] = replace(self.written[name], text=text, modified=modified)

    @contextmanager
    def manifest(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file of our own, which takes its name at once; it starts with a dot, so no exporter can write it."""
        target = self._at(name)
        with self._temporary(target, name, lambda: os.replace(_beside(target), target)) as file:
            yield file

    @contextmanager
    def _temporary(self, target: str, name: str, settle: Callable[[], None]) -> Iterator[IO[bytes]]:
        temporary = _beside(target)
        try:
            with _explained(name):
                with self._begin(temporary) as file:
                    yield file
                settle()
        except BaseException:
            _discard(temporary)
            raise

    def _begin(self, temporary: str) -> IO[bytes]:
        folder = os.path.dirname(temporary)
        if folder not in self._made:
            self._make(folder)
            self._made.add(folder)
        return new_file(temporary)

    def _make(self, folder: str) -> None:
        if folder and not os.path.isdir(folder):
            self._make(os.path.dirname(folder))
            os.makedirs(folder, exist_ok=True)
            self._created.append(folder)

    def _settle(self, target: str, name: str, format_: str) -> None:
        """Let a file wait, unless its bytes are there already, or it gives way to somebody else's."""
        size, digest = measured(_beside(target))
        is_there = look(target)[0] == size and measured(target) == (size, digest)
        if not is_there and name in self._strangers and gives_way(name):
            _discard(_beside(target))
            return
        self.written[name] = PublishedFile(format_, size, digest)
        if is_there:
            _discard(_beside(target))
        else:
            self.waiting.add(name)

    def _turn(self, name: str) -> tuple[bool, tuple[int, ...], str]:
        # Nothing published refers to a new file yet, while a file that is replaced may refer to new ones from now on:
        # whoever reads, and a run that dies between two files, finds all that a page names.
        return os.path.lexists(self.path(name)), self._rank(name), name

    def _appear(self, target: str, name: str, file: PublishedFile) -> None:
        self._note(name, file)  # first, for a file of which nobody knows that it is ours would stay for ever
        os.replace(_beside(target), target)

    def path(self, name: str) -> str:
        """Return where a file stands; raises ValueError for a name that could leave the folder."""
        if not is_safe(name):
            raise ValueError(f"{name!r} is not a name for a published file")
        return self._at(name)

    def size(self, name: str) -> int | None:
        """Return a published file's length, None where there is none."""
        if name in self.written:
            return self.written[name].size
        with _explained(name):
            return look(self.path(name))[0]

    def remove(self, name: str) -> None:
        """Remove a published file, and its folder when that is empty then; raises OutputError."""
        path = self.path(name)
        with _explained(name), suppress(FileNotFoundError):
            os.unlink(path)
        with suppress(OSError):
            while (path := os.path.dirname(path)) != self._root:
                os.rmdir(path)

    def _at(self, name: str) -> str:
        """Return where a file stands, in a text: to make a Path of it takes as long as to open the file."""
        return f"{self._root}/{name}"


def is_safe(name: str) -> bool:
    """Tell whether a name stays inside the folder: ASCII words, dots inside them, slashes between them."""
    return bool(_SAFE.fullmatch(name))


def look(path: str) -> tuple[int | None, int]:
    """Return a regular file's length and when it was written, in nanoseconds since 1970; None and 0 without one."""
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None, 0
    return (found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else (None, 0)


def measured(path: str) -> tuple[int, str]:
    """Return a file's length, and its SHA-256 in hexadecimal."""
    digest = hashlib.sha256()
    with open(path, "rb", buffering=0) as file:
        # hashlib.file_digest makes a buffer of 256 KB for each file, which takes longer than a page.
        while block := file.read(_BLOCK):
            digest.update(block)
        return file.tell(), digest.hexdigest()


def remove_leftovers(root: Path, patterns: Iterable[re.Pattern[str]]) -> None:
    """Remove the temporary files that a killed run left, told by the names that formats write."""
    allowed = list(patterns)
    for parent, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if name.startswith(".") and name.endswith(".tmp"):
                path = Path(parent, name)
                final = path.with_name(name[1:-4]).relative_to(root).as_posix()
                if any(pattern.fullmatch(final) for pattern in allowed):
                    with _explained(final):
                        path.unlink(missing_ok=True)


def _beside(target: str) -> str:
    folder, _, name = target.rpartition("/")
    return f"{folder}/.{name}.tmp"


def _discard(temporary: str) -> None:
    with suppress(OSError):
        os.unlink(temporary)


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot write {name}: {error.strerror or error}") from error
