"""A paper's chapter: title, authors, votes, picture, summary and links."""

from collections.abc import Iterator
from html import escape

from ...model import Paper
from ..byline import author_names, names_all, pages
from ..identity import link
from .document import LIMIT, ROOM, language_mark
from .draft import Draft
from .plan import Chapter, Day, file_name
from .split import shares
from .words import Words

_NAMED = 20
"""Authors named before the summary; papers of hundreds would fill screens, and have them all behind it."""


def chapter_drafts(day: Day, chapter: Chapter, pictured: bool) -> Iterator[Draft]:
    """Yield the page of a paper, and more of them where its summary is too long for one file."""
    mark = language_mark(chapter.tongue, day.language)
    figure = _figure(day, chapter) if pictured else ""
    head = f"{_title(chapter, mark)}{_authors(day, chapter.paper)}{figure}"
    links = _links(day, chapter.paper)
    foot = f"{_all_authors(day, chapter.paper)}{links}"
    label = chapter.label
    room = max(LIMIT - len(f"{head}{foot}".encode()) - ROOM, LIMIT // 4)
    for number, summary in enumerate(shares(chapter.paper.summary, room), 1):
        body = f'<section epub:type="chapter" role="doc-chapter">\n{head}{summary}\n{foot}</section>\n'
        yield Draft(file_name(chapter.stem, number), label, chapter.tongue, day.language, day.words, body)
        label = day.words.continued.format(chapter.label)
        head, foot = f"<h1{mark}>{label}</h1>\n", links


def picture_name(stem: str) -> str:
    """Return the file name of a chapter's picture."""
    return f"pictures/{stem}.jpg"


def votes_of(words: Words, paper: Paper) -> str:
    """Return the votes as XHTML, "" where they are not told."""
    return "" if paper.votes is None else words.votes.format(paper.votes)


def _title(chapter: Chapter, mark: str) -> str:
    address = link(chapter.paper)
    if address is None:
        return f"<h1{mark}>{chapter.heading}</h1>\n"
    return f'<h1{mark}><a href="{escape(address)}">{chapter.heading}</a></h1>\n'


def _authors(day: Day, paper: Paper) -> str:
    """Return the lines of authors and of votes."""
    words, mark = day.words, day.words.mark(day.language)
    names = author_names(paper)
    listed = escape(", ".join(names[:_NAMED]))
    more = "" if names_all(paper) else f" {words.unnamed}"
    if len(names) > _NAMED:
        more = f' <a href="#authors">{words.count(words.others, len(names) - _NAMED)}</a>'
    authors = f'<p class="authors"{mark}>{listed}{more}</p>\n' if listed else ""
    votes = votes_of(words, paper)
    return f'{authors}<p class="facts"{mark}>{votes}</p>\n' if votes else authors


def _all_authors(day: Day, paper: Paper) -> str:
    """Return the whole list where the first line does not hold it."""
    words, mark = day.words, day.words.mark(day.language)
    names = author_names(paper)
    if len(names) <= _NAMED:
        return ""
    more = "" if names_all(paper) else f" {words.unnamed}"
    return f'<p class="authors" id="authors"{mark}>{words.authors}: {escape(", ".join(names))}{more}</p>\n'


def _figure(day: Day, chapter: Chapter) -> str:
    alt = day.words.picture_of.format(chapter.label)
    mark = day.words.mark(day.language)
    return f'<figure><img src="{picture_name(chapter.stem)}" alt="{alt}"{mark}/></figure>\n'


def _links(day: Day, paper: Paper) -> str:
    words, mark = day.words, day.words.mark(day.language)
    addresses = pages(paper) or ({words.paper: paper.url} if paper.url else {})
    links = [f'<a href="{escape(address)}">{name}</a>' for name, address in addresses.items()]
    if paper.media:
        word = words.picture if paper.media.kind == "image" else words.video
        links.append(f'<a href="{escape(paper.media.url)}">{word}</a>')
    return f'<p class="links"{mark}>{" · ".join(links)}</p>\n' if links else ""
