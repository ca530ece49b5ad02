"""The documents of a catalogue and how they link to each other, in no syntax yet.

opds ─┬─ opds/newest ── opds/newest-7 ── … ── opds/newest-1    a book a day, a page leading to the next older
      ├─ opds/by-month ── opds/2024-05 …                      the same, by month
      ├─ opds/weekly, opds/monthly, and their older pages     a book a week, a month
      ├─ select/NAME/opds …                                   the catalogues of selections
      └─ opds/all                                             all of them, for crawlers
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from ..contract.format import Output, Period, Selected, Series, part_of
from ..series.books import book_author
from ..series.identity import file_url, series_uuid
from ..words import Words, words_in
from .shelf import PAGE, Book, IssueFacts, book_files, last_change, shelf

ROOT = "opds"
BY_MONTH = "opds/by-month"
ALL = "opds/all"
SHELVES: dict[Period, str] = {"day": "opds/newest", "week": "opds/weekly", "month": "opds/monthly"}
"""First pages of the books of each period."""

NEW = "http://opds-spec.org/sort/new"
CRAWLABLE = "http://opds-spec.org/crawlable"
SUBSECTION = "subsection"

_GROUPED = 8
"""Books that the root shows at once: two rows of covers on a tablet."""


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

    title: str
    books: int
    updated: datetime.datetime


@dataclass(frozen=True, slots=True)
class Group:
    """Some books shown in place, from a feed that has more (OPDS 2.0, section 2.2); OPDS 1.2 has no such thing."""

    title: str
    stem: str
    """Of the feed."""
    books: Sequence[Book]


@dataclass(frozen=True, slots=True)
class CatalogueFeed:
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
    group: Group | None = None

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
    return stem == BY_MONTH or stem.rpartition("/")[2] == ROOT


def month(output: Output, issues: Sequence[IssueFacts]) -> Iterator[CatalogueFeed]:
    """Describe the document of a month's daily books; it tells only of its own issues."""
    if books := shelf(output, "day", issues, unfinished=True):
        yield _listing(output.series, _month_stem(output.part), _together([books]), Link("up", BY_MONTH))


def catalogue(output: Output, issues: Sequence[IssueFacts], unfinished: bool) -> Iterator[CatalogueFeed]:
    """Describe all documents but the months', the root last; none without a book."""
    series = output.series
    found = {SHELVES[period]: shelf(output, period, issues, unfinished) for period in SHELVES}
    shelves = {stem: books for stem, books in found.items() if books}
    if not shelves:
        return
    for stem, books in shelves.items():
        yield from _pages(series, stem, books)
    everything = _together([*shelves.values()])
    yield _listing(series, ALL, everything, Link("up", ROOT))
    words = words_in(everything[0].language)
    months = _by_month(shelves.get(SHELVES["day"], ()))
    if months:
        yield _menu(series, BY_MONTH, everything[0], months, Link("up", ROOT))
    targets = _from_root(shelves, words) | _selections(output, issues, unfinished)
    root = _menu(series, ROOT, everything[0], targets)
    first = next(iter(shelves))
    yield replace(root, group=Group(_name(words, first), first, shelves[first][:_GROUPED]))


def _pages(series: Series, stem: str, books: Sequence[Book]) -> Iterator[CatalogueFeed]:
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
        # A book that was changed stands above those of its page that were not: a sync stops at what it has.
        page = sorted(books[behind : behind + count], key=_updated, reverse=True)
        yield _listing(series, stems[place], page, *links, feed=stem)


def _together(shelves: Sequence[Sequence[Book]]) -> Sequence[Book]:
    """Return the books of all shelves, the last changed first."""
    return sorted((book for books in shelves for book in books), key=_updated, reverse=True)


def _by_month(days: Sequence[Book]) -> dict[Link, Target]:
    """Group daily books, newest first, by the month's document that lists them."""
    groups = groupby(days, key=lambda book: book.issued.isoformat()[:7])
    months = {Link(SUBSECTION, _month_stem(part)): (part, list(books)) for part, books in groups}
    return {link: _target(part, books) for link, (part, books) in months.items()}


def _from_root(shelves: Mapping[str, Sequence[Book]], words: Words) -> dict[Link, Target]:
    """Map what the root leads to, to the books found there; the shortest period's are the ones called new."""
    first, *others = shelves
    days = shelves.get(SHELVES["day"])
    found = {Link(NEW, first): _target(_name(words, first), shelves[first])}
    if days:
        found[Link(SUBSECTION, BY_MONTH)] = _target(_name(words, BY_MONTH), days)
    return found | {Link(SUBSECTION, stem): _target(_name(words, stem), shelves[stem]) for stem in others}


def _target(title: str, books: Sequence[Book]) -> Target:
    return Target(title, len(books), max(book.updated for book in books))


def _selections(output: Output, issues: Sequence[IssueFacts], unfinished: bool) -> dict[Link, Target]:
    """Find the selections' catalogues, each with the books it lists.

    Of a selection nothing is known here but its files. It lists what this catalogue would: of weeks and of months
    all but the newest that it has.
    """
    found = {}
    for selected in output.selections:
        stem = f"{selected.folder}{ROOT}"
        times: list[datetime.datetime] = []
        for period in SHELVES:
            times += _listed(output, selected, period, issues)[: None if unfinished or period == "day" else -1]
        if times and output.published(f"{stem}.xml"):
            found[Link(SUBSECTION, stem)] = Target(selected.series.title, len(times), max(times))
    return found


def _listed(
    output: Output, selected: Selected, period: Period, issues: Sequence[IssueFacts]
) -> list[datetime.datetime]:
    """Return when each book that a selection has of a period changed last, the oldest first."""
    newest = {part_of(period, issue.date): issue.date for issue in issues}
    found = ((date, book_files(output, selected.series, part, selected.folder)) for part, date in newest.items())
    return [last_change(output.series, date, files) for date, files in found if files]


def _menu(series: Series, stem: str, newest: Book, targets: Mapping[Link, Target], *links: Link) -> CatalogueFeed:
    """Describe a navigation feed."""
    words = words_in(newest.language)
    shortcuts = tuple(_shortcut(series, link, target, words) for link, target in targets.items())
    updated = max(target.updated for target in targets.values())
    return replace(_document(series, stem, stem, newest, links), shortcuts=shortcuts, updated=updated)


def _listing(series: Series, stem: str, books: Sequence[Book], *links: Link, feed: str | None = None) -> CatalogueFeed:
    """Describe an acquisition feed, or a page of the one whose first page is `feed`."""
    return replace(_document(series, stem, feed or stem, books[0], links), books=books)


def _document(series: Series, stem: str, feed: str, newest: Book, links: Sequence[Link]) -> CatalogueFeed:
    name = _name(words_in(newest.language), feed)
    return CatalogueFeed(
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


def _shortcut(series: Series, link: Link, target: Target, words: Words) -> Shortcut:
    return Shortcut(
        id=series_uuid(series, f"opds entry {link.stem}"),
        link=link,
        title=target.title,
        books=target.books,
        about=words.count(words.books, target.books),
        updated=target.updated,
    )


def _month_stem(part: str) -> str:
    return f"opds/{part}"


def _updated(book: Book) -> datetime.datetime:
    return book.updated
