"""What there is of a month: the lines that searches show, and the pages of its papers."""

from collections.abc import Iterator

from ...model import Issue
from ..contract.format import Output, Write
from .paper import write_papers
from .search import month_file


def month(output: Output, pages: bool) -> Iterator[Write]:
    """Write a month's papers as they come; no issue is kept."""
    first_pages: dict[str, str] = {}
    with month_file(output) as write_lines:

        def write(issue: Issue) -> None:
            write_lines(issue)
            if pages:
                write_papers(output, issue, first_pages)

        yield write
