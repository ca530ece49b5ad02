"""One description of an entry, made once from the model and written in every syntax."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from ...model import Issue, Paper, language_of
from ..citations.anchors import anchors, issue_page
from ..contract.cache import ISSUES, cache
from ..contract.format import Output, Selected, Series
from ..series.identity import arxiv_doi, entry_id, file_url, issue_time, language, link, published, series_uuid
from ..text.byline import discussion
from ..text.plain import clean, excerpt, plain, shorten
from ..words import words_in
from .content import author_names, issue_html, paper_html, place_link, still

SUMMARY_SIZE = 200
"""Bytes of a short summary at most, two lines in any script; 75 papers share the 250 KB of a feed."""

_VIDEO_TYPES = {
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "mp4": "video/mp4",
    "qt": "video/quicktime",
    "webm": "video/webm",
}


class Medium(NamedTuple):
    """A picture or video that stands for an entry."""

    kind: str
    """"image" or "video", the words of Media RSS."""
    url: str
    type: str | None
    """Media type of a video, None where the address does not tell; readers look at pictures themselves."""
    still: str | None
    """Address of the picture that lists show; a picture's own, or one of a video where there is one."""


class Enclosure(NamedTuple):
    """A published file that belongs to an entry."""

    url: str
    length: int
    """Bytes."""
    type: str


class Reference(NamedTuple):
    """What a reference manager needs beside title and authors."""

    doi: str
    """Bare, without resolver or prefix."""
    publication: str
    date: str
    """ISO 8601, as exact as it is known: a day, or the month that the arXiv id tells."""


class Entry(NamedTuple):
    """A paper or an issue, as a feed shows it; texts are plain but for `content`."""

    id: str
    link: str | None
    """Where the entry is read; the id is a permalink when it equals this."""
    title: str
    title_language: str
    language: str
    """Language tag of summary and content."""
    published: datetime.datetime
    """Also when it was last updated: an edit moves no date, readers compare the content."""
    summary: str
    """Empty where there is none."""
    content: str
    """HTML, well-formed also as XML."""
    signed_content: str
    """The same for syntaxes whose readers do not show all authors beside it."""
    authors: tuple[str, ...] = ()
    medium: Medium | None = None
    categories: tuple[str, ...] = ()
    """arXiv's, the primary one first, then the digest's group."""
    citation: Reference | None = None
    enclosure: Enclosure | None = None
    arxiv_id: str | None = None
    place: str | None = None
    """A paper's place on the publisher's page of its issue."""
    comments: str | None = None
    """Where a paper is discussed."""


def home_series(output: Output) -> Series | None:
    """Return the series with pages that entries can lead to: their own, else the one that it is selected from."""
    places = [Selected(output.series, ""), *filter(None, [output.whole])]
    paged = (place.series for place in places if output.published(f"{place.folder}index.html"))
    return next((series for series in paged if series.base_url is not None), None)


@cache(ISSUES)
def paper_entries(series: Series, issue: Issue, home: Series | None) -> tuple[Entry, ...]:
    """Describe the papers of an issue, once for all the syntaxes that a run writes; `home` has pages to lead to."""
    places = _places(home, issue)
    return tuple(_paper_entry(series, issue, position, home, place) for position, place in enumerate(places))


def issue_entry(output: Output, issue: Issue) -> Entry:
    """Describe a whole issue, with its EPUB book where one is published."""
    titles = [_title(paper, issue) for paper in issue.papers]
    home = home_series(output)
    places = _places(home, issue)
    page = file_url(home, issue_page(issue.date)) if home else None
    tongue = language(output.series, issue)
    title = clean(issue.title).strip() or issue.date.isoformat()
    content = issue_html(issue, titles, places, words_in(tongue))
    return Entry(
        id=series_uuid(output.series, issue.date.isoformat()),
        link=page or f"https://huggingface.co/papers/date/{issue.date}",
        title=title,
        title_language=language_of(title),
        language=tongue,
        published=issue_time(output.series, issue.date),
        summary=shorten(" · ".join(titles), SUMMARY_SIZE),
        content=content,
        signed_content=content,
        medium=next((found for paper in issue.papers if (found := _medium(paper)) and found.kind == "image"), None),
        enclosure=_book(output, issue.date),
    )


def _paper_entry(series: Series, issue: Issue, position: int, home: Series | None, place: str | None) -> Entry:
    paper = issue.papers[position]
    title = _title(paper, issue)
    names = author_names(paper)
    tongue = language(series, issue)
    words = words_in(tongue)
    more = place_link(place, clean(home.title), words) if home and place else ""
    content = paper_html(paper, title, names, words, more)
    return Entry(
        id=entry_id(series, issue.date, paper),
        link=link(paper) or place,
        title=title,
        title_language="en" if title.isascii() else language_of(title),
        language=tongue,
        published=published(series, issue.date, position),
        summary=excerpt(paper.summary, SUMMARY_SIZE),
        content=content.alone,
        signed_content=content.signed,
        authors=names,
        medium=_medium(paper),
        categories=_categories(paper),
        citation=_citation(paper),
        arxiv_id=paper.arxiv_id,
        place=place,
        comments=discussion(paper),
    )


def _places(home: Series | None, issue: Issue) -> Sequence[str | None]:
    """Return where each paper stands on the issue's page, None for each without pages."""
    if home is None:
        return [None] * len(issue.papers)
    page = file_url(home, issue_page(issue.date))
    return [f"{page}#{anchor}" for anchor in anchors(home, issue)]


def _categories(paper: Paper) -> tuple[str, ...]:
    found = paper.record.categories if paper.record else ()
    group = plain(paper.group) if paper.group else ""
    return tuple(dict.fromkeys(filter(str.strip, (*found, group))))


def _title(paper: Paper, issue: Issue) -> str:
    return plain(paper.title) or clean(paper.title).strip() or link(paper) or issue.date.isoformat()


def _medium(paper: Paper) -> Medium | None:
    media = paper.media
    if media is None:
        return None
    extension = media.url.partition("?")[0].rpartition(".")[2].lower()
    return Medium(media.kind, media.url, _VIDEO_TYPES.get(extension), still(paper))


def _citation(paper: Paper) -> Reference | None:
    if paper.arxiv_id is None:
        return None
    submitted = paper.record.published if paper.record else None
    date = submitted.isoformat() if submitted else _month(paper.arxiv_id)
    return Reference(arxiv_doi(paper.arxiv_id), "arXiv", date)


def _month(arxiv_id: str) -> str:
    """Return the month that an arXiv id begins with, 2405.01234 or hep-th/9901001; a year where it is none."""
    digits = arxiv_id.rpartition("/")[2]
    year, month = digits[:2], digits[2:4]
    century = 19 if "/" in arxiv_id and year > "90" else 20
    return f"{century}{year}-{month}" if "01" <= month <= "12" else f"{century}{year}"


def _book(output: Output, date: datetime.date) -> Enclosure | None:
    name = f"epub/{output.series.id}-{date}.epub"
    url, length = file_url(output.series, name), output.size(name)
    return Enclosure(url, length, "application/epub+zip") if url and length else None
