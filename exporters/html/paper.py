"""The page of a paper: a place to share, which says to other programs what it is about.

There is one for each paper of each day, thousands in all: a page is joined from its parts as it stands, for a template
takes three times as long over it.
"""

import json
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from ...model import Issue
from ..citations.citation import Citation, citations
from ..contract.format import Output
from ..series.books import COVER, book_file
from ..series.identity import arxiv_url, file_url, language
from ..text import markup
from ..text.plain import excerpt
from ..text.running_text import as_unicode
from .article import PaperContext, address, authors_line, bibtex, figure, links, paper_context, shows, tag
from .card import Card, PaperLabel, cards, labels, mark, page_name
from .frame import Frame, make_frame
from .render import PageFrame, encoded, shared_of

_SENTENCE = 300
"""Bytes of a summary in previews; those who show them cut them again."""

_JSON = json.JSONEncoder(ensure_ascii=False)


class PaperPage(NamedTuple):
    """A paper and what is known about it, as its page needs it."""

    card: Card
    name: PaperLabel
    citation: Citation
    about: str
    """Its summary's beginning, plain."""
    file: str
    first: str
    """The paper's first page in its month: this one, or an earlier day's."""


def write_papers(output: Output, issue: Issue, first_pages: dict[str, str]) -> None:
    """Write the page of each paper of an issue; `first_pages` names those of the month's papers so far, by anchor."""
    series, tongue = output.series, language(output.series, issue)
    frame = make_frame(output, tongue, f"papers/{issue.date}/", picture=book_file(series, f"{issue.date}", COVER))
    context = paper_context(frame.words, mark(tongue, frame.words.language))
    shown = zip(cards(series, issue, frame.words), labels(series, issue), citations(series, issue, False), strict=True)
    pages = [_page(issue, first_pages, *each) for each in shown]
    shared = shared_of(series, frame.words.language, frame.feeds, frame.root)
    day = f'<p class="trail"><a href="../../issues/{issue.date}.html">{frame.words.date(issue.date)}</a></p>\n'
    for at, each in enumerate(pages):
        before, after = pages[at - 1] if at else None, pages[at + 1] if at + 1 < len(pages) else None
        main = _main(context, each, day, before, after)
        with output.binary(each.file) as file:
            file.write(encoded(f"{_head(frame, each, shared)}{shared.header}{main}{shared.footer}</body>\n</html>\n"))


def _page(issue: Issue, first_pages: dict[str, str], card: Card, name: PaperLabel, citation: Citation) -> PaperPage:
    file = page_name(issue.date, card.anchor)
    first = first_pages.setdefault(card.anchor, file)
    return PaperPage(card, name, citation, excerpt(name.paper.summary, _SENTENCE), file, first)


def _head(frame: Frame, page: PaperPage, shared: PageFrame) -> str:
    series, title = escape(frame.series.title), page.card.title
    about = escape(page.about) or title
    where = file_url(frame.series, page.first)
    return f"""\
{shared.start}<title>{title} · {series}</title>
<meta name="description" content="{about}">
{_preview(frame, page, where, about)}{_highwire(page)}{_linked_data(page, where)}{shared.links}\
{shared.script}</head>
<body>
"""


def _preview(frame: Frame, page: PaperPage, where: str | None, about: str) -> str:
    """Return what chats and networks show of a shared address: the paper itself, not its day's cover."""
    media = page.name.paper.media
    picture = escape(media.url) if shows(media) else escape(frame.picture or "")
    canonical = where or (f"{frame.root}{page.first}" if page.first != page.file else "")
    known = f'<link rel="canonical" href="{escape(canonical)}">\n' if canonical else ""
    if where:
        known += f'<meta property="og:url" content="{escape(where)}">\n'
    image = f'<meta property="og:image" content="{picture}">\n' if picture else ""
    return f"""\
{known}<meta property="og:type" content="article">
<meta property="og:site_name" content="{escape(frame.series.title)}">
<meta property="og:title" content="{page.card.title}">
<meta property="og:description" content="{about}">
{image}<meta name="twitter:card" content="{"summary_large_image" if shows(media) else "summary"}">
"""


def _highwire(page: PaperPage) -> str:
    """Return Highwire Press tags, by which Google Scholar and Zotero's connector know a paper."""
    return "".join([f'<meta name="citation_{name}" content="{escape(value)}">\n' for name, value in _tags(page)])


def _tags(page: PaperPage) -> Iterator[tuple[str, str]]:
    citation = page.citation
    yield "title", _title(page)
    for name in page.name.authors:
        yield "author", name
    yield "publication_date", citation.date.iso.replace("-", "/")
    if citation.arxiv_id:
        yield "arxiv_id", citation.arxiv_id
        yield "abstract_html_url", arxiv_url(citation.arxiv_id)
        yield "pdf_url", f"https://arxiv.org/pdf/{citation.arxiv_id}"
    if citation.doi:
        yield "doi", citation.doi


def _linked_data(page: PaperPage, where: str | None) -> str:
    """Return the paper as a ScholarlyArticle of schema.org, in a data block.

    Browsers do not run one, so the page's policy does not refuse it; "<" would end it.
    """
    citation, media = page.citation, page.name.paper.media
    data = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": _title(page),
        "author": [{"@type": "Person", "name": name} for name in page.name.authors],
        "datePublished": citation.date.iso,
        "description": page.about,
        "identifier": f"arXiv:{citation.arxiv_id}" if citation.arxiv_id else None,
        "sameAs": citation.url,
        "image": media.url if shows(media) else None,
        "url": where,
    }
    text = _JSON.encode({name: value for name, value in data.items() if value})
    inert = text.replace("<", "\\u003c")
    return f'<script type="application/ld+json">{inert}</script>\n'


def _title(page: PaperPage) -> str:
    return as_unicode(page.citation.title) if page.citation.title else page.name.title


def _main(context: PaperContext, page: PaperPage, day: str, before: PaperPage | None, after: PaperPage | None) -> str:
    words, card, paper = context.words, page.card, page.name.paper
    own = page.file.rpartition("/")[2]
    return f"""\
<main id="main" tabindex="-1">
<article class="paper alone">
{day}<h1{card.mark}>{_linked(card.heading, address(paper))}</h1>
{authors_line(paper, page.name.authors, words, fold=False)}{tag("p", ' class="votes"', card.votes_text)}\
<ul class="acts">
<li><button type="button" data-copy="{own}" hidden>{escape(words.copy_link)}</button></li>
<li><button type="button" data-copy="#bibtex" hidden>{context.copy}</button></li>
<li><button type="button" data-share hidden>{escape(words.share)}</button></li>
</ul>
{figure(paper, context.picture_of, card.title, lazy=False)}\
{tag("div", f' class="summary"{context.text_mark}', markup.blocks(paper.summary))}\
<div class="foot">
<ul class="links">
{links(paper, words)}</ul>
<details class="bibtex" open>
<summary>BibTeX</summary>
<pre tabindex="0"><code id="bibtex">{bibtex(page.citation)}</code></pre>
</details>
</div>
</article>
{_turn(context, before, after)}</main>
"""


def _linked(text: str, where: str) -> str:
    return f'<a href="{where}">{text}</a>' if where else text


def _turn(context: PaperContext, before: PaperPage | None, after: PaperPage | None) -> str:
    if not before and not after:
        return ""
    words = context.words
    ways = _way(words.previous_paper, "prev", before) + _way(words.next_paper, "next", after)
    return f'<nav class="turn" aria-label="{escape(words.between_papers)}">\n{ways}</nav>\n'


def _way(label: str, rel: str, page: PaperPage | None) -> str:
    if page is None:
        return ""
    own = page.file.rpartition("/")[2]
    return (
        f'<a rel="{rel}" href="{own}"><span>{escape(label)}</span> <span{page.card.mark}>{page.card.title}</span></a>\n'
    )
