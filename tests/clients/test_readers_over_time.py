"""newsboat and reader stay subscribed for weeks: each paper comes once, and nothing that was read is unread again.

Every step publishes one day as it really goes: a new issue, later votes, a paper that comes in the evening, a summary
that is put right, a paper that returns, a day without papers, or nothing at all.
"""

import datetime
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from paperround.cli.main import run
from reader import make_reader

from .conftest import need
from .static_host import Host, served

FIRST = datetime.date(2026, 2, 2)
START, DAY = 1_770_000_000, 86_400
"""Seconds, for the times of files."""
FORMATS = [word for name in ("atom", "rss", "jsonfeed", "html") for word in ("--format", name)]


class Archive:
    """The digests as their author keeps them, changed step by step."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.papers: set[str] = set()
        """The arXiv ids of all that has been published."""

    def step(self, number: int) -> None:
        date = FIRST + datetime.timedelta(number)
        if date.weekday() < 5:
            self._write(date, votes=3, papers=0 if number % 9 == 8 else 3)
        yesterday = date - datetime.timedelta(1)
        if yesterday >= FIRST and yesterday.weekday() < 5 and self._there(yesterday):
            self._write(yesterday, votes=40 + number, papers=4, put_right=number % 4 == 0)

    def _there(self, date: datetime.date) -> bool:
        return "###" in (self.folder / f"{date}.md").read_text(encoding="utf-8")

    def _write(self, date: datetime.date, votes: int, papers: int, put_right: bool = False) -> None:
        numbers = [f"{date:%y%m}.{date.day:02}{place:03}" for place in range(papers)]
        if papers and date.day % 5 == 0:
            numbers.append(f"{FIRST:%y%m}.{FIRST.day:02}001")  # shown before, and so not again
        blocks = [
            f"### [Paper {number}](https://arxiv.org/abs/{number})\n\nVote: {votes}\n\nAuthors: Ada Lovelace, Bo\n\n"
            f"- 요약 {number}{'을 고쳤습니다' if put_right and number == numbers[0] else '입니다'}.\n"
            for number in numbers
        ]
        self.papers |= set(numbers)
        text = f"## Daily Papers ({date})\n\n" + "\n".join(blocks)
        (self.folder / f"{date}.md").write_text(text, encoding="utf-8")


class Newsboat:
    """newsboat with one feed."""

    def __init__(self, feed: str, home: Path) -> None:
        home.mkdir()
        (home / "urls").write_text(f"{feed}\n")
        self.cache = home / "cache.db"
        self.command = [need("newsboat"), "-u", home / "urls", "-c", self.cache, "-x", "reload"]
        self.environment = os.environ | {"HOME": str(home)}

    def new(self) -> list[str]:
        """Fetch the feed, and read what is unread: return its ids."""
        subprocess.run(self.command, env=self.environment, capture_output=True, check=True)
        with closing(sqlite3.connect(self.cache)) as cache:
            found = [guid for (guid,) in cache.execute("SELECT guid FROM rss_item WHERE unread = 1")]
            cache.execute("UPDATE rss_item SET unread = 0")
            cache.commit()
        return found


class PythonReader:
    """The Python package reader with one feed."""

    def __init__(self, feed: str) -> None:
        self.reader = make_reader(":memory:")
        self.reader.add_feed(feed)

    def new(self) -> list[str]:
        """Fetch the feed, and read what is unread: return its ids."""
        self.reader.update_feeds(scheduled=False)
        found = list(self.reader.get_entries(read=False))
        for entry in found:
            self.reader.mark_entry_as_read(entry)
        return [entry.id for entry in found]


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    (tmp_path / "public").mkdir()
    with served(tmp_path / "public") as host:
        yield host


@pytest.mark.parametrize("steps", [14, 29])
def test_every_paper_comes_once_and_nothing_is_unread_again(steps: int, host: Host, tmp_path: Path) -> None:
    digests = tmp_path / "digests"
    digests.mkdir()
    archive = Archive(digests)
    feeds = {name: f"{host.address}/feeds/{name}" for name in ("papers.atom", "papers.rss", "papers.json")}
    readers: dict[str, Newsboat | PythonReader] = {name: PythonReader(feed) for name, feed in feeds.items()}
    readers |= {f"newsboat {name}": Newsboat(feeds[name], tmp_path / name) for name in ("papers.atom", "papers.rss")}
    came: dict[str, list[str]] = {name: [] for name in readers}
    for number in range(steps):
        archive.step(number)
        words = ["build", str(digests), "-o", str(host.folder), "--jobs", "1", "-q", "--base-url", host.address]
        assert run([*words, *FORMATS]) == 0
        for name in feeds:
            # A day passes: newsboat's libcurl drops what was modified in the same second as what it has.
            os.utime(host.folder / "feeds" / name, (START + DAY * number,) * 2)
        for name, reader in readers.items():
            came[name] += reader.new()
    wanted = sorted(f"https://arxiv.org/abs/{number}" for number in archive.papers)
    assert len(wanted) > 2.5 * steps
    for name, ids in came.items():
        assert sorted(ids) == wanted, (name, set(wanted) - set(ids))
