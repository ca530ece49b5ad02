"""Pages that people read, search and subscribe from."""

import datetime
from collections.abc import Iterator

from ..contract.format import Options, Output, Write, exporter, part_of

_FILES = (
    "index.html",
    "issues/{part}.html",
    "papers/{part}-{name}/{name}.html",
    "years/{part}.html",
    "history.html",
    "search.html",
    "search/{part}.json",
    "search/index.json",
    "404.html",
    "sitemap.xml",
    "sitemaps/{part}.xml",
    "robots.txt",
    "static/style.css",
    "static/script.js",
    "static/search.js",
    "static/icon.svg",
    "static/icon.png",
    "static/apple-touch-icon.png",
)


class HtmlOptions(Options):
    """What a site has."""

    pages: bool = True
    """Write a page for each paper of each day, to share."""


# A paper's page, papers/2024-05-03/2405.01234.html, is its month's, which knows the first one of the same paper there.
# To know it of the whole archive, all pages would have to be one part, and each new day would make 5,422 of them again
# (13 Y); or each build would have to look for ids in all digests (22 Y), to tell which months depend on which.


def _parts(options: HtmlOptions, day: datetime.date) -> tuple[str, ...]:
    return "", part_of("day", day)[:4], part_of("month", day), part_of("day", day)


@exporter(HtmlOptions, files=_FILES, parts=_parts, after=3)
def export(options: HtmlOptions, output: Output) -> Iterator[Write]:
    """Pages to read, search and subscribe from: a static site.

    An index with the newest issue, a page for each issue, paper and year, search in the reader's own browser, and the
    archive's history. Pages work in any folder; they load nothing from elsewhere but the papers' pictures.
    """
    from . import archive, issue, month, year

    kinds = {"": archive.whole, "2024": year.year, "2024-05": month.month, "2024-05-03": issue.day}
    make = next(make for name, make in kinds.items() if len(name) == len(output.part))
    return make(output, options.pages)
