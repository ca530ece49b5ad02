"""calibre reads back what a book says of itself."""

import re
import subprocess
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest
from paperround.exporters.series.books import book_author, book_title
from paperround.exporters.series.identity import series_uuid
from paperround.model import join, read, read_records

from .books import IMAGES, SERIES, write_books
from .conftest import GOLDEN, need

CASE = GOLDEN / "with-records"


class Kind(NamedTuple):
    """A book of a period: its part, and its series and place in it as ebook-meta prints them."""

    part: str
    series: str


KINDS = [
    Kind("2024-05-06", f"{SERIES.title} #20240506"),
    Kind("2024-W19", f"{SERIES.title} (weekly) #20240506"),
    Kind("2024-05", f"{SERIES.title} (monthly) #20240501"),
]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write every kind of book of an issue whose papers arXiv has records of."""
    need("ebook-meta")
    folder = tmp_path_factory.mktemp("books")
    records = read_records(CASE / "arxiv.jsonl", lambda said: None)
    write_books((join(issue, records, lambda said: None) for issue in read([CASE], lambda said: None)), folder)
    return folder


@pytest.mark.parametrize("variant", ["", "-kindle"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.part)
@pytest.mark.parametrize("images", IMAGES)
def test_calibre_reads_back_what_a_book_says(
    books: Path, tmp_path: Path, images: str, kind: Kind, variant: str
) -> None:
    book, cover = books / images / f"daily-papers-{kind.part}{variant}.epub", tmp_path / "cover.jpg"
    told = ebook_meta(book, f"--get-cover={cover}")
    author = book_author(SERIES).replace("&", "&&")  # as ebook-meta prints an & that joins no two authors
    assert told.pop("Comments").startswith("논문 4편: Attention Is All You Need; ")
    assert told == {
        "Title": book_title(SERIES, kind.part),
        "Author(s)": f"{author} [{author}]",
        "Publisher": SERIES.publisher,
        "Tags": "cs.CL, cs.LG, stat.ML, cs.AI",
        "Series": kind.series,
        "Languages": "kor",
        "Published": "2024-05-06T00:00:00+00:00",
    }
    assert cover.read_bytes() == zipfile.ZipFile(book).read("EPUB/cover.jpg")


def test_calibre_knows_a_book_by_its_identifier(books: Path) -> None:
    """What ebook-meta reads, but does not print: it keeps a UUID apart from other identifiers."""
    script = (
        "import sys; from calibre.ebooks.metadata.meta import get_metadata\n"
        "for path in sys.argv[1:]: print(get_metadata(open(path, 'rb'), 'epub').uuid)"
    )
    names = {kind.part: "" for kind in KINDS} | {f"{kind.part} kindle": "-kindle" for kind in KINDS}
    files = [books / "none" / f"daily-papers-{name.split()[0]}{ending}.epub" for name, ending in names.items()]
    run = subprocess.run(["calibre-debug", "-c", script, *files], capture_output=True, text=True, check=True)
    assert [f"urn:uuid:{uuid}" for uuid in run.stdout.split()] == [series_uuid(SERIES, name) for name in names]


def ebook_meta(book: Path, *words: str) -> dict[str, str]:
    """Return what ebook-meta prints; it says nothing of a book that it cannot read, and exits with 0."""
    run = subprocess.run(["ebook-meta", book, *words], capture_output=True, text=True, check=True)
    return dict(re.findall(r"^(\S[^:]*?) *: (.*)$", run.stdout, re.M))
