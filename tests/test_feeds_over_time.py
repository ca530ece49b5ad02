"""Years of one subscription: builds of a growing archive, and what its feeds keep, lead to, and never do."""

import datetime
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import feedparser
import pytest
from hypothesis import given
from lxml import etree
from paperround.cli.main import run
from paperround.exporters import Series
from paperround.exporters.feeds import jsonfeed
from paperround.exporters.testing import run as run_in_memory
from paperround.model import Issue, Paper

from .exporters.feeds.feed_cases import NAMESPACES
from .sharing import made_once
from .strategies import archives, issues

BASE = "https://example.org/papers"
CONFIG = f"""\
[series]
base_url = "{BASE}"

[[select]]
name = "even"
keywords = ["even"]
formats = ["atom", "rss", "jsonfeed"]

[[select]]
name = "nothing"
keywords = ["unheard of"]
"""
SYNTAXES = ("atom", "rss", "json")
FORMATS = ("atom", "rss", "jsonfeed", "opml")
YEARS = (*FORMATS, "epub")
PAPERS_A_DAY = 9
DAYS = [f"2024-{month:02}-{day:02}" for month in (1, 2, 3, 4) for day in (2, 9, 16, 23)]


@dataclass
class Archive:
    """A folder of digests, and the folder it is published into."""

    root: Path
    formats: tuple[str, ...] = FORMATS

    @property
    def public(self) -> Path:
        return self.root / "public"

    def build(self, *days: str, **changed: str) -> int:
        """Write the digests of these days, or other texts for some of them, publish all; return the exit status."""
        texts = {day: digest(day) for day in days} | changed
        for day, text in texts.items():
            (self.root / f"{day}.md").write_text(text, encoding="utf-8")
        config = self.root / "paperround.toml"
        config.write_text(CONFIG)
        chosen = [word for name in self.formats for word in ("--format", name)]
        return run(["build", str(self.root), "-o", str(self.public), "--config", str(config), *chosen])

    def documents(self) -> dict[str, bytes]:
        """Return every document about feeds by its name."""
        paths = sorted(path for path in self.public.rglob("*") if path.is_file() and "feeds" in path.parts)
        return {path.relative_to(self.public).as_posix(): path.read_bytes() for path in paths}

    def entries(self, name: str) -> dict[str, str]:
        """Return the dates of a document's entries by their ids, in its order."""
        return dated((self.public / name).read_bytes())


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def digest(day: str, papers: int = PAPERS_A_DAY, votes: int = 7) -> str:
    """Return a day's digest: each paper has an id of its own day, every second one is in the selection."""
    date = datetime.date.fromisoformat(day)
    blocks = [
        f"### [Paper {number} of {day}](https://arxiv.org/abs/{date:%y%m}.{date.day:02}{number:03})\n\n"
        f"![](https://example.org/{day}/{number}.png)\n\nVote: {votes}\n\nAuthors: Ada Lovelace, Kim Minji\n\n"
        f"- 요약 {number}입니다. It is {('even', 'odd')[number % 2]}.\n"
        for number in range(papers)
    ]
    return f"## Daily Papers ({day})\n\n" + "\n".join(blocks)


def dated(document: bytes) -> dict[str, str]:
    if document.startswith(b"{"):
        return {item["id"]: item["date_published"] for item in json.loads(document)["items"]}
    return {entry.id: entry.published for entry in feedparser.parse(document).entries}


def numbers(archive: Archive) -> list[int]:
    """Count the entries of the subscription documents."""
    return [len(archive.entries(f"feeds/{shape}.{syntax}")) for shape in ("papers", "issues") for syntax in SYNTAXES]


FULL = [81] * 3 + [10] * 3
"""Whole days of nine papers that make 75, and days."""


# ------------------------------------------------------------------------------------------------ a month later


def test_two_builds_a_month_apart(archive: Archive) -> None:
    assert archive.build(*DAYS[:10]) == 0  # until the 9th of March
    before = archive.documents()
    untouched = {name: os.stat(archive.public / name) for name in before}
    again = digest(DAYS[3]).partition("\n")[2]  # April repeats papers of January
    changed = {day: digest(day, votes=4000) for day in DAYS[:10]}
    archive.build(*DAYS[10:], **changed, **{DAYS[12]: f"{digest(DAYS[12])}{again}"})
    after = archive.documents()

    closed = [name for name in before if "archive" in name and "W10" not in name]
    assert len(closed) == 9 * 3 * 2  # nine weeks in three syntaxes, of the series and of a selection
    for name in closed:
        assert after[name] == before[name], name
        assert os.stat(archive.public / name) == untouched[name]

    # Whatever had an id and a date keeps both, in its month and in the window, and keeps its place.
    for name, document in before.items():
        if not name.endswith("opml"):
            old, new = dated(document), dated(after[name])
            kept = {entry: date for entry, date in new.items() if entry in old}
            assert list(kept.items()) == [pair for pair in old.items() if pair[0] in kept], name
            assert len(kept) == len(old) or "archive" not in name
    everything = {entry for name in after if "archive" in name for entry in dated(after[name])}
    assert len(everything) == PAPERS_A_DAY * len(DAYS)


def test_votes_move_nothing(archive: Archive) -> None:
    archive.build(*DAYS[:4])
    before = archive.documents()
    archive.build(**{day: digest(day, votes=100 * number) for number, day in enumerate(DAYS[:4])})
    assert archive.documents() == before


# ------------------------------------------------------------------------------------------------ odd days


@pytest.mark.parametrize(
    "text",
    [
        "",
        "## Daily Papers (2024-04-30)\n",
        "## Daily Papers (2024-04-30)\n\nNothing today.\n",
        "## Daily Papers (2024-04-30)\n\n### [Half a Pap",
        digest("2024-04-30", papers=1)[:120],
        digest("2024-04-23").replace("2024-04-23", "2024-04-30", 1),
        digest("2024-05-01", papers=0),
    ],
    ids=["no bytes", "no papers", "no papers but text", "cut heading", "cut", "only repeated papers", "new month"],
)
def test_a_poor_day_takes_nothing_away(archive: Archive, text: str) -> None:
    archive.build(*DAYS)
    before = archive.documents()
    assert numbers(archive) == FULL
    assert archive.build(poor=text) in (0, 1)
    after = archive.documents()
    assert all(now >= full for now, full in zip(numbers(archive), FULL, strict=True))
    assert after.keys() >= before.keys()
    for name in before:
        if "papers." in name:
            assert len(dated(before[name]).keys() - dated(after[name]).keys()) <= 1, name
        if "archive" in name:
            assert dated(after[name]).items() >= dated(before[name]).items(), name


@pytest.mark.parametrize("papers", [1, 4, 0])
def test_a_day_that_lost_papers_makes_room_for_older_ones(archive: Archive, papers: int) -> None:
    """The newest days that make 75 papers are shown, so older ones come back with the ids and dates they had."""
    archive.build(*DAYS)
    before = {syntax: archive.entries(f"feeds/papers.{syntax}") for syntax in SYNTAXES}
    older = {syntax: archive.entries(f"feeds/archive/2024-W07.{syntax}") for syntax in SYNTAXES}
    archive.build(**{DAYS[-1]: digest(DAYS[-1], papers=papers)})
    shown, by_day = numbers(archive)[:3], numbers(archive)[3:]
    assert shown == [{1: 82, 4: 76, 0: 81}[papers]] * 3
    assert by_day == [10] * 3
    for syntax in SYNTAXES:
        after = archive.entries(f"feeds/papers.{syntax}")
        assert len(before[syntax].keys() - after.keys()) == PAPERS_A_DAY - papers
        assert after.items() <= (before[syntax] | older[syntax]).items()


@given(archives, issues)
def test_whatever_a_day_brings_only_the_oldest_go(earlier: list[Issue], day: Issue) -> None:
    newest = max((issue.date for issue in earlier), default=datetime.date(1991, 8, 14))
    later = day.model_copy(update={"date": newest + datetime.timedelta(days=1)})
    before, after = (subscriptions(found) for found in (earlier, [*earlier, later]))
    for name, items in before.items():
        old = {item["id"] for item in items}
        kept = [item for item in after[name] if item["id"] in old]
        assert len(after[name]) >= min(len(items), 3 if "papers" in name else 2)
        assert kept == items[: len(kept)]  # only the oldest fall out


def subscriptions(found: list[Issue]) -> dict[str, list[dict[str, object]]]:
    files = run_in_memory(jsonfeed.export, found, Series(base_url=BASE), papers=3, days=2)
    return {name: json.loads(files[name])["items"] for name in files if "archive" not in name}


# ------------------------------------------------------------------------------------------------ gaps


@pytest.mark.parametrize("seed", [1, 2])
def test_a_client_that_keeps_archive_documents_loses_nothing(seed: int) -> None:
    """Poll at random gaps over a year whose days bring 1 to 200 papers; ask for each archive document only once."""
    random = Random(seed)  # noqa: S311  nothing here is secret
    days = [datetime.date(2024, 1, 1) + datetime.timedelta(number) for number in range(366)]
    year = [day_of(date, random.choice((1, 5, 20, 90, 200))) for date in days if random.random() < 0.4]
    client = Client()
    count = 0
    while count < len(year):
        count = min(len(year), count + random.choice((1, 2, 3, 9, 24, 40)))
        client.poll(documents(year[:count]))
    wanted = {paper.arxiv_id for issue in year for paper in issue.papers}
    assert len(wanted) > 5000
    assert client.papers == wanted


@pytest.mark.parametrize("papers", [1, 30, 200])
def test_a_client_that_asks_every_third_day_needs_no_archive(papers: int) -> None:
    days = [day_of(datetime.date(2024, 1, 1) + datetime.timedelta(number), papers) for number in range(25)]
    got: set[str] = set()
    for count in range(1, len(days) + 1, 3):
        got |= listed(documents(days[:count])["feeds/papers.json"])
    assert got == {paper.arxiv_id for issue in days for paper in issue.papers}


def day_of(date: datetime.date, papers: int) -> Issue:
    numbers = (f"{date:%y%m}.{date.day:02}{number:03}" for number in range(papers))
    found = tuple(Paper(arxiv_id=number, title=number) for number in numbers)
    return Issue(date=date, title=str(date), language="en", papers=found)


def documents(days: list[Issue]) -> dict[str, bytes]:
    return run_in_memory(jsonfeed.export, days, Series(base_url=BASE))


def listed(document: bytes) -> set[str]:
    return {item["id"].rpartition("/")[2] for item in json.loads(document)["items"]}


class Client:
    """A reader that follows RFC 5005, section 4: it keeps an archive document by its address and never asks again."""

    def __init__(self) -> None:
        self.papers: set[str] = set()
        self._known: set[str] = set()

    def poll(self, published: dict[str, bytes]) -> None:
        name = "feeds/papers.json"
        while name and name not in self._known:
            self.papers |= listed(published[name])
            if "archive" in name:
                self._known.add(name)
            name = links(published[name]).get("prev-archive", "").removeprefix(f"{BASE}/")


# ------------------------------------------------------------------------------------------------ full history


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive(made_once(tmp_path_factory, "years", publish_years), YEARS)


def publish_years(folder: Path) -> None:
    assert Archive(folder, YEARS).build(*DAYS) == 0


@pytest.mark.parametrize("syntax", SYNTAXES)
@pytest.mark.parametrize("folder", ["", "select/even/"])
def test_a_walk_back_finds_every_paper_since_the_first(published: Archive, folder: str, syntax: str) -> None:
    """RFC 5005 section 4 tells clients to follow prev-archive, JSON Feed 1.1 to follow next_url."""
    walked = list(walk(published, f"{folder}feeds/papers.{syntax}"))
    weeks = [f"{folder}feeds/archive/{week_of(day)}.{syntax}" for day in DAYS]
    assert walked == [f"{folder}feeds/papers.{syntax}", *reversed(weeks[:-1])]
    found = {entry for name in walked for entry in published.entries(name)}
    wanted = range(0, PAPERS_A_DAY, 2 if folder else 1)
    dates = map(datetime.date.fromisoformat, DAYS)
    assert found == {f"https://arxiv.org/abs/{date:%y%m}.{date.day:02}{n:03}" for date in dates for n in wanted}


def week_of(day: str) -> str:
    year, week, _ = datetime.date.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02}"


def walk(published: Archive, name: str) -> Iterator[str]:
    older: str | None = name
    while older:
        yield older
        document = (published.public / older).read_bytes()
        older = links(document).get("prev-archive", "").removeprefix(f"{BASE}/")


def links(document: bytes) -> dict[str, str]:
    """Return where a document says that others are, in the words of RFC 5005."""
    if document.startswith(b"{"):
        feed = json.loads(document)
        named = {"self": feed.get("feed_url"), "prev-archive": feed.get("next_url")}
        return {relation: address for relation, address in named.items() if address}
    found = etree.fromstring(document).iterfind(".//atom:link[@rel]", NAMESPACES)
    return {str(link.get("rel")): str(link.get("href")) for link in found}


def test_every_document_tells_where_it_is_and_what_it_belongs_to(published: Archive) -> None:
    documents = {name: document for name, document in published.documents().items() if not name.endswith("opml")}
    assert len(documents) == 3 * (2 + len(DAYS)) * 2 + 3 * 2
    for name, document in documents.items():
        told = links(document)
        assert told["self"] == f"{BASE}/{name}"
        if "archive" in name and not name.endswith("json"):
            folder, _, ending = name.partition("archive/")
            assert told["current"] == f"{BASE}/{folder}papers.{ending.partition('.')[2]}"


def test_every_address_below_ours_is_of_a_published_file(published: Archive) -> None:
    homes = {"/", "/select/even/", "/select/nothing/"}
    found: set[str] = set()
    for document in published.documents().values():
        found |= set(re.findall(rf'{BASE}(/[^"<&\\]*)', document.decode()))
    assert len(found) > 40
    assert {name for name in found - homes if not (published.public / name.lstrip("/")).is_file()} == set()


def test_the_list_of_feeds_names_every_selection(published: Archive) -> None:
    opml = etree.fromstring((published.public / "feeds/feeds.opml").read_bytes())
    folders = opml.findall("body/outline[outline]")
    assert [folder.get("text") for folder in folders] == ["Daily Papers: even", "Daily Papers: nothing"]
    assert [len(folder) for folder in folders] == [2, 2]
    assert [outline.get("xmlUrl") for outline in opml.iter("outline") if outline.get("type")] == [
        f"{BASE}/{folder}feeds/{shape}.atom"
        for folder in ("", "select/even/", "select/nothing/")
        for shape in ("papers", "issues")
    ]


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_an_empty_selection_is_an_empty_feed(published: Archive, syntax: str) -> None:
    for shape in "papers", "issues":
        assert published.entries(f"select/nothing/feeds/{shape}.{syntax}") == {}
    assert not (published.public / "select/nothing/feeds/archive").exists()
