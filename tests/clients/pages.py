"""Pages of books on a screen of 600 × 800, as Chromium shows them: measured for tests, and drawn for the documentation.

    python -m tests.clients.pages        # draws docs/formats/epub.png and docs/images/devices.png

A reader's own settings, theme and size of letters, come before the book's stylesheet, as on a device.
"""

import html
import json
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paperround.exporters import Series
from paperround.model import read
from PIL import Image

from ..command import DIGESTS, ROOT
from .books import write_books
from .browser import FLAGS, visit
from .conftest import GOLDEN, need

WIDTH, HEIGHT = 600, 800
PICTURE = ROOT / "docs" / "formats" / "epub.png"
DEVICES = ROOT / "docs" / "images" / "devices.png"
PHONE = (390, 800)
TITLES = {"chinese": "每日论文", "japanese": "毎日の論文"}
_ADDRESS = "http://book.example/"
_GAP, _BETWEEN = 14, 128
_TYPES = {".xhtml": "application/xhtml+xml", ".css": "text/css", ".jpg": "image/jpeg"}
_MEASURE = """<!DOCTYPE html><meta charset="utf-8"><body><pre></pre><script>
const NAMES = %s;
const words = /[\\uac00-\\ud7a3]{2,}/g;
function* texts(page) {
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT, (text) =>
    text.data.trim() ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP);
  while (walker.nextNode()) yield walker.currentNode;
}
function* broken(page) {
  const range = page.createRange();
  for (const text of texts(page))
    for (const word of text.data.matchAll(words)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (range.getClientRects().length > 1) yield word[0];
    }
}
async function measured(name) {
  const frame = document.createElement("iframe");
  Object.assign(frame, { src: name, width: %d, height: %d });
  frame.style.border = 0;
  const shown = new Promise((done) => frame.onload = done);
  document.body.append(frame);
  await shown;
  const page = frame.contentDocument;
  const styles = [...texts(page)].map((text) => frame.contentWindow.getComputedStyle(text.parentElement));
  const kinds = (property) => [...new Set(styles.map((style) => style[property]))].sort();
  const result = {
    width: page.documentElement.scrollWidth,
    pictures: [...page.images].map((picture) => [picture.naturalWidth, picture.getBoundingClientRect().width]),
    colours: kinds("color"), backgrounds: kinds("backgroundColor"), alignments: kinds("textAlign"),
    sizes: styles.map((style) => parseFloat(style.fontSize)), broken: [...broken(page)],
  };
  frame.remove();
  return result;
}
async function all() {
  const found = {};
  for (const name of NAMES) found[name] = await measured(name);
  document.querySelector("pre").textContent = JSON.stringify(found);
}
all();
</script>"""


@dataclass(frozen=True)
class Settings:
    """What readers choose for themselves."""

    theme: str = "light"
    size: int = 16
    """Of letters, in pixels."""

    @property
    def style(self) -> bytes:
        return f":root {{ color-scheme: {self.theme}; font-size: {self.size}px }}\n".encode()


def members(book: Path, settings: Settings) -> dict[str, bytes]:
    """Return a book's files as a reader shows them, its settings put before the book's stylesheet."""
    with zipfile.ZipFile(book) as archive:
        found = {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist() if "EPUB/" in name}
    own = b'<link rel="stylesheet" type="text/css" href="own.css"/>\n<link '
    pages = {name: data.replace(b"<link ", own, 1) for name, data in found.items() if name.endswith(".xhtml")}
    return found | pages | {"own.css": settings.style}


def measure(book: Path, settings: Settings, home: Path, **changed: bytes) -> dict[str, dict[str, Any]]:
    """Return what Chromium makes of each page of a book, in pixels and CSS's words.

    `changed` holds files that are served instead of the book's own.
    """
    shown = members(book, settings) | changed
    names = [name for name in shown if name.endswith(".xhtml")]
    served = {_ADDRESS + name: (_TYPES.get(Path(name).suffix, "text/plain"), data) for name, data in shown.items()}
    served[_ADDRESS] = ("text/html", (_MEASURE % (json.dumps(names), WIDTH, HEIGHT)).encode())
    document, _ = visit(need("chromium"), home, _ADDRESS, served)
    said = re.search("<pre>(.*?)</pre>", document, re.DOTALL)
    assert said
    found: dict[str, dict[str, Any]] = json.loads(html.unescape(said[1]))
    return found


def screen(
    book: Path, name: str, settings: Settings, home: Path, size: tuple[int, int] = (WIDTH, HEIGHT)
) -> Image.Image:
    """Return the first screen of a page, of a size in pixels."""
    folder = home / "book"
    for member, data in members(book, settings).items():
        path = folder / member
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    shot = home / "screen.png"
    flags = [*FLAGS, "--hide-scrollbars", f"--window-size={size[0]},{size[1]}", f"--user-data-dir={home / 'profile'}"]
    command = [need("chromium"), *flags, f"--screenshot={shot}", f"file://{folder / name}"]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    with Image.open(shot) as image:
        return image.convert("RGB")


def draw(target: Path) -> None:
    """Draw two rows: a day's book and a week's; below, the dark, e-ink, and books in Chinese and Japanese."""
    with tempfile.TemporaryDirectory(prefix="paperround-pages-") as folder:
        home = Path(folder)
        for language, title in TITLES.items():
            write_books(read([GOLDEN / language], lambda said: None), home / language, Series(title=title))
        write_books(read([DIGESTS], lambda said: None), home, Series())
        day, week = "daily-papers-2025-01-23.epub", "daily-papers-2025-W04.epub"
        chapter = "20250123-01.xhtml"
        light, dark = Settings(), Settings("dark")
        shown = [
            screen(home / "none" / day, "cover.xhtml", light, home),
            screen(home / "none" / day, "contents.xhtml", light, home),
            screen(home / "embed" / day, chapter, light, home),
            screen(home / "none" / week, chapter, light, home),
            screen(home / "none" / day, chapter, dark, home),
            e_ink(screen(home / "embed" / day, chapter, light, home)),
            screen(home / "chinese" / "none" / "daily-papers-2024-05-15.epub", "cover.xhtml", light, home),
            screen(home / "japanese" / "none" / "daily-papers-2024-05-14.epub", "contents.xhtml", light, home),
        ]
    save([shown[: len(shown) // 2], shown[len(shown) // 2 :]], target)


def draw_devices(target: Path) -> None:
    """Draw a row: a chapter on a phone and the contents of a month there, a Kindle's first page, a Kobo's chapter."""
    with tempfile.TemporaryDirectory(prefix="paperround-pages-") as folder:
        home = Path(folder)
        write_books(read([DIGESTS], lambda said: None), home, Series())
        books, light, chapter = home / "embed", Settings(), "20250123-01.xhtml"
        day, month = "daily-papers-2025-01-23", "daily-papers-2025-01"
        shown = [
            screen(books / f"{day}.epub", chapter, light, home, PHONE),
            screen(books / f"{month}.epub", "contents.xhtml", Settings("dark"), home, PHONE),
            e_ink(screen(books / f"{day}-kindle.epub", "contents.xhtml", Settings(size=19), home)),
            e_ink(screen(books / f"{day}.kepub.epub", chapter, Settings(size=19), home)),
        ]
    save([shown], target)


def save(rows: Sequence[Sequence[Image.Image]], target: Path) -> None:
    """Save rows of screens as one picture, with a gap around each."""
    width = max(sum(page.width + _GAP for page in row) for row in rows) + _GAP
    sheet = Image.new("RGB", (width, len(rows) * (HEIGHT + _GAP) + _GAP), (_BETWEEN,) * 3)
    for number, row in enumerate(rows):
        left = _GAP
        for page in row:
            sheet.paste(page, (left, _GAP + number * (HEIGHT + _GAP)))
            left += page.width + _GAP
    small = sheet.resize((sheet.width * 2 // 3, sheet.height * 2 // 3), Image.Resampling.LANCZOS)
    small.quantize(24, dither=Image.Dither.NONE).save(target, optimize=True)


def e_ink(page: Image.Image) -> Image.Image:
    """Return a screen in the sixteen greys that e-ink has."""
    return page.convert("L").point([level // 16 * 17 for level in range(256)]).convert("RGB")


if __name__ == "__main__":
    draw(PICTURE)
    draw_devices(DEVICES)
