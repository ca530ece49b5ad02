"""The line that lists keep of an issue, which may be one of very many."""

import datetime
from dataclasses import dataclass

from ...model import Issue
from ..contract.format import Series
from ..series.identity import language
from ..text.plain import shorten
from .card import labels

_TITLE = 160
"""Bytes of a title that lists show."""


@dataclass(frozen=True, slots=True)
class IssueLine:
    """An issue in a line: its counts, and its paper with the most votes."""

    date: datetime.date
    language: str
    papers: int
    votes: int
    """Of all papers that have them."""
    voted: int
    """How many papers have them."""
    top_title: str
    top_anchor: str
    """Its place on its issue's page."""
    top_votes: int | None

    @property
    def month(self) -> str:
        """The month, as parts are named."""
        return self.date.isoformat()[:7]


def issue_line(series: Series, issue: Issue) -> IssueLine:
    """Return what lists say of an issue."""
    papers = labels(series, issue)
    votes = [paper.votes for paper in issue.papers if paper.votes is not None]
    top = max(papers, key=lambda each: -1 if each.paper.votes is None else each.paper.votes, default=None)
    return IssueLine(
        issue.date,
        language(series, issue),
        len(papers),
        sum(votes),
        len(votes),
        shorten(top.title, _TITLE) if top else "",
        top.anchor if top else "",
        top.paper.votes if top else None,
    )
