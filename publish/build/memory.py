"""What parts need to go on with new issues: so that a build of one new day need not read years again.

It stands in a file of its own, for it is only read when something is new. Each line has a checksum: one that is missing
or damaged means that its part is made of all its issues, as does one that does not belong to the manifest.
"""

import datetime
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from .folder import Folder
from .manifest import Said
from .packing import unpacked

NAME = ".paperround.memory"
PATTERN = re.compile(re.escape(NAME))
_HEAD = b"paperround memory 1"


@dataclass(frozen=True, slots=True)
class State:
    """How a part stood before the issue of its last date came."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    packed: bytes
    """What the exporter has kept, in its own words, compressed: it tells of each paper there is."""
    since: datetime.date | None = None
    """From which date on issues have to come again."""
    files: dict[str, int] = field(default_factory=dict)
    """Bytes of the files that were begun."""
    said: tuple[Said, ...] = ()

    @property
    def text(self) -> str:
        """What the exporter has kept."""
        return unpacked(self.packed)


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a part."""

    made_from: str
    """Its fingerprint in the manifest."""
    begun_from: str
    """The fingerprint that it would have without its last date: its state depends on nothing else."""
    dates: int
    """How many dates there are before that one."""
    state: State


_MEMORY = TypeAdapter(Memory)


class Memories:
    """What an earlier run has left, which is read when it is first asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def get(self, part: str) -> Memory | None:
        """Return what a part remembers, None where it is nothing that can be relied on."""
        try:
            return _MEMORY.validate_json(self._lines[part]) if part in self._lines else None
        except (ValidationError, RecursionError):
            return None

    def save(self, folder: Folder, is_kept: Callable[[str], bool], made: Mapping[str, Memory]) -> None:
        """Write what the parts that were made remember, and what is known of those that were kept."""
        kept = [part for part in self._lines if part not in made and is_kept(part)]
        if not made and len(kept) == len(self._lines):
            return
        with folder.manifest(NAME) as file:
            file.write(_HEAD + b"\n")
            for part in sorted([*kept, *made]):
                memory = _MEMORY.dump_json(made[part], exclude_defaults=True) if part in made else self._lines[part]
                told = part.encode() + b" ", memory
                file.writelines([_checksum(*told), b" ", *told, b"\n"])

    @cached_property
    def _lines(self) -> dict[str, bytes]:
        try:
            head, *lines = (self._root / NAME).read_bytes().split(b"\n")
        except OSError:
            return {}
        return dict(_whole(lines)) if head == _HEAD else {}


def _whole(lines: list[bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the lines that are as they were written, by the part they are about."""
    for line in lines:
        checksum, _, told = line.partition(b" ")
        if checksum == _checksum(told):
            part, _, memory = told.partition(b" ")
            yield part.decode(), memory


def _checksum(*pieces: bytes) -> bytes:
    digest = hashlib.sha256()
    for piece in pieces:  # which may be megabytes, so they are not joined
        digest.update(piece)
    return digest.hexdigest()[:32].encode()
