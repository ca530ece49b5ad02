"""The books that a catalogue lists: those that are published, described once for both syntaxes."""

import datetime
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple, overload

from ...model import Issue
from ..contract.cache import once
from ..contract.format import Output, Period, Series, part_of
from ..series.books import (
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
_NONE = -1
"""Length of a file that is not published."""
_BOOKS = 2
"""How many of them are books; the others are pictures."""


class Told(NamedTuple):
    """What a catalogue keeps of an issue, which may be one of very many: texts joined by line feeds."""

    date: datetime.date
    language: str
    papers: int
    titles: str
    """The first ones, plain."""
    categories: str
    """Those of all papers."""


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


class Volume(NamedTuple):
    """A book before it is described."""

    period: Period
    part: str
    issues: Sequence[Told]
    lengths: Sequence[int | None]
    """Bytes of its files, as `_KINDS` has them; None for one that is not published."""
    page: int
    """Its page among books of the same period, counted from the oldest: later books do not move it."""

    @property
    def issued(self) -> datetime.date:
        """The day it was first published: that of the first issue in it."""
        return self.issues[0].date

    @property
    def updated(self) -> datetime.date:
        """The day its newest issue came."""
        return self.issues[-1].date

    @property
    def language(self) -> str:
        return book_language(issue.language for issue in self.issues)


def told(series: Series, issue: Issue) -> Told:
    """Keep what a catalogue needs of an issue."""
    return Told(
        issue.date,
        language(series, issue),
        len(issue.papers),
        "\n".join(filter(None, (plain(paper.title) for paper in issue.papers[:TITLES]))),
        "\n".join(category for paper in issue.papers if paper.record for category in paper.record.categories),
    )


class Shelf(Sequence[Volume]):
    """The published books of a period, newest first, from issues in date order.

    A catalogue lists all there are: of each it holds a few numbers, from which the volume is made when its turn comes.
    Pages count all books that the issues make, published or not: removing old ones moves no other.
    """

    def __init__(self, output: Output, period: Period, issues: Sequence[Told]) -> None:
        self._period: Period = period
        self._issues = issues
        self._firsts, self._behinds, self._numbers, self._lengths = array("L"), array("L"), array("L"), array("q")
        self._recent: tuple[range, list[Volume]] = range(0), []
        """The volumes that were last asked for, for both syntaxes ask for the same."""
        behind = 0
        for number, (part, group) in enumerate(groupby(issues, key=lambda issue: part_of(period, issue.date))):
            first, behind = behind, behind + sum(1 for _ in group)
            if lengths := _lengths(output, part):
                self._firsts.append(first)
                self._behinds.append(behind)
                self._numbers.append(number)
                self._lengths.extend([_NONE if length is None else length for length in lengths])

    def __len__(self) -> int:
        return len(self._firsts)

    @overload
    def __getitem__(self, at: int) -> Volume: ...
    @overload
    def __getitem__(self, at: slice) -> list[Volume]: ...
    def __getitem__(self, at: int | slice) -> Volume | list[Volume]:
        if isinstance(at, slice):
            places = range(*at.indices(len(self)))
            if places != self._recent[0]:
                self._recent = places, [self[place] for place in places]
            return self._recent[1]
        place = range(len(self))[-1 - at]
        issues = self._issues[self._firsts[place] : self._behinds[place]]
        part, page = part_of(self._period, issues[0].date), self._numbers[place] // PAGE + 1
        lengths = self._lengths[place * len(_KINDS) : (place + 1) * len(_KINDS)]
        known = [None if length == _NONE else length for length in lengths]
        return Volume(self._period, part, issues, known, page)


@once(2 * PAGE)
def describe(series: Series, volume: Volume) -> Book:
    """Describe a published book, once for both syntaxes of a page."""
    part, issues = volume.part, volume.issues
    tongue = volume.language
    titles = [title for issue in issues for title in issue.titles.split("\n") if title]
    return Book(
        id=series_uuid(series, f"opds entry {part}"),
        identifier=book_id(series, part),
        title=book_title(series, part),
        author=book_author(series),
        publisher=series.publisher,
        rights=series.rights,
        language=tongue,
        issued=volume.issued,
        updated=issue_time(series, volume.updated),
        description=book_description(tongue, sum(issue.papers for issue in issues), titles),
        subjects=book_subjects(Counter(subject for issue in issues for subject in issue.categories.split("\n"))),
        series=series_name(series, volume.period),
        position=series_position(volume.period, part),
        files=tuple(_files(series, volume)),
    )


def _lengths(output: Output, part: str) -> Sequence[int | None]:
    """Return the lengths of a book's files and pictures, nothing where there are only pictures."""
    names = [book_file(output.series, part, ending) for ending, *_ in _KINDS]
    books = [output.size(name) for name in names[:_BOOKS]]
    return [*books, *map(output.size, names[_BOOKS:])] if any(length is not None for length in books) else ()


def _files(series: Series, volume: Volume) -> Iterator[File]:
    """Yield the files of a book that are published, and its pictures."""
    for (ending, relation, media_type, title), length in zip(_KINDS, volume.lengths, strict=True):
        if length is not None:
            yield File(relation, book_file(series, volume.part, ending), media_type, length, title)
