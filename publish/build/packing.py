"""Texts that a run holds for long, compressed as they come in pieces."""

import zlib
from collections.abc import Iterable


def packed(pieces: Iterable[str]) -> bytes:
    """Compress a text quickly, in no more memory than its longest piece and the result take."""
    packer = zlib.compressobj(level=1)
    compressed = [packer.compress(piece.encode()) for piece in pieces]
    return b"".join([*compressed, packer.flush()])


def unpacked(data: bytes) -> str:
    """Return the text again."""
    return zlib.decompress(data).decode()
