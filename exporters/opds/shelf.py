"""The books that a catalogue lists: those that are published, described once for both syntaxes."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ...model import Issue
from ..books import (
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
from ..contract import Output, Period, Series, part_of
from ..feeds.text import plain
from ..identity import issue_time, language, series_uuid

PAGE = 50
"""Books on a page, and what KOReader's sync fetches in one run."""

EPUB, JPEG = "application/epub+zip", "image/jpeg"

# The long name, in OPDS 2.0, too: KOReader and Thorium do not know its synonym "download".
ACQUISITION = "http://opds-spec.org/acquisition/open-access"
IMAGE = "http://opds-spec.org/image"
THUMBNAIL = "http://opds-spec.org/image/thumbnail"

_KINDS = (
    (".epub", ACQUISITION, EPUB, None),
    ("-kindle.epub", ACQUISITION, EPUB, "Kindle"),
    (".jpg", IMAGE, JPEG, None),
    ("-thumbnail.jpg", THUMBNAIL, JPEG, None),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a catalogue keeps of an issue, which may be one of very many."""

    date: datetime.date
    language: str
    papers: int
    titles: tuple[str, ...]
    """The first ones, plain."""
    categories: Counter[str]


@dataclass(frozen=True, slots=True)
class File:
    """A published file that belongs to a book."""

    relation: str
    name: str
    type: str
    length: int
    """Bytes."""
    title: str | None = None
    """Tells it from another file of the same type."""

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
    """When its newest issue came."""
    description: str
    subjects: tuple[str, ...]
    """arXiv's categories, the commonest first."""
    series: str
    position: int
    files: tuple[File, ...]
    """In the order in which readers should choose: clients that take only one take the first."""
    page: int
    """Its page among books of the same period, counted from the oldest: later books do not move it."""


def told(series: Series, issue: Issue) -> Told:
    """Keep what a catalogue needs of an issue."""
    return Told(
        issue.date,
        language(series, issue),
        len(issue.papers),
        tuple(filter(None, (plain(paper.title) for paper in issue.papers[:TITLES]))),
        Counter(category for paper in issue.papers if paper.record for category in paper.record.categories),
    )


def shelf(output: Output, period: Period, issues: Sequence[Told]) -> tuple[Book, ...]:
    """Describe the published books of a period, newest first, from issues in date order.

    Pages count all books that the issues make, published or not: removing old ones moves no other.
    """
    inside: dict[str, list[Told]] = {}
    for issue in issues:
        inside.setdefault(part_of(period, issue.date), []).append(issue)
    found = [
        _book(output.series, period, part, inside[part], files, number // PAGE + 1)
        for number, part in enumerate(inside)
        if (files := _files(output, part))
    ]
    return tuple(reversed(found))


def _files(output: Output, part: str) -> tuple[File, ...]:
    """Return a book's files and pictures, nothing where there are only pictures."""
    found = tuple(
        File(relation, name, media_type, length, title)
        for ending, relation, media_type, title in _KINDS
        if (length := output.size(name := book_file(output.series, part, ending))) is not None
    )
    return () if all(file.is_picture for file in found) else found


def _book(
    series: Series, period: Period, part: str, issues: Sequence[Told], files: tuple[File, ...], page: int
) -> Book:
    tongue = book_language(issue.language for issue in issues)
    papers = sum(issue.papers for issue in issues)
    return Book(
        id=series_uuid(series, f"opds entry {part}"),
        identifier=book_id(series, part),
        title=book_title(series, part),
        author=book_author(series),
        publisher=series.publisher,
        rights=series.rights,
        language=tongue,
        issued=issues[0].date,
        updated=issue_time(series, issues[-1].date),
        description=book_description(tongue, papers, [title for issue in issues for title in issue.titles]),
        subjects=book_subjects(sum((issue.categories for issue in issues), Counter())),
        series=series_name(series, period),
        position=series_position(period, part),
        files=files,
        page=page,
    )
