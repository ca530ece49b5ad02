"""Feed readers: feedparser, newsboat and sfeed see every paper, with its title, authors, date, picture and text."""

import calendar
import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import feedparser
import pytest
from lxml import html
from paperround.exporters.feeds.content import still
from paperround.exporters.series.identity import entry_id, issue_time, link, published, series_uuid
from paperround.model import Issue

from .conftest import Archive, Entry, need
from .static_host import served
from .visible import is_plain, lost, texts

LEAST_PAPERS, LEAST_DAYS, NEWEST_ISSUES = 75, 3, 10

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
    expected = newest_papers(archive)
    assert [entry.id for entry in feed.entries] == [known_id(archive, known) for known in expected]
    for entry, known in zip(feed.entries, expected, strict=True):
        check_title(entry.title, known)
        check_link(entry.get("link"), archive, known)
        assert [bare(author.name) for author in entry.get("authors", [])] == list(known.paper.authors)
        assert calendar.timegm(entry.published_parsed) == timestamp(archive, known)
        assert [(shown["medium"], shown["url"]) for shown in entry.get("media_content", [])] == media(known)
        assert [("image", shown["url"]) for shown in entry.get("media_thumbnail", [])] == pictures(known)
        # Without a summary, the content of an RSS item stands in its description.
        check_content(entry.content[0].value if "content" in entry else entry.summary, known)


@syntaxes
def test_feedparser_reads_every_issue(archive: Archive, syntax: str) -> None:
    feed = feedparser.parse((archive.folder / "feeds" / f"issues.{syntax}").read_bytes())
    for entry, issue in zip(feed.entries, newest_issues(archive), strict=True):
        assert (entry.id, entry.title) == (issue_id(archive, issue), issue.title)
        assert calendar.timegm(entry.published_parsed) == issue_timestamp(archive, issue)
        [book] = entry.enclosures
        length = (archive.folder / book_name(archive, issue)).stat().st_size
        assert (book.href, book.type, book.length) == (
            f"{archive.series.base_url}/{book_name(archive, issue)}",
            "application/epub+zip",
            str(length),
        )
        check_issue(entry.content[0].value, issue)


@syntaxes
def test_every_paper_is_in_the_feeds_of_the_weeks(archive: Archive, syntax: str) -> None:
    feeds = sorted((archive.folder / "feeds" / "archive").glob(f"*.{syntax}"))
    found = {entry.id for path in feeds for entry in feedparser.parse(path.read_bytes()).entries}
    assert found == {known_id(archive, known) for known in archive.entries()}


@syntaxes
def test_newsboat_reads_every_paper(archive: Archive, syntax: str, tmp_path: Path) -> None:
    newsboat = need("newsboat")
    with served(archive.folder) as host:
        rows = reloaded(newsboat, f"{host.address}/feeds/papers.{syntax}", tmp_path)
    for row, known in zip(rows, newest_papers(archive), strict=True):
        guid, title, author, url, date, content = row
        assert (guid, date) == (known_id(archive, known), timestamp(archive, known))
        check_title(title, known)
        names = known.paper.authors if syntax == "atom" else known.paper.authors[-1:]  # of dc:creator it keeps one
        assert bare(author) == ", ".join(names)
        check_link(url, archive, known)
        check_content(content, known)


def test_newsboat_shows_authors_once(archive: Archive, tmp_path: Path) -> None:
    """It shows those of Atom's elements above the text, so the text names none of them again."""
    newsboat = need("newsboat")
    with served(archive.folder) as host:
        rows = reloaded(newsboat, f"{host.address}/feeds/papers.atom", tmp_path)
    for (_, _, author, _, _, content), known in zip(rows, newest_papers(archive), strict=True):
        assert bare(author) == ", ".join(known.paper.authors)
        said = [paragraph.text_content() for paragraph in html.fromstring(f"<div>{content}</div>").iterfind("p")]
        assert not [text for text in said if known.paper.authors and known.paper.authors[0] in text]


@syntaxes
def test_newsboat_reads_every_issue(archive: Archive, syntax: str, tmp_path: Path) -> None:
    newsboat = need("newsboat")
    with served(archive.folder) as host:
        rows = reloaded(newsboat, f"{host.address}/feeds/issues.{syntax}", tmp_path)
    for row, issue in zip(rows, newest_issues(archive), strict=True):
        guid, title, _, url, date, content = row
        assert (guid, title, date) == (issue_id(archive, issue), issue.title, issue_timestamp(archive, issue))
        assert url == page(archive, issue)
        check_issue(content, issue)


@syntaxes
def test_sfeed_reads_every_paper(archive: Archive, syntax: str) -> None:
    rows = parsed_by_sfeed(archive, f"papers.{syntax}")
    for row, known in zip(rows, newest_papers(archive), strict=True):
        time, title, url, content, kind, identifier, author, *_ = row
        assert (int(time), identifier, kind) == (timestamp(archive, known), known_id(archive, known), "html")
        check_title(title, known)
        assert bare(author) == next(iter(known.paper.authors), "")  # it keeps one
        check_link(url, archive, known)
        check_content(content, known)


@syntaxes
def test_sfeed_reads_every_issue(archive: Archive, syntax: str) -> None:
    rows = parsed_by_sfeed(archive, f"issues.{syntax}")
    for row, issue in zip(rows, newest_issues(archive), strict=True):
        time, title, url, content, _, identifier, _, enclosure, *_ = row
        assert (identifier, title, int(time)) == (
            issue_id(archive, issue),
            issue.title,
            issue_timestamp(archive, issue),
        )
        assert url == page(archive, issue)
        assert enclosure == f"{archive.series.base_url}/{book_name(archive, issue)}"
        check_issue(content, issue)


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


def newest_papers(archive: Archive) -> list[Entry]:
    """Return the papers of the newest days: of the week of the newest, three at least, and 75 papers at least."""
    kept: list[Entry] = []
    known = list(archive.entries())
    for number, date in enumerate(dict.fromkeys(entry.issue.date for entry in known)):
        is_current = date.isocalendar()[:2] == known[0].issue.date.isocalendar()[:2]
        if number < LEAST_DAYS or is_current or len(kept) < LEAST_PAPERS:
            kept += [entry for entry in known if entry.issue.date == date]
    return kept


def page(archive: Archive, issue: Issue) -> str:
    return f"{archive.series.base_url}/issues/{issue.date}.html"


def check_link(shown: str, archive: Archive, known: Entry) -> None:
    """A paper leads to its own page, and one that has none to its place on the page of its issue."""
    own = link(known.paper)
    assert shown == own if own else shown.startswith(f"{page(archive, known.issue)}#")


def newest_issues(archive: Archive) -> tuple[Issue, ...]:
    return archive.issues[: -NEWEST_ISSUES - 1 : -1]


def issue_id(archive: Archive, issue: Issue) -> str:
    return series_uuid(archive.series, issue.date.isoformat())


def issue_timestamp(archive: Archive, issue: Issue) -> int:
    return int(issue_time(archive.series, issue.date).timestamp())


def book_name(archive: Archive, issue: Issue) -> str:
    return f"epub/{archive.series.id}-{issue.date}.epub"


def media(known: Entry) -> list[tuple[str, str]]:
    """Return the paper's picture or video, if it has one: its kind and its address."""
    return [(shown.kind, shown.url) for shown in [known.paper.media] if shown]


def pictures(known: Entry) -> list[tuple[str, str]]:
    address = still(known.paper)
    return [("image", address)] if address else []


def bare(name: str) -> str:
    """Return a name without the zero-width spaces that keep readers from taking it for markup."""
    return name.replace("\u200b", "")


def check_title(shown: str, known: Entry) -> None:
    """Every letter of the title is there, and where it is plain text, nothing else."""
    if is_plain(known.paper.title):
        assert shown == known.paper.title
    assert not lost(known.paper.title, shown)


def check_content(shown: str, known: Entry) -> None:
    """The picture comes first and is the only one, every letter of the summary is there, and nothing is harmful."""
    content = html.fromstring(f"<div>{shown}</div>")
    assert [image.get("src") for image in content.iter("img")] == [url for kind, url in media(known) if kind == "image"]
    assert not pictures(known) or content[0][0].tag in ("img", "video")
    assert not lost(texts(known.paper.summary), content.text_content())
    check_harmless(content)


def check_issue(shown: str, issue: Issue) -> None:
    """Each paper is there with its title, picture and summary, in the issue's order."""
    content = html.fromstring(f"<div>{shown}</div>")
    headings = [heading.text_content() for heading in content.iter("h2")]
    for heading, paper in zip(headings, issue.papers, strict=True):
        assert not lost(paper.title, heading)
    media = [paper.media for paper in issue.papers if paper.media]
    assert [image.get("src") for image in content.iter("img")] == [each.url for each in media if each.kind == "image"]
    assert not lost(" ".join(texts(paper.summary) for paper in issue.papers), content.text_content())
    check_harmless(content)


def check_harmless(content: html.HtmlElement) -> None:
    """Every link is one to follow, and nothing runs."""
    for element in content.iter():
        assert element.tag not in ("script", "iframe", "object", "embed", "style", "form")
        assert not [name for name in element.attrib if name.startswith("on")]
    for _, _, address, _ in content.iterlinks():
        assert address.startswith(("https://", "http://", "mailto:"))


def reloaded(newsboat: str, feed: str, home: Path) -> list[tuple[str, str, str, str, int, str]]:
    """Let newsboat fetch a feed; return what it keeps of each article, newest first."""
    (home / "urls").write_text(f"{feed}\n")
    command = [newsboat, "-u", home / "urls", "-c", home / "cache.db", "-x", "reload"]
    subprocess.run(command, env=os.environ | {"HOME": str(home)}, capture_output=True, check=True)
    with closing(sqlite3.connect(home / "cache.db")) as cache:
        query = "SELECT guid, title, author, url, pubDate, content FROM rss_item ORDER BY pubDate DESC"
        return cache.execute(query).fetchall()


def parsed_by_sfeed(archive: Archive, name: str) -> list[list[str]]:
    """Let sfeed parse a feed; return the fields of its lines, as sfeed(5) names them, with the content unescaped."""
    with (archive.folder / "feeds" / name).open("rb") as file:
        run = subprocess.run([need("sfeed")], stdin=file, capture_output=True, check=True)
    rows = [line.split("\t") for line in run.stdout.decode().splitlines()]
    for row in rows:
        row[3] = row[3].replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\")
    return rows
