"""Ids, links and times, decided once so that every format agrees on them for ever."""

import datetime
import unicodedata
import uuid
from functools import lru_cache

from ...model import Issue, Paper
from ..contract.format import Series

ARXIV_SCHEME = "http://arxiv.org/schemas/atom"
"""The scheme that arXiv's own feeds give for its categories."""

_PAPERROUND = uuid.uuid5(uuid.NAMESPACE_DNS, "paperround")


def arxiv_url(arxiv_id: str) -> str:
    """Return the abstract page of a paper, without version."""
    return f"https://arxiv.org/abs/{arxiv_id}"


def arxiv_doi(arxiv_id: str) -> str:
    """Return the DOI that arXiv registers with DataCite, one per paper, for all its versions."""
    return f"10.48550/arXiv.{arxiv_id}"


def link(paper: Paper) -> str | None:
    """Return where a paper is read: its arXiv page, else the digest's link."""
    return arxiv_url(paper.arxiv_id) if paper.arxiv_id else paper.url


def paper_key(paper: Paper) -> str | None:
    """Return what makes a paper the same on two dates; None for one without a link, which is its date's own."""
    return link(paper)


def entry_id(series: Series, date: datetime.date, paper: Paper) -> str:
    """Return a paper's permanent id: its link, else a urn:uuid made from the date and the NFC title."""
    return link(paper) or series_uuid(series, f"{date}\n{unicodedata.normalize('NFC', paper.title)}")


def series_uuid(series: Series, name: str) -> str:
    """Return a stable urn:uuid for a named thing of the series: a feed's name, an issue's date, a book's part."""
    return f"urn:uuid:{uuid.uuid5(_namespace(series.id), name)}"


def issue_time(series: Series, date: datetime.date) -> datetime.datetime:
    """Return the moment an issue's day begins in the series' offset."""
    return datetime.datetime(date.year, date.month, date.day, tzinfo=_zone(series.utc_offset))


def published(series: Series, date: datetime.date, position: int) -> datetime.datetime:
    """Return when a paper was published: the first of an issue is its newest, an appended one moves nothing."""
    return issue_time(series, date) + datetime.timedelta(seconds=max(0, 999 - position))


def language(series: Series, issue: Issue) -> str:
    """Return the language of an issue's texts: the series' own setting, else what its letters tell."""
    return series.language or issue.language


def file_url(series: Series, name: str) -> str | None:
    """Return the address of a published file, None without a base_url."""
    if series.base_url is None:
        return None
    return f"{series.base_url.rstrip('/')}/{name}"


@lru_cache(maxsize=8)
def _zone(offset: str) -> datetime.timezone:
    sign = -1 if offset[0] == "-" else 1
    return datetime.timezone(sign * datetime.timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6])))


@lru_cache(maxsize=8)
def _namespace(series_id: str) -> uuid.UUID:
    return uuid.uuid5(_PAPERROUND, series_id)
