"""A book's cover, drawn: the series, the date set large, the titles with the most votes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .pictures import jpeg
from .plan import Chapter, Plan
from .typeface import drawable, face, lines

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

MOST_BYTES = 100_000

Lacking = Callable[[Chapter | None, str], None]
"""Takes the characters that the font lacks, and the paper whose title holds them; None for the series' title."""

# 3:4, the shape of e-ink screens, in pixels; text stands on its place. Larger covers do not stay under 100 KB.
WIDTH, HEIGHT = 960, 1280
_LEFT, _RIGHT = 64, 896
_BAND = 704
_SERIES, _YEAR, _DATE, _FACTS = 118, 356, 592, 660
_FIRST_TITLE, _LAST_TITLE = 772, 1236
_LINE, _GAP = 48, 36
_BLACK, _GREY, _PALE, _WHITE = 0, 150, 190, 255


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover as greyscale JPEGs: 960 × 1280 and at most 100 KB, and a quarter as wide."""

    full: bytes
    thumbnail: bytes


def draw_cover(plan: Plan, lacking: Lacking) -> Cover:
    """Draw the cover of a book."""
    from PIL import Image, ImageDraw

    image = Image.new("L", (WIDTH, HEIGHT), _WHITE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, _BAND), fill=_BLACK)
    _draw_head(draw, plan, lacking)
    _draw_titles(draw, plan, lacking)
    return Cover(jpeg(image, MOST_BYTES), jpeg(image.reduce(4), MOST_BYTES))


def _draw_head(draw: "ImageDraw", plan: Plan, lacking: Lacking) -> None:
    """Draw the band: the year small and the rest large, so that a shelf of thumbnails can be told apart."""
    year, _, date = plan.part.partition("-")
    _write(draw, _SERIES, _drawn(plan.series.title, None, lacking), _WHITE, (72, 2), (50, 3))
    _write(draw, _YEAR, year, _PALE, (84, 1))
    _write(draw, _DATE, date, _WHITE, (276, 1))  # as large as any day fits
    _write(draw, _FACTS, plan.facts, _PALE, (42, 1), (34, 1))


def _draw_titles(draw: "ImageDraw", plan: Plan, lacking: Lacking) -> None:
    y = _FIRST_TITLE
    for chapter in sorted(plan.chapters, key=_votes, reverse=True):
        if y > _LAST_TITLE:
            return
        if y > _FIRST_TITLE:
            rule = y - _LINE - _GAP // 2 + 10
            draw.line((_LEFT, rule, _RIGHT, rule), fill=_GREY, width=2)
        most = 2 if y + _LINE <= _LAST_TITLE else 1
        y = _write(draw, y, _drawn(chapter.title, chapter, lacking), _BLACK, (39, most)) + _GAP


def _write(draw: "ImageDraw", y: int, text: str, shade: int, *forms: tuple[int, int]) -> int:
    """Write a text in the first of its forms (size, most lines) that takes all of it; return where the next goes."""
    for size, most in forms:
        found, whole = lines(text, size, _RIGHT - _LEFT, most)
        if whole:
            break
    for line in found:
        draw.text((_LEFT, y), line, fill=shade, font=face(size), anchor="ls")
        y += round(1.23 * size)
    return y


def _drawn(text: str, chapter: Chapter | None, lacking: Lacking) -> str:
    kept, left_out = drawable(text)
    if left_out:
        lacking(chapter, left_out)
    return kept


def _votes(chapter: Chapter) -> int:
    return -1 if chapter.paper.votes is None else chapter.paper.votes
