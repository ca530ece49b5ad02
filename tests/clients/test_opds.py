"""OPDS clients: one that walks as KOReader's sync does, and one that follows every link, over loopback HTTP."""

import datetime
import functools
import http.server
import json
import threading
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import pytest
from lxml import etree
from paperround.exporters import Series, opds
from paperround.exporters.series.books import book_file
from paperround.exporters.testing import run
from paperround.model import Issue, Paper

from ..command import DIGESTS, done, paperround

FIRST = datetime.date(2024, 1, 1)
ACQUISITION = "http://opds-spec.org/acquisition"

syntaxes = pytest.mark.parametrize("syntax", ["xml", "json"])


@dataclass
class Site:
    """A folder served over HTTP, and what was asked of it."""

    folder: Path
    url: str = ""
    asked: Counter[str] = field(default_factory=Counter)

    def books(self) -> set[str]:
        return {f"/{path.relative_to(self.folder).as_posix()}" for path in self.folder.rglob("*.epub")}

    def asked_books(self) -> dict[str, int]:
        return {path: count for path, count in self.asked.items() if path.endswith(".epub")}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path / "public")
    site.folder.mkdir()

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_request(self, *_: object) -> None:
            site.asked[self.path] += 1

    handler = functools.partial(Handler, directory=str(site.folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        site.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield site
        server.shutdown()
        thread.join()


@dataclass(frozen=True)
class Offer:
    """A book as a client lists it."""

    title: str
    author: str
    href: str
    """Of the first file: what a sync takes, and what it remembers."""


@dataclass
class Reader:
    """KOReader's sync, as its opdsbrowser.lua reads a catalogue: fillPendingSyncs and getSyncDownloadList.

    It lists from the newest book to the one that the last run began with, page after page, until it has as many as it
    may download in one run; files that are there are not fetched again.
    """

    url: str
    at_most: int = 50
    last: str | None = None
    files: dict[str, bytes] = field(default_factory=dict)

    def sync(self) -> int:
        """Download what is new; return how many books."""
        offers = self._new()
        if not offers:
            return 0
        self.last = offers[0].href
        found = {f"{offer.author} - {offer.title}.epub": offer.href for offer in offers[: self.at_most]}
        missing = {name: href for name, href in found.items() if name not in self.files}
        self.files |= {name: get(href) for name, href in missing.items()}
        return len(missing)

    def _new(self) -> list[Offer]:
        found: list[Offer] = []
        url: str | None = self.url
        while url and len(found) < self.at_most:
            offers, url = self._page(url)
            for offer in offers:
                if offer.href == self.last:
                    return found
                found.append(offer)
        return found

    def _page(self, url: str) -> tuple[list[Offer], str | None]:
        document = get(url)
        return _page2(url, json.loads(document)) if document.lstrip().startswith(b"{") else _page1(url, document)


def _page1(url: str, document: bytes) -> tuple[list[Offer], str | None]:
    """Read OPDS 1.2 without namespaces; of a feed's links only those count that have Atom's type."""
    root = etree.fromstring(document)
    for element in root.iter():
        element.tag = str(element.tag).partition("}")[2]
    following = {
        link.get("rel"): urljoin(url, link.get("href", ""))
        for link in root.findall("link")
        if "application/atom+xml" in link.get("type", "")
    }
    return [_offer1(url, entry) for entry in root.findall("entry")], following.get("next")


def _offer1(url: str, entry: etree._Element) -> Offer:
    hrefs = [link.get("href", "") for link in entry.findall("link") if link.get("rel", "").startswith(ACQUISITION)]
    return Offer(entry.findtext("title") or "", entry.findtext("author/name") or "", urljoin(url, hrefs[0]))


def _page2(url: str, feed: dict[str, list[dict[str, str]]]) -> tuple[list[Offer], str | None]:
    following = {link["rel"]: urljoin(url, link["href"]) for link in feed["links"]}
    return [_offer2(url, book) for book in feed["publications"]], following.get("next")  # type: ignore[arg-type]


def _offer2(url: str, book: dict[str, dict[str, str] | list[dict[str, str]]]) -> Offer:
    told, links = book["metadata"], book["links"]
    assert isinstance(told, dict)
    hrefs = [link["href"] for link in links if isinstance(link, dict) and link["rel"].startswith(ACQUISITION)]
    return Offer(told["title"], told["author"], urljoin(url, hrefs[0]))


def get(url: str) -> bytes:
    with urllib.request.urlopen(url) as answer:  # noqa: S310  # a loopback address
        assert answer.status == 200
        return bytes(answer.read())


@pytest.fixture(params=["absolute", "relative"])
def publish(site: Site, request: pytest.FixtureRequest) -> Callable[[int], None]:
    """Publish the first so many days, as the digest grows; with and without a base_url."""
    series = Series(base_url=site.url if request.param == "absolute" else None)

    def grow(count: int) -> None:
        dates = [FIRST + datetime.timedelta(number) for number in range(count)]
        issues = [Issue(date=date, title="", language="en", papers=(Paper(title="A"),)) for date in dates]
        books = {book_file(series, str(date)): str(date).encode() for date in dates}
        for name, content in (books | run(opds.export, issues, series, published=books)).items():
            path = site.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)

    return grow


@syntaxes
def test_a_sync_now_and_then_fetches_every_book_once(site: Site, publish: Callable[[int], None], syntax: str) -> None:
    reader = Reader(f"{site.url}opds/newest.{syntax}")
    counts = []
    for days in 40, 90, 90, 91, 130:
        publish(days)
        counts.append(reader.sync())
    assert counts == [40, 50, 0, 1, 39]
    assert site.asked_books() == dict.fromkeys(site.books(), 1)
    assert len(reader.files) == 130
    assert reader.files["Daily Papers - Daily Papers 2024-05-09.epub"] == b"2024-05-09"


@syntaxes
def test_a_late_sync_walks_from_the_first_page_to_the_last(
    site: Site, publish: Callable[[int], None], syntax: str
) -> None:
    publish(130)
    newest, every = Reader(f"{site.url}opds/newest.{syntax}"), Reader(f"{site.url}opds/newest.{syntax}", at_most=1000)
    assert newest.sync() == 50
    assert {name[-15:-5] for name in newest.files} == {str(FIRST + datetime.timedelta(day)) for day in range(80, 130)}
    site.asked.clear()
    assert every.sync() == 130
    assert site.asked_books() == dict.fromkeys(site.books(), 1)
    assert [path for path in site.asked if path.startswith("/opds")] == [
        f"/opds/{name}.{syntax}" for name in ("newest", "newest-2", "newest-1")
    ]


@pytest.fixture
def built(site: Site, tmp_path: Path) -> Site:
    """A folder built as a user builds it, with every book there can be."""
    config = tmp_path / "paperround.toml"
    config.write_text(
        '[epub]\nperiods = ["day", "week", "month"]\nvariants = ["epub", "kindle"]\n[opds]\nunfinished = true\n'
    )
    words = ["build", DIGESTS, "--config", config, "--base-url", site.url, "-o", site.folder]
    done(paperround(*words, "--format", "epub", "--format", "opds"))
    return site


@syntaxes
def test_a_crawler_reaches_every_document_and_every_book(built: Site, syntax: str) -> None:
    seen, waiting = set(), [f"{built.url}opds.{syntax}"]
    while waiting:
        url = waiting.pop()
        if url not in seen:
            seen.add(url)
            content = get(url)
            if url.endswith(syntax):
                waiting += [urljoin(url, href) for href in hrefs(content)]
    served = {url.removeprefix(built.url) for url in seen}
    every = {path.relative_to(built.folder).as_posix() for path in built.folder.rglob("*") if path.is_file()}
    assert served == {name for name in every if not name.startswith(".") and not name.endswith(other(syntax))}
    assert any("-W" in name for name in served)


def hrefs(document: bytes) -> Iterator[str]:
    if document.startswith(b"<"):
        yield from (element.attrib["href"] for element in etree.fromstring(document).iter() if "href" in element.attrib)
    else:
        yield from _hrefs(json.loads(document))


def _hrefs(value: object) -> Iterator[str]:
    for inner in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
        yield from _hrefs(inner)
    if isinstance(value, dict) and "href" in value:
        yield value["href"]


def other(syntax: str) -> str:
    return ".json" if syntax == "xml" else ".xml"


def test_feedparser_finds_nothing_wrong(built: Site) -> None:
    for path in built.folder.rglob("opds*.xml"):
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, path
        assert all(entry.title and entry.content for entry in feed.entries)
