"""A paper as pages show it: its texts converted once, its links and citations made."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from ...model import Issue, Paper, language_of
from .. import markup
from ..bibfile import misc
from ..byline import author_names, names_all, pages
from ..citation import CitationOptions, cite
from ..contract import Series
from ..feeds.text import plain
from ..identity import language, link
from ..keys import citation_key
from .coins import context_object
from .words import Words

NAMED = 8
"""Authors named at first sight; who wants all of a longer list opens it."""

_OPTIONS = CitationOptions()


@dataclass(frozen=True, slots=True)
class Card:
    """A paper in its place on an issue's page; `Markup` is HTML, all other text is plain."""

    anchor: str
    title: str
    heading: Markup
    title_mark: Markup
    """Attributes for the title's language, where it is not the page's."""
    text_mark: Markup
    address: str | None
    votes: int | None
    names: str
    """Authors at first sight, or all of them."""
    others: int
    """How many more there are."""
    everybody: str
    complete: bool
    picture: str | None
    video: str | None
    elsewhere: str | None
    """The picture's address where it may not be shown."""
    summary: Markup
    links: Mapping[str, str]
    bibtex: str
    coins: str


def cards(series: Series, issue: Issue, words: Words) -> list[Card]:
    """Describe the papers of an issue in its order."""
    used: set[str] = set()
    return [_card(series, issue, paper, words, used) for paper in issue.papers]


def anchor(series: Series, date: datetime.date, paper: Paper) -> str:
    """Return the name that a paper's place on its issue's page has for ever: its arXiv id, else a key."""
    return paper.arxiv_id or citation_key(series, date, paper)


def title_of(paper: Paper) -> str:
    """Return a paper's title as plain text, never blank."""
    return plain(paper.title) or paper.title.strip() or link(paper) or "…"


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


def _card(series: Series, issue: Issue, paper: Paper, words: Words, used: set[str]) -> Card:
    title, tongue = title_of(paper), language(series, issue)
    names = author_names(paper)
    more = max(0, len(names) - NAMED)
    citation = cite(issue.date, paper, citation_key(series, issue.date, paper))
    shown = _is_shown(paper)
    image = paper.media.url if paper.media and paper.media.kind == "image" else None
    return Card(
        anchor=_distinct(anchor(series, issue.date, paper), used),
        title=title,
        heading=_html(markup.unlinked(paper.title)) if plain(paper.title) else escape(title),
        title_mark=title_mark(title, tongue, words),
        text_mark=mark(tongue, words.language),
        address=link(paper),
        votes=paper.votes,
        names=", ".join(names[:NAMED] if more else names),
        others=more,
        everybody=", ".join(names) if more else "",
        complete=names_all(paper),
        picture=image if shown else None,
        video=paper.media.url if paper.media and paper.media.kind == "video" else None,
        elsewhere=None if shown else image,
        summary=_html(markup.blocks(paper.summary)),
        links=pages(paper) or ({words.paper: paper.url} if paper.url else {}),
        bibtex=misc(citation, _OPTIONS).rstrip(),
        coins=context_object(citation),
    )


def _html(fragment: str) -> Markup:
    """Mark what our own Markdown function made, in which all text is escaped."""
    return Markup(fragment)  # noqa: S704


def _is_shown(paper: Paper) -> bool:
    """Tell whether the page may load a paper's picture; what is not encrypted is only linked."""
    return bool(paper.media and paper.media.kind == "image" and paper.media.url.startswith("https://"))


def _distinct(name: str, used: set[str]) -> str:
    """Return an anchor that no paper before it has; two papers of one issue can share a title and have no link."""
    found, number = name, 1
    while found in used:
        number += 1
        found = f"{name}-{number}"
    used.add(found)
    return found
