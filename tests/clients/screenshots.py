"""The pictures of README, taken of what `make demo` publishes.

    python -m tests.clients.screenshots        # takes docs/images/page.png, book.png and reader.png

The page is as Chromium shows it, the book as an e-ink screen with 16 greys would, the reader is newsboat in a terminal.
"""

import io
import os
import re
import subprocess
import tempfile
import time
from pathlib import Path

from PIL import Image, ImageColor, ImageOps
from rich.console import Console
from rich.text import Text

from ..command import DIGESTS, ROOT
from .browser import FLAGS
from .conftest import need, publish
from .pages import Settings, screen
from .static_host import served

IMAGES = ROOT / "docs" / "images"
PAGE = (1000, 1070)
E_INK = (758, 1024)
"""A screen of six inches with 212 pixels in each."""
MARGIN = 44
COLUMNS, ROWS = 80, 30
_NEWSBOAT = """
auto-reload yes
datetime-format "%Y-%m-%d"
articlelist-format "%3i %f %D  %t"
articlelist-title-format "%N - %T (%u unread, %t total)"
color listnormal_unread color252 default
color listfocus_unread color16 color80
color info color16 color252
show-keymap-hint no
"""
_FRAME = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">
<style>
.{unique_id}-matrix {{ font: {char_height}px "DejaVu Sans Mono", "NanumGothicCoding", monospace; white-space: pre }}
{styles}
</style>
<rect width="{width}" height="{height}" fill="#0c0c0c"/>
<g transform="translate({terminal_x}, 14)">{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>"""


def take() -> None:
    """Take all of them."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="paperround-screenshots-") as folder:
        home = Path(folder)
        demo = publish(DIGESTS, home / "demo").folder
        with served(demo) as host:  # from a disk there is no search
            save(browse(f"{host.address}/index.html", PAGE, home), "page", 128)
        book = demo / "epub" / "daily-papers-2025-01-24.epub"
        save(on_e_ink(book, "20250124-01.xhtml", home), "book", 16)
        svg = home / "reader.svg"
        width, height = draw(read_in_newsboat(demo, home), svg)
        save(browse(f"file://{svg}", (width, height), home), "reader", 32)


def on_e_ink(book: Path, name: str, home: Path) -> Image.Image:
    """Return a page of a book in grey, with the margins that devices put around it."""
    inner = (E_INK[0] - 2 * MARGIN, E_INK[1] - 2 * MARGIN)
    sheet = Image.new("L", E_INK, 255)
    sheet.paste(screen(book, name, Settings(size=25), home, inner).convert("L"), (MARGIN, MARGIN))
    return sheet


def save(image: Image.Image, name: str, colours: int) -> None:
    """Save a picture with an edge, which sets it off from a white page, and few colours, which make it small."""
    image = ImageOps.expand(image, 2, fill=ImageColor.getcolor("silver", image.mode))
    image.quantize(colours, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


def browse(address: str, size: tuple[int, int], home: Path) -> Image.Image:
    """Return what Chromium shows of an address in a window of a size, in pixels."""
    shot = home / "browse.png"
    window = [f"--window-size={size[0]},{size[1]}", f"--user-data-dir={home / 'profile'}", f"--screenshot={shot}"]
    command = [need("chromium"), *FLAGS, "--hide-scrollbars", *window, address]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    with Image.open(shot) as image:
        return image.convert("RGB")


def read_in_newsboat(demo: Path, home: Path) -> str:
    """Return the screen of newsboat with the list of papers in it, with the terminal's codes for colours."""
    tmux = [need("tmux"), "-S", str(home / "tmux")]
    with served(demo) as host:
        (home / "urls").write_text(f"{host.address}/feeds/papers.atom\n", encoding="utf-8")
        (home / "config").write_text(_NEWSBOAT, encoding="utf-8")
        newsboat = [need("newsboat"), "-u", home / "urls", "-c", home / "cache.db", "-C", home / "config"]
        environment = os.environ | {"TZ": "Asia/Seoul"}  # where the days of the demo begin
        size = ["-x", str(COLUMNS), "-y", str(ROWS)]
        subprocess.run(
            [*tmux, "-u", "-f", "/dev/null", "new-session", "-d", *size, *newsboat], env=environment, check=True
        )
        try:
            wait_for(" 1 N ", tmux)  # loaded
            subprocess.run([*tmux, "send-keys", "Enter"], check=True)
            return wait_for(" 2 N ", tmux)
        finally:
            subprocess.run([*tmux, "kill-server"], check=True)


def wait_for(words: str, tmux: list[str]) -> str:
    """Return the screen of the terminal once it shows words and nothing moves any more."""
    before = ""
    for _ in range(40):
        capture = subprocess.run([*tmux, "capture-pane", "-e", "-N", "-p"], capture_output=True, check=True)
        shown = capture.stdout.decode()
        if words in Text.from_ansi(shown).plain and shown == before:
            return shown
        before = shown
        time.sleep(0.5)
    raise TimeoutError(f"newsboat does not show {words!r}:\n{shown}")


def draw(screen: str, target: Path) -> tuple[int, int]:
    """Draw a terminal's screen as SVG; return its size in pixels."""
    console = Console(width=COLUMNS, record=True, file=io.StringIO(), force_terminal=True, color_system="256")
    console.print(Text.from_ansi(screen), soft_wrap=True, end="")
    svg = console.export_svg(code_format=_FRAME, clear=True)
    target.write_text(svg, encoding="utf-8")
    (box,) = re.findall(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', svg)
    return round(float(box[0])), round(float(box[1]))


if __name__ == "__main__":
    take()
