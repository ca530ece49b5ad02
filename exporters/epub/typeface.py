"""The one font that covers are drawn with: which characters it has, and lines that fit a width."""

import re
import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_FONT = files(__package__) / "font" / "Pretendard-SemiBold.otf"
_UCS4 = (3, 10)
_ELLIPSIS = "…"
_open: dict[int, "FreeTypeFont"] = {}
"""The size in use: each takes 1.8 MB, and to open one takes less than 0.1 ms."""
_LONGEST = 1000
"""Characters that are looked at: more than the smallest letters fill the lines of a cover with."""


def face(size: int) -> "FreeTypeFont":
    """Return the font at a size in pixels; basic layout draws the same everywhere and in half of raqm's time."""
    from PIL import ImageFont

    if (found := _open.get(size)) is None:
        _open.clear()
        found = _open[size] = ImageFont.truetype(str(_FONT), size, layout_engine=ImageFont.Layout.BASIC)
    return found


def drawable(text: str) -> tuple[str, str]:
    """Return a text in characters that the font has, and those it lacks, which are left out.

    A character that Unicode calls a form of others (ℝ, 𝒟, ﬁ) is drawn as those; invisible ones are not missed.
    """
    text = unicodedata.normalize("NFC", text)
    lacks = _lacking().search
    if not lacks(text):
        return text, ""
    drawn = [_plain(character) if lacks(character) else character for character in text]
    pairs = zip(text, drawn, strict=True)
    lacking = "".join(character for character, shown in pairs if not shown and not _is_invisible(character))
    return " ".join("".join(drawn).split()), lacking


def lines(text: str, size: int, width: int, most: int) -> tuple[list[str], bool]:
    """Break a text into at most `most` lines of `width` pixels, between words where it can, and say whether all fits.

    What does not fit is shown by … at the end.
    """
    found: list[str] = []
    words = list(_fitting_words(text[:_LONGEST], size, width))
    while words:
        line = words.pop(0)
        while words and face(size).getlength(f"{line} {words[0]}") <= width:
            line = f"{line} {words.pop(0)}"
        if words and len(found) == most - 1:
            return [*found, _ended(line, size, width)], False
        found.append(line)
    return found, len(text) <= _LONGEST


def _ended(line: str, size: int, width: int) -> str:
    while line and face(size).getlength(line + _ELLIPSIS) > width:
        line = line[:-1]
    return line.rstrip(" ,.:;-") + _ELLIPSIS


def _fitting_words(text: str, size: int, width: int) -> Iterator[str]:
    for word in text.split():
        while face(size).getlength(word) > width:
            fits = _fitting_letters(word, size, width)
            yield word[:fits]
            word = word[fits:]
        yield word


def _fitting_letters(word: str, size: int, width: int) -> int:
    return bisect_right(range(1, len(word)), width, key=lambda count: ceil(face(size).getlength(word[:count]))) or 1


def _plain(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    return "" if _lacking().search(plain) else plain


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"  # variation selectors


@cache
def _lacking() -> re.Pattern[str]:
    """Return what finds a character that the font lacks, from its cmap (OpenType 1.9, format 12); Pillow cannot."""
    font = _FONT.read_bytes()
    start = _table(font, b"cmap")
    count = struct.unpack_from(">H", font, start + 2)[0]
    for platform, encoding, offset in struct.iter_unpack(">HHI", font[start + 4 : start + 4 + 8 * count]):
        if (platform, encoding) == _UCS4:
            ranges = (f"\\U{first:08x}-\\U{last:08x}" for first, last in _groups(font, start + offset))
            return re.compile(f"[^{''.join(ranges)}]")
    raise ValueError("the cover's font has no cmap of format 12")


def _table(font: bytes, tag: bytes) -> int:
    count = struct.unpack_from(">H", font, 4)[0]
    records = struct.iter_unpack(">4sIII", font[12 : 12 + 16 * count])
    return next(int(offset) for name, _, offset, _ in records if name == tag)


def _groups(font: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last character of each row of those that the font has."""
    count = struct.unpack_from(">I", font, start + 12)[0]
    for first, last, _ in struct.iter_unpack(">III", font[start + 16 : start + 16 + 12 * count]):
        yield first, last
