"""The rules that our catalogue is held to, under catalogues that break them."""

import datetime
import re

import pytest
from paperround.exporters import Series, opds
from paperround.exporters.series.books import book_id
from paperround.exporters.testing import run
from paperround.model import Issue, Paper

from .opds_rules import complaints

SERIES = Series(publisher="Reading Group")
FIRST = datetime.date(2024, 1, 1)
DATES = [FIRST + datetime.timedelta(number) for number in range(60)]
ISSUES = [Issue(date=date, title="Daily Papers", language="en", papers=(Paper(title="A"),)) for date in DATES]
BOOKS = {
    f"epub/daily-papers-{date}{ending}": b"x" * 7 for date in DATES for ending in (".epub", ".jpg", "-thumbnail.jpg")
}
FILES = BOOKS | run(opds.export, ISSUES, SERIES, published=BOOKS)

BREAKAGES = [
    ("one updated", "opds.xml", "<updated>.*?</updated>", ""),
    ("updated is a date", "opds.xml", "T00:00:00[^<]*", ""),
    ("a feed has an author", "opds.xml", "<author>.*?</author>", ""),
    ("an entry has content", "opds.xml", "<content.*?</content>", ""),
    ("dc:identifier", "opds/all.xml", r"(<entry>\s*<id>)[^<]*(.*?<dc:identifier>)([^<]*)", r"\1\3\2\3"),
    ("Atom's element", "opds/all.xml", "dc:publisher>(.*?)</dc:publisher", r"dc:rights>\1</dc:rights"),
    ("a summary is text", "opds/all.xml", '<content type="text">', '<summary type="html"/><content type="text">'),
    ("relation and type", "opds/all.json", r',\s*"type": "application/epub\+zip"', ""),
    ("a published file", "opds/newest.xml", r"-[0-9]+\.epub", "-99.epub"),
    ("what it leads to", "opds/newest-1.xml", "kind=navigation", "kind=acquisition"),
    ("type of the file", "opds/all.xml", "application/epub", "text/html"),
    ("length of the file", "opds/all.xml", 'length="', 'length="1'),
    ("self leads to", "opds.json", '"self"', '"alternate"'),
    ("start leads to", "opds/newest.json", r"\.\./opds\.json", "all.json"),
    ("crawlable leads to", "opds/newest.xml", "crawlable", "sort/popular"),
    ("something above", "opds/newest.xml", 'rel="up"', 'rel="via"'),
    ("holds something", "opds.xml", "<entry>.*</entry>", ""),
    ("books or shortcuts", "opds.xml", "subsection", "http://opds-spec.org/acquisition"),
    ("an id once", "opds/newest.xml", "(<entry>.*?</entry>)", r"\1\1"),
    ("newest first", "opds/newest-1.xml", "(<entry>.*?</entry>)(.*)(</feed>)", r"\2\1\3"),
    ("50 a page", "opds/newest-1.json", r'("publications": \[)(.*)(\]\s*\}\s*)$', r"\1\2,\2\3"),
    ("leads to a document", "opds.xml", "opds/newest.xml", "epub/daily-papers-2024-01-01.epub"),
    ("length is told", "opds/all.xml", ' length="[0-9]+"', ""),
    ("a thumbnail", "opds/all.json", "image/thumbnail", "image"),
    ("complete feed holds", "opds/all.xml", "<entry>.*?</entry>", ""),
    ("complete feed holds", "opds/all.xml", "<fh:complete/>", ""),
    ("one complete feed", "opds/newest-1.json", '"metadata": {', '"metadata": {"numberOfItems": 50,'),
    ("one feed is the new one", "opds.xml", "http://opds-spec.org/sort/new", "subsection"),
    ("can be reached", "opds.xml", "opds/by-month.xml", "opds/newest.xml"),
    ("belong together", "opds/newest-1.xml", 'rel="previous"', 'rel="prev"'),
    ("belong together", "opds/newest-1.xml", "<id>.*?</id>", "<id>urn:uuid:0</id>"),
    ("a book on one page", "opds/newest.json", '"identifier": "[^"]*"(,\\s*"author")', None),
    ("the ends of the walk", "opds/newest-1.xml", 'rel="last"', 'rel="item"'),
]


def test_our_catalogue_breaks_none() -> None:
    assert complaints(FILES) == []


@pytest.mark.parametrize(("rule", "name", "pattern", "by"), BREAKAGES, ids=[row[0] for row in BREAKAGES])
def test_what_breaks_a_rule_is_seen(rule: str, name: str, pattern: str, by: str | None) -> None:
    older = f'"identifier": "{book_id(SERIES, "2024-01-02")}"\\1'
    changed, count = re.subn(pattern, older if by is None else by, FILES[name].decode(), count=1, flags=re.S)
    assert count == 1
    said = complaints(FILES | {name: changed.encode()})
    assert [complaint for complaint in said if rule in complaint], said
