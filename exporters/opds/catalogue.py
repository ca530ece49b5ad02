"""The documents of a catalogue and how they link to each other, in no syntax yet.

opds ─┬─ opds/newest ── opds/newest-7 ── … ── opds/newest-1    a book a day, a page leading to the next older
      ├─ opds/by-month ── opds/2024-05 …                      the same, by month
      ├─ opds/weekly, opds/monthly, and their older pages     a book a week, a month
      └─ opds/all                                             all of them, for crawlers
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from ..contract.format import Output, Period, Series
from ..series.books import book_author
from ..series.identity import file_url, series_uuid
from ..words import Words, words_in
from .shelf import PAGE, Book, IssueFacts, shelf

ROOT = "opds"
BY_MONTH = "opds/by-month"
ALL = "opds/all"
SHELVES: dict[Period, str] = {"day": "opds/newest", "week": "opds/weekly", "month": "opds/monthly"}
"""First pages of the books of each period."""

NEW = "http://opds-spec.org/sort/new"
CRAWLABLE = "http://opds-spec.org/crawlable"
SUBSECTION = "subsection"


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another document of the catalogue."""

    relation: str
    stem: str
    """The document's file name without extension."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry that leads to another document."""

    id: str
    link: Link
    title: str
    books: int
    """How many are listed there."""
    about: str
    updated: datetime.datetime


class Target(NamedTuple):
    """The books that a shortcut leads to."""

    newest: Book
    books: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the catalogue: a navigation feed of shortcuts, or an acquisition feed of books."""

    series: Series
    stem: str
    id: str
    """Shared by the pages of one feed."""
    title: str
    language: str
    """Of its own words; each book says its own."""
    updated: datetime.datetime
    links: tuple[Link, ...]
    shortcuts: tuple[Shortcut, ...] = ()
    books: Sequence[Book] = ()
    """Newest first."""

    @property
    def pages(self) -> Iterator[Sequence[Book]]:
        """The books some at a time: the elements of thousands would fill the memory."""
        for start in range(0, len(self.books), PAGE):
            yield self.books[start : start + PAGE]

    @property
    def author(self) -> str:
        """Who is behind the catalogue."""
        return book_author(self.series)

    @property
    def complete(self) -> bool:
        """Whether it holds every book there is (RFC 5005, section 2)."""
        return self.stem == ALL

    def href(self, name: str) -> str:
        """Return the address of a published file.

        It is absolute where it can be, for not every e-reader resolves the other kind (crosspoint-reader#3044,
        readest#2619); without a base_url it is relative to this document.
        """
        absolute = file_url(self.series, name)
        if absolute:
            return absolute
        folder, slash, _ = self.stem.rpartition("/")
        return name.removeprefix(folder + slash) if name.startswith(folder + slash) else f"../{name}"


def is_navigation(stem: str) -> bool:
    """Tell whether a document of the catalogue holds shortcuts, not books."""
    return stem in (ROOT, BY_MONTH)


def month(output: Output, issues: Sequence[IssueFacts]) -> Iterator[Document]:
    """Describe the document of a month's daily books; it tells only of its own issues."""
    if books := shelf(output, "day", issues):
        yield _listing(output.series, _month_stem(output.part), books, Link("up", BY_MONTH))


def catalogue(output: Output, issues: Sequence[IssueFacts]) -> Iterator[Document]:
    """Describe all documents but the months', the root last; none without a book."""
    series = output.series
    shelves = {SHELVES[period]: books for period in SHELVES if (books := shelf(output, period, issues))}
    if not shelves:
        return
    for stem, books in shelves.items():
        yield from _pages(series, stem, books)
    yield _listing(series, ALL, _together([*shelves.values()]), Link("up", ROOT))
    days = shelves.get(SHELVES["day"], ())
    if days:
        yield _menu(series, BY_MONTH, _by_month(days), Link("up", ROOT))
    yield _menu(series, ROOT, _from_root(shelves, days))


def _pages(series: Series, stem: str, books: Sequence[Book]) -> Iterator[Document]:
    """Describe the pages of a feed, the oldest first.

    Only the newest page has a name that stays, for readers to subscribe to, and only it changes when a book is added.
    It holds what older pages, always full, left over. Numbering from the newest would change every page every day.
    """
    pages = [(page, sum(1 for _ in group)) for page, group in groupby(book.page for book in reversed(books))]
    stems = [f"{stem}-{page}" for page, _ in pages[:-1]] + [stem]
    behind = len(books)
    for place, (_, count) in enumerate(pages):
        behind -= count
        links = [Link("up", ROOT), Link("first", stem), Link("last", stems[0])] if stems[1:] else [Link("up", ROOT)]
        if place:
            links.append(Link("next", stems[place - 1]))
        if place + 1 < len(stems):
            links.append(Link("previous", stems[place + 1]))
        yield _listing(series, stems[place], books[behind : behind + count], *links, feed=stem)


def _together(shelves: Sequence[Sequence[Book]]) -> Sequence[Book]:
    """Return the books of all shelves, newest first."""
    if len(shelves) == 1:
        return shelves[0]
    return sorted((book for books in shelves for book in books), key=_updated, reverse=True)


def _by_month(days: Sequence[Book]) -> dict[Link, Target]:
    """Group daily books, newest first, by the month's document that lists them."""
    found: dict[Link, Target] = {}
    for book in days:
        link = Link(SUBSECTION, _month_stem(book.issued.isoformat()[:7]))
        newest, books = found.get(link, (book, 0))
        found[link] = Target(newest, books + 1)
    return found


def _from_root(shelves: Mapping[str, Sequence[Book]], days: Sequence[Book]) -> dict[Link, Target]:
    """Map what the root leads to, to the books found there; the shortest period's are the ones called new."""
    books = {stem: Target(listed[0], len(listed)) for stem, listed in shelves.items()}
    first, *others = books
    found = {Link(NEW, first): books[first]}
    if days:
        found[Link(SUBSECTION, BY_MONTH)] = Target(days[0], len(days))
    return found | {Link(SUBSECTION, stem): books[stem] for stem in others}


def _menu(series: Series, stem: str, leads: Mapping[Link, Target], *links: Link) -> Document:
    """Describe a navigation feed."""
    newest = max((target.newest for target in leads.values()), key=_updated)
    spoken = words_in(newest.language)
    shortcuts = tuple(_shortcut(series, link, target, spoken) for link, target in leads.items())
    return replace(_document(series, stem, stem, newest, links), shortcuts=shortcuts)


def _listing(series: Series, stem: str, books: Sequence[Book], *links: Link, feed: str | None = None) -> Document:
    """Describe an acquisition feed, or a page of the one whose first page is `feed`."""
    return replace(_document(series, stem, feed or stem, books[0], links), books=books)


def _document(series: Series, stem: str, feed: str, newest: Book, links: Sequence[Link]) -> Document:
    name = _name(words_in(newest.language), feed)
    return Document(
        series=series,
        stem=stem,
        id=series_uuid(series, feed),
        title=series.title if feed == ROOT else f"{series.title} – {name}",
        language=newest.language,
        updated=newest.updated,
        links=(Link("self", stem), Link("start", ROOT), *links, Link(CRAWLABLE, ALL)),
    )


def _name(words: Words, stem: str) -> str:
    """Name a document by the last part of its stem; a month's name is its own."""
    last = stem.rpartition("/")[2]
    names = {
        "newest": words.newest_books,
        "by-month": words.books_by_month,
        "weekly": words.weekly_books,
        "monthly": words.monthly_books,
        "all": words.all_books,
    }
    return names.get(last, last)


def _shortcut(series: Series, link: Link, target: Target, spoken: Words) -> Shortcut:
    return Shortcut(
        id=series_uuid(series, f"opds entry {link.stem}"),
        link=link,
        title=_name(spoken, link.stem),
        books=target.books,
        about=spoken.count(spoken.books, target.books),
        updated=target.newest.updated,
    )


def _month_stem(part: str) -> str:
    return f"opds/{part}"


def _updated(book: Book) -> datetime.datetime:
    return book.updated
