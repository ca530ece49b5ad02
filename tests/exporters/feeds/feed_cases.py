"""What the tests of feeds share: a series with everything, small issues, and ways to look into documents."""

import datetime
from typing import Any

from lxml import etree
from paperround.exporters import Series
from paperround.exporters.contract.format import Exporter
from paperround.exporters.feeds import atom, jsonfeed, rss
from paperround.exporters.testing import MemoryOutput, run
from paperround.model import Author, Issue, Paper, Point, Record

SERIES = Series(
    title="Daily & <Papers>",
    base_url="https://example.org/daily",
    publisher="Reading Group",
    rights="CC0 1.0",
    icon="https://example.org/icon.png",
    logo="https://example.org/logo.svg",
    hub="https://hub.example.org/",
)
XML = {"atom": atom.export, "rss": rss.export}
ALL = XML | {"json": jsonfeed.export}
NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "fh": "http://purl.org/syndication/history/1.0",
}
RECORD = Record(
    title="A Title",
    authors=(Author(name="First Author"), Author(name="Last Author")),
    categories=("cs.CL", "hep-th"),
    published=datetime.date(2024, 5, 2),
)


def paper(number: int = 1, title: str = "A Title", **values: Any) -> Paper:
    values = {"authors": ("Ada Lovelace", "Kim Minji"), "authors_complete": True} | values
    return Paper(arxiv_id=f"2405.{number:05}", title=title, summary=(Point(text=f"요약 {number}입니다."),), **values)


def issue(day: str, *papers: Paper) -> Issue:
    return Issue(date=datetime.date.fromisoformat(day), title=f"Daily Papers ({day})", language="ko", papers=papers)


def publish(issues: list[Issue], series: Series = SERIES, **published: bytes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for exporter in ALL.values():
        files |= run(exporter, issues, series, published={f"epub/{name}": book for name, book in published.items()})
    return files


def subscription(
    exporter: Exporter[Any], issues: list[Issue], series: Series = SERIES, **options: object
) -> MemoryOutput:
    """Run the part of the subscription documents alone, to see what it reports."""
    output = MemoryOutput(series, exporter.files)
    with exporter.bind("tested", options).open(output) as write:
        for each in issues:
            write(each)
    return output


def tree(document: bytes) -> etree._Element:
    return etree.fromstring(document)


def values(document: bytes, path: str) -> list[str]:
    found = tree(document).xpath(path, namespaces=NAMESPACES)
    return [value if isinstance(value, str) else value.text for value in found]
