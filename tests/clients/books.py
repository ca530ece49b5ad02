"""Books for strangers to judge: every period, every variant, with pictures and without."""

import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import cycle
from pathlib import Path
from typing import Any

from paperround.exporters import Series
from paperround.exporters.epub import export
from paperround.exporters.testing import run
from paperround.model import Issue
from PIL import Image, ImageDraw

SERIES = Series(
    title='읽을 <논문> & "Papers"', publisher="Lab & <Co>", rights="CC BY <4.0> & more", utc_offset="+09:00"
)
PERIODS = ("day", "week", "month")
VARIANTS = ("epub", "kindle", "kobo")
IMAGES = ("none", "embed")


def write_books(issues: Iterable[Issue], folder: Path, series: Series = SERIES) -> list[Path]:
    """Write every kind of book of some issues; those with pictures lie apart from those without."""
    issues = list(issues)
    written = []
    for images in IMAGES:
        for name, content in _books(issues, images, series).items():
            path = folder / images / Path(name).name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written.append(path)
    return written


def _books(issues: list[Issue], images: str, series: Series) -> dict[str, bytes]:
    options: dict[str, Any] = {"periods": PERIODS, "variants": VARIANTS, "images": images, "covers": False}
    return run(export, issues, series, pictures=pictures_of(issues), **options)


def pictures_of(issues: Iterable[Issue]) -> Mapping[str, bytes]:
    """Give every paper a picture, of one kind after another."""
    urls = (paper.media.url for issue in issues for paper in issue.papers if paper.media)
    return dict(zip(urls, cycle(_drawn()), strict=False))


def _drawn() -> Iterator[bytes]:
    """Yield a diagram of some curves, as papers have them, in each format."""
    drawing = Image.new("RGB", (1200, 630), "white")
    draw = ImageDraw.Draw(drawing)
    draw.line([(100, 40), (100, 560), (1120, 560)], fill="black", width=5)
    for bend, colour in (90, "#1a6fb5"), (150, "#c2571a"), (260, "#444444"):
        draw.line([(x, 540 - 440 * (x - 100) / (x - 100 + bend)) for x in range(100, 1100, 10)], fill=colour, width=6)
    for kind, mode in ("PNG", "RGBA"), ("JPEG", "CMYK"), ("GIF", "P"), ("WEBP", "RGB"):
        file = io.BytesIO()
        drawing.convert(mode).save(file, kind)
        yield file.getvalue()
