"""Letters outside the basic plane, which fonts of e-readers lack."""

import datetime

import pytest
from lxml import etree
from paperround.exporters import Series
from paperround.exporters.epub import export
from paperround.exporters.epub.planes import basic, basic_markup
from paperround.exporters.testing import run
from paperround.model import Issue, Paper, Point

from .book_cases import an_issue, books, members


@pytest.mark.parametrize(
    ("letter", "shown"),
    [
        ("\U0001d4aa", "<i>O</i>"),  # script
        ("\U0001d524", "<i>g</i>"),  # Fraktur
        ("\U0001d400", "<b>A</b>"),
        ("\U0001d538", "<b>A</b>"),  # double-struck
        ("\U0001d5a0", "A"),  # sans-serif
        ("\U0001d7d9", "<b>1</b>"),
        ("\U0001d6fc", "<i>α</i>"),
        ("ℝ", "ℝ"),
        ("\U00020000", "\U00020000"),  # Han, which no other letter stands for
    ],
)
def test_a_letter_is_shown_as_what_it_is_a_form_of(letter: str, shown: str) -> None:
    assert basic_markup(f"<p>{letter}</p>") == f"<p>{shown}</p>"
    assert basic_markup(f'<img alt="{letter}"/>') == f'<img alt="{basic(letter)}"/>'


def test_no_file_of_a_book_holds_one() -> None:
    title = r"Sorting in $\mathcal{O}(n)$ and $\mathfrak{g}$"
    paper = Paper(title=title, summary=(Point(text=r"Time is $\mathcal{D}$ 𝐱"),))
    files = members(*books([an_issue().model_copy(update={"papers": (paper,)})]).values())
    for name, data in files.items():
        if not name.endswith(".jpg"):
            assert max(data.decode()) <= "\uffff", name
    page = etree.fromstring(files["EPUB/20240503-01.xhtml"])
    assert "Sorting in O(n)" in "".join(page.itertext())
    assert b"<text>Sorting in O(n) and g</text>" in files["EPUB/toc.ncx"]


def test_the_names_of_a_series_hold_none_either() -> None:
    """They stand in attributes, in an SVG's title and in metadata, where no element can."""
    series = Series(title="𝒟aily", publisher="𝔊arden", rights="𝐂C BY")
    issue = Issue(date=datetime.date(2024, 5, 3), title="Daily", language="en", papers=(Paper(title="A"),))
    (book,) = run(export, [issue], series, covers=False).values()
    texts = {name: data.decode() for name, data in members(book).items() if not name.endswith(".jpg")}
    assert not [name for name, text in texts.items() if any(letter > "\uffff" for letter in text)]
    assert "<title>Cover of Daily 2024-05-03</title>" in texts["EPUB/cover.xhtml"]
