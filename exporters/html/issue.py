"""The page of an issue: every paper in full."""

from collections.abc import Iterator

from ...model import Issue
from ..books import book_file
from ..contract import Output, Write
from ..identity import language
from .card import cards, named
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
    part = output.part
    frame = make_frame(
        output,
        language(output.series, issue),
        page_of(part),
        part,
        "; ".join(each.title for each in named(output.series, issue)[:5]) or None,
        book_file(output.series, part, ".jpg"),
    )
    write_page(
        output,
        frame.name,
        "issue.html",
        frame=frame,
        words=frame.words,
        issue=issue,
        papers=cards(output.series, issue, frame.words),
        books=books(output, part),
        before=output.before,
        after=output.after,
    )
