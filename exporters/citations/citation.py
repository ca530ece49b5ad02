"""A citation: what every bibliography format says of a paper, decided once."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Annotated, NamedTuple

from pydantic import StringConstraints

from ...model import Author, Code, Diagnostic, Issue, Paper, Record
from ..contract.cache import ISSUES, cache
from ..contract.format import Options, Output, Period, Series, Write, part_of
from ..series import identity
from ..series.paper_set import PaperSet
from ..text.running_text import from_markdown, from_tex
from . import doi
from .keys import PATTERN, Keys, citation_key, id_month
from .people import Authors, listed, plain_only
from .publication import Publication, publication


class PartialDate(NamedTuple):
    """A date as far as it is known."""

    year: int
    month: int | None
    day: int | None
    iso: str
    """ISO 8601: "2024-05-03", "2024-05", "2024"."""


_UNKNOWN = "The authors are not known."
_LONE = "This author may not be the only one."
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
    date: PartialDate
    """Of the preprint's first version, or of the article."""
    arxiv_id: str | None
    categories: tuple[str, ...]
    """arXiv categories, the primary one first; empty without a record."""
    doi: str | None
    """The preprint's own, which arXiv registers, or the article's."""
    publication: Publication | None
    """Where the article was published; None for a preprint."""
    note: str | None
    """Of a preprint, where it was published later."""
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
        if not self.authors:
            return _UNKNOWN
        if self.ordered:
            return None
        if not self.complete:
            return _UNSURE_AND_SHORT
        return _LONE if len(self.authors) == 1 else _UNSURE_ORDER

    @property
    def is_preprint(self) -> bool:
        return self.arxiv_id is not None and self.publication is None


class CitationOptions(Options):
    """What all bibliography formats can be told."""

    period: Period | None = None
    """Write a file for each day, week or month as well."""
    abstract: bool = False
    """Add arXiv's abstract where a record gives it."""
    published: bool = False
    """Cite the article where a record says in which journal or proceedings and year it appeared, not the preprint."""
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

    In the end it reports how many authors are unsure, and how many keys a record would change.
    """
    known = PaperSet(output.series)
    unsure: Counter[bool] = Counter()
    keys = Keys(output.series, options.key, options.unsafe_short_keys)

    def write(issue: Issue) -> None:
        cited = citations(output.series, issue, options.published)
        new = [named(issue, position, cited[position]) for position in known.new(issue)]
        unsure.update([citation.complete or not citation.authors for citation in new if citation.caution])
        take(new)

    def named(issue: Issue, position: int, citation: Citation) -> Citation:
        if not options.key:
            return citation
        return citation._replace(key=keys.key(issue.date, issue.papers[position]))

    yield write
    if output.part:
        return
    if unsure.total():
        output.report(_unsure(known.count, unsure))
    if keys.provisional:
        output.report(_provisional(known.count, keys.provisional))


@cache(ISSUES)
def citations(series: Series, issue: Issue, published: bool) -> list[Citation]:
    """Return the citations of an issue's papers, in its order, made once for all the formats of a run.

    Their keys are those that the papers have for ever.
    """
    return [cite(issue.date, paper, citation_key(series, issue.date, paper), published) for paper in issue.papers]


def cite(date: datetime.date, paper: Paper, key: str, published: bool = False) -> Citation:
    """Return a paper's citation; arXiv's record, where there is one, goes before what the digest says.

    It describes one thing, with its own date and DOI: the preprint, or if `published` and known the article.
    """
    record = paper.record
    article = _article(record) if record and published else None
    authors, plain, complete, ordered = _authors(paper)
    return Citation(
        key=key,
        title=(record and from_tex(record.title)) or from_markdown(paper.title),
        authors=authors,
        plain=plain,
        complete=complete,
        ordered=ordered,
        date=PartialDate(article.year, None, None, str(article.year)) if article else _date(date, paper, record),
        arxiv_id=paper.arxiv_id,
        categories=tuple(filter(str.strip, record.categories)) if record else (),
        doi=_published_doi(record) if article else _own_doi(paper),
        publication=article,
        note=None if article else _note(record),
        url=identity.link(paper),
        submitted=record.abstract if record else None,
    )


_read = lru_cache(maxsize=64)(from_tex)


def _authors(paper: Paper) -> tuple[Authors, tuple[str, ...], bool, bool]:
    """Return the authors, the same where all are plain, whether they are all, and whether they are in order.

    A digest's list of one is in order only if its source promises so: digests name one of two, of four, of five.
    """
    record = paper.record
    if record and (known := _recorded(record)):
        return known, (), True, True
    if plain := plain_only(paper.authors):
        return plain, plain, paper.authors_complete, paper.authors_ordered
    names, is_cut = listed(paper.authors)
    is_as_written = names == paper.authors
    return names, (), paper.authors_complete and not is_cut, paper.authors_ordered and is_as_written


def _recorded(record: Record) -> tuple[Author, ...]:
    return tuple(author for author in record.authors if author.name.strip())


def _date(date: datetime.date, paper: Paper, record: Record | None) -> PartialDate:
    """Return the day of version 1 from the record, else the month that the arXiv id names, else the issue's month."""
    if record and (day := record.published):
        return PartialDate(day.year, day.month, day.day, day.isoformat())
    return _month(*(id_month(paper.arxiv_id or "") or (date.year, date.month)))


@lru_cache(maxsize=64)
def _month(year: int, month: int) -> PartialDate:
    return PartialDate(year, month, None, f"{year:04}-{month:02}")


def _own_doi(paper: Paper) -> str | None:
    if paper.arxiv_id:
        return identity.arxiv_doi(paper.arxiv_id)
    return doi.from_link(paper.url) if paper.url else None


def _published_doi(record: Record | None) -> str | None:
    return doi.sound(record.doi) if record and record.doi else None


def _article(record: Record) -> Publication | None:
    if not record.journal_ref:
        return None
    return publication(from_tex(record.journal_ref), _published_doi(record))


def _note(record: Record | None) -> str | None:
    """Return where a preprint was published later: the journal reference, the DOI, or both."""
    if record is None:
        return None
    journal = from_tex(record.journal_ref) if record.journal_ref else ""
    published = _published_doi(record)
    return ", ".join(filter(None, (journal.rstrip(" ."), f"doi:{published}" if published else ""))) or None


def _unsure(total: int, unsure: Counter[bool]) -> Diagnostic:
    """Say how many papers list authors that are not sure; `unsure` counts them by whether they list all."""
    short = unsure[False]
    cut = f" ({short} of them cut short)" if short else ""
    message = (
        f"papers without a known list and order of authors: {unsure.total()} of {total}{cut}; the first "
        "author in a citation may be wrong; `paperround metadata` collects the true lists from arXiv"
    )
    return Diagnostic("", 0, Code.ORDER_UNKNOWN, message)


def _provisional(total: int, count: int) -> Diagnostic:
    message = (
        f"citation keys that will change when arXiv's records name the first author: {count} of {total}; "
        "collect the records first with `paperround metadata`, or leave {author} out of the pattern"
    )
    return Diagnostic("", 0, Code.PROVISIONAL_KEYS, message)
