"""The pages of a book in reading order, each with links to the ones beside it."""

from collections.abc import Container, Iterator
from html import escape
from typing import NamedTuple

from .chapter import chapter_drafts
from .document import document, language_mark
from .draft import Draft
from .listing import day_drafts, front_drafts
from .plan import Plan

COVER_PAGE, COVER_PICTURE = "cover.xhtml", "cover.jpg"


class Page(NamedTuple):
    """A document of the book."""

    name: str
    text: str


def make_pages(plan: Plan, pictured: Container[str]) -> list[Page]:
    """Write a book's pages; the contents page comes first.

    `pictured` holds the stems of the chapters that have a picture in the book.
    """
    drafts = list(_drafts(plan, pictured))
    befores, afters = [None, *drafts[:-1]], [*drafts[1:], None]
    return [
        Page(draft.name, document(draft.language, draft.label, draft.body + _turn(draft, before, after)))
        for before, draft, after in zip(befores, drafts, afters, strict=True)
    ]


def cover_page(plan: Plan) -> Page:
    """Return the page that shows the cover."""
    alt, mark = escape(plan.words.cover_of.format(plan.title)), plan.words.mark(plan.language)
    body = f'<div class="cover" epub:type="cover"><img src="{COVER_PICTURE}" alt="{alt}"{mark} role="doc-cover"/></div>'
    return Page(COVER_PAGE, document(plan.language, plan.words.cover, body))


def _drafts(plan: Plan, pictured: Container[str]) -> Iterator[Draft]:
    if plan.by_day:
        yield from front_drafts(plan)
    for day in plan.days:
        yield from day_drafts(plan, day)
        for chapter in day.chapters:
            yield from chapter_drafts(day, chapter, chapter.stem in pictured)


def _turn(draft: Draft, before: Draft | None, after: Draft | None) -> str:
    previous = _beside(draft, draft.words.previous, before) if before else ""
    following = _beside(draft, draft.words.next, after) if after else ""
    return f'<div class="turn"{draft.words.mark(draft.language)}>\n{previous}{following}</div>'


def _beside(draft: Draft, word: str, beside: Draft) -> str:
    mark = language_mark(beside.tongue, draft.words.language)
    return f'<p>{word}: <a href="{beside.name}"{mark}>{beside.label}</a></p>\n'
