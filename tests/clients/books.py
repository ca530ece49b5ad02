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
from PIL import Image

SERIES = Series(
    title='읽을 <논문> & "Papers"', publisher="Lab & <Co>", rights="CC BY <4.0> & more", utc_offset="+09:00"
)
PERIODS = ("day", "week", "month")
VARIANTS = ("epub", "kindle")
IMAGES = ("none", "embed")


def write_books(issues: Iterable[Issue], folder: Path) -> list[Path]:
    """Write every kind of book of some issues; those with pictures lie apart from those without."""
    issues = list(issues)
    written = []
    for images in IMAGES:
        for name, content in _books(issues, images).items():
            path = folder / images / Path(name).name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written.append(path)
    return written


def _books(issues: list[Issue], images: str) -> dict[str, bytes]:
    options: dict[str, Any] = {"periods": PERIODS, "variants": VARIANTS, "images": images, "covers": False}
    return run(export, issues, SERIES, pictures=_pictures(issues), **options)


def _pictures(issues: Iterable[Issue]) -> Mapping[str, bytes]:
    """Give every paper a picture, of one kind after another."""
    urls = (paper.media.url for issue in issues for paper in issue.papers if paper.media)
    return dict(zip(urls, cycle(_drawn()), strict=False))


def _drawn() -> Iterator[bytes]:
    drawing = Image.linear_gradient("L").resize((1200, 630))
    for kind, mode in ("PNG", "LA"), ("JPEG", "CMYK"), ("GIF", "P"), ("WEBP", "RGBA"):
        file = io.BytesIO()
        drawing.convert(mode).save(file, kind)
        yield file.getvalue()
