"""One description of a feed document, and the three that are published: papers, issues, and a week's archive."""

import datetime
from dataclasses import dataclass, replace

from ...model import Issue
from ..contract.format import Output, Series
from ..series.identity import file_url, issue_time, language, series_uuid
from ..text.plain import clean
from ..words import words_in
from .entry import Entry, home_series

DAILY_PAPERS = "https://huggingface.co/papers"
"""Where the digests' papers are chosen: what a feed links to when the series has no address of its own."""

_EPOCH = datetime.date(2000, 1, 1)
"""The date of a feed that never held anything: Atom demands one, and today's would differ each day."""


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A feed document, in no syntax yet; addresses are absolute, None where they are unknown."""

    id: str
    title: str
    subtitle: str
    language: str
    author: str
    """Who is behind the feed as a whole: the publisher, else its title."""
    publisher: str | None
    rights: str | None
    icon: str | None
    logo: str | None
    updated: datetime.datetime
    """When its newest entry was published; never the time of the build."""
    entries: tuple[Entry, ...]
    """Newest first."""
    link: str
    """The page the feed belongs to."""
    address: str | None = None
    """Its own: rel=self."""
    hub: str | None = None
    """WebSub hub of a subscription document."""
    older: str | None = None
    """The archive document before it: RFC 5005 prev-archive, JSON Feed's next_url."""
    current: str | None = None
    """The subscription document that an archive document belongs to."""
    archive: bool = False
    """Whether it is an archive document (RFC 5005, section 4)."""


def papers_feed(
    extension: str, series: Series, newest: Issue | None, entries: tuple[Entry, ...], closed: str | None = None
) -> FeedDocument:
    """Describe the subscription document with an entry per paper; `closed` is the newest week that is over.

    Its archive begins there: clients keep archive documents by their address and never ask again (RFC 5005, section 4).
    """
    return replace(
        _feed(series, "papers", newest, entries),
        address=file_url(series, papers_file(extension)),
        hub=series.hub,
        older=file_url(series, archive_file(extension, closed)) if closed else None,
    )


def issues_feed(extension: str, series: Series, newest: Issue | None, entries: tuple[Entry, ...]) -> FeedDocument:
    """Describe the subscription document with an entry per day."""
    feed = _feed(series, "issues", newest, entries)
    return replace(
        feed,
        title=f"{feed.title} ({words_in(feed.language).feed_by_day})",
        subtitle=words_in(feed.language).feed_of_issues,
        address=file_url(series, issues_file(extension)),
        hub=series.hub,
    )


def archive_feed(extension: str, output: Output, newest: Issue | None, entries: tuple[Entry, ...]) -> FeedDocument:
    """Describe a week's archive document: it tells only of its own issues and the name of the week before."""
    series = series_with_icon(output)
    return replace(
        _feed(series, "papers", newest, entries),
        address=file_url(series, archive_file(extension, output.part)),
        older=file_url(series, archive_file(extension, output.before)) if output.before else None,
        current=file_url(series, papers_file(extension)),
        archive=True,
    )


def series_with_icon(output: Output) -> Series:
    """Return the series as feeds show it: without an icon of its own, with the one of the pages."""
    series, home = output.series, home_series(output)
    if series.icon or home is None:
        return series
    return series.model_copy(update={"icon": file_url(home, "static/icon.svg")})


def papers_file(extension: str) -> str:
    """Name the subscription document with an entry per paper."""
    return f"feeds/papers.{extension}"


def issues_file(extension: str) -> str:
    """Name the subscription document with an entry per day."""
    return f"feeds/issues.{extension}"


def archive_file(extension: str, week: str) -> str:
    """Name the archive document of a week, 2024-W18."""
    return f"feeds/archive/{week}.{extension}"


def _feed(series: Series, name: str, newest: Issue | None, entries: tuple[Entry, ...]) -> FeedDocument:
    tongue = language(series, newest) if newest else series.language or "en"
    empty_since = newest.date if newest else _EPOCH
    return FeedDocument(
        id=series_uuid(series, name),
        title=clean(series.title),
        subtitle=words_in(tongue).feed_of_papers,
        language=tongue,
        author=clean(series.publisher or series.title),
        publisher=clean(series.publisher) if series.publisher else None,
        rights=clean(series.rights) if series.rights else None,
        icon=series.icon,
        logo=series.logo,
        updated=entries[0].published if entries else issue_time(series, empty_since),
        entries=entries,
        link=series.home or file_url(series, "") or DAILY_PAPERS,
    )
