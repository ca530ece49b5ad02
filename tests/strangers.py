"""For every format a stranger that reads its files strictly: `check` raises where one does not accept them."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import bibtexparser
import feedparser
import html5lib
import jsonschema
import rispy
from lxml import etree
from paperround.exporters import Series, load
from paperround.exporters.testing import run
from paperround.model import Issue, jsonlines
from PIL import Image
from pybtex.database import parse_string

SCHEMAS = Path(__file__).parent / "schemas"
SERIES = Series(title="Daily & <Papers>", base_url="https://example.org/daily", publisher="A & B", utc_offset="+09:00")

OPTIONS: Mapping[str, Mapping[str, object]] = {
    "bibtex": {"period": "week", "abstract": True, "keywords": True},
    "biblatex": {"period": "month", "abstract": True, "keywords": True},
    "csl-json": {"period": "day", "abstract": True, "keywords": True},
    "ris": {"abstract": True, "keywords": True},
    "epub": {"covers": False},
}
"""What makes a format say the most."""


def publish(name: str, issues: Sequence[Issue], **options: object) -> dict[str, bytes]:
    """Return the files of a format; those that point at books find some."""
    books = {f"epub/{SERIES.id}-{issue.date}.epub": b"x" for issue in issues}
    return run(load(name), issues, SERIES, published=books, **{**OPTIONS.get(name, {}), **options})


def check(name: str, files: Mapping[str, bytes], issues: Sequence[Issue]) -> None:
    """Let strangers read the files of a format that was made of issues; raises AssertionError or their own errors."""
    for file, data in files.items():
        READERS[Path(file).suffix](data)
    if name == "jsonl":
        lines = files.get("papers.jsonl", b"").splitlines()
        assert [jsonlines.parse_line(line) for line in lines] == sorted(issues, key=lambda issue: issue.date)
    if name == "csv" and files:
        table = csv.reader(io.StringIO(files["papers.csv"].decode(), newline=""), strict=True)
        header, *rows = table
        assert len(rows) == sum(len(issue.papers) for issue in issues)
        assert {len(row) for row in rows} <= {len(header)}
    for file, schema in SCHEMA_OF.items():
        if file in files:
            validator(schema).validate(json.loads(files[file]))


@cache
def validator(schema: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((SCHEMAS / schema).read_bytes()))


SCHEMA_OF = {
    "papers.csl.json": "csl-data.json",
    "feeds/papers.json": "jsonfeed.json",
    "feeds/issues.json": "jsonfeed.json",
    "opds.json": "opds2.json",
    "opds/newest.json": "opds2.json",
    "opds/all.json": "opds2.json",
}


def read_xml(data: bytes) -> None:
    etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def read_feed(data: bytes) -> None:
    read_xml(data)
    found = feedparser.parse(data)
    assert not found.bozo, found.bozo_exception


def read_html(data: bytes) -> None:
    html5lib.HTMLParser(strict=True).parse(data)


def read_json(data: bytes) -> None:
    for line in data.split(b"\n") if data.startswith(b'{"schema"') else [data]:
        if line:
            json.loads(line)


def read_bib(data: bytes) -> None:
    library = bibtexparser.parse_string(data.decode())
    assert not library.failed_blocks
    entries = parse_string(data.decode(), "bibtex").entries
    assert len(entries) == len(library.entries)


def read_book(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        for name in book.namelist():
            if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
                read_xml(book.read(name))


def read_ris(data: bytes) -> None:
    assert len(rispy.loads(data.decode())) == data.count(b"\nER  - ")


def read_picture(data: bytes) -> None:
    Image.open(io.BytesIO(data)).verify()


READERS: Mapping[str, Callable[[bytes], object]] = {
    ".atom": read_feed,
    ".rss": read_feed,
    ".xml": read_xml,
    ".opml": read_xml,
    ".epub": read_book,
    ".html": read_html,
    ".json": read_json,
    ".jsonl": read_json,
    ".csv": bytes.decode,
    ".bib": read_bib,
    ".ris": read_ris,
    ".css": bytes.decode,
    ".js": bytes.decode,
    ".svg": read_xml,
    ".txt": bytes.decode,
    ".png": read_picture,
}
