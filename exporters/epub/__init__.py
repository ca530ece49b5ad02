"""EPUB books: one a day, made for e-readers."""

from collections.abc import Iterator
from datetime import date

from ...model import Issue
from ..contract import Options, Output, Write, exporter, part_of


class EpubOptions(Options):
    """The `[epub]` table."""


def _parts(options: EpubOptions, day: date) -> tuple[str, ...]:
    return (part_of("day", day),)


@exporter(EpubOptions, files=("epub/{series}-{part}.epub",), parts=_parts)
def export(options: EpubOptions, output: Output) -> Iterator[Write]:
    """EPUB books, one a day, for e-readers.

    EPUB 3.3 with a table of contents for old readers, a contents page with votes and authors, a chapter per paper.
    """
    issues: list[Issue] = []
    yield issues.append
    filled = [issue for issue in issues if issue.papers]
    if not filled:
        return
    from .pages import make_pages
    from .plan import plan_book
    from .writer import write

    plan = plan_book(output.series, output.part, filled)
    with output.binary(f"epub/{output.series.id}-{output.part}.epub") as file:
        write(plan, make_pages(plan), file)
