"""One paper said twice becomes one paper, one date given twice becomes one issue."""

import unicodedata
from collections.abc import Callable, Iterable

from .paper import Issue, Paper, Point

Merged = Callable[[int, str], None]
"""Takes the line of a repeated paper and what was done with it."""


def distinct(papers: Iterable[Paper], merged: Merged) -> tuple[Paper, ...]:
    """Return each paper once, in the order of their first appearance, with the richer fields of all."""
    kept: dict[str, Paper] = {}
    for paper in papers:
        key = identity(paper)
        if key in kept:
            merged(paper.line, f"{paper.arxiv_id or paper.title[:60]} stands again; merged with line {kept[key].line}")
            kept[key] = richer(kept[key], paper)
        else:
            kept[key] = paper
    return tuple(kept.values())


def identity(paper: Paper) -> str:
    """Return what makes a paper the same inside one issue: its id, else its link, else its title."""
    return paper.arxiv_id or paper.url or unicodedata.normalize("NFC", paper.title)


def richer(first: Paper, second: Paper) -> Paper:
    """Join two accounts of one paper: place and title of the first, more votes, more names, more text."""
    changes: dict[str, object] = {}
    if (second.votes or 0) > (first.votes or 0) or first.votes is None:
        changes["votes"] = second.votes
    if (second.authors_complete, len(second.authors)) > (first.authors_complete, len(first.authors)):
        changes |= {name: getattr(second, name) for name in ("authors", "authors_complete", "authors_ordered")}
    if _length(second.summary) > _length(first.summary):
        changes["summary"] = second.summary
    for name in ("media", "url", "arxiv_id", "record"):
        if getattr(first, name) is None and getattr(second, name) is not None:
            changes[name] = getattr(second, name)
    return first.model_copy(update=changes) if changes else first


def same_content(first: Paper, second: Paper) -> bool:
    """Tell whether two papers say the same, wherever they stand."""
    place = {"path": "", "line": 0}
    return first.model_copy(update=place) == second.model_copy(update=place)


def adds_nothing(issue: Issue, other: Issue) -> bool:
    """Tell whether every paper of the other issue stands in this one with the same content."""
    kept = {identity(paper): paper for paper in issue.papers}
    return all(identity(paper) in kept and same_content(kept[identity(paper)], paper) for paper in other.papers)


def _length(points: tuple[Point, ...]) -> int:
    return sum(len(point.heading or "") + len(point.text) + _length(point.points) for point in points)
