"""The documents of a book: a page that lists the papers of a day, and a chapter for each paper."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from html import escape

from ...model import Paper
from .. import markup
from ..identity import arxiv_url, link
from .plan import CONTENTS, Chapter, Day, Plan, file_name, language_mark
from .split import shares
from .words import Words

LIMIT = 260_000
"""Bytes a file may have: Adobe's engine gives up on chapters of more than about 260 KB."""

STYLE = "style.css"
COVER_PAGE, COVER_PICTURE = "cover.xhtml", "cover.jpg"

_NAMED = 3
"""Authors that the contents page names; the order of a digest's list says nothing, the chapter has them all."""

_ANCHOR = re.compile(r"</?a\b[^>]*>")
_ROOM = 2_000


@dataclass(frozen=True, slots=True)
class Page:
    """A document of the book, in reading order."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class _Draft:
    name: str
    title: str
    title_mark: str
    language: str
    body: str


def make_pages(plan: Plan, pictured: Container[str]) -> list[Page]:
    """Write a book's pages in reading order, each linked to the ones beside it; the contents page comes first.

    `pictured` holds the stems of the chapters that have a picture in the book.
    """
    drafts = list(_drafts(plan, pictured))
    return [
        Page(draft.name, draft.title, document(draft.language, draft.title, draft.body + _turn(plan, drafts, place)))
        for place, draft in enumerate(drafts)
    ]


def cover_page(plan: Plan) -> Page:
    """Return the page that shows the cover."""
    alt = escape(plan.words.cover_of.format(plan.title))
    body = f'<div class="cover" epub:type="cover"><img src="{COVER_PICTURE}" alt="{alt}" role="doc-cover"/></div>'
    return Page(COVER_PAGE, plan.words.cover, document(plan.language, plan.words.cover, body))


def picture_name(stem: str) -> str:
    """Return the file name of a chapter's picture."""
    return f"pictures/{stem}.jpg"


def document(language: str, title: str, body: str) -> str:
    """Return a whole XHTML document; `title` is plain text, `body` is XHTML."""
    # Korean is broken between words; a class, because old engines do not know :lang().
    korean = ' class="ko"' if language.lower().split("-")[0] == "ko" else ""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" \
lang="{language}" xml:lang="{language}">
<head>
<title>{escape(title)}</title>
<link rel="stylesheet" type="text/css" href="{STYLE}"/>
</head>
<body{korean}>
{body}
</body>
</html>
"""


def title_html(chapter: Chapter) -> str:
    """Return a title as XHTML without links of its own, so that it can stand inside one."""
    if not markup.plain(chapter.paper.title).strip():
        return escape(chapter.title)
    written = markup.html(chapter.paper.title)
    return _ANCHOR.sub("", written) if "<a " in written else written


def _drafts(plan: Plan, pictured: Container[str]) -> Iterator[_Draft]:
    if plan.by_day:
        yield from _front(plan)
    for day in plan.days:
        yield from _day(plan, day)
        for chapter in day.chapters:
            yield from _chapter(day, chapter, chapter.stem in pictured)


def _front(plan: Plan) -> Iterator[_Draft]:
    entries = [_day_entry(day) for day in plan.days]
    head = f'<h1>{escape(plan.title)}</h1>\n<p class="facts">{plan.facts}</p>'
    yield from _listing(plan.words, CONTENTS, plan.title, plan.language, head, entries, "days")


def _day(plan: Plan, day: Day) -> Iterator[_Draft]:
    title = day.date.isoformat() if plan.by_day else plan.title
    stem = day.stem if plan.by_day else CONTENTS
    count = day.words.count(day.words.papers, len(day.chapters))
    head = f'<h1>{escape(title)}</h1>\n<p class="facts">{day.words.date(day.date)} · {count}</p>'
    entries = [_paper_entry(day, chapter) for chapter in day.chapters]
    yield from _listing(day.words, stem, title, day.language, head, entries, "papers")


def _listing(
    words: Words, stem: str, title: str, language: str, head: str, entries: Iterable[str], kind: str
) -> Iterator[_Draft]:
    start = 1
    for number, run in enumerate(_runs(entries), 1):
        again = title if number == 1 else words.continued.format(title)
        top = head if number == 1 else f"<h1>{escape(again)}</h1>"
        body = f'{top}\n<ol class="{kind}" start="{start}">\n{"".join(run)}</ol>\n'
        yield _Draft(file_name(stem, number), again, "", language, body)
        start += len(run)


def _runs(entries: Iterable[str]) -> Iterator[list[str]]:
    run: list[str] = []
    size = 0
    for entry in entries:
        length = len(entry.encode())
        if run and size + length > LIMIT - _ROOM:
            yield run
            run, size = [], 0
        run.append(entry)
        size += length
    yield run


def _day_entry(day: Day) -> str:
    count = day.words.count(day.words.papers, len(day.chapters))
    first = day.chapters[0]
    return (
        f'<li><p class="entry"><a href="{file_name(day.stem)}">{day.words.date(day.date)}</a></p>\n'
        f'<p class="facts">{count} · <span{language_mark(first, day.language)}>{title_html(first)}</span></p></li>\n'
    )


def _paper_entry(day: Day, chapter: Chapter) -> str:
    mark = language_mark(chapter, day.language)
    facts = " · ".join(filter(None, (_votes(day.words, chapter.paper), _some_authors(day.words, chapter.paper))))
    told = f'\n<p class="facts">{facts}</p>' if facts else ""
    return f'<li><p class="entry"><a href="{file_name(chapter.stem)}"{mark}>{title_html(chapter)}</a></p>{told}</li>\n'


def _chapter(day: Day, chapter: Chapter, pictured: bool) -> Iterator[_Draft]:
    paper = chapter.paper
    mark = language_mark(chapter, day.language)
    figure = _figure(day.words, chapter) if pictured else ""
    head = f"{_heading(chapter, mark)}{_facts(day.words, paper)}{figure}"
    foot = _links(day.words, paper)
    room = max(LIMIT - len((head + foot).encode()) - 2 * _ROOM, LIMIT // 4)
    for number, summary in enumerate(shares(paper.summary, room), 1):
        title = chapter.title if number == 1 else day.words.continued.format(chapter.title)
        top = head if number == 1 else f"<h1{mark}>{escape(title)}</h1>\n"
        body = f'<section epub:type="chapter" role="doc-chapter">\n{top}{summary}\n{foot}</section>\n'
        yield _Draft(file_name(chapter.stem, number), title, mark, day.language, body)


def _heading(chapter: Chapter, mark: str) -> str:
    address = link(chapter.paper)
    title = title_html(chapter)
    if address is None:
        return f"<h1{mark}>{title}</h1>\n"
    return f'<h1{mark}><a href="{escape(address)}">{title}</a></h1>\n'


def _facts(words: Words, paper: Paper) -> str:
    names = _authors(paper)
    listed = escape(", ".join(names))
    if names and not _all_named(paper):
        listed = f"{listed} {words.unnamed}"
    authors = f'<p class="authors">{listed}</p>\n' if names else ""
    votes = _votes(words, paper)
    return authors + (f'<p class="facts">{votes}</p>\n' if votes else "")


def _figure(words: Words, chapter: Chapter) -> str:
    alt = escape(words.picture_of.format(chapter.title))
    return f'<figure><img src="{picture_name(chapter.stem)}" alt="{alt}"/></figure>\n'


def _votes(words: Words, paper: Paper) -> str:
    return "" if paper.votes is None else words.votes.format(paper.votes)


def _some_authors(words: Words, paper: Paper) -> str:
    names = _authors(paper)
    listed = escape(", ".join(names[:_NAMED]))
    if len(names) > _NAMED and _all_named(paper):
        return f"{listed} {words.count(words.others, len(names) - _NAMED)}"
    if names and (len(names) > _NAMED or not _all_named(paper)):
        return f"{listed} {words.unnamed}"
    return listed


def _authors(paper: Paper) -> tuple[str, ...]:
    """Return the names as arXiv has them, in their true order, where that is known; else as the digest has them."""
    names = [author.name for author in paper.record.authors] if paper.record else []
    return tuple(filter(str.strip, names or paper.authors))


def _all_named(paper: Paper) -> bool:
    return paper.authors_complete or bool(paper.record and paper.record.authors)


def _links(words: Words, paper: Paper) -> str:
    links: list[tuple[str, str]] = []
    if paper.arxiv_id:
        links.append(("arXiv", arxiv_url(paper.arxiv_id)))
        links.append(("PDF", f"https://arxiv.org/pdf/{paper.arxiv_id}"))
        links.append(("Hugging Face", f"https://huggingface.co/papers/{paper.arxiv_id}"))
    if paper.media:
        word = words.picture if paper.media.kind == "image" else words.video
        links.append((word, paper.media.url))
    if not links:
        return ""
    shown = " · ".join(f'<a href="{escape(address)}">{word}</a>' for word, address in links)
    return f'<p class="links">{shown}</p>\n'


def _turn(plan: Plan, drafts: list[_Draft], place: int) -> str:
    before = drafts[place - 1] if place else None
    after = drafts[place + 1] if place + 1 < len(drafts) else None
    turns = [
        f'<p>{word}: <a href="{beside.name}"{beside.title_mark}>{escape(beside.title)}</a></p>\n'
        for word, beside in ((plan.words.previous, before), (plan.words.next, after))
        if beside is not None
    ]
    return f'<div class="turn">\n{"".join(turns)}</div>'
