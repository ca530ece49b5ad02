"""Feeds: the full history in Atom and RSS, from typed issues to bytes.

Everybody gets the same plain titles, summaries and HTML from our description of an entry, made while the clock runs;
the others put all of it into one document of each kind, ours writes a document a week and those to subscribe to.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from feedgen.feed import FeedGenerator
from paperround.exporters import Series
from paperround.exporters.feeds.entry import Entry, paper_entries
from paperround.model import Issue

from .contest import Contest, Contestant, Work
from .exporting import issues_of, ours

SERIES = Series(base_url="https://example.org/papers", publisher="Example Readers", logo="https://example.org/l.png")


def feedgen_with_extensions(archive: Path) -> Work:
    """Use feedgen and what it brings along: its dc and media extensions."""
    issues = issues_of(archive)

    def add(builder: Any, entry: Entry) -> None:
        add_plain(builder, entry)
        builder.guid(entry.id, permalink=entry.id == entry.link)
        if entry.authors:
            builder.dc.dc_creator(list(entry.authors))
        builder.dc.dc_language(entry.language)
        if entry.categories:
            builder.category([{"term": category} for category in entry.categories])
        if entry.citation:
            builder.dc.dc_identifier(entry.citation.doi)
            builder.dc.dc_source(entry.citation.publication)
            builder.dc.dc_date(entry.citation.date)
        if entry.medium:
            builder.media.content({"url": entry.medium.url, "medium": entry.medium.kind}, group=None)
            if entry.medium.kind == "image":
                builder.media.thumbnail({"url": entry.medium.url}, group=None)

    return lambda: by_feedgen(issues, add, ("dc", "media"))


def feedgen_naive(archive: Path) -> Work:
    """Use feedgen as its README does."""
    issues = issues_of(archive)
    return lambda: by_feedgen(issues, add_plain, ())


def add_plain(builder: Any, entry: Entry) -> None:
    builder.id(entry.id)
    builder.title(entry.title)
    builder.published(entry.published)
    builder.updated(entry.published)
    builder.summary(entry.summary or entry.title)
    builder.content(entry.content, type="html")
    if entry.authors:
        builder.author([{"name": name} for name in entry.authors])
    if entry.link:
        builder.link(href=entry.link)


def by_feedgen(issues: list[Issue], add: Callable[[Any, Entry], None], extensions: tuple[str, ...]) -> int:
    builder = FeedGenerator()
    for extension in extensions:
        builder.load_extension(extension)
    builder.id("https://example.org/papers/feeds/papers.atom")
    builder.title(SERIES.title)
    builder.subtitle("One entry per paper")
    builder.language("ko")
    builder.link(href="https://example.org/papers/", rel="alternate")
    for entry in entries_of(issues):
        add(builder.add_entry(order="append"), entry)
    return len(builder.atom_str()) + len(builder.rss_str())


def django(archive: Path) -> Work:
    """Use django.utils.feedgenerator, which knows neither media nor several authors."""
    from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

    issues = issues_of(archive)

    def work() -> int:
        size = 0
        feeds = [
            kind(
                title=SERIES.title, link="https://example.org/papers/", description="One entry per paper", language="ko"
            )
            for kind in (Atom1Feed, Rss201rev2Feed)
        ]
        for entry in entries_of(issues):
            for feed in feeds:
                feed.add_item(
                    title=entry.title,
                    link=entry.link or "",
                    description=entry.content,
                    author_name=", ".join(entry.authors),
                    pubdate=entry.published,
                    updateddate=entry.published,
                    unique_id=entry.id,
                    categories=entry.categories,
                )
        for feed in feeds:
            size += len(feed.writeString("utf-8"))
        return size

    return work


def entries_of(issues: list[Issue]) -> Iterator[Entry]:
    """Describe every paper at its first date, newest first."""
    seen: set[str] = set()
    found = []
    for issue in issues:
        for entry in reversed(paper_entries(SERIES, issue, None)):
            if entry.id not in seen:
                seen.add(entry.id)
                found.append(entry)
    return reversed(found)


CONTESTS = (
    Contest(
        "Full history in Atom and RSS",
        "Goal: at most 1.15 of feedgen with its own extensions, which do most of the work here, too. Only ours and "
        "that one write every author, the languages, pictures and DOIs; only ours has what reference managers read, "
        "and archive documents.",
        (
            Contestant("atom and rss", ours("atom", "rss", series=SERIES)),
            Contestant("feedgen with dc and media", feedgen_with_extensions),
            Contestant("feedgen, naive", feedgen_naive),
            Contestant("Django's feedgenerator", django),
        ),
    ),
)
