"""A citation: what every bibliography format says of a paper, decided once."""

import datetime
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..model import Code, Diagnostic, Issue, Paper, Record
from . import identity
from .contract import Options, Output, Period, Series, part_of
from .names import Name, record_name, split_name
from .prose import from_markdown, from_tex


class Day(NamedTuple):
    """A date as far as it is known."""

    year: int
    month: int
    day: int | None


@dataclass(frozen=True, slots=True)
class Citation:
    """A paper as a bibliography cites it; texts are plain but for `$...$`."""

    key: str
    title: str
    authors: tuple[Name, ...]
    complete: bool
    """Whether `authors` is everybody."""
    ordered: bool
    """Whether the first of `authors` is the paper's first author."""
    date: Day
    arxiv_id: str | None
    categories: tuple[str, ...]
    """arXiv categories, the primary one first; empty without a record."""
    doi: str | None
    """DOI of the published version where arXiv knows it, else arXiv's own."""
    journal: str | None
    url: str | None
    abstract: str | None


class CitationOptions(Options):
    """What all bibliography formats can be told."""

    period: Period | None = None
    """Write a file for each day, week or month as well."""
    abstract: bool = False
    """Add arXiv's abstract where a record gives it."""
    keywords: bool = False
    """Add arXiv's categories as keywords where a record gives them."""


def periods(options: CitationOptions, date: datetime.date) -> tuple[str, ...]:
    """Put every issue into the whole library and, if asked, into its period's file."""
    return ("",) if options.period is None else ("", part_of(options.period, date))


def collect(output: Output, name: str, take: Callable[[Citation], None]) -> Iterator[Callable[[Issue], None]]:
    """Yield the function that takes each issue's papers as citations, each paper once; tell in the end what is unsure.

    `name` is the file that the report speaks of.
    """
    seen: set[str] = set()
    unsure: list[bool] = []

    def write(issue: Issue) -> None:
        for paper in issue.papers:
            entry_id = identity.entry_id(output.series, issue.date, paper)
            if entry_id in seen:
                continue
            seen.add(entry_id)
            citation = cite(output.series, issue.date, paper)
            if not citation.ordered and citation.authors:
                unsure.append(citation.complete)
            take(citation)

    yield write
    if unsure and not output.part:
        output.report(_unsure(name, len(seen), unsure))


def cite(series: Series, date: datetime.date, paper: Paper) -> Citation:
    """Return a paper's citation; arXiv's record, where there is one, goes before what the digest says."""
    record = paper.record
    return Citation(
        key=citation_key(series, date, paper),
        title=from_tex(record.title) if record and record.title else from_markdown(paper.title),
        authors=_authors(paper, record),
        complete=record is not None or paper.authors_complete,
        ordered=record is not None or paper.authors_ordered,
        date=_date(date, paper, record),
        arxiv_id=paper.arxiv_id,
        categories=record.categories if record else (),
        doi=_doi(paper, record),
        journal=from_tex(record.journal_ref) if record and record.journal_ref else None,
        url=identity.link(paper),
        abstract=from_tex(record.abstract) if record and record.abstract else None,
    )


def citation_key(series: Series, date: datetime.date, paper: Paper) -> str:
    """Return the key that a paper is cited by, the same for ever: arxiv.2405.01234, arxiv.hep-th.9901001.

    A paper that is not on arXiv is named by a digest of its permanent id. All of it is lower-case ASCII letters,
    digits, dots and hyphens, which TeX, biber, pandoc and file systems take as they are.
    """
    if paper.arxiv_id:
        return f"arxiv.{paper.arxiv_id.replace('/', '.')}"
    permanent = identity.entry_id(series, date, paper)
    return f"paper.{hashlib.sha256(permanent.encode()).hexdigest()[:16]}"


def _authors(paper: Paper, record: Record | None) -> tuple[Name, ...]:
    if record and record.authors:
        return tuple(map(record_name, record.authors))
    return tuple(map(split_name, paper.authors))


def _date(date: datetime.date, paper: Paper, record: Record | None) -> Day:
    """Return the day of version 1 from the record, else the month that the arXiv id names, else the issue's month."""
    if record and record.published:
        return Day(record.published.year, record.published.month, record.published.day)
    return _id_month(paper.arxiv_id or "") or Day(date.year, date.month, None)


def _id_month(arxiv_id: str) -> Day | None:
    """Read YYMM, which begins every id since April 2007 and the number of those before it, from 1991 on."""
    digits = arxiv_id.rpartition("/")[2]
    if not digits or not 1 <= int(digits[2:4]) <= 12:
        return None
    year = int(digits[:2])
    return Day(1900 + year if year > 90 else 2000 + year, int(digits[2:4]), None)


def _doi(paper: Paper, record: Record | None) -> str | None:
    published = record.doi.split() if record and record.doi else []
    if published and published[0].startswith("10.") and not set(published[0]) & set("{}\\%") and published[0].isascii():
        return published[0]
    return identity.arxiv_doi(paper.arxiv_id) if paper.arxiv_id else None


def _unsure(name: str, total: int, unsure: list[bool]) -> Diagnostic:
    short = unsure.count(False)
    cut = f" ({short} of them cut short)" if short else ""
    message = (
        f"{len(unsure)} of {total} entries of {name} list authors{cut} in an order the digests do not know, "
        "so their first author may be wrong; `paperround metadata` collects the true lists from arXiv"
    )
    return Diagnostic("", 0, Code.ORDER_UNKNOWN, message)
