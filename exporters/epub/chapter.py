"""A paper's chapter: title, authors, votes, picture, summary and links."""

from collections.abc import Iterator
from html import escape

from ...model import Paper, Point
from ..series.identity import arxiv_url
from ..text import markup, uris
from ..text.byline import names_all, pages
from ..text.running_text import from_tex
from ..words import Words
from .document import LIMIT, ROOM, UTF8, language_mark
from .draft import Above, Draft
from .plan import Chapter, DayChapters, file_name
from .split import shares

_NAMED = 20
"""Authors named before the summary; papers of hundreds would fill screens, and have them all behind it."""


def chapter_drafts(day: DayChapters, chapter: Chapter, above: Above, pictured: bool, abstract: bool) -> Iterator[Draft]:
    """Yield the page of a paper, and more of them where its summary is too long for one file."""
    mark = language_mark(chapter.tongue, day.language)
    figure = _figure(day, chapter) if pictured else ""
    head = f"{_title(chapter, mark)}{_authors(day, chapter)}{figure}"
    links = _links(day, chapter.paper)
    foot = f"{_all_authors(day, chapter)}{links}"
    label = chapter.label
    room = max(LIMIT - UTF8 * (len(head) + len(foot)) - ROOM, LIMIT // 4)
    texts = list(shares(chapter.paper.summary, room))
    if abstract:
        texts = _joined([*texts, *_abstract(day, chapter.paper, room)], room)
    for number, text in enumerate(texts, 1):
        body = f'<section epub:type="chapter" role="doc-chapter">\n{head}{text}\n{foot}'
        yield Draft(file_name(chapter.stem, number), label, day.language, day.words, body, "</section>\n", above)
        label = day.words.continued.format(chapter.label)
        head, foot = f"<h1{mark}>{label}</h1>\n", links


def picture_name(stem: str) -> str:
    """Return the file name of a chapter's picture."""
    return f"pictures/{stem}.jpg"


def votes_of(words: Words, paper: Paper) -> str:
    """Return the votes as XHTML, "" where they are not told."""
    return "" if paper.votes is None else words.votes_are.format(paper.votes)


def _abstract(day: DayChapters, paper: Paper, room: int) -> Iterator[str]:
    """Yield the abstract that arXiv has, where it is known, in pieces that fit."""
    if paper.record and paper.record.abstract:
        mark = language_mark("en", day.language)
        text = from_tex(paper.record.abstract)
        whole = f"<p{mark}>{markup.html(text)}</p>"
        pieces = [whole] if UTF8 * len(whole) <= room else list(shares((Point(text=text),), room))
        yield f"<h2{day.mark}>{day.words.abstract}</h2>\n{pieces[0]}"
        yield from pieces[1:]


def _joined(texts: list[str], room: int) -> list[str]:
    """Put texts together as far as they fit."""
    joined = texts[:1]
    for text in texts[1:]:
        if UTF8 * (len(joined[-1]) + len(text)) <= room:
            joined[-1] += f"\n{text}"
        else:
            joined.append(text)
    return joined


def _title(chapter: Chapter, mark: str) -> str:
    target = _target(chapter.paper)
    heading = f'<a href="{target}">{chapter.heading}</a>' if target else chapter.heading
    return f"<h1{mark}>{heading}</h1>\n"


def _target(paper: Paper) -> str:
    """Return where a paper is read, escaped, "" for nowhere."""
    return arxiv_url(paper.arxiv_id) if paper.arxiv_id else escape(uris.href(paper.url or "") or "")


def _authors(day: DayChapters, chapter: Chapter) -> str:
    """Return the line of authors, and that of votes and number."""
    words, names = day.words, chapter.names
    listed = escape(", ".join(names[:_NAMED]))
    more = "" if names_all(chapter.paper) else f" {words.unnamed}"
    if len(names) > _NAMED:
        more = f' <a href="#authors">{words.count(words.others, len(names) - _NAMED)}</a>'
    authors = f'<p class="authors"{day.mark}>{listed}{more}</p>\n' if listed else ""
    facts = [votes_of(words, chapter.paper)]
    if chapter.paper.arxiv_id:
        facts.append(f"arXiv:{chapter.paper.arxiv_id}")  # to look it up elsewhere: not every device has a browser
    said = " · ".join(filter(None, facts))
    return f'{authors}<p class="facts"{day.mark}>{said}</p>\n' if said else authors


def _all_authors(day: DayChapters, chapter: Chapter) -> str:
    """Return the whole list where the first line does not hold it."""
    if len(chapter.names) <= _NAMED:
        return ""
    listed = escape(", ".join(chapter.names))
    more = "" if names_all(chapter.paper) else f" {day.words.unnamed}"
    return f'<p class="authors" id="authors"{day.mark}>{day.words.authors}: {listed}{more}</p>\n'


def _figure(day: DayChapters, chapter: Chapter) -> str:
    alt = day.words.picture_of.format(chapter.label)
    return f'<figure><img src="{picture_name(chapter.stem)}" alt="{alt}"{day.mark}/></figure>\n'


def _links(day: DayChapters, paper: Paper) -> str:
    links = list(pages(paper))
    if paper.url and not links:
        links.append(_linked(day.words.paper, paper.url))
    if paper.media:
        word = day.words.picture if paper.media.kind == "image" else day.words.video
        links.append(_linked(word, paper.media.url))
    return f'<p class="links"{day.mark}>{" · ".join(links)}</p>\n' if links else ""


def _linked(word: str, address: str) -> str:
    """Return a link, or the address as text where EPUBCheck would refuse the book for it (RSC-020): a port of 99999."""
    target = uris.href(address)
    return f'<a href="{escape(target)}">{word}</a>' if target else f"{word}: {escape(address)}"
