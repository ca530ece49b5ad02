"""The page of an issue: every paper in full."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ...model import Issue
from ..citations.citation import Citation, citations
from ..contract.format import Output, Write
from ..series.books import COVER, EPUB, KINDLE, KOBO, book_file
from ..series.identity import language
from ..words import Words
from .article import PaperContext, article, entry, paper_context
from .card import Card, PaperLabel, cards, labels, mark
from .frame import make_frame
from .render import write_page

BOOKS = ((EPUB, "EPUB"), (KINDLE, "EPUB (Kindle)"), (KOBO, "EPUB (Kobo)"))
"""Files of a book by their endings, and what links to them are called."""


class PaperGroup(NamedTuple):
    """Papers that stand under one heading of the digest, as HTML; without groups all papers are one."""

    heading: str | None
    contents: str
    articles: str


def day(output: Output, pages: bool) -> Iterator[Write]:
    """Write the page of a day; it knows of no other day but the names of its neighbours."""
    issues: list[Issue] = []
    yield issues.append
    for issue in issues:
        _write(output, issue, pages)


def books(output: Output, part: str) -> dict[str, str]:
    """Return the published files of a part's book by what links to them are called."""
    files = {name: book_file(output.series, part, ending) for ending, name in BOOKS}
    return {name: file for name, file in files.items() if output.size(file) is not None}


def page_of(part: str) -> str:
    """Name the file of a day's page."""
    return f"issues/{part}.html"


def _write(output: Output, issue: Issue, pages: bool) -> None:
    part, series, tongue = output.part, output.series, language(output.series, issue)
    names = labels(series, issue)
    about = "; ".join(each.title for each in names[:5]) or None
    frame = make_frame(output, tongue, page_of(part), part, about, book_file(series, part, COVER))
    folder = f"../papers/{part}/" if pages else ""
    level = 3 if any(paper.group for paper in issue.papers) else 2
    page = paper_context(frame.words, mark(tongue, frame.words.language), folder, level)
    shown = list(zip(cards(series, issue, frame.words), names, citations(series, issue, False), strict=True))
    write_page(
        output,
        frame,
        "issue.html",
        issue=issue,
        groups=list(_groups(page, shown, frame.words)),
        books=books(output, part),
        before=output.before,
        after=output.after,
    )


def _groups(
    page: PaperContext, shown: Sequence[tuple[Card, PaperLabel, Citation]], words: Words
) -> Iterator[PaperGroup]:
    """Yield the papers in their order, neighbours of one group together."""
    for heading, group in groupby(shown, key=lambda each: each[1].paper.group):
        papers = list(group)
        label = (heading or words.other_papers) if page.level == 3 else None
        contents = "".join([entry(page, each[0]) for each in papers])
        yield PaperGroup(label, contents, "".join([article(page, *each) for each in papers]))
