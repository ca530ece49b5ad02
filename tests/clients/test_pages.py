"""Pages of books in a browser: they fit, they leave the reader's settings alone, Korean is broken between words."""

from pathlib import Path
from typing import Any

import pytest
from paperround.model import read

from .books import IMAGES, write_books
from .conftest import GOLDEN, need
from .pages import WIDTH, Settings, measure

CASES = ("english", "japanese", "chinese", "long-title", "hostile", "nested-points")
"""All but the last in one week; a page of each language, words without a space, lists in lists."""
WEEK, DAY = "daily-papers-2024-W20.epub", "daily-papers-2024-02-14.epub"
COVER = "cover.xhtml"
"""Its words are in the middle."""
FITTING = 10
"""Letters of a word that fits a line of the largest ones; a longer word has to break somewhere."""
BLACK, WHITE = "rgb(0, 0, 0)", "rgb(255, 255, 255)"

Pages = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need("chromium")
    folder = tmp_path_factory.mktemp("books")
    write_books(read([GOLDEN / case for case in CASES], lambda said: None), folder)
    return folder


@pytest.mark.parametrize("book", [WEEK, DAY])
@pytest.mark.parametrize("size", [12, 40])
@pytest.mark.parametrize("images", IMAGES)
def test_pages_fit_at_any_size_of_letters(books: Path, tmp_path: Path, images: str, size: int, book: str) -> None:
    pages = measure(books / images / book, Settings(size=size), tmp_path)
    assert len(pages) > 3
    assert {name: page["width"] for name, page in pages.items() if page["width"] > WIDTH} == {}
    assert [word for page in pages.values() for word in page["broken"] if len(word) < FITTING] == []
    sizes = [letters for page in pages.values() for letters in page["sizes"]]
    assert 0.8 * size <= min(sizes)
    assert max(sizes) <= 1.4 * size
    pictures = [picture for page in pages.values() for picture in page["pictures"]]
    assert len(pictures) > 1 if images == "embed" else pictures == []  # covers are in words here
    assert all(natural > 0 and 0 < shown <= WIDTH for natural, shown in pictures)


@pytest.mark.parametrize(("theme", "colour"), [("light", BLACK), ("dark", WHITE)])
def test_colours_and_justification_are_the_reader_s(books: Path, tmp_path: Path, theme: str, colour: str) -> None:
    pages = measure(books / "none" / DAY, Settings(theme), tmp_path)
    links = {"light": "rgb(0, 0, 238)", "dark": "rgb(158, 158, 255)"}[theme]
    assert {shown for page in pages.values() for shown in page["colours"]} == {colour, links}
    assert {shown for page in pages.values() for shown in page["backgrounds"]} == {"rgba(0, 0, 0, 0)"}
    assert {shown for name, page in pages.items() if name != COVER for shown in page["alignments"]} == {
        "left",
        "start",
    }


def test_a_bad_page_is_told(books: Path, tmp_path: Path) -> None:
    """Without our stylesheet words break anywhere, and letters as large as these run out of the screen."""
    pages = measure(books / "none" / WEEK, Settings(size=40), tmp_path, **{"style.css": b""})
    assert any(len(word) < FITTING for page in pages.values() for word in page["broken"])
    assert any(page["width"] > WIDTH for page in pages.values())
