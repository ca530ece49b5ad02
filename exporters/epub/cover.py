"""A book's cover, drawn: the series, the date set large, the titles with the most votes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .pictures import jpeg
from .plan import BookPlan, Chapter
from .typeface import drawable, letter, lines, word

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 100_000
_QUALITY = 60
"""Of JPEG: at 70 a third of all covers is too large, and is compressed a second time."""

Lacking = Callable[[Chapter | None, str], None]
"""Takes the characters that the font lacks, and the paper whose title holds them; None for the series' title."""

# 3:4, the shape of e-ink screens, in pixels. Larger covers do not stay under 100 KB.
WIDTH, HEIGHT = 960, 1280
_LEFT, _RIGHT = 64, 896
_BAND = 704
"""More than half: of a thumbnail in a catalogue, a quarter as wide, only the band and the date can be read."""
_SERIES, _YEAR, _DATE, _FACTS = 118, 356, 592, 660
_FIRST_TITLE, _LAST_TITLE = 772, 1236
"""Base lines. Three lines of the series in the smaller size end above the year; six titles of one line fit below."""
_LINE, _GAP = 48, 36
"""A line of a title, 1.23 of its size, and what parts two titles; the rule between them is in the middle of that."""
_BLACK, _GREY, _PALE, _WHITE = 0, 150, 190, 255


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover as greyscale JPEGs: 960 × 1280 and at most 100 KB, and a quarter as wide."""

    full: bytes
    thumbnail: bytes


def draw_cover(plan: BookPlan, lacking: Lacking) -> Cover:
    """Draw the cover of a book."""
    from PIL import Image

    image = Image.new("L", (WIDTH, HEIGHT), _WHITE)
    image.paste(_BLACK, (0, 0, WIDTH, _BAND + 1))
    _draw_head(image, plan, lacking)
    _draw_titles(image, plan, lacking)
    return Cover(jpeg(image, MOST_BYTES, _QUALITY), jpeg(image.reduce(4), MOST_BYTES, _QUALITY))


def _draw_head(image: "Image", plan: BookPlan, lacking: Lacking) -> None:
    """Draw the band: the year small and the rest large, so that a shelf of thumbnails can be told apart."""
    year, _, date = plan.part.partition("-")
    _write(image, _SERIES, _series(plan, lacking), _WHITE, (72, 2), (50, 3))
    _write(image, _YEAR, year, _PALE, (84, 1))
    _write(image, _DATE, date, _WHITE, (276, 1))  # as large as any day fits
    _write(image, _FACTS, plan.facts, _PALE, (42, 1), (34, 1))


def _series(plan: BookPlan, lacking: Lacking) -> str:
    """Return the series' title, else another name of it that can be drawn; its id always can."""
    series = plan.series
    names = (_drawn(name, None, lacking) for name in (series.title, series.publisher or "", series.id))
    return next(filter(None, names))


def _draw_titles(image: "Image", plan: BookPlan, lacking: Lacking) -> None:
    y = _FIRST_TITLE
    for chapter in sorted(plan.chapters, key=_votes, reverse=True):
        if y > _LAST_TITLE:
            return
        if title := _drawn(chapter.title, chapter, lacking):
            if y > _FIRST_TITLE:
                rule = y - _LINE - _GAP // 2 + 10
                image.paste(_GREY, (_LEFT, rule, _RIGHT + 1, rule + 2))
            most = 2 if y + _LINE <= _LAST_TITLE else 1
            y = _write(image, y, title, _BLACK, (39, most)) + _GAP


def _write(image: "Image", y: int, text: str, shade: int, *forms: tuple[int, int]) -> int:
    """Write a text in the first of its forms (size, most lines) that takes all of it; return where the next goes."""
    for size, most in forms:
        found, whole = lines(text, size, _RIGHT - _LEFT, most)
        if whole:
            break
    for line in found:
        _write_line(image, y, line, shade, size)
        y += round(1.23 * size)
    return y


def _write_line(image: "Image", y: int, line: str, shade: int, size: int) -> None:
    pen = float(_LEFT)
    for text in line.split(" "):
        advance, mask, left, top = word(text, size)
        if mask:
            image.paste(shade, (round(pen) + left, y + top), mask)
        pen += advance + letter(" ", size).advance


def _drawn(text: str, chapter: Chapter | None, lacking: Lacking) -> str:
    """Return a text as it can be drawn: without signs that the fonts lack, "" where they lack a letter."""
    found = drawable(text)
    if found.letters or found.signs:
        lacking(chapter, found.letters or found.signs)
    return "" if found.letters else found.text


def _votes(chapter: Chapter) -> int:
    return -1 if chapter.paper.votes is None else chapter.paper.votes
