"""The pages that list what is in a book: its days, and each day's papers with their votes and authors."""

from collections.abc import Iterable, Iterator
from html import escape

from ..text.byline import names_all
from ..words import Words
from .chapter import votes_of
from .document import LIMIT, ROOM, language_mark
from .draft import Draft
from .plan import CONTENTS, Chapter, Day, Plan, file_name

_NAMED = 3
"""Authors named in a list; the order of a digest's names says nothing, and the chapter has them all."""


def front_drafts(plan: Plan) -> Iterator[Draft]:
    """Yield the contents page of a book that is split by day."""
    entries = (_day_entry(plan, day) for day in plan.days)
    yield from _listing(CONTENTS, plan.title, plan.facts, plan.language, plan.words, entries)


def day_drafts(plan: Plan, day: Day) -> Iterator[Draft]:
    """Yield the page of a day's papers, which is the contents page of a day's book."""
    stem, title = (day.stem, day.date.isoformat()) if plan.by_day else (CONTENTS, plan.title)
    entries = [_paper_entry(day, chapter) for chapter in day.chapters]
    yield from _listing(stem, title, day.facts, day.language, day.words, entries)


def _listing(stem: str, title: str, facts: str, language: str, words: Words, entries: Iterable[str]) -> Iterator[Draft]:
    label = escape(title)
    head = f'<h1>{label}</h1>\n<p class="facts"{words.mark(language)}>{facts}</p>'
    start = 1
    for number, run in enumerate(_runs(entries), 1):
        body = f'{head}\n<ol class="listing" start="{start}">\n{"".join(run)}</ol>\n'
        yield Draft(file_name(stem, number), label, language, language, words, body)
        start += len(run)
        label = escape(words.continued.format(title))
        head = f"<h1>{label}</h1>"


def _runs(entries: Iterable[str]) -> Iterator[list[str]]:
    run: list[str] = []
    size = 0
    for entry in entries:
        length = len(entry.encode())
        if run and size + length > LIMIT - ROOM:
            yield run
            run, size = [], 0
        run.append(entry)
        size += length
    yield run


def _day_entry(plan: Plan, day: Day) -> str:
    first = day.chapters[0]
    mark = language_mark(first.tongue, day.words.language)
    link = f'<a href="{file_name(day.stem)}">{day.words.date(day.date)}</a>'
    return (
        f'<li{day.words.mark(plan.language)}><p class="entry">{link}</p>\n'
        f'<p class="facts">{day.amount} · <span{mark}>{first.heading}</span></p></li>\n'
    )


def _paper_entry(day: Day, chapter: Chapter) -> str:
    mark = language_mark(chapter.tongue, day.language)
    told = " · ".join(filter(None, (votes_of(day.words, chapter.paper), _some_authors(day.words, chapter))))
    facts = f'\n<p class="facts"{day.mark}>{told}</p>' if told else ""
    return f'<li><p class="entry"><a href="{file_name(chapter.stem)}"{mark}>{chapter.heading}</a></p>{facts}</li>\n'


def _some_authors(words: Words, chapter: Chapter) -> str:
    names = chapter.names
    listed = escape(", ".join(names[:_NAMED]))
    if names and not names_all(chapter.paper):
        return f"{listed} {words.unnamed}"
    if len(names) > _NAMED:
        return f"{listed} {words.count(words.others, len(names) - _NAMED)}"
    return listed
