"""Where a paper stands on its issue's page: pages name the place, feeds lead to it."""

import datetime

from ...model import Issue, Paper
from ..contract.cache import ISSUES, cache
from ..contract.format import Series
from .keys import citation_key


@cache(ISSUES)
def anchors(series: Series, issue: Issue) -> tuple[str, ...]:
    """Return the names that the papers' places have for ever: arXiv ids, else citation keys.

    Two papers of one issue can share a title and have no link, so a name may get a number.
    """
    used: set[str] = set()
    return tuple(_distinct(_anchor(series, issue.date, paper), used) for paper in issue.papers)


def issue_page(date: datetime.date) -> str:
    """Name the file of an issue's page."""
    return f"issues/{date}.html"


def _anchor(series: Series, date: datetime.date, paper: Paper) -> str:
    return paper.arxiv_id or citation_key(series, date, paper)


def _distinct(name: str, used: set[str]) -> str:
    found, number = name, 1
    while found in used:
        number += 1
        found = f"{name}-{number}"
    used.add(found)
    return found
