"""A citation: what every bibliography format says of a paper, decided once."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Annotated, NamedTuple

from pydantic import StringConstraints

from ...model import Code, Diagnostic, Issue, Paper, Record
from ..contract.cache import ISSUES, once
from ..contract.format import Options, Output, Period, Series, Write, part_of
from ..series import identity
from ..series.seen import Seen
from ..text.prose import from_markdown, from_tex
from .keys import PATTERN, Keys, citation_key, id_month
from .people import Authors, plain_only


class Day(NamedTuple):
    """A date as far as it is known."""

    year: int
    month: int
    day: int | None
    iso: str
    """ISO 8601: "2024-05-03", "2024-05"."""


_UNSURE_ORDER = "The order of these authors is not known."
_UNSURE_AND_SHORT = "The order of these authors is not known, and the list is cut short."


class Citation(NamedTuple):
    """A paper as a bibliography cites it; texts are plain but for `$...$`."""

    key: str
    title: str
    authors: Authors
    """In the record's words, else in the digest's; `people.names` takes them apart."""
    plain: tuple[str, ...]
    """The same where all are plain, which spares formats a closer look, else none: see `people.plain_only`."""
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
    submitted: str | None
    """arXiv's abstract as it was submitted."""

    @property
    def abstract(self) -> str | None:
        """The abstract, read when it is asked for: few libraries have one, and it is longer than all the rest."""
        return _read(self.submitted) if self.submitted else None

    @property
    def caution(self) -> str | None:
        """A sentence for whoever reads the entry, None where the authors are known to be right."""
        if self.ordered or not self.authors:
            return None
        return _UNSURE_ORDER if self.complete else _UNSURE_AND_SHORT


class CitationOptions(Options):
    """What all bibliography formats can be told."""

    period: Period | None = None
    """Write a file for each day, week or month as well."""
    abstract: bool = False
    """Add arXiv's abstract where a record gives it."""
    keywords: bool = False
    """Add arXiv's categories as keywords where a record gives them."""
    key: Annotated[str, StringConstraints(pattern=PATTERN)] | None = None
    """Pattern of keys, such as "{author}{year}{word}", which also takes {id}; it ends in the id if it holds none."""
    unsafe_short_keys: bool = False
    """Leave the id out of such keys, which then change when papers or records are added."""


def periods(options: CitationOptions, date: datetime.date) -> tuple[str, ...]:
    """Put every issue into the whole library and, if asked, into its period's file."""
    return ("",) if options.period is None else ("", part_of(options.period, date))


def collect(output: Output, options: CitationOptions, take: Callable[[list[Citation]], object]) -> Iterator[Write]:
    """Yield the function that takes an issue and hands on its papers' citations, each paper once.

    In the end it tells how many first authors are unsure.
    """
    seen = Seen(output.series)
    unsure: Counter[bool] = Counter()
    keys = Keys(output.series, options.key, options.unsafe_short_keys)

    def write(issue: Issue) -> None:
        cited = citations(output.series, issue)
        new = [named(issue, position, cited[position]) for position in seen.new(issue)]
        unsure.update([citation.complete for citation in new if citation.caution])
        take(new)

    def named(issue: Issue, position: int, citation: Citation) -> Citation:
        if not options.key:
            return citation
        return citation._replace(key=keys.key(issue.date, issue.papers[position]))

    yield write
    if unsure.total() and not output.part:
        output.report(_unsure(seen.count, unsure))


@once(ISSUES)
def citations(series: Series, issue: Issue) -> list[Citation]:
    """Return the citations of an issue's papers, in its order, made once for all the formats of a run.

    Their keys are those that the papers have for ever.
    """
    return [cite(issue.date, paper, citation_key(series, issue.date, paper)) for paper in issue.papers]


def cite(date: datetime.date, paper: Paper, key: str) -> Citation:
    """Return a paper's citation; arXiv's record, where there is one, goes before what the digest says."""
    record = paper.record
    listed = record is not None and bool(record.authors)
    plain = () if listed else plain_only(paper.authors)
    return Citation(
        key=key,
        title=(record and from_tex(record.title)) or from_markdown(paper.title),
        authors=plain or _authors(paper, record),
        plain=plain,
        complete=listed or paper.authors_complete,
        ordered=listed or paper.authors_ordered,
        date=_date(date, paper, record),
        arxiv_id=paper.arxiv_id,
        categories=tuple(filter(str.strip, record.categories)) if record else (),
        doi=_doi(paper, record),
        journal=from_tex(record.journal_ref) if record and record.journal_ref else None,
        url=identity.link(paper),
        submitted=record.abstract if record else None,
    )


_read = lru_cache(maxsize=64)(from_tex)


def _authors(paper: Paper, record: Record | None) -> Authors:
    if record and record.authors:
        return tuple([author for author in record.authors if author.name.strip()])
    if all(map(str.strip, paper.authors)):
        return paper.authors
    return tuple([name for name in paper.authors if name.strip()])


def _date(date: datetime.date, paper: Paper, record: Record | None) -> Day:
    """Return the day of version 1 from the record, else the month that the arXiv id names, else the issue's month."""
    if record and record.published:
        return Day(record.published.year, record.published.month, record.published.day, record.published.isoformat())
    return _month(*(id_month(paper.arxiv_id or "") or (date.year, date.month)))


@lru_cache(maxsize=64)
def _month(year: int, month: int) -> Day:
    return Day(year, month, None, f"{year:04}-{month:02}")


def _doi(paper: Paper, record: Record | None) -> str | None:
    if record and record.doi and (published := _sound_doi(record.doi)):
        return published
    return identity.arxiv_doi(paper.arxiv_id) if paper.arxiv_id else None


def _sound_doi(written: str) -> str | None:
    """Return the first DOI of those written, if it is one that TeX takes as it is."""
    first = (written.split() or [""])[0]
    return first if first.startswith("10.") and first.isascii() and not set(first) & set("{}\\%") else None


def _unsure(total: int, unsure: Counter[bool]) -> Diagnostic:
    """Tell how many papers list authors in an unknown order; `unsure` counts them by whether they list all."""
    short = unsure[False]
    cut = f" ({short} of them cut short)" if short else ""
    message = (
        f"papers whose authors stand in an order the digests do not know: {unsure.total()} of {total}{cut}; the first "
        "author that a citation names may be wrong, and `paperround metadata` collects the true lists from arXiv"
    )
    return Diagnostic("", 0, Code.ORDER_UNKNOWN, message)
