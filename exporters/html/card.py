"""What pages call a paper by, converted and escaped once for all of them."""

import datetime
from functools import lru_cache
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from ...model import Issue, Paper, language_of
from ..citations.anchors import anchors
from ..contract.cache import ISSUES, cache
from ..contract.format import Series
from ..series.identity import language, link
from ..text import markup
from ..text.byline import author_names
from ..text.plain import plain
from ..words import Words


class PaperLabel(NamedTuple):
    """What all pages call a paper by; texts are plain."""

    anchor: str
    """The name that its place on its issue's page has for ever, letters and digits: its arXiv id, else a key."""
    title: str
    """Never blank."""
    is_own: bool
    """Whether that is the paper's title, which may show nothing, and not what stands in for it."""
    authors: tuple[str, ...]
    paper: Paper


class Card(NamedTuple):
    """What stands above a paper, all of it HTML: "" for what there is not.

    Escaping here takes a third of what a template takes for it.
    """

    anchor: str
    title: str
    heading: str
    """The title with its own marks, but no links."""
    mark: str
    """Attributes for the title's language, where it is not the page's."""
    votes: str
    votes_text: str
    """In words."""
    file: str
    """The name of its own page, in its day's folder."""


@cache(ISSUES)
def labels(series: Series, issue: Issue) -> list[PaperLabel]:
    """Name the papers of an issue in its order, once for all the pages that it is on."""
    return [_named(anchor, paper) for anchor, paper in zip(anchors(series, issue), issue.papers, strict=True)]


@cache(ISSUES)
def cards(series: Series, issue: Issue, words: Words) -> list[Card]:
    """Describe the papers of an issue in its order, once for the issue's page and those of its papers."""
    tongue = language(series, issue)
    return [_card(name, tongue, words) for name in labels(series, issue)]


def page_name(date: datetime.date, anchor: str) -> str:
    """Name the file of the page of a day's paper."""
    return f"papers/{date}/{file_name(anchor)}"


def file_name(anchor: str) -> str:
    """Name a paper's page in its day's folder; ids from before 2007 have a slash, as hep-th/9901001."""
    return f"{anchor.replace('/', '.')}.html"


@lru_cache(maxsize=256)
def mark(tongue: str, around: str) -> Markup:
    """Return the attribute that marks a text's language inside a text of another."""
    known = tongue in (around, around.lower().split("-")[0])
    return Markup("") if known else Markup(' lang="{}"').format(tongue)


def title_mark(title: str, tongue: str, words: Words) -> Markup:
    """Return the mark of a title inside interface words; `tongue` is its issue's language.

    Letters tell scripts, not languages: what looks English in a French issue is taken for French.
    """
    written = "en" if title.isascii() else language_of(title)
    if written == "en" and tongue.lower().split("-")[0] not in ("ko", "ja", "zh"):
        written = tongue
    return mark(written, words.language)


def _named(anchor: str, paper: Paper) -> PaperLabel:
    title = plain(paper.title)
    shown = title or paper.title.strip() or link(paper) or "…"
    return PaperLabel(anchor, shown, bool(title), author_names(paper), paper)


def _card(name: PaperLabel, tongue: str, words: Words) -> Card:
    title, mark, paper = escape(name.title), title_mark(name.title, tongue, words), name.paper
    heading = markup.unlinked(paper.title) if name.is_own else title
    if paper.votes is None:
        return Card(name.anchor, title, heading, mark, "", "", file_name(name.anchor))
    votes = words.count(words.votes_of, paper.votes)
    return Card(name.anchor, title, heading, mark, str(paper.votes), votes, file_name(name.anchor))
