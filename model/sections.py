"""Sections: where in a source an issue stands, without its contents."""

import datetime
import hashlib
from dataclasses import dataclass
from pathlib import Path

from .errors import SourceChanged

BUFFER = 64 * 1024
"""Bytes; without a number, `open` asks whether the file is a terminal."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read: a file or a folder, and how the user calls it."""

    path: Path
    label: str


@dataclass(frozen=True, slots=True)
class Section:
    """Where one issue stands: a slice of a file, without its contents."""

    date: datetime.date
    file: str
    path: str
    """Relative to the source, with `/`."""
    shown: str
    """What the user calls the file."""
    kind: str
    """Its reader's name."""
    offset: int
    size: int
    line: int
    digest: bytes
    """SHA-256 of the slice."""
    content: bytes = b""
    """SHA-256 of what the slice holds of this date; the digest where it holds nothing else."""
    papers: int = 0
    """About how many papers it holds, 0 where its reader does not tell."""
    ids: tuple[str, ...] | None = None
    """The arXiv ids of its papers; None where the scan did not read it, but only its reader's slices."""

    module: str = ""
    """The file of a reader that is not installed."""
    folders: str = ""
    """The folders of a file that was named itself, with `/`; their names may say a date."""

    @property
    def is_shared(self) -> bool:
        """Whether the slice may hold other days, too, so that the scan has read it and told what there is to tell."""
        return self.ids is not None


def contents(section: Section) -> bytes:
    """Return the bytes of a section's slice; raises SourceChanged where they are not those that the scan found."""
    try:
        with open(section.file, "rb", BUFFER) as file:
            file.seek(section.offset)
            data = file.read(section.size)
    except OSError as error:
        raise SourceChanged(f"{section.shown} cannot be read any more: {error.strerror}; run again") from error
    if hashlib.sha256(data).digest() != section.digest:
        raise SourceChanged(f"{section.shown} changed while it was read; run again")
    return data
