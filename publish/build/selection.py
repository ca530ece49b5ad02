"""Selections: the papers that somebody wants to follow, published as one more series under `select/NAME/`."""

import re
from collections.abc import Callable, Iterator
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from ...exporters import Options, Selected, Series
from ...exporters.series.identity import file_url
from ...exporters.text.matching import folded, is_keyword, keyword_pattern, visible_text
from ...model import Author, Issue, Line, Paper
from ...model.fields import arxiv_id

Choose = Callable[[Issue], Issue | None]
"""Takes an issue and returns what is selected of it, None for nothing."""

_BETWEEN_NAMES = re.compile(r"[\s.,\u2010-\u2015-]+")

Word = Annotated[Line, StringConstraints(min_length=1)]


def bare_id(written: str) -> str:
    """Return the arXiv id that somebody wrote with its version, or as a link; raises ValueError for what is none."""
    if (found := arxiv_id(written.strip())) is None:
        raise ValueError(f"{written!r} is no arXiv id: write it like 2405.01535")
    return found


def keyword(written: str) -> str:
    """Return a keyword as it is; raises ValueError for one that would match any text."""
    if not is_keyword(written):
        raise ValueError(f"{written!r} holds no word to look for")
    return written


Keyword = Annotated[Word, AfterValidator(keyword)]


class Criteria(Options):
    """What a paper must have; what is not asked for does not matter."""

    ids: tuple[Annotated[Word, AfterValidator(bare_id)], ...] = ()
    """Only these arXiv ids."""
    min_votes: Annotated[int, Field(ge=0)] | None = None
    """Only papers with at least this many votes."""
    keywords: tuple[Keyword, ...] = ()
    """Only papers that mention one of these words or phrases in title or summary; `agent*` is any word so begun."""
    without: tuple[Keyword, ...] = ()
    """No papers that mention one of these."""
    categories: tuple[Word, ...] = ()
    """Only papers in one of these arXiv categories, as arXiv's records give them."""
    groups: tuple[Word, ...] = ()
    """Only papers that a digest puts under one of these headings."""
    authors: tuple[Word, ...] = ()
    """Only papers by one of these authors: a name in any order, or a family name."""
    top: Annotated[int, Field(ge=1)] | None = None
    """Only this many papers a day, those with the most votes."""


EVERYTHING = Criteria()
"""Asks for nothing."""


class Selection(Criteria):
    """A `[[select]]` table."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=64)] = Field(
        examples=["robots"]
    )
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
    tests = list(_tests(criteria))

    def wanted(paper: Paper) -> bool:
        return all(test(paper) for test in tests)

    def choose(issue: Issue) -> Issue | None:
        papers = [paper for paper in issue.papers if wanted(paper)]
        if criteria.top is not None and len(papers) > criteria.top:
            best = sorted(range(len(papers)), key=lambda at: -(papers[at].votes or 0))[: criteria.top]
            papers = [papers[at] for at in sorted(best)]
        return issue.model_copy(update={"papers": tuple(papers)}) if papers else None

    return choose


def _tests(criteria: Criteria) -> Iterator[Callable[[Paper], bool]]:
    """Yield what a paper has to pass, the cheapest first."""
    if criteria.ids:
        yield lambda paper: paper.arxiv_id in criteria.ids
    if (votes := criteria.min_votes) is not None:
        yield lambda paper: (paper.votes or 0) >= votes
    if criteria.groups:
        yield lambda paper: paper.group in criteria.groups
    if criteria.categories:
        yield lambda paper: not set(criteria.categories).isdisjoint(_categories(paper))
    if criteria.authors:
        asked = {_words(name) for name in criteria.authors}
        yield lambda paper: not asked.isdisjoint(_known_as(paper))
    if criteria.keywords:
        yield _mentions(criteria.keywords)
    if criteria.without:
        unwanted = _mentions(criteria.without)
        yield lambda paper: not unwanted(paper)


def _mentions(keywords: tuple[str, ...]) -> Callable[[Paper], bool]:
    """Return the test for papers that mention a keyword, or are in the category that one names as a whole."""
    pattern, names = keyword_pattern(keywords), set(map(folded, keywords))

    def mentions(paper: Paper) -> bool:
        return bool(pattern.search(visible_text(paper))) or not names.isdisjoint(map(folded, _categories(paper)))

    return mentions


def _categories(paper: Paper) -> tuple[str, ...]:
    return paper.record.categories if paper.record else ()


def _known_as(paper: Paper) -> Iterator[tuple[str, ...]]:
    """Yield all that a paper's authors are found by: their names, and their family names alone."""
    from ...exporters.citations import people  # 12 ms, which short commands without authors need not wait for

    authors: list[str | Author] = [*paper.authors, *(paper.record.authors if paper.record else ())]
    for author in authors:
        name = people.name_of(author)
        yield _words(name.whole)
        if name.family:
            yield _words(name.family)


def _words(name: str) -> tuple[str, ...]:
    """Return a name's words in one order, for the family may stand first: "Lovelace, Ada" is "Ada Lovelace"."""
    return tuple(sorted(filter(None, _BETWEEN_NAMES.split(folded(name)))))
