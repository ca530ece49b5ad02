"""What goes into a book and what it is called, before any of it is written."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...model import Issue, Paper, language_of
from .. import markup
from ..contract import Period, Series
from ..identity import language, link, series_uuid
from .options import EpubOptions, Variant
from .words import Words, words_in

CONTENTS = "contents"
"""Stem of the page that lists what is in the book."""

_OWN_SCRIPT = ("ko", "ja", "zh")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A paper in its place."""

    stem: str
    """Name of its file without extension; more files of the same paper append `-2`, `-3` …"""
    paper: Paper
    title: str
    """The title as plain text, never blank."""
    title_language: str


@dataclass(frozen=True, slots=True)
class Day:
    """An issue in its place."""

    stem: str
    """Name of the page that lists the day's papers, without extension."""
    date: datetime.date
    language: str
    chapters: tuple[Chapter, ...]

    @property
    def words(self) -> Words:
        return words_in(self.language)


@dataclass(frozen=True, slots=True)
class Plan:
    """A book: one day's papers, or the days of a week or a month."""

    series: Series
    part: str
    language: str
    """What most of its issues are in; each page says its own."""
    days: tuple[Day, ...]
    variant: Variant = "epub"
    shelf_language: str | None = None
    """The language the package claims where that is not the book's own."""

    def in_variant(self, variant: Variant, options: EpubOptions) -> "Plan":
        """Return the same book for another kind of file."""
        return replace(self, variant=variant, shelf_language=options.kindle_language if variant == "kindle" else None)

    @property
    def words(self) -> Words:
        return words_in(self.language)

    @property
    def title(self) -> str:
        """The title with the ISO date: shelves that sort by title then sort by date."""
        return f"{self.series.title} {self.part}"

    @property
    def identifier(self) -> str:
        """A urn:uuid for the part; the file for Kindle has one of its own, so that libraries keep both."""
        return series_uuid(self.series, self.part if self.variant == "epub" else f"{self.part} {self.variant}")

    @property
    def cover_page(self) -> bool:
        """Whether the cover is a page, too; Kindle shows the picture by itself, and then the page once more."""
        return self.variant == "epub"

    @property
    def modified(self) -> datetime.date:
        """The newest issue in it, which is all that a book without a clock knows of its age."""
        return self.days[-1].date

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
    def starts(self) -> datetime.date:
        """The first day of the span, which places the book in its series."""
        first = self.days[0].date
        if self.period == "week":
            return first - datetime.timedelta(days=first.weekday())
        return first.replace(day=1) if self.period == "month" else first

    @property
    def facts(self) -> str:
        """The span written out, and how many papers there are."""
        count = self.words.count(self.words.papers, len(self.chapters))
        if len(self.days) == 1:
            return f"{self.words.date(self.days[0].date)} · {count}"
        return f"{self.days[0].date} – {self.days[-1].date} · {count}"

    @property
    def chapters(self) -> list[Chapter]:
        return [chapter for day in self.days for chapter in day.chapters]


def plan_book(series: Series, part: str, issues: Sequence[Issue]) -> Plan:
    """Lay out the book of a part from its issues, at least one, in date order."""
    tongue = _commonest([language(series, issue) for issue in issues])
    return Plan(series, part, tongue, tuple(_day(series, issue) for issue in issues))


def file_name(stem: str, number: int = 1) -> str:
    """Return the name of a page's file; a page too long for one file goes on in number 2, 3 …"""
    return f"{stem}.xhtml" if number == 1 else f"{stem}-{number}.xhtml"


def language_mark(chapter: Chapter, around: str) -> str:
    """Return the attributes that mark a title's language inside a text of another; both, for old and new readers.

    Letters tell scripts, not languages: a title that looks English in a French book is left unmarked.
    """
    primary = around.lower().split("-")[0]
    if chapter.title_language == primary or (chapter.title_language == "en" and primary not in _OWN_SCRIPT):
        return ""
    return f' lang="{chapter.title_language}" xml:lang="{chapter.title_language}"'


def _commonest(languages: Sequence[str]) -> str:
    return Counter(languages).most_common(1)[0][0]


def _day(series: Series, issue: Issue) -> Day:
    stem = f"{issue.date:%Y%m%d}"
    chapters = tuple(_chapter(f"{stem}-{place:02}", paper) for place, paper in enumerate(issue.papers, 1))
    return Day(stem, issue.date, language(series, issue), chapters)


def _chapter(stem: str, paper: Paper) -> Chapter:
    title = markup.plain(paper.title).strip() or paper.title.strip() or link(paper) or stem
    return Chapter(stem, paper, title, language_of(title))
