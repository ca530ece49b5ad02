"""What goes into a book and what it is called, before any of it is written."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import NamedTuple

from ...model import Issue, Paper, language_of
from ..contract.format import Period, Series
from ..series.books import book_id, book_language, book_title
from ..series.identity import language, link, series_uuid
from ..text import markup
from ..text.byline import author_names
from ..words import Words, words_in
from .options import EpubOptions, Variant
from .planes import basic

CONTENTS = "contents"
"""Stem of the page that lists what is in the book."""


class Chapter(NamedTuple):
    """A paper in its place."""

    stem: str
    """Name of its file without extension; more files of the same paper append `-2`, `-3` …"""
    paper: Paper
    title: str
    """The title as plain text, never blank."""
    label: str
    """The title as XHTML without tags."""
    heading: str
    """The title as XHTML without links of its own, so that it can stand inside one."""
    tongue: str
    """The title's language."""
    names: tuple[str, ...]
    """The authors', plain."""


class DayChapters(NamedTuple):
    """An issue in its place."""

    stem: str
    """Name of the page that lists the day's papers, without extension."""
    date: datetime.date
    language: str
    words: Words
    mark: str
    """Attributes that mark `words` on its pages, where they are of another language."""
    chapters: tuple[Chapter, ...]

    @property
    def amount(self) -> str:
        """How many papers there are."""
        return self.words.count(self.words.papers, len(self.chapters))

    @property
    def facts(self) -> str:
        """The date written out, and how many papers there are."""
        return f"{self.words.date(self.date)} · {self.amount}"


@dataclass(frozen=True, slots=True)
class BookPlan:
    """A book: one day's papers, or the days of a week or a month."""

    series: Series
    part: str
    language: str
    """What most of its issues are in; each page says its own."""
    words: Words
    identifier: str
    """A urn:uuid."""
    days: tuple[DayChapters, ...]
    variant: Variant = "epub"
    shelf_language: str | None = None
    """The language the package claims where that is not the book's own."""

    def in_variant(self, variant: Variant, options: EpubOptions) -> "BookPlan":
        """Return the book for a kind of file; each has an identifier of its own, so that libraries keep both."""
        if variant == "epub":
            return self
        identifier = series_uuid(self.series, f"{self.part} {variant}")
        return replace(self, variant=variant, identifier=identifier, shelf_language=options.kindle_language)

    @property
    def title(self) -> str:
        return book_title(self.series, self.part)

    @property
    def cover_page(self) -> bool:
        """Whether the cover is a page, too; Kindle shows the picture by itself, and then the page once more."""
        return self.variant != "kindle"

    @property
    def period(self) -> Period:
        """What span the book covers, as its part's name tells."""
        if "W" in self.part:
            return "week"
        return "day" if self.part.count("-") == 2 else "month"

    @property
    def by_day(self) -> bool:
        """Whether the book is split by day, and so has a page for each."""
        return self.period != "day"

    @property
    def facts(self) -> str:
        """The span written out, and how many papers there are."""
        if len(self.days) == 1:
            return self.days[0].facts
        count = self.words.count(self.words.papers, len(self.chapters))
        return f"{self.days[0].date} – {self.days[-1].date} · {count}"

    @property
    def chapters(self) -> list[Chapter]:
        return [chapter for day in self.days for chapter in day.chapters]


def plan_book(series: Series, part: str, issues: Sequence[Issue]) -> BookPlan:
    """Lay out the book of a part from its issues, at least one, in date order."""
    tongue = book_language(language(series, issue) for issue in issues)
    series = _basic(series)
    days = tuple(_day(series, issue) for issue in issues)
    return BookPlan(series, part, tongue, words_in(tongue), book_id(series, part), days)


def _basic(series: Series) -> Series:
    """Return the series with names that fonts of e-readers have."""
    names = {name: basic(value) for name in ("title", "publisher", "rights") if (value := getattr(series, name))}
    return series.model_copy(update=names)


def file_name(stem: str, number: int = 1) -> str:
    """Return the name of a page's file; a page too long for one file goes on in number 2, 3 …"""
    return f"{stem}.xhtml" if number == 1 else f"{stem}-{number}.xhtml"


def _day(series: Series, issue: Issue) -> DayChapters:
    stem = issue.date.isoformat().replace("-", "")
    chapters = tuple(_chapter(f"{stem}-{place:02}", paper) for place, paper in enumerate(issue.papers, 1))
    tongue = language(series, issue)
    words = words_in(tongue)
    return DayChapters(stem, issue.date, tongue, words, words.mark(tongue), chapters)


def _chapter(stem: str, paper: Paper) -> Chapter:
    names = author_names(paper)
    title = basic(markup.plain(paper.title)).strip()
    if not title:
        title = paper.title.strip() or link(paper) or stem
        return Chapter(stem, paper, title, escape(title), escape(title), language_of(title), names)
    heading = markup.unlinked(paper.title)
    # A title in ASCII is in English, as far as letters can tell.
    tongue = "en" if title.isascii() else language_of(title)
    return Chapter(stem, paper, title, escape(title), heading, tongue, names)
