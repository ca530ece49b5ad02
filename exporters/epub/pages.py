"""The pages of a book in reading order, each with links to the ones beside it."""

from collections.abc import Container, Iterator
from html import escape
from typing import NamedTuple

from .chapter import chapter_drafts
from .cover import HEIGHT, WIDTH
from .document import document
from .draft import Above, Draft
from .listing import day_drafts, front_drafts
from .plan import CONTENTS, BookPlan, DayChapters, file_name

COVER_PAGE, COVER_PICTURE = "cover.xhtml", "cover.jpg"


class BookPage(NamedTuple):
    """A document of the book."""

    name: str
    text: str


def make_pages(plan: BookPlan, pictured: Container[str], abstract: bool = False) -> list[BookPage]:
    """Write a book's pages; the contents page comes first.

    `pictured` holds the stems of the chapters that have a picture in the book. `abstract` puts arXiv's
    behind the summary.
    """
    drafts = list(_drafts(plan, pictured, abstract))
    befores, afters = [None, *drafts[:-1]], [*drafts[1:], None]
    return [
        BookPage(draft.name, _between(draft, before, after))
        for before, draft, after in zip(befores, drafts, afters, strict=True)
    ]


def cover_page(plan: BookPlan) -> BookPage:
    """Return the page that shows the cover, as large as the screen; Kobo makes its miniature of it (ebooklib#347).

    SVG scales the picture up as well as down, and keeps its shape, which no measures of an `img` do in old engines.
    """
    label, mark = escape(plan.words.cover_of.format(plan.title)), plan.words.mark(plan.language)
    body = f"""<div class="cover" epub:type="cover"{mark}>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" \
width="100%" height="100%" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMid meet" \
role="img" aria-label="{label}">
<title>{label}</title>
<image width="{WIDTH}" height="{HEIGHT}" xlink:href="{COVER_PICTURE}"/>
</svg>
</div>"""
    return BookPage(COVER_PAGE, document(plan.language, plan.words.cover, body, "covering"))


def _drafts(plan: BookPlan, pictured: Container[str], abstract: bool) -> Iterator[Draft]:
    if plan.by_day:
        yield from front_drafts(plan)
    for day in plan.days:
        yield from day_drafts(plan, day)
        above = _above(plan, day)
        for chapter in day.chapters:
            yield from chapter_drafts(day, chapter, above, chapter.stem in pictured, abstract)


def _above(plan: BookPlan, day: DayChapters) -> Above:
    """Return the pages that list a day's chapters; in a longer book its page, too, under its date."""
    contents = (day.words.contents, file_name(CONTENTS))
    return (contents, (day.words.date(day.date), file_name(day.stem))) if plan.by_day else (contents,)


def _between(draft: Draft, before: Draft | None, after: Draft | None) -> str:
    """Return a page with links to its neighbours and to what lists it, above its title and below its end.

    E-readers have no menu at hand (KindleEar#714); a page turned back to its title, or read to its end, leads on.
    """
    words = draft.words
    places = [(words.previous, before.name)] if before else []
    places += [*draft.above, *([(words.next, after.name)] if after else [])]
    links = " · ".join(f'<a href="{name}">{word}</a>' for word, name in places)
    mark = words.mark(draft.language)
    top, end = (f'<p class="{kind}"{mark}>{links}</p>\n' if links else "" for kind in ("turn", "turn end"))
    return document(draft.language, draft.label, f"{top}{draft.body}{end}{draft.closing}")
