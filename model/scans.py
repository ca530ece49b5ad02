"""What the scan found in a file, kept from one run to the next: a file that has not changed is not parsed for dates.

Most layouts are read by a grammar, and only reading tells which days they hold: that takes ten times as long as to
hash them. So what is found is kept under a hash of all that it depends on.
"""

import datetime
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from .diagnostics import CODES, Report

_HASH = re.compile("(?:[0-9a-f]{64})?")
ScanDiagnostic = tuple[int, str, str]
"""What there is to tell of a file: line, the word of a code, message."""


@dataclass(frozen=True, slots=True)
class SectionPlace:
    """Where an issue stands in a file, without what can be worked out from the file."""

    date: datetime.date
    kind: str
    offset: int
    size: int
    line: int
    papers: int = 0
    content: str = ""
    """SHA-256 of what the slice holds of this date, in hexadecimal; empty where it holds nothing else."""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileScan:
    """What the scan of one file gave."""

    sections: tuple[SectionPlace, ...] = ()
    diagnostics: tuple[ScanDiagnostic, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether each value can be one of ours."""
        numbers = all(_is_hash(place.content) for place in self.sections)
        return numbers and all(word in CODES for _, word, _ in self.diagnostics)


@dataclass
class ScanCache:
    """Scans of files by a hash of what they depend on: a file's bytes, its name, the readers to ask and our code.

    `code` returns a fingerprint of our code and of a reader's. `again` takes what an earlier run has told already.
    `found` holds the scans of this run's files, which the next run may know.
    """

    code: Callable[[str], str]
    again: Report
    earlier: Mapping[str, FileScan] = field(default_factory=dict)
    found: dict[str, FileScan] = field(default_factory=dict)

    def key(self, data: bytes, path: str, kinds: Sequence[str]) -> str:
        """Return the hash under which a file's scan is kept; names and folders may say a date, so its path counts."""
        place = repr([path, [(kind, self.code(kind)) for kind in kinds]]).encode()
        return hashlib.sha256(hashlib.sha256(data).digest() + place).hexdigest()[:32]


def _is_hash(written: str) -> bool:
    return bool(_HASH.fullmatch(written))
