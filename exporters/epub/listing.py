"""The pages that list what is in a book: its days, and each day's papers with their votes and authors."""

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from typing import NamedTuple

from ...model import Point, language_of
from ..text import markup
from ..text.byline import names_all
from ..text.plain import excerpt, shorten
from ..words import Words
from .chapter import votes_of
from .document import LIMIT, ROOM, UTF8, language_mark
from .draft import Above, Draft
from .plan import CONTENTS, BookPlan, Chapter, DayChapters, file_name

_NAMED = 3
"""Authors named in a list; the order of a digest's names says nothing, and the chapter has them all."""
_TEASER = 150
"""Bytes of UTF-8: two lines of a six-inch screen, in Latin letters as in Chinese, which are wider and take three."""
_SENTENCE = re.compile(r".{20,}?(?:[.!?](?=\s+[^a-z\s]|\s*$)|[。！？])")
"""Up to its end, which is neither that of an abbreviation at the start nor before a small letter."""


_CLOSING = "</li>\n</ol>\n"


def front_drafts(plan: BookPlan) -> Iterator[Draft]:
    """Yield the contents page of a book that is split by day."""
    entries = [ListItem(None, _day_entry(plan, day)) for day in plan.days]
    yield from _listing(_ListHead(CONTENTS, plan.title, plan.facts, plan.language, plan.words), entries, ())


def day_drafts(plan: BookPlan, day: DayChapters) -> Iterator[Draft]:
    """Yield the page of a day's papers, which is the contents page of a day's book."""
    entries = [ListItem(chapter.paper.group, _paper_entry(day, chapter)) for chapter in day.chapters]
    if plan.by_day:
        above = ((day.words.contents, file_name(CONTENTS)),)
        head = _ListHead(day.stem, day.date.isoformat(), day.facts, day.language, day.words)
        yield from _listing(head, entries, above)
    else:
        yield from _listing(_ListHead(CONTENTS, plan.title, day.facts, day.language, day.words), entries, ())


class ListItem(NamedTuple):
    """An item of a list, in the group that the digest puts it in."""

    group: str | None
    item: str
    """As XHTML."""


class _ListHead(NamedTuple):
    """What stands above a list."""

    stem: str
    """Of the page."""
    title: str
    facts: str
    language: str
    words: Words


def _listing(head: _ListHead, entries: Iterable[ListItem], above: Above) -> Iterator[Draft]:
    label = escape(head.title)
    top = f'<h1>{label}</h1>\n<p class="facts"{head.words.mark(head.language)}>{head.facts}</p>'
    start = 1
    for number, run in enumerate(_runs(entries), 1):
        body = f"{top}\n{''.join(_sections(head.language, run, start))}"
        yield Draft(
            file_name(head.stem, number), label, head.language, head.words, body.removesuffix(_CLOSING), _CLOSING, above
        )
        start += len(run)
        label = escape(head.words.continued.format(head.title))
        top = f"<h1>{label}</h1>"


def _sections(language: str, run: Iterable[ListItem], start: int) -> Iterator[str]:
    """Yield a list for each group of papers that follow each other, under its heading."""
    for group, found in groupby(run, key=lambda entry: entry.group):
        items = [entry.item for entry in found]
        if group:
            mark = language_mark("en" if group.isascii() else language_of(group), language)
            yield f"<h2{mark}>{markup.html(group)}</h2>\n"
        yield f'<ol class="listing" start="{start}">\n{"".join(items)}</ol>\n'
        start += len(items)


def _runs(entries: Iterable[ListItem]) -> Iterator[list[ListItem]]:
    """Yield as many entries as a file holds."""
    run: list[ListItem] = []
    size = 0
    for entry in entries:
        length = len(entry.item.encode()) + UTF8 * len(entry.group or "")
        if run and size + length > LIMIT - ROOM:
            yield run
            run, size = [], 0
        run.append(entry)
        size += length
    yield run


def _day_entry(plan: BookPlan, day: DayChapters) -> str:
    first = day.chapters[0]
    mark = language_mark(first.tongue, day.words.language)
    link = f'<a href="{file_name(day.stem)}">{day.words.date(day.date)}</a>'
    return (
        f'<li{day.words.mark(plan.language)}><p class="entry">{link}</p>\n'
        f'<p class="facts">{day.amount} · <span{mark}>{first.heading}</span></p></li>\n'
    )


def _paper_entry(day: DayChapters, chapter: Chapter) -> str:
    mark = language_mark(chapter.tongue, day.language)
    parts = (votes_of(day.words, chapter.paper), _some_authors(day.words, chapter))
    said = " · ".join(filter(None, parts))
    facts = f'\n<p class="facts"{day.mark}>{said}</p>' if said else ""
    sentence = teaser(chapter.paper.summary)
    below = f'\n<p class="teaser">{escape(sentence)}</p>' if sentence else ""
    link = f'<a href="{file_name(chapter.stem)}"{mark}>{chapter.heading}</a>'
    return f'<li><p class="entry">{link}</p>{facts}{below}</li>\n'


def teaser(points: tuple[Point, ...]) -> str:
    """Return the first sentence of a summary as plain text, cut where it would take more than two lines."""
    text = excerpt(points, 2 * _TEASER)
    found = _SENTENCE.match(text)
    return shorten(found.group() if found else text, _TEASER)


def _some_authors(words: Words, chapter: Chapter) -> str:
    names = chapter.names
    listed = escape(", ".join(names[:_NAMED]))
    if names and not names_all(chapter.paper):
        return f"{listed} {words.unnamed}"
    if len(names) > _NAMED:
        return f"{listed} {words.count(words.others, len(names) - _NAMED)}"
    return listed
