"""A paper's article on its issue's page, written as it stands there: a template takes three times as long over it."""

from html import escape
from typing import NamedTuple, TypeGuard

from ...model import Media, Paper
from ..citations.bibfile import bibtex_entry
from ..citations.citation import Citation, CitationOptions
from ..series.identity import arxiv_url
from ..text import markup
from ..text.byline import names_all, pages
from ..words import Words
from .card import Card
from .coins import context_object

NAMED = 8
"""Authors named at first sight; who wants all of a longer list opens it."""

_OPTIONS = CitationOptions()
_NEXT = "</li>\n<li>"


class Around(NamedTuple):
    """What the papers of a page have in common, as HTML."""

    words: Words
    text_mark: str
    """Attributes for the texts' language, where it is not the page's."""
    votes: str
    """What a screen reader says before their number."""
    picture_of: str
    link_here: str
    copy: str


def around(words: Words, text_mark: str) -> Around:
    """Prepare what a page says with each of its papers."""
    votes = f'<span class="unseen">{escape(words.votes)} </span>'
    return Around(words, text_mark, votes, escape(words.picture_of), escape(words.link_here), escape(words.copy_bibtex))


def entry(page: Around, card: Card) -> str:
    """Return a paper's line in the table of contents."""
    votes = f' <span class="votes">{page.votes}{card.votes}</span>' if card.votes else ""
    return f'<li><a href="#{card.anchor}"{card.mark}>{card.title}</a>{votes}</li>\n'


def article(page: Around, card: Card, paper: Paper, names: tuple[str, ...], citation: Citation) -> str:
    """Return a paper in full; `names` are its authors."""
    anchor, title, heading, mark, _, votes = card
    address = arxiv_url(paper.arxiv_id) if paper.arxiv_id else escape(paper.url or "")
    summary = markup.blocks(paper.summary)
    return f"""\
<article class="paper" id="{anchor}">
<h2{mark}>{_linked(heading, address)}</h2>
<span class="Z3988" title="{context_object(citation)}"></span>
{_authors(paper, names, page.words)}{_line("p", ' class="votes"', votes)}\
{_figure(paper, page.picture_of, title)}{_line("div", f' class="summary"{page.text_mark}', summary)}\
<div class="foot">
<ul class="links">
{_links(paper, page.words)}<li><a href="#{anchor}" aria-label="{page.link_here}: {title}">#</a></li>
</ul>
<details class="bibtex">
<summary>BibTeX</summary>
<pre tabindex="0"><code>{escape(bibtex_entry(citation, _OPTIONS).rstrip(), quote=False)}</code></pre>
<button type="button" data-copy hidden>{page.copy}</button>
</details>
</div>
</article>
"""


def _line(tag: str, attributes: str, inside: str) -> str:
    return f"<{tag}{attributes}>{inside}</{tag}>\n" if inside else ""


def _linked(text: str, address: str) -> str:
    return f'<a href="{address}">{text}</a>' if address else text


def _authors(paper: Paper, names: tuple[str, ...], words: Words) -> str:
    """Return the authors at first sight, and all of them where that is more."""
    if not names:
        return ""
    more = "" if names_all(paper) else f" {words.unnamed}"
    everybody = escape(", ".join(names) + more)
    if len(names) <= NAMED:
        return f'<p class="authors">{everybody}</p>\n'
    first = escape(f"{', '.join(names[:NAMED])} {words.count(words.others, len(names) - NAMED)}")
    return f'<details class="authors">\n<summary>{first}</summary>\n<p>{everybody}</p>\n</details>\n'


def _figure(paper: Paper, picture_of: str, title: str) -> str:
    if not _shows(paper.media):
        return ""
    address = escape(paper.media.url)
    return (
        f'<a class="picture" href="{address}"><img src="{address}" alt="{picture_of.format(title)}"'
        ' width="640" height="360" loading="lazy" decoding="async"></a>\n'
    )


def _shows(media: Media | None) -> TypeGuard[Media]:
    """Tell whether there is a picture to show; without encryption it is only linked."""
    return media is not None and media.kind == "image" and media.url.startswith("https://")


def _links(paper: Paper, words: Words) -> str:
    links = list(pages(paper))
    if paper.url and not links:
        links.append(_linked(words.paper, escape(paper.url)))
    if paper.media and not _shows(paper.media):
        links.append(_linked(words.video if paper.media.kind == "video" else words.picture, escape(paper.media.url)))
    return f"<li>{_NEXT.join(links)}</li>\n" if links else ""
