"""An issue, the books that are made of it, and what is in them."""

import datetime
import io
import zipfile

from lxml import etree
from paperround.exporters import Series
from paperround.exporters.epub import export
from paperround.exporters.testing import run
from paperround.model import Author, Issue, Media, Paper, Point, Record

XHTML = "{http://www.w3.org/1999/xhtml}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
OPF = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}


def books(issues: list[Issue], series: Series | None = None, **options: object) -> dict[str, bytes]:
    """Run the exporter for books alone, without pictures of their covers."""
    return run(export, issues, series, **{"covers": False, **options})  # type: ignore[arg-type]


def an_issue() -> Issue:
    """Three papers: a plain one, one without arXiv, one whose record is known."""
    record = Record(
        title="Three",
        authors=(Author(name="First Author"), Author(name="Second Author")),
        categories=("cs.CL", "cs.AI"),
    )
    return Issue(
        date=datetime.date(2024, 5, 3),
        title="Daily Papers (2024-05-03)",
        language="ko",
        papers=(
            Paper(
                arxiv_id="2405.00001",
                title="One study",
                votes=30,
                authors=("Ann Author", "Bo Writer", "Cy Poet", "Di Scribe", "Ed Itor"),
                authors_complete=True,
                media=Media(kind="video", url="https://example.org/clip.mp4"),
                summary=(Point(heading="What's New", text="첫 번째 **요점**", points=(Point(text="더 깊이"),)),),
            ),
            Paper(title="둘째 연구", votes=0, authors=("Ann Author",)),
            Paper(title="Three", authors=("Ann Author",), record=record, arxiv_id="2405.00003"),
        ),
    )


def members(book: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(book))
    return {name: archive.read(name) for name in archive.namelist()}


def heading(files: dict[str, bytes], place: int) -> etree._Element:
    found = etree.fromstring(files[f"EPUB/20240503-{place:02}.xhtml"]).find(f".//{XHTML}h1")
    assert found is not None
    return found
