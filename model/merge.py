"""One paper said twice becomes one paper, one date given twice becomes one issue."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence

from .paper import Issue, Paper, Point

Merged = Callable[[int, str], None]
"""Takes the line of a repeated paper and what was done with it."""

_DIFFERENCES = {
    "title": "another title",
    "authors": "other authors",
    "votes": "other votes",
    "url": "another address",
    "media": "another picture",
    "summary": "another summary",
}


class Accounts:
    """What documents say of the papers of one date; each step takes time for what it adds, not for what is there."""

    def __init__(self) -> None:
        self._of: dict[str, list[Paper]] = {}
        self._contents: set[Paper] = set()

    def knows(self, issue: Issue) -> bool:
        """Tell whether every paper of an issue has been told with the same content."""
        return all(_content(paper) in self._contents for paper in issue.papers)

    def add(self, papers: Iterable[Paper], merged: Merged) -> None:
        """Add accounts, telling of those of papers that are here already."""
        for paper in papers:
            self._contents.add(_content(paper))
            others = self._of.setdefault(identity(paper), [])
            if others:
                place = (
                    f"line {others[0].line}" if others[0].path == paper.path else f"{others[0].path}:{others[0].line}"
                )
                message = f"{paper.arxiv_id or paper.title[:60]} is here again{_difference(others[0], paper)}"
                merged(paper.line, f"{message}; merged with {place}")
            others.append(paper)

    def complete(self, papers: Iterable[Paper]) -> int:
        """Add accounts that leave alone what is told of a paper already, such as its summary; return how many were.

        A list of authors in the paper's own order replaces one in another.
        """
        known = 0
        for paper in papers:
            self._contents.add(_content(paper))
            others = self._of.setdefault(identity(paper), [])
            known += bool(others)
            has_summary = any(other.summary for other in others)
            others.append(paper.model_copy(update={"summary": ()}) if has_summary else paper)
        return known

    def papers(self) -> tuple[Paper, ...]:
        """Return each paper once, in the order of their first appearance, with the richer fields of all."""
        return tuple(map(_richest, self._of.values()))


def distinct(papers: Sequence[Paper], merged: Merged) -> tuple[Paper, ...]:
    """Return each paper once, in the order of their first appearance, with the richer fields of all."""
    ids = {paper.arxiv_id for paper in papers}
    if len(ids) == len(papers) and None not in ids:
        return tuple(papers)
    if len(set(map(identity, papers))) == len(papers):
        return tuple(papers)
    accounts = Accounts()
    accounts.add(papers, merged)
    return accounts.papers()


def identity(paper: Paper) -> str:
    """Return what makes a paper the same inside one issue: its id, else its link, else its title."""
    return paper.arxiv_id or paper.url or unicodedata.normalize("NFC", paper.title)


def _difference(first: Paper, second: Paper) -> str:
    """Name the fields that two accounts of a paper tell differently; what only one of them has is no contradiction."""
    given = ((words, getattr(first, name), getattr(second, name)) for name, words in _DIFFERENCES.items())
    *others, last = ["", *(words for words, one, other in given if one and other and one != other)]
    return f" with {', '.join(others[1:])}{' and ' if others[1:] else ''}{last}" if last else ""


def _content(paper: Paper) -> Paper:
    """Return what a paper says, wherever it stands."""
    return paper.model_copy(update={"path": "", "line": 0})


def _richest(papers: Sequence[Paper]) -> Paper:
    """Join accounts of one paper: place and title of the first, the most votes, names and text."""
    if len(papers) == 1:
        return papers[0]
    named = max(papers, key=_knowledge_of_authors)
    changes: dict[str, object] = {
        name: getattr(named, name) for name in ("authors", "authors_complete", "authors_ordered")
    }
    changes["votes"] = max((paper.votes for paper in papers if paper.votes is not None), default=None)
    changes["summary"] = max((paper.summary for paper in papers), key=_length)
    for name in ("media", "url", "arxiv_id", "record"):
        changes[name] = next((value for paper in papers if (value := getattr(paper, name)) is not None), None)
    return papers[0].model_copy(update=changes)


def _knowledge_of_authors(paper: Paper) -> tuple[bool, bool, int]:
    """Tell what a list of authors is worth; that of a lone author is no better ordered than any other."""
    ordered = paper.authors_ordered and len(paper.authors) > 1
    return paper.authors_complete, ordered, len(paper.authors)


def _length(points: tuple[Point, ...]) -> int:
    return sum(len(point.heading or "") + len(point.text) + _length(point.points) for point in points)
