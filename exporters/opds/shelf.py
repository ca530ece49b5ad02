"""The books that a catalogue lists: those that are published, described once for both syntaxes."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from ...model import Issue
from ..contract.format import Output, Period, Series, part_of
from ..series.books import (
    COVER,
    EPUB,
    KINDLE,
    KOBO,
    THUMBNAIL,
    TITLES,
    book_author,
    book_description,
    book_file,
    book_id,
    book_language,
    book_subjects,
    book_title,
    series_name,
    series_position,
)
from ..series.identity import issue_time, language, series_uuid
from ..text.plain import plain

PAGE = 50
"""Books on a page, and what KOReader's sync fetches in one run."""

_BOOK_TYPE, _PICTURE_TYPE = "application/epub+zip", "image/jpeg"

# The long name, in OPDS 2.0, too: KOReader and Thorium do not know its synonym "download".
ACQUISITION = "http://opds-spec.org/acquisition/open-access"
IMAGE = "http://opds-spec.org/image"
SMALL_IMAGE = "http://opds-spec.org/image/thumbnail"

_KINDS = (
    (EPUB, ACQUISITION, _BOOK_TYPE, None),
    (KINDLE, ACQUISITION, _BOOK_TYPE, "Kindle"),
    (KOBO, ACQUISITION, _BOOK_TYPE, "Kobo"),
    (COVER, IMAGE, _PICTURE_TYPE, None),
    (THUMBNAIL, SMALL_IMAGE, _PICTURE_TYPE, None),
)


class IssueFacts(NamedTuple):
    """What a catalogue needs of an issue: the issues themselves would fill the memory."""

    date: datetime.date
    language: str
    papers: int
    titles: tuple[str, ...]
    """The first ones, plain."""
    categories: tuple[str, ...]
    """Those of all papers."""


@dataclass(frozen=True, slots=True)
class BookFile:
    """A published file that belongs to a book."""

    relation: str
    name: str
    type: str
    length: int
    """Bytes."""
    title: str | None = None
    """Tells it from another file of the same type."""
    modified: datetime.datetime | None = None
    """When its text changed last; None for a picture."""

    @property
    def is_picture(self) -> bool:
        """Whether it shows the book, rather than being one."""
        return self.type.startswith("image/")


@dataclass(frozen=True, slots=True)
class Book:
    """A book as a catalogue describes it."""

    id: str
    """Of its entry in the catalogue, which OPDS 1.2, section 5.1.1, keeps apart from the book's."""
    identifier: str
    title: str
    author: str
    publisher: str | None
    rights: str | None
    language: str
    issued: datetime.date
    """The day it was first published: that of the first issue in it."""
    updated: datetime.datetime
    """When its text changed last: readers that have it of before fetch it again."""
    description: str
    subjects: tuple[str, ...]
    """arXiv's categories, the commonest first."""
    series: str
    position: int
    files: tuple[BookFile, ...]
    """In the order in which readers should choose: clients that take only one take the first."""
    page: int
    """Its page among books of the same period, counted from the oldest: later books do not move it."""


def issue_facts(series: Series, issue: Issue) -> IssueFacts:
    """Return what a catalogue needs of an issue."""
    return IssueFacts(
        date=issue.date,
        language=language(series, issue),
        papers=len(issue.papers),
        titles=tuple(filter(None, (plain(paper.title) for paper in issue.papers[:TITLES]))),
        categories=tuple(category for paper in issue.papers if paper.record for category in paper.record.categories),
    )


def shelf(output: Output, period: Period, issues: Sequence[IssueFacts], unfinished: bool) -> list[Book]:
    """Return the published books of a period, newest first, from issues in date order.

    A week or a month is over when a later one has an issue. Until then its book waits, unless `unfinished` books are
    listed, too: KOReader's sync fetches what is under an address once, and never again (koreader#14557, #14840).

    Pages count all books that the issues make, published or not: removing old ones moves no other.
    """
    books = []
    groups = [(part, tuple(group)) for part, group in groupby(issues, key=lambda issue: part_of(period, issue.date))]
    over = groups if unfinished or period == "day" else groups[:-1]
    for number, (part, group) in enumerate(over):
        if files := book_files(output, output.series, part):
            books.append(_book(output.series, period, part, group, files, number // PAGE + 1))
    return books[::-1]


def book_files(output: Output, series: Series, part: str, folder: str = "") -> tuple[BookFile, ...]:
    """Return the published files of a book and its pictures, nothing where there are only pictures.

    `folder` is where a selection is published.
    """
    files = tuple(_published(output, series, part, folder))
    return files if any(not file.is_picture for file in files) else ()


def last_change(series: Series, newest: datetime.date, files: Iterable[BookFile]) -> datetime.datetime:
    """Return when the text of a book's files changed last, at least when its newest issue came."""
    began = issue_time(series, newest)
    changes = [file.modified.astimezone(began.tzinfo) for file in files if file.modified]
    return max([began, *changes])


def _published(output: Output, series: Series, part: str, folder: str) -> Iterator[BookFile]:
    for ending, relation, media_type, title in _KINDS:
        name = folder + book_file(series, part, ending)
        length = output.size(name)
        if length is not None:
            yield BookFile(relation, name, media_type, length, title, output.last_modified(name))


def _book(
    series: Series, period: Period, part: str, issues: Sequence[IssueFacts], files: tuple[BookFile, ...], page: int
) -> Book:
    tongue = book_language(issue.language for issue in issues)
    titles = [title for issue in issues for title in issue.titles]
    return Book(
        id=series_uuid(series, f"opds entry {part}"),
        identifier=book_id(series, part),
        title=book_title(series, part),
        author=book_author(series),
        publisher=series.publisher,
        rights=series.rights,
        language=tongue,
        issued=issues[0].date,
        updated=last_change(series, issues[-1].date, files),
        description=book_description(tongue, sum(issue.papers for issue in issues), titles),
        subjects=book_subjects(Counter(category for issue in issues for category in issue.categories)),
        series=series_name(series, period),
        position=series_position(period, part),
        files=files,
        page=page,
    )
