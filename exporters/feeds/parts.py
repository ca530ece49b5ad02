"""What the feed formats share as exporters: their options, their parts, and which entries stand in which document."""

import datetime
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from ...model import Code, Diagnostic, Issue
from ..contract import format as contract
from ..contract.format import Offer, Output, Write, part_of
from ..series.paper_set import PaperSet
from .document import (
    FeedDocument,
    archive_feed,
    archive_file,
    issues_feed,
    issues_file,
    papers_feed,
    papers_file,
    series_with_icon,
)
from .entry import Entry, home_series, issue_entry, paper_entries
from .window import Window

SIZE_LIMIT = 500_000
"""Bytes that a subscription document should stay under: readers fetch it again and again.

Static hosts compress it to a fifth, 100 KB.
"""


class FeedOptions(contract.Options):
    """How many entries the documents hold that people subscribe to."""

    papers: Annotated[int, Field(ge=1, le=1000)] = 75
    """Least number of papers in the feed with an entry per paper, which holds whole days."""
    days: Annotated[int, Field(ge=1, le=100)] = 10
    """Days in the feed with an entry per day."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """A syntax of feeds: the end of its file names, and how it is written."""

    extension: str
    write: Callable[[FeedDocument], bytes]


def files(extension: str, label: str, media_type: str) -> tuple[str | Offer, ...]:
    """Return the patterns of the files of one syntax, with the two feeds that people subscribe to as offers."""
    return (
        Offer(papers_file(extension), label, media_type, "paper"),
        Offer(issues_file(extension), label, media_type, "issue"),
        archive_file(extension, "{part}"),
    )


def parts(options: FeedOptions, date: datetime.date) -> tuple[str, ...]:
    """Put an issue into the subscription documents and into its week's archive."""
    return "", part_of("week", date)


def export(syntax: Syntax, options: FeedOptions, output: Output) -> Iterator[Write]:
    """Write the documents of one part: a week's archive, or those that people subscribe to."""
    return _archive(syntax, output) if output.part else _subscriptions(syntax, options, output)


def _archive(syntax: Syntax, output: Output) -> Iterator[Write]:
    known = PaperSet(output.series)
    entries: list[Entry] = []
    newest: Issue | None = None

    def write(issue: Issue) -> None:
        nonlocal newest
        newest = issue
        described = paper_entries(output.series, issue, home_series(output))
        entries.extend(described[position] for position in reversed(known.new(issue)))

    yield write
    feed = archive_feed(syntax.extension, output, newest, tuple(reversed(entries)))
    with output.binary(archive_file(syntax.extension, output.part)) as file:
        file.write(syntax.write(feed))


def _subscriptions(syntax: Syntax, options: FeedOptions, output: Output) -> Iterator[Write]:
    series, extension = output.series, syntax.extension
    if series.base_url is None:
        output.report(Diagnostic("", 0, Code.NO_BASE_URL, "feeds do not name themselves or other files"))
    known, window = PaperSet(series), Window(options.papers)
    issues: deque[Issue] = deque(maxlen=options.days)
    newest: Issue | None = None

    def write(issue: Issue) -> None:
        nonlocal newest
        newest = issue
        new = known.new(issue)
        if issue.papers:
            window.add(issue, new)
            issues.append(issue)

    yield write
    home, shown = home_series(output), series_with_icon(output)
    entries = tuple(paper_entries(series, issue, home)[position] for issue, position in window.places())
    papers = papers_feed(extension, shown, newest, entries, window.closed)
    _subscription(output, papers_file(extension), papers, syntax.write(papers), _fewer_papers(extension))
    by_day = tuple(issue_entry(output, issue) for issue in reversed(issues))
    days = issues_feed(extension, shown, newest, by_day)
    _subscription(output, issues_file(extension), days, syntax.write(days), "'days' makes it hold less")


def _fewer_papers(extension: str) -> str:
    return f"'papers' makes it hold fewer days, and {issues_file(extension)} has one entry for each day"


def _subscription(output: Output, name: str, feed: FeedDocument, content: bytes, advice: str) -> None:
    if len(content) > SIZE_LIMIT:
        size = f"{name}: {len(content):,} bytes{_why(feed)}; {advice}"
        output.report(Diagnostic("", 0, Code.FEED_TOO_LARGE, size))
    with output.binary(name) as file:
        file.write(content)


def _why(feed: FeedDocument) -> str:
    sizes = {entry.id: len(entry.content.encode()) for entry in feed.entries}
    if not sizes:
        return ""
    mean, most = sum(sizes.values()) // len(sizes), max(sizes.values())
    longest = next(entry for entry, size in sizes.items() if size == most)
    entries = "1 entry, whose content has" if len(sizes) == 1 else f"{len(sizes)} entries, whose contents have"
    return f" for {entries} {mean:,} on average, the longest {most:,} ({longest})"
