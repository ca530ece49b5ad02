"""The HTML of an entry: what a reader shows, and nothing that it would have to remove."""

import re
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from ...model import Issue, Paper
from ..series.identity import link
from ..text import byline, markup
from ..text.plain import clean
from ..words import Words

NAMES = 5
"""Authors named in the content: readers show all of a paper's beside it, from elements of their own."""


_STILLS = "https://cdn-thumbnails.huggingface.co/social-thumbnails/papers"
"""Where Hugging Face has a picture of each arXiv paper, by its id."""

_COUNTER = re.compile(r"(?<=[0-9])(?=[^\W\d_a-z])")
"""Between a number and its counter, as in 3명 and 3名."""


class PaperContent(NamedTuple):
    """A paper's content as HTML, for the two kinds of syntax."""

    alone: str
    """For those whose readers show all authors beside it, from elements of their own: Atom and JSON Feed."""
    signed: str
    """With a line of authors, for RSS: of its elements many readers keep one, newsboat the last."""


def paper_html(paper: Paper, title: str, names: tuple[str, ...], words: Words, place: str = "") -> PaperContent:
    """Return a paper's full content: its picture first, then authors, links and summary; `place` is one more link.

    Votes are not told: they change from one run to the next, and readers that compare content would show an
    edit each time.
    """
    media, body = clean(_media(paper, words)), clean(_links(paper, place) + markup.blocks(paper.summary))
    cut = "" if byline.names_all(paper) or not names else f"<p>{words.more_unnamed}</p>"
    texts = (f"{media}{who}{body}" for who in (cut, _authors(paper, names, words)))
    return PaperContent(*(text or clean(f"<p>{escape(title)}</p>") for text in texts))


def place_link(address: str, series_title: str, words: Words) -> str:
    """Return a link to a paper's place on the publisher's own page."""
    return f'<a href="{escape(address)}">{escape(words.feed_place.format(series_title), quote=False)}</a>'


def still(paper: Paper) -> str | None:
    """Return the address of a picture that stands for a paper, also for one with a video."""
    if paper.media is None or paper.media.kind == "image":
        return paper.media.url if paper.media else None
    return f"{_STILLS}/{paper.arxiv_id}.png" if paper.arxiv_id else None


def issue_html(issue: Issue, titles: list[str], places: Sequence[str | None], words: Words) -> str:
    """Return a whole issue, a linked heading for each paper; `titles` are the papers' plain ones.

    A paper without a link of its own leads to its place.
    """
    sections = (
        _section(paper, title, link(paper) or place, words)
        for paper, title, place in zip(issue.papers, titles, places, strict=True)
    )
    return clean("".join(sections))


def author_names(paper: Paper) -> tuple[str, ...]:
    """Return the authors in their true order when it is known, else as the digest lists them."""
    return tuple(map(clean, byline.author_names(paper)))


def _section(paper: Paper, title: str, address: str | None, words: Words) -> str:
    text = escape(title, quote=False)
    heading = f'<a href="{escape(address)}">{text}</a>' if address else text
    authors = _authors(paper, author_names(paper), words)
    return f"<h2>{heading}</h2>{_media(paper, words)}{authors}{markup.blocks(paper.summary)}"


def _media(paper: Paper, words: Words) -> str:
    """Show the picture; its alternative text could only be the title again, which stands above it.

    A video is not loaded before somebody asks for it; readers that take it out keep the link inside.
    """
    if paper.media is None:
        return ""
    address = escape(paper.media.url)
    if paper.media.kind == "image":
        return f'<p><img src="{address}" alt=""/></p>'
    picture = still(paper)
    poster = f' poster="{escape(picture)}"' if picture else ""
    video = f'<video controls="" preload="none" src="{address}"{poster}><a href="{address}">{words.video}</a></video>'
    return f"<p>{video}</p>"


def _authors(paper: Paper, names: tuple[str, ...], words: Words) -> str:
    if not names:
        return ""
    line = ", ".join(names[:NAMES])
    if not byline.names_all(paper):
        line += " " + words.unnamed
    elif len(names) > NAMES:
        line += " " + _unbroken(words.more_authors.format(len(names) - NAMES))
    return f"<p>{escape(line, quote=False)}</p>"


def _links(paper: Paper, place: str) -> str:
    """Link the pages of a paper that the entry itself does not lead to."""
    others = [*byline.pages(paper)[1:], *filter(None, [place])]
    return f"<p>{' · '.join(others)}</p>" if others else ""


def _unbroken(phrase: str) -> str:
    """Keep a number and its counter on one line: Korean, Japanese and Chinese may end lines between any two letters."""
    return _COUNTER.sub("\u2060", phrase.replace(" ", "\u00a0"))
