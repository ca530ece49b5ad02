"""Every link of a published demo leads somewhere, over HTTP, and a reader finds the feeds from the index."""

import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import feedparser
import pytest

from ..command import DIGESTS, done, paperround
from ..exporters.html.html_cases import tree, values
from .static_host import TYPES, Host, served

CONFIG = """\
[series]
title = "데일리 페이퍼"
base_url = "{0}"
[epub]
periods = ["day", "month"]
variants = ["epub", "kindle"]
[[select]]
name = "liked"
min_votes = 30
formats = ["atom", "html", "epub"]
[[select]]
name = "nothing"
keywords = ["no paper has this"]
formats = ["atom", "html"]
"""


@pytest.fixture(scope="module", params=["/", "/papers/"])
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Serve the demo and two selections: at the root of a host, and in a folder of one."""
    folder = tmp_path_factory.mktemp("host")
    with served(folder) as host:
        config = folder / "paperround.toml"
        config.write_text(CONFIG.format(host.address + request.param.rstrip("/")), encoding="utf-8")
        done(paperround("build", DIGESTS, "--config", config, "-o", folder / request.param.strip("/")))
        host.start = host.address + request.param  # type: ignore[attr-defined]
        yield host


def test_every_link_leads_somewhere(host: Host) -> None:
    start: str = host.start  # type: ignore[attr-defined]
    waiting, answers = [start, f"{start}index.html"], dict[str, tuple[str, bytes]]()
    wanted: set[tuple[str, str]] = set()
    while waiting:
        address = waiting.pop()
        if address in answers:
            continue
        kind, body = answers[address] = fetch(address)
        if kind.startswith("text/html"):
            for link in links(body):
                target, anchor = urldefrag(urljoin(address, link))
                if target.startswith(host.address):
                    assert target.startswith(start), f"{address} leads out of the folder: {link}"
                    waiting.append(target)
                    wanted.add((target, unquote(anchor)))
    broken = [f"{target}#{anchor}" for target, anchor in wanted if anchor and not has(answers[target][1], anchor)]
    assert broken == []
    check_reached(host, start, set(answers))


def check_reached(host: Host, start: str, reached: set[str]) -> None:
    """Every page is reached from the index, and what people subscribe to."""
    folder = host.folder / urlsplit(start).path.strip("/")
    names = {address.removeprefix(start).partition("?")[0] for address in reached}
    pages = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    assert len(pages) > 20
    unlinked = {"search.html", "404.html"}  # a form leads to the one, a host to the other
    assert {name for name in pages - names if name.rpartition("/")[2] not in unlinked} == set()
    expected = [
        "feeds/papers.atom",
        "feeds/issues.rss",
        "feeds/papers.json",
        "feeds/feeds.opml",
        "opds.xml",
        "papers.bib",
    ]
    expected += ["epub/daily-papers-2025-01-24.epub", "epub/daily-papers-2025-01-24-kindle.epub"]
    expected += ["epub/daily-papers-2025-01.epub", "select/liked/feeds/papers.atom", "papers.bib"]
    assert set(expected) <= names


def test_a_feed_reader_finds_the_feeds_from_any_page(host: Host) -> None:
    start: str = host.start  # type: ignore[attr-defined]
    for page in "index.html", "issues/2024-05-03.html", "years/2024.html", "history.html":
        found = feedparser.parse(start + page).feed.links
        feeds = [link for link in found if link["rel"] == "alternate"]
        assert [urlsplit(link["href"]).path.rpartition("/")[2] for link in feeds] == [
            f"{shape}.{end}" for shape in ("papers", "issues") for end in ("atom", "json", "rss")
        ]
        for link in feeds:
            if not link["href"].endswith(".json"):
                feed = feedparser.parse(link["href"])
                assert (feed.status, feed.bozo, bool(feed.entries)) == (200, False, True), link


def test_types_named_in_links_are_those_served(host: Host) -> None:
    start: str = host.start  # type: ignore[attr-defined]
    _, index = fetch(start)
    for link in tree(index).xpath("//*[@type and @href]"):
        served_as = fetch(urljoin(start, link.get("href")))[0].partition(";")[0]
        said = link.get("type").partition(";")[0]
        assert said.replace("feed+json", "json").replace("opds+json", "json").replace("atom+xml", "xml") in (
            served_as,
            served_as.replace("atom+xml", "xml"),
        )


def fetch(address: str) -> tuple[str, bytes]:
    """Return the type and the body of what is there."""
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310  loopback
            kind = answer.headers["Content-Type"]
            assert kind != "application/octet-stream" or Path(urlsplit(address).path).suffix not in TYPES
            return kind, answer.read()
    except HTTPError as error:
        raise AssertionError(f"{address}: {error}") from error


def links(page: bytes) -> list[str]:
    return values(page, "//@href | //@src | //@data-copy[. != '']")


def has(page: bytes, anchor: str) -> bool:
    return anchor in values(page, "//@id")


def test_a_broken_link_would_be_found(host: Host) -> None:
    with pytest.raises(AssertionError, match="404"):
        fetch(f"{host.address}/nothing-here")
