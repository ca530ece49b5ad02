"""The fonts that covers are drawn with, letter by letter, and lines that fit a width.

Letters are drawn once for each size, and words and lines put together of them: a cover takes a third of the time of
drawing its lines as a whole. Pillow's basic layout, which draws the same on every machine, knows no more of a line than
its letters.
"""

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

_FOLDER = files(__package__) / "font"
_FONTS = ("Pretendard-SemiBold.otf", "covers-cjk.otf", "covers-maths.ttf")
"""A character is drawn from the first that has it."""
_UCS4 = (3, 10)
_ELLIPSIS = "…"
_LONGEST = 1000
"""Characters that are looked at: more than the smallest letters fill the lines of a cover with."""
_LETTERS = 4096
_WORDS = 256
"""Letters and words that are kept, some 2 KB and 25 KB each; titles have many words in common.

Measured on 357 covers: 1,024 words take 25 MB more than 256 and no less time.
"""


class Shape(NamedTuple):
    """A character or a word as it is drawn at a size."""

    advance: float
    """Pixels to what follows."""
    mask: "Image | None"
    """None for one without ink."""
    left: int
    top: int
    """Where the mask lies, from the pen on the base line."""


class Drawable(NamedTuple):
    """A text as the fonts can draw it."""

    text: str
    signs: str
    """The signs they lack, which are left out: a title says the same without them."""
    letters: str
    """The letters they lack; a title without them would say something else."""


@lru_cache(maxsize=_LETTERS)
def letter(character: str, size: int) -> Shape:
    """Return a character at a size in pixels, drawn by a font that has it."""
    from PIL import Image, ImageDraw

    font = _face(_FONTS[_font(character) or 0], size)
    left, top, right, bottom = map(int, font.getbbox(character, anchor="ls"))
    advance = font.getlength(character)
    if right <= left or bottom <= top:
        return Shape(advance, None, 0, 0)
    mask = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(mask).text((-left, -top), character, fill=255, font=font, anchor="ls")
    return Shape(advance, mask, left, top)


@lru_cache(maxsize=_WORDS)
def word(text: str, size: int) -> Shape:
    """Return a word at a size in pixels, put together of its letters."""
    from PIL import Image

    letters = [letter(character, size) for character in text]
    pens = [round(pen) for pen in accumulate((each.advance for each in letters), initial=0)]
    inked = [(pen + each.left, each.top, each.mask) for each, pen in zip(letters, pens, strict=False) if each.mask]
    advance = sum(each.advance for each in letters)
    if not inked:
        return Shape(advance, None, 0, 0)
    left, top = min(x for x, _, _ in inked), min(y for _, y, _ in inked)
    right, bottom = max(x + mask.width for x, _, mask in inked), max(y + mask.height for _, y, mask in inked)
    whole = Image.new("L", (right - left, bottom - top))
    for x, y, mask in inked:
        whole.paste(255, (x - left, y - top), mask)
    return Shape(advance, whole, left, top)


def drawable(text: str) -> Drawable:
    """Return a text in characters that the fonts have, and those they lack.

    A character that Unicode calls a form of others (ℝ, 𝒟, ﬁ) is drawn as those; invisible ones are not missed.
    """
    text = unicodedata.normalize("NFC", text)
    if not _lacking(0).search(text):
        return Drawable(text, "", "")
    drawn = [character if _font(character) is not None else _plain(character) for character in text]
    pairs = zip(text, drawn, strict=True)
    lacking = [character for character, shown in pairs if not shown and not _is_invisible(character)]
    letters = "".join(filter(_is_letter, lacking))
    signs = "".join(character for character in lacking if not _is_letter(character))
    return Drawable(" ".join("".join(drawn).split()), signs, letters)


def lines(text: str, size: int, width: int, most: int) -> tuple[list[str], bool]:
    """Break a text into at most `most` lines of `width` pixels, between words where it can, and say whether all fits.

    What does not fit is shown by … at the end.
    """
    found: list[str] = []
    words = list(_fitting_words(text[:_LONGEST], size, width))
    while words:
        line = words.pop(0)
        taken = _width(line, size)
        while words and (wider := taken + _width(f" {words[0]}", size)) <= width:
            line, taken = f"{line} {words.pop(0)}", wider
        if words and len(found) == most - 1:
            return [*found, _ended(line, size, width)], False
        found.append(line)
    return found, len(text) <= _LONGEST


def _width(text: str, size: int) -> float:
    return sum(letter(character, size).advance for character in text)


def _ended(line: str, size: int, width: int) -> str:
    while line and _width(line + _ELLIPSIS, size) > width:
        line = line[:-1]
    return line.rstrip(" ,.:;-") + _ELLIPSIS


def _fitting_words(text: str, size: int, width: int) -> Iterator[str]:
    """Yield words, those that are wider than a line in pieces of a line."""
    for word in text.split():
        rest = word
        while (fits := _fitting_letters(rest, size, width)) < len(rest):
            yield rest[:fits]
            rest = rest[fits:]
        yield rest


def _fitting_letters(word: str, size: int, width: int) -> int:
    ends = accumulate(letter(character, size).advance for character in word)
    return next((count for count, end in enumerate(ends) if end > width), len(word)) or 1


@lru_cache(maxsize=6)
def _face(file: str, size: int) -> "FreeTypeFont":
    """Open a font; each takes 2 MB, and a cover has five sizes."""
    from PIL import ImageFont

    return ImageFont.truetype(str(_FOLDER / file), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=_LETTERS)
def _font(character: str) -> int | None:
    """Return the number of the font that has a character, None for none."""
    return next((number for number in range(len(_FONTS)) if not _lacking(number).search(character)), None)


def _plain(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    return plain if all(_font(each) is not None for each in plain) else ""


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"  # variation selectors


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


@cache
def _lacking(number: int) -> re.Pattern[str]:
    """Return what finds a character that a font lacks, from its cmap (OpenType 1.9, format 12); Pillow cannot."""
    font = (_FOLDER / _FONTS[number]).read_bytes()
    start = _table(font, b"cmap")
    count = struct.unpack_from(">H", font, start + 2)[0]
    for platform, encoding, offset in struct.iter_unpack(">HHI", font[start + 4 : start + 4 + 8 * count]):
        if (platform, encoding) == _UCS4:
            ranges = (f"\\U{first:08x}-\\U{last:08x}" for first, last in _groups(font, start + offset))
            return re.compile(f"[^{''.join(ranges)}]")
    raise ValueError("a font of the covers has no cmap of format 12")


def _table(font: bytes, tag: bytes) -> int:
    count = struct.unpack_from(">H", font, 4)[0]
    records = struct.iter_unpack(">4sIII", font[12 : 12 + 16 * count])
    return next(int(offset) for name, _, offset, _ in records if name == tag)


def _groups(font: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last character of each row of those that the font has."""
    count = struct.unpack_from(">I", font, start + 12)[0]
    for first, last, _ in struct.iter_unpack(">III", font[start + 16 : start + 16 + 12 * count]):
        yield first, last
