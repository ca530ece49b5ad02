"""A paper as pages show it: its texts converted once, its links and citations made."""

import datetime
from functools import lru_cache
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from ...model import Issue, Paper, language_of
from .. import markup
from ..bibfile import misc
from ..byline import author_names, names_all, pages
from ..citation import CitationOptions, cited
from ..contract import Series
from ..feeds.text import plain
from ..identity import language, link
from ..keys import citation_key
from ..once import once
from .coins import context_object
from .words import Words

NAMED = 8
"""Authors named at first sight; who wants all of a longer list opens it."""

_OPTIONS = CitationOptions()


class Named(NamedTuple):
    """What all pages call a paper by; texts are plain."""

    anchor: str
    """The name that its place on its issue's page has for ever, letters and digits: its arXiv id, else a key."""
    title: str
    """Never blank."""
    authors: tuple[str, ...]
    paper: Paper


class Card(NamedTuple):
    """A paper in its place on an issue's page, all of it HTML: "" for what there is not.

    Escaping here takes a third of what a template takes for it, and there are twenty texts to each paper.
    """

    anchor: str
    title: str
    heading: str
    """The title with its own marks, but no links."""
    title_mark: str
    """Attributes for the title's language, where it is not the page's."""
    text_mark: str
    address: str
    votes: str
    votes_told: str
    authors: str
    """At first sight, with words for those who are not named."""
    everybody: str
    """All of them, where that is more."""
    picture: str
    picture_told: str
    summary: str
    links: str
    """Items of a list."""
    bibtex: str
    coins: str


@once(4)
def named(series: Series, issue: Issue) -> list[Named]:
    """Name the papers of an issue in its order, once for all the pages that it is on."""
    used: set[str] = set()
    return [
        Named(_distinct(_anchor(series, issue.date, paper), used), _title(paper), author_names(paper), paper)
        for paper in issue.papers
    ]


def cards(series: Series, issue: Issue, words: Words) -> list[Card]:
    """Describe the papers of an issue in its order."""
    tongue = language(series, issue)
    text_mark = mark(tongue, words.language)
    return [_card(series, issue.date, each, tongue, text_mark, words) for each in named(series, issue)]


@lru_cache(maxsize=256)
def mark(tongue: str, around: str) -> Markup:
    """Return the attribute that marks a text's language inside a text of another."""
    known = tongue in (around, around.lower().split("-")[0])
    return Markup("") if known else Markup(' lang="{}"').format(tongue)


def title_mark(title: str, tongue: str, words: Words) -> Markup:
    """Return the mark of a title inside interface words; `tongue` is its issue's language.

    Letters tell scripts, not languages: what looks English in a French issue is taken for French.
    """
    told = "en" if title.isascii() else language_of(title)
    if told == "en" and tongue.lower().split("-")[0] not in ("ko", "ja", "zh"):
        told = tongue
    return mark(told, words.language)


def _card(series: Series, date: datetime.date, name: Named, tongue: str, text_mark: str, words: Words) -> Card:
    anchor, title, authors, paper = name
    citation = cited(series, date, paper)
    picture = _picture(paper)
    return Card(
        anchor=anchor,
        title=escape(title),
        heading=markup.unlinked(paper.title) if plain(paper.title) else escape(title),
        title_mark=title_mark(title, tongue, words),
        text_mark=text_mark,
        address=escape(link(paper) or ""),
        votes="" if paper.votes is None else str(paper.votes),
        votes_told="" if paper.votes is None else words.count(words.votes_of, paper.votes),
        authors=escape(_at_first_sight(paper, authors, words)),
        everybody=escape(_everybody(paper, authors, words)) if len(authors) > NAMED else "",
        picture=escape(picture),
        picture_told=escape(words.picture_of.format(title)) if picture else "",
        summary=markup.blocks(paper.summary),
        links=_links(paper, bool(picture), words),
        bibtex=escape(misc(citation, _OPTIONS).rstrip(), quote=False),
        coins=escape(context_object(citation), quote=False),
    )


def _anchor(series: Series, date: datetime.date, paper: Paper) -> str:
    return paper.arxiv_id or citation_key(series, date, paper)


def _distinct(name: str, used: set[str]) -> str:
    """Return an anchor that no paper before it has; two papers of one issue can share a title and have no link."""
    found, number = name, 1
    while found in used:
        number += 1
        found = f"{name}-{number}"
    used.add(found)
    return found


def _title(paper: Paper) -> str:
    return plain(paper.title) or paper.title.strip() or link(paper) or "…"


def _at_first_sight(paper: Paper, authors: tuple[str, ...], words: Words) -> str:
    if len(authors) > NAMED:
        return f"{', '.join(authors[:NAMED])} {words.count(words.others, len(authors) - NAMED)}"
    return _everybody(paper, authors, words) if authors else ""


def _everybody(paper: Paper, authors: tuple[str, ...], words: Words) -> str:
    return ", ".join(authors) if names_all(paper) else f"{', '.join(authors)} {words.unnamed}"


def _picture(paper: Paper) -> str:
    """Return the address of a picture to show, "" for none; without encryption it is only linked."""
    if paper.media is None or paper.media.kind != "image" or not paper.media.url.startswith("https://"):
        return ""
    return paper.media.url


def _links(paper: Paper, pictured: bool, words: Words) -> str:
    links = list(pages(paper))
    if paper.url and not links:
        links.append(f'<a href="{escape(paper.url)}">{words.paper}</a>')
    if paper.media and not pictured:
        label = words.video if paper.media.kind == "video" else words.picture
        links.append(f'<a href="{escape(paper.media.url)}">{label}</a>')
    return "\n".join([f"<li>{each}</li>" for each in links])
