"""The digest parser: a pure function from the text of one document to issues.

Blocks come from a CommonMark parser (`blocks`), after repairs (`repair`, `mending`); what they mean is one grammar:
where papers are and of which day (`places`, `tables`), what a title says (`titles`, `leads`), and what stands below it
(`labels`, `summary`).
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby

from .. import dates, values
from ..diagnostics import Code, Diagnostic, Report, Tell
from ..fields import excerpt
from ..language import language_of
from ..limits import MOST_PLACES
from ..merge import distinct
from ..paper import Issue, Paper, Point
from ..text import plural
from . import days, headings, papers, places
from .blocks import Block, blocks
from .mending import Mended, mended
from .repair import cleaned
from .shapes import shaped

_FRONT_DATES = ("date", "pubdate", "published", "day")
_SENTENCE_ENDS = ".!?…。！？:;)]}>*_`'\"”’|$0123456789-"


def parse(text: str, path: str, report: Report, first_line: int = 1) -> Iterator[Issue]:
    """Yield the issues of a document in the order they stand in it, two for a Daily Papers heading that stands twice.

    `path` and `first_line` say where the text stands, for the values and the diagnostics made from it; names of files
    and folders in `path` may say a date.
    """

    def tell(line: int, code: Code, message: str) -> None:
        report(Diagnostic(path, line, code, message))

    return read(*cleaned(text, first_line, tell), path, tell)


def read(text: str, numbers: Sequence[int], path: str, tell: Tell, place: str = "") -> Iterator[Issue]:
    """Yield the issues of a text that is clean, as `repair.cleaned` gives it with the numbers of its lines.

    `place` is the path with more folders above it, which may say a date.
    """
    document = DigestReader(mended(text, numbers), path, tell, place)
    issues = list(document.daily() if document.days else document.dated())
    yield from issues
    if issues or document.days:
        last = document.text.count("\n")
        _tell_if_cut(document.numbers[last], document.text[document.text.rfind("\n") + 1 :], tell)


def issue_language(found: tuple[Paper, ...]) -> str:
    """Return the language of an issue: that of its summaries together, of its titles where there are none."""
    texts: list[str] = []
    _collect([point for paper in found for point in paper.summary], texts)
    return language_of(" ".join(texts) or " ".join([paper.title for paper in found]))


def _collect(points: Sequence[Point], texts: list[str]) -> None:
    for point in points:
        texts.append(point.text)
        if below := point.points:
            _collect(below, texts)


def until_end(below: Sequence[Block], level: int) -> tuple[Sequence[Block], Sequence[Block]]:
    """Part the blocks of a section from those behind a heading of its level that is no paper's."""
    for at, block in enumerate(below):
        if block.kind == "heading" and block.level <= level and block.text and not places.ids_of(block):
            return below[:at], below[at:]
    return below, ()


def dated_places(found: Iterable[places.Place]) -> dates.Dated:
    """Return the dates of those places that name a day and its year."""
    return dates.Dated({place.at: date for place in found if place.when and (date := place.when.day.date())})


class DigestReader:
    """One way through a document: `daily` by headings of digests, `dated` by whatever else says a day."""

    def __init__(self, source: Mended, path: str, tell: Tell, place: str = "") -> None:
        self.text = source.text
        self.numbers = source.numbers
        self.front = source.front
        self.path = path
        self.place = place or path
        self.tell = tell
        self.blocks = blocks(source.text, source.literal)
        found = headings.digest_headings(self.blocks)
        self.days = list(found)
        for at, heading in found.items():
            self.blocks[at] = heading

    # ------------------------------------------------------------------------------------------ Daily Papers headings

    def daily(self) -> Iterator[Issue]:
        for start, end in zip(self.days, [*self.days[1:], len(self.blocks)], strict=True):
            if (issue := self.section(start, self.blocks[start + 1 : end])) is not None:
                yield issue

    def section(self, start: int, below: Sequence[Block]) -> Issue | None:
        heading, date = self.blocks[start], self._date_of(start)
        inside, end = until_end(below, heading.level)
        line = self.numbers[heading.at]
        if date is None:
            self._tell_of_date(heading, inside)
            return None
        place = places.find(inside, daily=True, above=heading.level)
        first = place.places[0].at if place.places else len(self.text)
        strays = sum(block.at < first for block in place.strays)
        if strays and place.places:
            at = self.numbers[place.strays[0].at]
            self.tell(at, Code.STRAY_TEXT, f"{plural(strays, 'line')} before the first paper left out")
        self._tell_of_end(end)
        read = self._papers(place.places)
        if not read:
            self.tell(line, Code.NO_PAPERS, f"the issue of {date} has no paper; left out")
            return None
        return self.issue(date, " ".join(heading.text.split()), read)

    def _date_of(self, start: int) -> datetime.date | None:
        """Return the date of a digest's heading; a year that is missing follows from its neighbours, else the path."""
        day = headings.day_of(self.blocks[start])
        if day is None or day.year:
            return day and day.date()
        return self._with_year(day, self.dated_headings.nearest(start))

    @cached_property
    def dated_headings(self) -> dates.Dated:
        """The dates of those digests' headings that name a year."""
        written = {at: headings.day_of(self.blocks[at]) for at in self.days}
        return dates.Dated(
            {at: date for at, other in written.items() if other and other.year and (date := other.date())}
        )

    def _with_year(self, day: dates.Day, neighbour: datetime.date | None) -> datetime.date | None:
        near = neighbour or dates.of_path(self.place)
        return dates.nearest_year(day, near) if near else day.date(dates.year_of_path(self.place))

    def _tell_of_date(self, heading: Block, inside: Sequence[Block]) -> None:
        line, written = self.numbers[heading.at], excerpt(heading.text)
        if headings.is_exact(heading):
            self.tell(line, Code.BAD_DATE, f"{written} names no real date; left out")
        else:
            lost = f"left out, with papers: {_count(inside)}"
            message = f"{written} looks like a digest's heading, but has no real date; write {headings.FORM!r}; {lost}"
            self.tell(line, Code.NEAR_HEADING, message)

    def _tell_of_end(self, end: Sequence[Block]) -> None:
        beyond = sum(block.kind == "heading" and bool(places.ids_of(block)) for block in end)
        if end and beyond:
            message = f"{excerpt(end[0].text)} ends the issue; papers left out below it: {beyond}"
            self.tell(self.numbers[end[0].at], Code.STRAY_TEXT, message)

    # ------------------------------------------------------------------------------------------ every other document

    def dated(self) -> Iterator[Issue]:
        place_of = places.find(shaped_ := shaped(self.blocks), daily=False)
        if not place_of.places and (title := self.front.get("title")):
            place_of = self._page(title, shaped_) or place_of
        found = place_of.places
        by_date: dict[datetime.date, tuple[str, list[places.Place]]] = {}
        undated = []
        dated = dated_places(found)
        for place in found:
            when, (date, _) = place.when, self.date_of(place, dated)
            if date is None:
                undated.append(place)
                continue
            title = when.title if when and when.title else ""
            by_date.setdefault(date, (title or f"Daily Papers ({date})", []))[1].append(place)
        self._tell_of_undated(undated, bool(by_date))
        self._tell_of_lost(place_of.lost)
        for date, (title, same_day) in by_date.items():
            yield self.issue(date, " ".join(title.split()), self._papers(same_day))

    def _page(self, title: str, below: Sequence[Block]) -> places.Found | None:
        """Return a page of one paper that only its front matter gives a title."""
        ids = {id_ for block in below for id_ in places.ids_of(block)}
        return places.find([Block("heading", 0, (title,), 0, 1), *below], daily=False) if len(ids) == 1 else None

    def front_date(self) -> datetime.date | None:
        """Return the date that the front matter says."""
        return dates.date(next((self.front[key] for key in _FRONT_DATES if key in self.front), ""))

    @cached_property
    def _otherwise(self) -> datetime.date | None:
        """The date of papers that no heading dates: from the front matter, the file's name, its folders'."""
        return self.front_date() or dates.of_path(self.place)

    @cached_property
    def _updated(self) -> datetime.date | None:
        return days.updated(self.blocks)

    def date_of(self, place: places.Place, dated: dates.Dated) -> tuple[datetime.date | None, str]:
        """Return the date of a paper, and what says so."""
        if place.when is None:
            return self._date_without_day(place)
        day = place.when.day
        source = "headings" if place.when.title else "their own rows or items"
        if day.year:
            return day.date(), source
        if place.years:
            return day.date(place.years[0]), source
        return self._with_year(day, dated.nearest(place.at) or self._otherwise or self._updated), source

    def _date_without_day(self, place: places.Place) -> tuple[datetime.date | None, str]:
        """Return the date of a paper that no heading gives a day: a month is better than the day of the last change."""
        if date := self._otherwise:
            return date, "the front matter" if self.front_date() else "the name of the file or its folders"
        years = (*place.years, *filter(None, (dates.year_of_path(self.place),)))
        last = [period and period.last(*years[:1]) for period in (place.period, dates.period_of_path(self.place))]
        sources = (
            (last[0], "headings of months or weeks"),
            (places.own_date(place), "a date beside each"),
            (last[1], "the month or week of the file or its folders"),
            (self._updated, "the line that tells of the last update"),
        )
        return next(((date, source) for date, source in sources if date), (None, "nothing: left out"))

    def _tell_of_lost(self, lost: Sequence[Block]) -> None:
        """Tell of links to papers below a date that are in no place of a paper."""
        if lost:
            count = len({id_ for block in lost for id_ in places.ids_of(block)})
            message = f"{plural(count, 'link')} to papers in no heading, item or row that is one; left out"
            self.tell(self.numbers[lost[0].at], Code.STRAY_TEXT, message)

    def _tell_of_undated(self, undated: Sequence[places.Place], is_digest: bool) -> None:
        """Tell of papers that no date was found for: by the heading that should say it, else all together."""
        wrong = [place for place in undated if place.when]
        for when, same in groupby(wrong, key=lambda place: place.when):
            first, *more = same
            written = excerpt(when.title) if when and when.title else "a paper"
            message = (
                f"{written} names no real date, or none whose year is known; left out, with papers: {1 + len(more)}"
            )
            self.tell(self.numbers[first.at], Code.BAD_DATE, message)
        unsaid = [place for place in undated if not place.when]
        near = headings.undated(self.blocks) if unsaid else []
        for heading in near:
            written = excerpt(heading.text)
            message = (
                f"{written} looks like a digest's heading, but has no date; write {headings.FORM!r}; papers left out"
            )
            self.tell(self.numbers[heading.at], Code.NEAR_HEADING, message)
        if unsaid and is_digest and not near:
            line = self.numbers[unsaid[0].at]
            self.tell(line, Code.STRAY_TEXT, f"{plural(len(unsaid), 'paper')} without a date left out")

    # ------------------------------------------------------------------------------------------ issues and papers

    def issue(self, date: datetime.date, title: str, found: Iterable[Paper]) -> Issue:
        merged = distinct(tuple(found), lambda line, message: self.tell(line, Code.MERGED_PAPER, message))
        return Issue(date=date, title=title, language=issue_language(merged), papers=merged)

    def _papers(self, found: Sequence[places.Place]) -> list[Paper]:
        """Read the papers of a day, each of which costs twenty times its line, up to a number that no day has."""
        if len(found) > MOST_PLACES:
            message = f"{len(found):,} papers of one day; all after {MOST_PLACES:,} left out"
            self.tell(self.numbers[found[MOST_PLACES].at], Code.TOO_MANY, message)
        return [self.paper(place) for place in found[:MOST_PLACES]]

    def paper(self, place: places.Place) -> Paper:
        line = self.numbers[place.at]
        fields = papers.read(place, self.numbers, self.tell)
        return values.paper({**fields, "path": self.path, "line": line}, line, self.tell)


def _count(blocks: Sequence[Block]) -> int:
    return sum(block.kind in ("heading", "row") and bool(places.ids_of(block)) for block in blocks)


def _tell_if_cut(number: int, last: str, tell: Tell) -> None:
    """Doubt a document whose last line has no end, neither of the line nor of a sentence."""
    last = last.rstrip()
    if last and last[-1] not in _SENTENCE_ENDS:
        tell(number, Code.CUT_SHORT, f"the document ends in the middle of a line: {excerpt(last[-40:])}")
