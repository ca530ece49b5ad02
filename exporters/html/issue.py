"""The page of an issue: every paper in full."""

from collections.abc import Iterator

from ...model import Issue
from ..citations.citation import citations
from ..contract.format import Output, Write
from ..series.books import book_file
from ..series.identity import language
from .article import around, article, entry
from .card import cards, mark, named
from .frame import make_frame
from .render import write_page

BOOKS = ((".epub", "EPUB"), ("-kindle.epub", "EPUB (Kindle)"))
"""Files of a book by their endings, and what links to them are called."""


def day(output: Output) -> Iterator[Write]:
    """Write the page of a day, which knows of no other day but the names of its neighbours."""
    issues: list[Issue] = []
    yield issues.append
    for issue in issues:
        _write(output, issue)


def books(output: Output, part: str) -> dict[str, str]:
    """Return the published files of a part's book by what links to them are called."""
    files = {name: book_file(output.series, part, ending) for ending, name in BOOKS}
    return {name: file for name, file in files.items() if output.size(file) is not None}


def page_of(part: str) -> str:
    """Name the file of a day's page."""
    return f"issues/{part}.html"


def _write(output: Output, issue: Issue) -> None:
    part, series, tongue = output.part, output.series, language(output.series, issue)
    names = named(series, issue)
    frame = make_frame(
        output,
        tongue,
        page_of(part),
        part,
        "; ".join(each.title for each in names[:5]) or None,
        book_file(series, part, ".jpg"),
    )
    shown, page = cards(series, issue, frame.words), around(frame.words, mark(tongue, frame.words.language))
    write_page(
        output,
        frame,
        "issue.html",
        issue=issue,
        contents=[entry(page, card) for card in shown],
        articles=[
            article(page, card, name.paper, name.authors, citation)
            for card, name, citation in zip(shown, names, citations(series, issue, False), strict=True)
        ],
        books=books(output, part),
        before=output.before,
        after=output.after,
    )
