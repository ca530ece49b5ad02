"""The table of contents, and EPUB 3's navigation document made of it."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from .document import document, language_mark
from .pages import COVER_PAGE
from .plan import CONTENTS, BookPlan, Chapter, file_name


class ContentsLine(NamedTuple):
    """A line of the table of contents."""

    title: str
    """Plain text."""
    mark: str
    """Attributes that tell its language where that is not the book's."""
    name: str
    inside: tuple["ContentsLine", ...] = ()


def entries(plan: BookPlan) -> list[ContentsLine]:
    """Return the table of contents: the contents page, then the papers, under their days where there are several."""
    found = [ContentsLine(plan.words.contents, plan.words.mark(plan.language), file_name(CONTENTS))]
    for day in plan.days:
        papers = tuple(_paper(plan, chapter) for chapter in day.chapters)
        found += [ContentsLine(day.date.isoformat(), "", file_name(day.stem), papers)] if plan.by_day else papers
    return found


def nav(plan: BookPlan, found: Sequence[ContentsLine]) -> str:
    """Return the nav document, with landmarks that readers jump to and do not show."""
    body = f"""<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title">
<h1 id="toc-title"{plan.words.mark(plan.language)}>{plan.words.contents}</h1>
{_list(found)}</nav>
<nav epub:type="landmarks" id="landmarks" hidden="hidden"{plan.words.mark(plan.language)}>
<ol>
{"".join(_landmark(plan))}</ol>
</nav>"""
    return document(plan.language, escape(plan.title), body)


def landmarks(plan: BookPlan) -> list[tuple[str, str, str]]:
    """Return (type of EPUB 3, title, file) of the places that matter."""
    first = file_name(plan.chapters[0].stem)
    found = [("toc", plan.words.contents, file_name(CONTENTS)), ("bodymatter", plan.words.first_paper, first)]
    return [("cover", plan.words.cover, COVER_PAGE), *found] if plan.cover_page else found


def _paper(plan: BookPlan, chapter: Chapter) -> ContentsLine:
    return ContentsLine(chapter.title, language_mark(chapter.tongue, plan.language), file_name(chapter.stem))


def _list(found: Sequence[ContentsLine]) -> str:
    return f"<ol>\n{''.join(map(_line, found))}</ol>\n"


def _line(entry: ContentsLine) -> str:
    inside = _list(entry.inside) if entry.inside else ""
    return f'<li><a href="{entry.name}"{entry.mark}>{escape(entry.title)}</a>{inside}</li>\n'


def _landmark(plan: BookPlan) -> Iterator[str]:
    for kind, title, name in landmarks(plan):
        yield f'<li><a epub:type="{kind}" href="{name}">{title}</a></li>\n'
