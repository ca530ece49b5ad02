"""An e-reader that syncs every day, as KOReader does, has every paper of every period that is over, and nothing twice.

Four weeks of digests are published day by day, with votes that rise, a paper that comes in the evening and a summary
that is put right later.
"""

import datetime
import io
import re
import zipfile
from pathlib import Path

from lxml import etree
from paperround.cli.main import run

ATOM = "{http://www.w3.org/2005/Atom}"
MONDAY = datetime.date(2026, 3, 2)
ONE_RUN = 50
CONFIG = """\
[epub]
periods = ["day", "week", "month"]
covers = false
"""


class Reader:
    """Goes from the newest book down to the first that it has, by id and time, and fetches 50 in one run."""

    def __init__(self, site: Path, feed: str) -> None:
        self.site, self.feed = site, feed
        self.had: set[tuple[str, str]] = set()
        self.books: dict[str, bytes] = {}
        self.fetched: list[bytes] = []

    def sync(self) -> None:
        if not (self.site / self.feed).exists():
            return
        for entry in etree.parse(self.site / self.feed).getroot().findall(f"{ATOM}entry")[:ONE_RUN]:
            known = entry.findtext(f"{ATOM}id") or "", entry.findtext(f"{ATOM}updated") or ""
            if known in self.had:
                break
            self.had.add(known)
            (link,) = [link for link in entry.findall(f"{ATOM}link") if "epub" in link.get("type", "")]
            book = (self.site / self.feed).parent.joinpath(link.get("href", "")).resolve().read_bytes()
            self.fetched.append(book)
            self.books[known[0]] = book

    def papers(self) -> set[str]:
        return {found for book in self.books.values() for found in re.findall(r"Paper \d+-\d+", text(book))}


def text(book: bytes) -> str:
    archive = zipfile.ZipFile(io.BytesIO(book))
    pages = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml")]
    return "".join(pages)


def digest(day: int, votes: int, evening: bool = False, corrected: bool = False) -> str:
    papers = [f"Paper {day}-1", f"Paper {day}-2", *([f"Paper {day}-3"] if evening else [])]
    return f"## Daily Papers ({MONDAY + datetime.timedelta(day)})\n" + "".join(
        f"\n### [{title}](https://arxiv.org/abs/2603.{day:02}{place:03})\n\nVote: {votes}\n\n"
        f"- It keeps {'good' if corrected and place == 1 else 'the'} time.\n"
        for place, title in enumerate(papers, 1)
    )


ENDED = {"opds/newest.xml": 33, "opds/weekly.xml": 28, "opds/monthly.xml": 30}
"""The first day that is not in a book that is listed."""


def test_four_weeks_of_syncing(tmp_path: Path) -> None:
    digests, site, config = tmp_path / "digests", tmp_path / "site", tmp_path / "paperround.toml"
    digests.mkdir()
    config.write_text(CONFIG)
    readers = {feed: Reader(site, feed) for feed in ENDED}

    def publish(day: int, **changes: bool) -> None:
        (digests / f"{day:02}.md").write_text(digest(day, votes=day, **changes))
        formats = ["--format", "epub", "--format", "opds", "--jobs", "1"]
        assert run(["build", str(digests), "--config", str(config), "-o", str(site), *formats]) == 0
        for reader in readers.values():
            reader.sync()

    for day in range(0, 33, 3):
        if day:
            publish(day - 3, evening=True)
        publish(day)
    publish(30, evening=True, corrected=True)

    for feed, reader in readers.items():
        finished = {f"Paper {day}-{place}" for day in range(0, ENDED[feed], 3) for place in (1, 2, 3)}
        assert reader.papers() == finished, feed
        assert len(reader.fetched) == len({text(book) for book in reader.fetched}), "fetched again without a change"
    assert "good time" in text([*readers["opds/newest.xml"].books.values()][-1])
    assert len(readers["opds/newest.xml"].fetched) == 22
    assert len(readers["opds/weekly.xml"].fetched) == 4
    assert len(readers["opds/monthly.xml"].fetched) == 1
