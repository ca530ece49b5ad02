"""The pages of the whole archive: the index, its history, and what all pages share."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ...model import Issue
from ..contract.format import Offer, Output, Period, Write, part_of
from ..registry import offers
from ..series.identity import language
from ..text.plain import excerpt
from ..words import Words
from . import history
from .article import shows
from .card import Card, cards, labels, mark, page_name
from .frame import FeedLink, Frame, feeds, make_frame
from .issue import books
from .line import IssueLine, issue_line
from .listing import cover, months
from .render import write_page, write_static
from .search import write_months
from .sitemap import write_sitemaps

_PERIODS: tuple[Period, ...] = ("day", "week", "month")
"""Of books, the shortest first."""

_NEWEST_MONTHS = 12
_OPEN_MONTHS = 1
_SHOWN = 24
"""Papers of the newest issue that the index shows; those of a usual day."""
_EAGER = 5
"""Of their pictures, those that are in view at once."""
_EXCERPT = 240
"""Bytes of a summary that the index shows."""
_FEED_LIST = "text/x-opml"
_CATALOGUES = ("application/atom+xml;profile=opds-catalog", "application/opds+json")
"""How media types of catalogues begin: OPDS 1.2 and 2.0."""


class SelectionLinks(NamedTuple):
    """A selection published beside the series."""

    title: str
    page: str | None
    feeds: list[FeedLink]


class PaperTeaser(NamedTuple):
    """A paper of the newest issue, in short."""

    card: Card
    excerpt: str
    picture: str | None
    page: str
    """Where all of it stands."""


class Offers(NamedTuple):
    """What is published for readers, beside feeds and books."""

    lists: list[Offer]
    catalogues: list[Offer]
    data: list[Offer]


def whole(output: Output, pages: bool) -> Iterator[Write]:
    """Write the pages of the whole archive, what they share, and the lists of what can be searched and crawled."""
    lines: list[IssueLine] = []
    authors = history.AuthorCounter()
    newest: list[Issue] = []

    def write(issue: Issue) -> None:
        lines.append(issue_line(output.series, issue))
        authors.add(labels(output.series, issue))
        if issue.papers:
            newest[:] = [issue]

    yield write
    tongue = output.series.language or (newest[0].language if newest else "en")
    write_static(output)
    years = _years(lines)
    write_months(output, list(dict.fromkeys(each.month for each in lines)), list(years), pages)
    write_sitemaps(output, list(years))
    filled = [each for each in lines if each.papers]
    _write_small_pages(output, tongue, years)
    frame = make_frame(output, tongue, "index.html")
    title = frame.words.history
    history.write(output, make_frame(output, tongue, "history.html", title), filled, authors)
    # Last: from here people find all the others.
    _write_index(output, frame, newest[0] if newest else None, filled, years, pages)


def _write_small_pages(output: Output, tongue: str, years: dict[str, int]) -> None:
    frame = make_frame(output, tongue, "search.html")
    search = make_frame(output, tongue, "search.html", frame.words.search)
    write_page(output, search, "search.html", years=years)
    write_page(output, make_frame(output, tongue, "404.html", frame.words.not_found), "404.html")


def _write_index(
    output: Output, frame: Frame, issue: Issue | None, lines: Sequence[IssueLine], years: dict[str, int], pages: bool
) -> None:
    words = frame.words
    book = _newest_book(output, issue) if issue else None
    recent = [list(group) for _, group in groupby(lines, key=lambda line: line.month)][-_NEWEST_MONTHS:]
    write_page(
        output,
        frame,
        "index.html",
        issue=issue,
        teasers=_teasers(output, issue, words, pages) if issue else [],
        eager=_EAGER,
        text_mark=mark(language(output.series, issue), words.language) if issue else "",
        books=books(output, book) if book else {},
        cover=cover(output, book) if book else None,
        offers=_offers(output),
        selections=list(_selections(output, words)),
        months=list(months(output, [each for group in recent for each in group], words, covers=True)),
        open_months=_OPEN_MONTHS,
        years=years,
    )


def _newest_book(output: Output, issue: Issue) -> str | None:
    """Return the part of the book that the newest issue is in: the day's, else its week's or its month's."""
    parts = (part_of(period, issue.date) for period in _PERIODS)
    return next((part for part in parts if books(output, part)), None)


def _teasers(output: Output, issue: Issue, words: Words, pages: bool) -> list[PaperTeaser]:
    """Return the newest issue's papers with the most votes, of equals the first."""
    pairs = zip(cards(output.series, issue, words), issue.papers, strict=True)
    best = sorted(pairs, key=lambda pair: -(pair[1].votes or 0))[:_SHOWN]
    day = f"issues/{issue.date}.html"
    return [
        PaperTeaser(
            card,
            excerpt(paper.summary, _EXCERPT),
            paper.media.url if shows(paper.media) else None,
            page_name(issue.date, card.anchor) if pages else f"{day}#{card.anchor}",
        )
        for card, paper in best
    ]


def _offers(output: Output) -> Offers:
    """Return what the installed formats offer, a stranger's too, as far as it is published."""
    there = [offer for offer in offers() if offer.entry is None and output.size(offer.file) is not None]
    lists = [offer for offer in there if offer.type == _FEED_LIST]
    catalogues = [offer for offer in there if offer.type.startswith(_CATALOGUES)]
    return Offers(lists, catalogues, [offer for offer in there if offer not in lists and offer not in catalogues])


def _selections(output: Output, words: Words) -> Iterator[SelectionLinks]:
    for place in output.selections:
        found = list(feeds(output, place.series, place.folder, words))
        page = f"{place.folder}index.html"
        if found or output.published(page):
            yield SelectionLinks(place.series.title, page if output.published(page) else None, found)


def _years(lines: Sequence[IssueLine]) -> dict[str, int]:
    """Count issues by year, newest first."""
    years: dict[str, int] = {}
    for each in reversed(lines):
        years[each.month[:4]] = years.get(each.month[:4], 0) + (each.papers > 0)
    return years
