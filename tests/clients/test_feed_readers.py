"""Feed readers: feedparser, newsboat and sfeed see every paper, with its title, authors, date and text."""

import calendar
import functools
import http.server
import os
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import feedparser
import pytest
from lxml import html
from paperround.exporters.identity import entry_id, issue_time, link, published

from .conftest import Archive, Entry, need
from .visible import is_plain, lost, texts

NEWEST_PAPERS, NEWEST_ISSUES = 75, 7

syntaxes = pytest.mark.parametrize("syntax", ["atom", "rss"])


@syntaxes
def test_feedparser_finds_nothing_wrong_with_any_feed(archive: Archive, syntax: str) -> None:
    feeds = sorted((archive.folder / "feeds").rglob(f"*.{syntax}"))
    assert {"papers", "issues"} < {path.stem for path in feeds}
    for path in feeds:
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, (path.name, feed.get("bozo_exception"))
        assert feed.feed.title
        assert len({entry.id for entry in feed.entries}) == len(feed.entries) > 0


@syntaxes
def test_feedparser_reads_every_paper(archive: Archive, syntax: str) -> None:
    feed = feedparser.parse((archive.folder / "feeds" / f"papers.{syntax}").read_bytes(), sanitize_html=False)
    expected = list(archive.entries())[:NEWEST_PAPERS]
    assert [entry.id for entry in feed.entries] == [known_id(archive, known) for known in expected]
    for entry, known in zip(feed.entries, expected, strict=True):
        check_title(entry.title, known)
        assert entry.get("link") == link(known.paper) or link(known.paper) is None  # it takes the id for one
        assert [bare(author.name) for author in entry.get("authors", [])] == list(known.paper.authors)
        assert calendar.timegm(entry.published_parsed) == timestamp(archive, known)
        check_content(entry.content[0].value, known)


@syntaxes
def test_feedparser_reads_every_issue(archive: Archive, syntax: str) -> None:
    feed = feedparser.parse((archive.folder / "feeds" / f"issues.{syntax}").read_bytes())
    newest = archive.issues[: -NEWEST_ISSUES - 1 : -1]
    for entry, issue in zip(feed.entries, newest, strict=True):
        assert calendar.timegm(entry.published_parsed) == issue_time(archive.series, issue.date).timestamp()
        shown = html.fromstring(entry.content[0].value).text_content()
        assert not lost(" ".join(paper.title for paper in issue.papers), shown)


@syntaxes
def test_every_paper_is_in_the_feeds_of_the_months(archive: Archive, syntax: str) -> None:
    feeds = sorted((archive.folder / "feeds" / "archive").glob(f"*.{syntax}"))
    found = {entry.id for path in feeds for entry in feedparser.parse(path.read_bytes()).entries}
    assert found == {known_id(archive, known) for known in archive.entries()}


@syntaxes
def test_newsboat_reads_every_paper(archive: Archive, syntax: str, tmp_path: Path) -> None:
    newsboat = need("newsboat")
    with served(archive.folder) as address:
        rows = reloaded(newsboat, f"{address}/feeds/papers.{syntax}", tmp_path)
    for row, known in zip(rows, list(archive.entries())[:NEWEST_PAPERS], strict=True):
        guid, title, author, url, date, content = row
        assert (guid, date) == (known_id(archive, known), timestamp(archive, known))
        check_title(title, known)
        names = known.paper.authors if syntax == "atom" else known.paper.authors[-1:]  # of dc:creator it keeps one
        assert bare(author) == ", ".join(names)
        assert url == (link(known.paper) or "")
        check_content(content, known)


@syntaxes
def test_sfeed_reads_every_paper(archive: Archive, syntax: str) -> None:
    with (archive.folder / "feeds" / f"papers.{syntax}").open("rb") as file:
        run = subprocess.run([need("sfeed")], stdin=file, capture_output=True, check=True)
    rows = [line.split("\t") for line in run.stdout.decode().splitlines()]
    for row, known in zip(rows, list(archive.entries())[:NEWEST_PAPERS], strict=True):
        time, title, url, content, kind, identifier, author, *_ = row
        assert (int(time), identifier, kind) == (timestamp(archive, known), known_id(archive, known), "html")
        check_title(title, known)
        assert bare(author) == next(iter(known.paper.authors), "")  # it keeps one
        assert url == (link(known.paper) or "")
        check_content(content.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\"), known)


def test_newsboat_imports_the_list_of_feeds(archive: Archive, tmp_path: Path) -> None:
    opml, urls = archive.folder / "feeds" / "feeds.opml", tmp_path / "urls"
    urls.touch()
    command = [need("newsboat"), "-u", urls, "-c", tmp_path / "cache.db", "-i", opml]
    subprocess.run(command, env=os.environ | {"HOME": str(tmp_path)}, capture_output=True, check=True)
    listed = [line.split()[0].strip('"') for line in urls.read_text(encoding="utf-8").splitlines()]
    assert listed == [f"{archive.series.base_url}/feeds/{name}.atom" for name in ("papers", "issues")]


def known_id(archive: Archive, known: Entry) -> str:
    return entry_id(archive.series, known.issue.date, known.paper)


def timestamp(archive: Archive, known: Entry) -> int:
    return int(published(archive.series, known.issue.date, known.position).timestamp())


def bare(name: str) -> str:
    """Return a name without the zero-width spaces that keep readers from taking it for markup."""
    return name.replace("\u200b", "")


def check_title(shown: str, known: Entry) -> None:
    """Every letter of the title is there, and where it is plain text, nothing else."""
    if is_plain(known.paper.title):
        assert shown == known.paper.title
    assert not lost(known.paper.title, shown)


def check_content(shown: str, known: Entry) -> None:
    """Every letter of the summary is there, every link is harmless, and nothing in it runs."""
    content = html.fromstring(f"<div>{shown}</div>")
    assert not lost(texts(known.paper.summary), content.text_content())
    for element in content.iter():
        assert element.tag not in ("script", "iframe", "object", "embed", "style", "form")
        assert not [name for name in element.attrib if name.startswith("on")]
    for _, _, address, _ in content.iterlinks():
        assert address.startswith(("https://", "http://", "mailto:"))


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the types that static hosts give."""

    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".atom": "application/atom+xml"}  # noqa: RUF012

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on the loopback interface; give its address."""
    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def reloaded(newsboat: str, feed: str, home: Path) -> list[tuple[str, str, str, str, int, str]]:
    """Let newsboat fetch a feed; return what it keeps of each article, newest first."""
    (home / "urls").write_text(f"{feed}\n")
    command = [newsboat, "-u", home / "urls", "-c", home / "cache.db", "-x", "reload"]
    subprocess.run(command, env=os.environ | {"HOME": str(home)}, capture_output=True, check=True)
    with closing(sqlite3.connect(home / "cache.db")) as cache:
        query = "SELECT guid, title, author, url, pubDate, content FROM rss_item ORDER BY pubDate DESC"
        return cache.execute(query).fetchall()
