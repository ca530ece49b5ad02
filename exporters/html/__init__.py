"""Pages that people read, search and subscribe from."""

import datetime
from collections.abc import Iterator

from ..contract.format import Options, Output, Write, exporter, part_of

_FILES = (
    "index.html",
    "issues/{part}.html",
    "years/{part}.html",
    "history.html",
    "search/{part}.json",
    "search/index.json",
    "static/style.css",
    "static/script.js",
    "static/icon.svg",
)


def _parts(options: Options, day: datetime.date) -> tuple[str, ...]:
    return "", part_of("day", day)[:4], part_of("month", day), part_of("day", day)


@exporter(Options, files=_FILES, parts=_parts, after=3)
def export(options: Options, output: Output) -> Iterator[Write]:
    """Pages to read, search and subscribe from: a static site.

    An index with the newest issue, a page for each issue and each year, search in the reader's own browser, and the
    archive's history. Pages work in any folder; they load nothing from elsewhere but the papers' pictures.
    """
    from . import archive, issue, search

    pages = {4: archive.year, 7: search.month, 10: issue.day}
    return pages.get(len(output.part), archive.whole)(output)
