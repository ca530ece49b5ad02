"""Chromium lays books out in pages of 600 × 800, as readers on its engine do: none of them holds navigation alone.

It also measures what a reader sees first: the cover that fills the screen, and one typeface for all of a page.
"""

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from paperround.exporters.epub import export
from paperround.exporters.testing import run
from paperround.model import read

from ..exporters.epub.book_cases import members
from .books import SERIES, pictures_of
from .browser import visit
from .conftest import GOLDEN, SOURCES, need

HOST = "http://book.example/"
KINDS = {".xhtml": "application/xhtml+xml", ".css": "text/css", ".jpg": "image/jpeg"}
FRAME = """\
<!DOCTYPE html>
<meta charset="utf-8">
<link rel="icon" href="data:,">
<body>
<script>
const WIDE = %d, HIGH = %d, found = {};
function columns(elements, width) {
  const turned = [];
  for (const element of elements)
    for (const box of element.getClientRects())
      if (box.width && box.height) turned.push(Math.floor((box.left + 1) / width), Math.floor((box.right - 1) / width));
  return turned;
}
// How wide a title is, and how wide it would be if it were in the book's language: in the same typeface it is the same.
function widths(page, title) {
  const plain = title.cloneNode(true);
  plain.removeAttribute("lang");
  plain.removeAttribute("xml:lang");
  title.after(plain);
  const found = [title, plain].map((each) => {
    each.style.cssText = "position: absolute; white-space: nowrap";
    const wide = each.getBoundingClientRect().width;
    each.style.cssText = "";
    return wide;
  });
  plain.remove();
  return found;
}
function look(page, width) {
  const leaves = [...page.body.querySelectorAll("h1, h2, p, li, img")];
  const text = leaves.filter((leaf) => !leaf.matches(".turn, .links"));
  const held = new Set(columns(text, width)), all = columns(leaves, width);
  const cover = page.querySelector("svg image");
  const box = cover && cover.getBoundingClientRect();
  return {
    pages: Math.max(0, ...all) + 1,
    bare: [...new Set(all)].filter((column) => !held.has(column)),
    empty: [...Array(Math.max(0, ...all)).keys()].filter((column) => !all.includes(column)),
    fills: box ? Math.max(box.width / WIDE, box.height / HIGH) : 0,
    titles: [...page.body.querySelectorAll('[lang="en"]')].map((title) => widths(page, title)),
    families: [...new Set(leaves.map((leaf) => page.defaultView.getComputedStyle(leaf).fontFamily))],
  };
}
async function open_page(address) {
  const frame = document.createElement("iframe");
  frame.style.cssText = `width:${WIDE}px;height:${HIGH}px;border:0`;
  const loaded = new Promise((resolve) => { frame.onload = resolve; });
  frame.src = address;
  document.body.append(frame);
  await loaded;
  const inside = frame.contentDocument, margin = inside.querySelector(".cover") ? 0 : 20;
  inside.documentElement.style.cssText = `margin:0;height:${HIGH}px`;
  inside.body.style.cssText = `margin:0;padding:${margin}px;box-sizing:border-box;height:${HIGH}px;width:${WIDE}px;
    column-width:${WIDE - 2 * margin}px;column-gap:${2 * margin}px;column-fill:auto`;
  found[address] = look(inside, WIDE);
  frame.remove();
}
async function start() {
  for (const address of await (await fetch("/pages.json")).json()) await open_page(address);
  const report = document.createElement("pre");
  report.textContent = JSON.stringify(found);
  document.body.replaceChildren(report);
}
start();
</script>
"""


@pytest.mark.parametrize("source", [SOURCES[0], SOURCES[-1], GOLDEN / "japanese"], ids=lambda path: path.name)
@pytest.mark.parametrize("images", ["none", "embed"])
def test_no_page_holds_navigation_alone(source: Path, images: str, tmp_path: Path) -> None:
    issues = list(read([source], lambda said: None))
    books = run(export, issues, SERIES, pictures=pictures_of(issues), images=images, periods=["week"], covers=False)
    for book in list(books.values())[-5:]:
        for name, page in turned(members(book), (600, 800), tmp_path).items():
            assert (page["bare"], page["empty"]) == ([], []), (name, page)
            assert page["families"] in ([], ["sans-serif"]), name


@pytest.mark.parametrize("source", [SOURCES[-1], GOLDEN / "japanese", GOLDEN / "chinese"], ids=lambda path: path.name)
def test_a_latin_title_has_the_typeface_of_the_text_around_it(source: Path, tmp_path: Path) -> None:
    (book, *_) = run(export, read([source], lambda said: None), SERIES, covers=False).values()
    pages = turned(members(book), (600, 800), tmp_path).values()
    titles = [pair for page in pages for pair in page["titles"]]
    assert len(titles) > 2
    assert [pair for pair in titles if pair[0] != pair[1]] == []


@pytest.mark.parametrize("screen", [(600, 800), (1264, 1680), (390, 844), (1024, 768)])
def test_the_cover_fills_any_screen(screen: tuple[int, int], tmp_path: Path) -> None:
    (book, *_) = run(export, read([GOLDEN / "english"], lambda said: None), SERIES, covers=False).values()
    page = turned(members(book), screen, tmp_path)["EPUB/cover.xhtml"]
    assert 0.95 <= page["fills"] <= 1.01
    assert page["pages"] == 1


def turned(files: Mapping[str, bytes], screen: tuple[int, int], folder: Path) -> dict[str, dict[str, Any]]:
    """Lay every page of a book out on a screen, and return what was measured of each."""
    served = {f"{HOST}{name}": (KINDS.get(Path(name).suffix, "text/plain"), data) for name, data in files.items()}
    pages = [address for address in served if address.endswith(".xhtml") and "nav.xhtml" not in address]
    own = {
        HOST: ("text/html", (FRAME % screen).encode()),
        f"{HOST}pages.json": ("application/json", json.dumps(pages).encode()),
    }
    document, _ = visit(need("chromium"), folder, HOST, served | own)
    report = re.search("<pre>(.*)</pre>", document, re.DOTALL)
    assert report, document[:2000]
    return {name.removeprefix(HOST): page for name, page in json.loads(html.unescape(report[1])).items()}
