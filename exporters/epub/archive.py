"""ZIP files as books are: no clock, no extra fields, every member in one piece (APPNOTE.TXT, section 4.3).

zipfile opens, writes and closes each member and goes back to its header; for a book's many small pages that costs a
third of packing them.
"""

import struct
import zlib
from functools import lru_cache
from typing import IO

LEVEL = 3
"""Of zlib: against its default, 6, pages are 2 % larger in seven eighths of the time."""

_LOCAL = b"PK\3\4\x14\0"
"""2.0, the first version to deflate."""
_CENTRAL = b"PK\1\2\x14\3\x14\0"
"""Made on Unix, for the members' mode."""
_FACTS = struct.Struct("<4H3L2H")
"""What stands in both: flags, method, time, date, CRC-32, lengths packed and unpacked, of the name, of extra fields."""
_BEFORE_NAME = len(_LOCAL) + _FACTS.size
_PLACE = struct.Struct("<3H2L")
"""What follows in the directory: length of a comment, disk, kind of content, mode, offset."""
_END = struct.Struct("<4s4H2LH")
_MODE = 0o644 << 16
_STORED, _DEFLATED = 0, 8
"""Ways to hold a member: a book's `mimetype` as it is (EPUB 3.3, OCF section 4.3), and JPEG, which gets no smaller."""
_TIME, _DATE = 0, 1 << 5 | 1  # 1980-01-01, the first day that there is
_MOST = 0xFFFF
_PIECE = 1 << 18
"""Bytes that are gathered before they are written; a book of a day is less."""
_SHARED = frozenset({"META-INF/container.xml", "EPUB/style.css"})
"""Members that nearly all books have alike."""
_LOOKAHEAD = 262
"""zlib's MIN_LOOKAHEAD: matches reach back no further than the window less this."""


class Archive:
    """Writes members one behind the other; `close` ends the file. Names are ASCII."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._length = self._waiting = 0
        """Bytes of the members so far, and of those that wait to be written."""
        self._pieces: list[bytes] = []
        self._directory: list[bytes] = []

    def writestr(self, name: str, data: str | bytes) -> None:
        """Write a member; ebooklib knows this method of zipfile's."""
        data = data.encode() if isinstance(data, str) else data
        method = _STORED if name == "mimetype" or name.endswith(".jpg") else _DEFLATED
        packed = data if method == _STORED else (_packed_once if name in _SHARED else _packed)(data)
        spelled = name.encode("ascii")
        facts = _FACTS.pack(0, method, _TIME, _DATE, zlib.crc32(data), len(packed), len(data), len(spelled), 0)
        place = _PLACE.pack(0, 0, 0, _MODE, self._length)
        self._directory.append(b"".join((_CENTRAL, facts, place, spelled)))
        self._pieces += _LOCAL, facts, spelled, packed
        length = _BEFORE_NAME + len(spelled) + len(packed)
        self._length += length
        self._waiting += length
        if self._waiting > _PIECE:
            self._write()

    def close(self) -> None:
        """Write the directory; raises ValueError for more members than it can count."""
        count, directory = len(self._directory), b"".join(self._directory)
        if count > _MOST:
            raise ValueError(f"a book cannot hold {count} files")
        self._pieces += directory, _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), self._length, 0)
        self._write()

    def _write(self) -> None:
        self._file.write(b"".join(self._pieces))
        self._pieces.clear()
        self._waiting = 0


def _packed(data: bytes) -> bytes:
    return zlib.compress(data, LEVEL, -_window(len(data)))


_packed_once = lru_cache(maxsize=8)(_packed)


def _window(size: int) -> int:
    """Return how many bits the window needs to hold all of some data, and what zlib keeps free in it.

    It packs the same, but to get memory for the largest window takes as long as to pack a page.
    """
    return min(max((size + _LOOKAHEAD).bit_length(), 9), zlib.MAX_WBITS)
