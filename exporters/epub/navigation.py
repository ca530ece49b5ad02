"""The two tables of contents that devices show: EPUB 3's nav document and the NCX of EPUB 2."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from ..series.books import book_author
from .document import document, language_mark
from .pages import COVER_PAGE
from .plan import CONTENTS, Chapter, Plan, file_name


class Entry(NamedTuple):
    """A line of the table of contents."""

    label: str
    """Its title as XHTML without tags."""
    mark: str
    """Attributes that tell its language where that is not the book's."""
    name: str
    inside: tuple["Entry", ...] = ()


def entries(plan: Plan) -> list[Entry]:
    """Return the table of contents: the contents page, then the papers, under their days where there are several."""
    found = [Entry(plan.words.contents, plan.words.mark(plan.language), file_name(CONTENTS))]
    for day in plan.days:
        papers = tuple(_paper(plan, chapter) for chapter in day.chapters)
        found += [Entry(day.date.isoformat(), "", file_name(day.stem), papers)] if plan.by_day else papers
    return found


def nav(plan: Plan, found: Sequence[Entry]) -> str:
    """Return the nav document, with landmarks that readers jump to and do not show."""
    body = f"""<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title">
<h1 id="toc-title"{plan.words.mark(plan.language)}>{plan.words.contents}</h1>
{_list(found)}</nav>
<nav epub:type="landmarks" id="landmarks" hidden="hidden"{plan.words.mark(plan.language)}>
<ol>
{"".join(_landmark(plan))}</ol>
</nav>"""
    return document(plan.language, escape(plan.title), body)


def landmarks(plan: Plan) -> list[tuple[str, str, str]]:
    """Return (type of EPUB 3, title, file) of the places that matter."""
    first = file_name(plan.chapters[0].stem)
    found = [("toc", plan.words.contents, file_name(CONTENTS)), ("bodymatter", plan.words.first_paper, first)]
    return [("cover", plan.words.cover, COVER_PAGE), *found] if plan.cover_page else found


def ncx(plan: Plan, found: Sequence[Entry]) -> str:
    """Return the NCX (OPF 2.0.1, section 2.4.1), which older devices read instead of the nav document."""
    points = list(_points(found, 0))
    return f"""<?xml version="1.0" encoding="utf-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="{plan.language}">
<head>
<meta name="dtb:uid" content="{plan.identifier}"/>
<meta name="dtb:depth" content="{2 if plan.by_day else 1}"/>
<meta name="dtb:totalPageCount" content="0"/>
<meta name="dtb:maxPageNumber" content="0"/>
</head>
<docTitle><text>{escape(plan.title)}</text></docTitle>
<docAuthor><text>{escape(book_author(plan.series))}</text></docAuthor>
<navMap>
{"".join(points)}</navMap>
</ncx>
"""


def _paper(plan: Plan, chapter: Chapter) -> Entry:
    return Entry(chapter.label, language_mark(chapter.tongue, plan.language), file_name(chapter.stem))


def _list(found: Sequence[Entry]) -> str:
    items = (
        f'<li><a href="{entry.name}"{entry.mark}>{entry.label}</a>{_list(entry.inside) if entry.inside else ""}</li>\n'
        for entry in found
    )
    return f"<ol>\n{''.join(items)}</ol>\n"


def _landmark(plan: Plan) -> Iterator[str]:
    for kind, title, name in landmarks(plan):
        yield f'<li><a epub:type="{kind}" href="{name}">{title}</a></li>\n'


def _points(found: Sequence[Entry], before: int) -> Iterator[str]:
    order = before
    for entry in found:
        order += 1
        yield (
            f'<navPoint id="nav-{order}" playOrder="{order}"><navLabel><text>{entry.label}</text></navLabel>'
            f'<content src="{entry.name}"/>\n'
        )
        yield from _points(entry.inside, order)
        yield "</navPoint>\n"
        order += len(entry.inside)
