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
from .card import Card, PaperLabel
from .coins import context_object

FIRST_AUTHORS = 8
"""Authors named at first sight; who wants all of a longer list opens it."""

_OPTIONS = CitationOptions()
_NEXT = "</li>\n<li>"


class PaperContext(NamedTuple):
    """What the papers of a page have in common, as HTML."""

    words: Words
    text_mark: str
    """Attributes for the texts' language, where it is not the page's."""
    votes: str
    """What a screen reader says before their number."""
    picture_of: str
    link_here: str
    copy: str
    own_page: str
    """Text of the link to a paper's own page."""
    folder: str
    """The way to the pages of the day's papers, "" where there are none."""
    level: int
    """Of the papers' headings: 2, or 3 below headings of groups."""


def paper_context(words: Words, text_mark: str, folder: str = "", level: int = 2) -> PaperContext:
    """Prepare what a page says with each of its papers."""
    votes = f'<span class="unseen">{escape(words.votes)} </span>'
    picture, here, copy = escape(words.picture_of), escape(words.link_here), escape(words.copy_bibtex)
    return PaperContext(words, text_mark, votes, picture, here, copy, escape(words.own_page), folder, level)


def entry(page: PaperContext, card: Card) -> str:
    """Return a paper's line in the table of contents."""
    # The blank is one that no line breaks at: a number alone on a line looks lost.
    votes = f'&nbsp;<span class="votes">{page.votes}{card.votes}</span>' if card.votes else ""
    return f'<li><a href="#{card.anchor}"{card.mark}>{card.title}</a>{votes}</li>\n'


def article(page: PaperContext, card: Card, name: PaperLabel, citation: Citation) -> str:
    """Return a paper in full."""
    paper, anchor, title = name.paper, card.anchor, card.title
    summary = markup.blocks(paper.summary)
    where = address(paper)
    heading = f'<a href="{where}">{card.heading}</a>' if where else card.heading
    own = (
        f'<li><a href="{page.folder}{card.file}" aria-label="{page.own_page}: {title}">{page.own_page}</a></li>\n'
        if page.folder
        else ""
    )
    return f"""\
<article class="paper" id="{anchor}">
<h{page.level}{card.mark}>{heading}</h{page.level}>
<span class="Z3988" title="{context_object(citation)}"></span>
{authors_line(paper, name.authors, page.words)}{tag("p", ' class="votes"', card.votes_text)}\
{figure(paper, page.picture_of, title)}{tag("div", f' class="summary"{page.text_mark}', summary)}\
<div class="foot">
<ul class="links">
{links(paper, page.words)}{own}<li><a href="#{anchor}" aria-label="{page.link_here}: {title}">#</a></li>
</ul>
<details class="bibtex">
<summary>BibTeX</summary>
<pre tabindex="0"><code>{bibtex(citation)}</code></pre>
<button type="button" data-copy hidden>{page.copy}</button>
</details>
</div>
</article>
"""


def address(paper: Paper) -> str:
    """Return where a paper is read, escaped, "" where that is not known."""
    return arxiv_url(paper.arxiv_id) if paper.arxiv_id else escape(paper.url or "")


def bibtex(citation: Citation) -> str:
    """Return a paper's entry of the library, as HTML."""
    return escape(bibtex_entry(citation, _OPTIONS).rstrip(), quote=False)


def tag(name: str, attributes: str, inside: str) -> str:
    """Return an element, or nothing where nothing is in it."""
    return f"<{name}{attributes}>{inside}</{name}>\n" if inside else ""


def authors_line(paper: Paper, names: tuple[str, ...], words: Words, fold: bool = True) -> str:
    """Return the authors at first sight, and all of them where that is more than one name more."""
    if not names:
        return ""
    more = "" if names_all(paper) else f" {words.unnamed}"
    everybody = escape(", ".join(names) + more)
    if not fold or len(names) <= FIRST_AUTHORS + 1:
        return f'<p class="authors">{everybody}</p>\n'
    first = escape(f"{', '.join(names[:FIRST_AUTHORS])} {words.count(words.others, len(names) - FIRST_AUTHORS)}")
    return f'<details class="authors">\n<summary>{first}</summary>\n<p>{everybody}</p>\n</details>\n'


def figure(paper: Paper, picture_of: str, title: str, lazy: bool = True) -> str:
    """Return the paper's picture; a lazy one is loaded when it comes into view."""
    if not shows(paper.media):
        return ""
    source, loading = escape(paper.media.url), ' loading="lazy"' if lazy else ""
    return (
        f'<a class="picture" href="{source}"><img src="{source}" alt="{picture_of.format(title)}"'
        f' width="640" height="360"{loading} decoding="async"></a>\n'
    )


def shows(media: Media | None) -> TypeGuard[Media]:
    """Return whether there is a picture to show; without encryption it is only linked."""
    return media is not None and media.kind == "image" and media.url.startswith("https://")


def links(paper: Paper, words: Words) -> str:
    """Return the list items that lead to the paper elsewhere."""
    found = list(pages(paper))
    if paper.url and not found:
        found.append(f'<a href="{escape(paper.url)}">{words.paper}</a>')
    if paper.media and not shows(paper.media):
        word = words.video if paper.media.kind == "video" else words.picture
        found.append(f'<a href="{escape(paper.media.url)}">{word}</a>')
    return f"<li>{_NEXT.join(found)}</li>\n" if found else ""
