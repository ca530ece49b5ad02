"""Whatever the model admits becomes feeds that strict parsers read, with nothing of the text missing."""

import json
import re
from html.parser import HTMLParser

import feedparser
from hypothesis import given
from lxml import etree
from paperround.exporters import Series
from paperround.exporters.feeds import atom, jsonfeed, rss
from paperround.exporters.series.identity import entry_id
from paperround.exporters.testing import run
from paperround.exporters.text import markup
from paperround.model import Issue, Paper

from ...strategies import archives
from .feed_rules import ATOM, DC, complaints

SERIES = Series(base_url="https://example.org/daily")

ALLOWED = {
    "UnknownNamespace",  # PRISM
    "SecurityRiskAttr",  # the controls of videos
    "ArchiveIncomplete",  # the first month
    "NonCanonicalURI",  # the model takes any address for an id; it is the parser that spells them in one way
    "BadCharacters",  # "Ã©" is what the digest says, and not ours to mend
}


@given(archives)
def test_any_archive_makes_valid_feeds(issues: list[Issue]) -> None:
    for exporter in atom.export, rss.export:
        for name, document in run(exporter, issues, SERIES).items():
            assert {complaint.partition(":")[0] for complaint in complaints(document)} <= ALLOWED, name
            assert not feedparser.parse(document).bozo, name


@given(archives)
def test_nothing_of_the_text_is_missing(issues: list[Issue]) -> None:
    files = run(atom.export, issues, SERIES) | run(rss.export, issues, SERIES) | run(jsonfeed.export, issues, SERIES)
    shown = _shown(issues)
    entries = etree.fromstring(files.get("feeds/papers.atom", b"<x/>")).findall(f"{ATOM}entry")
    items = etree.fromstring(files.get("feeds/papers.rss", b"<x/>")).findall("channel/item")
    told = json.loads(files.get("feeds/papers.json", b'{"items": []}'))["items"]
    assert {item["id"] for item in told} == shown.keys()
    for entry, item, json_item in zip(entries, items, told, strict=True):
        assert entry.findtext(f"{ATOM}id") == item.findtext("guid") == json_item["id"]
        assert letters(item.findtext("title") or "") == letters(json_item["title"])
        names = [letters(author["name"]) for author in json_item.get("authors", [])]
        assert [letters(name.text or "") for name in entry.iterfind(f"{ATOM}author/{ATOM}name")] == names
        assert [letters(name.text or "") for name in item.iterfind(f"{DC}creator")] == names
        assert entry.findtext(f"{ATOM}content") == json_item["content_html"]
        paper = shown[json_item["id"]]
        assert letters(markup.plain(paper.title)) in letters(json_item["title"])
        content = letters(text_of(json_item["content_html"]))
        assert letters(text_of(markup.blocks(paper.summary))) in content


def _shown(issues: list[Issue]) -> dict[str, Paper]:
    shown: dict[str, Paper] = {}
    for issue in sorted(issues, key=lambda issue: issue.date):
        for paper in issue.papers:
            shown.setdefault(entry_id(SERIES, issue.date, paper), paper)
    return shown


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def text_of(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    parser.close()
    return "".join(parser.found)


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)
