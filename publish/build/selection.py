"""Selections: the papers that somebody wants to follow, published as one more series under `select/NAME/`."""

import unicodedata
from collections.abc import Callable, Iterator
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from ...exporters import Options, Selected, Series
from ...exporters.series.identity import file_url
from ...model import Issue, Line, Paper, Point
from ...model.fields import arxiv_id

Choose = Callable[[Issue], Issue | None]
"""Takes an issue and returns what is selected of it, None for nothing."""

Word = Annotated[Line, StringConstraints(min_length=1)]


def bare_id(written: str) -> str:
    """Return the arXiv id that somebody wrote with its version, or as a link; raises ValueError for what is none."""
    if (found := arxiv_id(written.strip())) is None:
        raise ValueError(f"{written!r} is no arXiv id")
    return found


class Criteria(Options):
    """What a paper must have; what is not asked for does not matter."""

    ids: tuple[Annotated[Word, AfterValidator(bare_id)], ...] = ()
    """Only these arXiv ids."""
    min_votes: Annotated[int, Field(ge=0)] | None = None
    """Only papers with at least this many votes."""
    keywords: tuple[Word, ...] = ()
    """Only papers with one of these words in title, summary or categories, in upper or lower case."""
    authors: tuple[Word, ...] = ()
    """Only papers by one of these authors."""
    top: Annotated[int, Field(ge=1)] | None = None
    """Only this many papers a day, those with the most votes."""


EVERYTHING = Criteria()
"""Asks for nothing."""


class Selection(Criteria):
    """A `[[select]]` table."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=64)]
    """Short ASCII slug: the selection's folder, and the end of its series id."""
    title: Word | None = None
    """Title of its feeds; without it, the series' title and the name."""
    formats: tuple[Word, ...] = ("atom", "rss", "jsonfeed")
    """The formats to write for it."""

    @property
    def criteria(self) -> Criteria:
        """What selects, without where it is published."""
        return Criteria(**{name: getattr(self, name) for name in Criteria.model_fields})

    def placed(self, series: Series) -> Selected:
        """Return the selection as a series of its own."""
        folder = f"select/{self.name}"
        changes = {
            "id": f"{series.id}-{self.name}",
            "title": self.title or f"{series.title}: {self.name}",
            "base_url": series.base_url and f"{series.base_url.rstrip('/')}/{folder}",
            "home": series.home or (None if "html" in self.formats else file_url(series, "")),
        }
        return Selected(series.model_copy(update=changes), f"{folder}/")


def everything(issue: Issue) -> Issue | None:
    """Select all of an issue."""
    return issue


def chooser(criteria: Criteria) -> Choose:
    """Return the function that selects by criteria, keeping the digest's order."""
    names = {_folded(name) for name in criteria.authors}
    words = [_folded(word) for word in criteria.keywords]

    def wanted(paper: Paper) -> bool:
        return (
            (not criteria.ids or paper.arxiv_id in criteria.ids)
            and (criteria.min_votes is None or (paper.votes or 0) >= criteria.min_votes)
            and (not names or not names.isdisjoint(map(_folded, _names(paper))))
            and (not words or _mentions(paper, words))
        )

    def choose(issue: Issue) -> Issue | None:
        papers = [paper for paper in issue.papers if wanted(paper)]
        if criteria.top is not None and len(papers) > criteria.top:
            best = sorted(range(len(papers)), key=lambda at: -(papers[at].votes or 0))[: criteria.top]
            papers = [papers[at] for at in sorted(best)]
        return issue.model_copy(update={"papers": tuple(papers)}) if papers else None

    return choose


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _names(paper: Paper) -> Iterator[str]:
    yield from paper.authors
    if paper.record:
        yield from (author.name for author in paper.record.authors)


def _mentions(paper: Paper, words: list[str]) -> bool:
    text = _folded("\n".join([paper.title, *_texts(paper.summary), *(paper.record.categories if paper.record else ())]))
    return any(word in text for word in words)


def _texts(points: tuple[Point, ...]) -> Iterator[str]:
    for point in points:
        yield f"{point.heading or ''} {point.text}"
        yield from _texts(point.points)
