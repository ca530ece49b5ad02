"""What crawlers read: a list of a year's pages, the list of those lists, and where that is.

https://www.sitemaps.org/protocol.html allows 50,000 addresses in a file, more than a year's papers. No page says when
it has changed: that would take a clock.
"""

from collections.abc import Iterable, Sequence
from html import escape

from ...model import Issue
from ..contract.format import Output, Series, part_of
from ..series.identity import file_url
from .card import labels, page_name
from .frame import base_path

_START = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_MOST = 50_000


class Sitemap:
    """The pages of a year's issues and papers."""

    def __init__(self, series: Series, pages: bool) -> None:
        self._series = series
        self._pages = pages
        self._names: list[str] = []
        self._listed: set[tuple[str, str]] = set()
        """Months and anchors of papers; a paper's other pages of a month name its first one as canonical."""

    def add(self, issue: Issue) -> None:
        """Add an issue's page, and those of its papers."""
        self._names.append(f"issues/{issue.date}.html")
        if self._pages:
            month = part_of("month", issue.date)
            new = [each.anchor for each in labels(self._series, issue) if (month, each.anchor) not in self._listed]
            self._names += [page_name(issue.date, anchor) for anchor in new]
            self._listed.update((month, anchor) for anchor in new)

    def write(self, output: Output) -> None:
        """Write the year's list, where the series' address is known."""
        if self._series.base_url is not None:
            names = [f"years/{output.part}.html", *self._names][:_MOST]
            _write(output, f"sitemaps/{output.part}.xml", "urlset", "url", names)


def write_sitemaps(output: Output, years: Sequence[str]) -> None:
    """Write the list of the years' lists, and robots.txt where the series has a host of its own.

    A crawler asks for robots.txt at the root of a host only (RFC 9309, section 2.3).
    """
    if output.series.base_url is None:
        return
    _write(output, "sitemap.xml", "sitemapindex", "sitemap", [f"sitemaps/{year}.xml" for year in years])
    if base_path(output.series) == "/":
        with output.text("robots.txt") as file:
            file.write(f"User-agent: *\nDisallow:\nSitemap: {file_url(output.series, 'sitemap.xml')}\n")


def _write(output: Output, name: str, root: str, item: str, names: Iterable[str]) -> None:
    with output.text(name) as file:
        file.write(f"{_START}<{root} {_SPACE}>\n")
        for each in names:
            file.write(f"<{item}><loc>{escape(file_url(output.series, each) or '')}</loc></{item}>\n")
        file.write(f"</{root}>\n")
