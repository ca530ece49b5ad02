"""The HTML of an entry: what a reader shows, and nothing that it would have to remove."""

from html import escape

from ...model import Issue, Media, Paper
from ..series.identity import link
from ..text import byline, markup
from ..text.plain import clean
from ..words import Words

NAMES = 5
"""Authors named in the content: readers show all of a paper's beside it, from elements of their own."""


def paper_html(paper: Paper, title: str, names: tuple[str, ...], words: Words) -> str:
    """Return a paper's full content: its picture first, then authors, links and summary.

    Votes are not told: they change from one run to the next, and readers that compare content would show an
    edit each time.
    """
    body = _media(paper.media, words) + _authors(paper, names, words) + _links(paper) + markup.blocks(paper.summary)
    return clean(body or f"<p>{escape(title)}</p>")


def issue_html(issue: Issue, titles: list[str], words: Words) -> str:
    """Return a whole issue, a linked heading for each paper; `titles` are the papers' plain ones."""
    sections = (_section(paper, title, words) for paper, title in zip(issue.papers, titles, strict=True))
    return clean("".join(sections))


def author_names(paper: Paper) -> tuple[str, ...]:
    """Return the authors in their true order when it is known, else as the digest lists them."""
    return tuple(map(clean, byline.author_names(paper)))


def _section(paper: Paper, title: str, words: Words) -> str:
    address, text = link(paper), escape(title, quote=False)
    heading = f'<a href="{escape(address)}">{text}</a>' if address else text
    authors = _authors(paper, author_names(paper), words)
    return f"<h2>{heading}</h2>{_media(paper.media, words)}{authors}{markup.blocks(paper.summary)}"


def _media(media: Media | None, words: Words) -> str:
    """Show the picture; its alternative text could only be the title again, which stands above it."""
    if media is None:
        return ""
    if media.kind == "video":
        return f'<p><a href="{escape(media.url)}">{words.video}</a></p>'
    return f'<p><img src="{escape(media.url)}" alt=""/></p>'


def _authors(paper: Paper, names: tuple[str, ...], words: Words) -> str:
    if not names:
        return ""
    line = ", ".join(names[:NAMES])
    if not byline.names_all(paper):
        line += " " + words.unnamed
    elif len(names) > NAMES:
        line += " " + words.more_authors.format(len(names) - NAMES)
    return f"<p>{escape(line, quote=False)}</p>"


def _links(paper: Paper) -> str:
    """Link the pages of a paper that the entry itself does not lead to."""
    others = byline.pages(paper)[1:]
    return f"<p>{' · '.join(others)}</p>" if others else ""
