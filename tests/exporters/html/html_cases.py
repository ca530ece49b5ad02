"""What the tests of pages share: a site written in memory, and ways to look into it."""

import datetime
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import html5lib
from paperround.exporters import Series, load
from paperround.exporters.testing import run
from paperround.model import Issue, Paper, Point

FEEDS = {f"feeds/{shape}.{end}": b"-" for shape in ("papers", "issues") for end in ("atom", "rss", "json")}
"""Files that pages take for published feeds."""
OTHERS = ("feeds/feeds.opml", "opds.xml", "papers.bib", "papers.csv")
SERIES = Series(title="Daily & <Papers>", base_url="https://example.org/daily", publisher="Reading Group")


def paper(number: int = 1, title: str = "A Title", **values: Any) -> Paper:
    values = {"authors": ("Ada Lovelace", "Kim Minji"), "authors_complete": True, "votes": number} | values
    return Paper(arxiv_id=f"2405.{number:05}", title=title, summary=(Point(text=f"요약 {number}입니다."),), **values)


def issue(day: str, *papers: Paper, language: str = "ko") -> Issue:
    date = datetime.date.fromisoformat(day)
    return Issue(date=date, title=f"Daily Papers ({day})", language=language, papers=papers or (paper(),))


def site(
    issues: Iterable[Issue], series: Series = SERIES, published: dict[str, bytes] | None = None
) -> dict[str, bytes]:
    """Write all pages, beside files that count as published."""
    return run(load("html"), issues, series, published=FEEDS if published is None else published)


def write_site(issues: list[Issue], folder: Path, series: Series) -> None:
    """Write all pages into a folder, beside what stands in for everything that they may lead to."""
    books = {
        f"epub/{series.id}-{each.date}{end}": b"-"
        for each in issues[::2]
        for end in (".epub", "-kindle.epub", ".jpg", "-thumbnail.jpg")
    }
    beside = FEEDS | books | dict.fromkeys(OTHERS, b"-")
    files = site(issues, series, beside)
    if not issues:
        files |= empty(series)
    for name, data in (beside | files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def empty(series: Series) -> dict[str, bytes]:
    """Write the pages of a series without an issue, as a build does for a selection of nothing."""
    from paperround.exporters.testing import MemoryOutput

    bound = load("html").bind("html", {})
    output = MemoryOutput(series, bound.files)
    with bound.open(output):
        pass
    return output.files


@cache
def tree(page: bytes) -> Any:
    """Parse a page as browsers do."""
    return html5lib.parse(page, treebuilder="lxml", namespaceHTMLElements=False, transport_encoding="utf-8")


def values(page: bytes, path: str) -> list[str]:
    found = tree(page).xpath(path)
    return [value if isinstance(value, str) else "".join(value.itertext()).strip() for value in found]
