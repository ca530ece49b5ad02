"""Which entries stand in which document, and how the documents are linked."""

import json
from collections import Counter
from typing import Any

import feedparser
import pytest
from paperround.exporters import Series
from paperround.exporters.contract.format import Exporter
from paperround.exporters.feeds import atom, jsonfeed, opml
from paperround.exporters.testing import run
from paperround.model import Code, Issue

from .feed_cases import ALL, SERIES, XML, issue, paper, publish, subscription, values


@pytest.mark.parametrize("syntax", XML)
def test_newest_first(syntax: str) -> None:
    issues = [issue("2024-05-03", paper(1), paper(2)), issue("2024-05-02", paper(3)), issue("2024-05-04", paper(4))]
    feed = feedparser.parse(publish(issues)[f"feeds/papers.{syntax}"])
    assert [entry.id[-1] for entry in feed.entries] == ["4", "1", "2", "3"]
    dates = [entry.published_parsed for entry in feed.entries]
    assert dates == sorted(dates, reverse=True)
    assert len(set(dates)) == 4


def days(*dates: str, papers: int = 20) -> list[Issue]:
    return [issue(date, *(paper(at * papers + n) for n in range(papers))) for at, date in enumerate(dates, 1)]


def kept(issues: list[Issue], **options: int) -> dict[str, int]:
    """Return how many papers of each day the feed of papers holds."""
    items = json.loads(run(jsonfeed.export, issues, SERIES, **options)["feeds/papers.json"])["items"]
    return dict(Counter(item["date_published"][:10] for item in items))


def test_the_feed_of_papers_holds_whole_days() -> None:
    dates = [f"2024-05-{day:02}" for day in (20, 21, 22, 23, 24, 27)]  # Monday to Friday, and a Monday
    assert kept(days(*dates, papers=30)) == dict.fromkeys(reversed(dates[-3:]), 30)
    assert kept(days(*dates, papers=90)) == dict.fromkeys(reversed(dates[-3:]), 90)  # three days, whatever they bring
    assert kept(days(*dates[:-1], papers=90)) == dict.fromkeys(reversed(dates[:-1]), 90)  # all of the week
    assert kept(days(*dates, papers=4)) == dict.fromkeys(reversed(dates), 4)
    assert len(kept(days(*dates, papers=10), papers=35)) == 4
    assert len(kept(days(*dates, papers=10), papers=1)) == 3


def test_the_feed_of_days_holds_ten() -> None:
    issues = days(*(f"2024-05-{day:02}" for day in range(1, 13)))
    assert len(json.loads(publish(issues)["feeds/issues.json"])["items"]) == 10
    fewer = run(jsonfeed.export, issues, SERIES, days=2)
    assert len(json.loads(fewer["feeds/issues.json"])["items"]) == 2


def test_a_repeated_paper_stays_where_it_was_first() -> None:
    alone = publish([issue("2024-05-03", paper(1), paper(2))])
    again = publish([issue("2024-05-03", paper(1), paper(2)), issue("2024-05-04", paper(2, "Another title"))])
    assert alone["feeds/papers.atom"] == again["feeds/papers.atom"]
    assert alone["feeds/archive/2024-W18.rss"] == again["feeds/archive/2024-W18.rss"]


def test_votes_move_nothing() -> None:
    before, after = (publish([issue("2024-05-03", paper(1, votes=votes))]) for votes in (3, 4000))
    assert before == after


def test_an_appended_paper_moves_nothing() -> None:
    before = json.loads(publish([issue("2024-05-03", paper(1))])["feeds/papers.json"])["items"]
    after = json.loads(publish([issue("2024-05-03", paper(1), paper(2))])["feeds/papers.json"])["items"]
    assert before == after[:1]


def test_an_empty_day_takes_nothing_away() -> None:
    issues = [issue("2024-05-03", paper(1)), issue("2024-05-04", paper(2))]
    before, after = publish(issues), publish([*issues, issue("2024-05-05")])
    assert before["feeds/papers.atom"] == after["feeds/papers.atom"]
    assert before["feeds/issues.rss"] == after["feeds/issues.rss"]


@pytest.mark.parametrize("syntax", ALL)
def test_the_archive_is_the_whole_history(syntax: str) -> None:
    """Walk back from the subscription document as RFC 5005 and JSON Feed tell clients to."""
    days = ["2023-11-20", "2023-11-30", "2024-01-01", "2024-05-03"]
    files = publish([issue(day, *(paper(100 * n + m) for m in range(3))) for n, day in enumerate(days)])
    address, seen, walked = f"feeds/papers.{syntax}", set(), []
    while address:
        walked.append(address)
        ids, address = _ids_and_older(files[address.removeprefix("https://example.org/daily/")], syntax)
        seen |= ids
    weeks = ["2024-W01", "2023-W48", "2023-W47"]  # 2024-W18 is not over yet
    assert [name.rpartition("/")[2].partition(".")[0] for name in walked[1:]] == weeks
    assert len(seen) == 12


def _ids_and_older(document: bytes, syntax: str) -> tuple[set[str], str]:
    if syntax == "json":
        feed = json.loads(document)
        return {item["id"] for item in feed["items"]}, feed.get("next_url", "")
    older = values(document, "//atom:link[@rel='prev-archive']/@href")
    return {entry.id for entry in feedparser.parse(document).entries}, older[0] if older else ""


def test_only_weeks_that_are_over_are_linked() -> None:
    """A client asks for an archive document once, so none may be named that still grows."""
    issues = [issue("2024-05-03", paper(1)), issue("2024-05-06", paper(2)), issue("2024-05-10", paper(3))]
    for count, older in (1, []), (2, ["2024-W18"]), (3, ["2024-W18"]):
        files = publish([*issues[:count], issue("2024-05-20")])  # a day without papers closes nothing
        links = values(files["feeds/papers.atom"], "//atom:link[@rel='prev-archive']/@href")
        assert links == [f"https://example.org/daily/feeds/archive/{week}.atom" for week in older]


@pytest.mark.parametrize("syntax", XML)
def test_archive_documents_say_that_they_are(syntax: str) -> None:
    files = publish([issue("2024-04-26", paper(1)), issue("2024-05-03", paper(2)), issue("2024-06-01", paper(3))])
    document = files[f"feeds/archive/2024-W18.{syntax}"]
    assert len(values(document, "//fh:archive")) == 1
    assert values(document, "//atom:link[@rel='current']/@href") == [f"https://example.org/daily/feeds/papers.{syntax}"]
    assert values(document, "//atom:link[@rel='next-archive']") == []
    assert values(files[f"feeds/papers.{syntax}"], "//fh:archive") == []
    ids = {tuple(values(files[name], "/atom:feed/atom:id")) for name in files if name.endswith(f".{syntax}")}
    assert len(ids) == (2 if syntax == "atom" else 1)


def test_two_builds_a_month_apart() -> None:
    issues = [issue("2024-04-26", paper(1)), issue("2024-05-03", paper(2))]
    before, after = publish(issues), publish([*issues, issue("2024-06-01", paper(3)), issue("2024-06-02", paper(1))])
    for name in before:
        if "archive" in name:
            assert before[name] == after[name], name
    old, new = (json.loads(files["feeds/papers.json"])["items"] for files in (before, after))
    assert [item for item in new if item in old] == old


@pytest.mark.parametrize("exporter", [*ALL.values(), opml.export])
def test_without_an_address_links_are_left_out_and_it_is_said_once(exporter: Exporter[Any]) -> None:
    output = subscription(exporter, [issue("2024-05-03", paper(1))], Series())
    assert [said.code for said in output.diagnostics] == [Code.NO_BASE_URL]
    for name, document in output.files.items():
        assert b"example.org" not in document
        assert b"huggingface.co/papers" in document
        assert name.endswith(".json") or values(document, "//atom:link[@rel='self' or @rel='prev-archive']") == []


def test_a_feed_that_is_too_large_says_so() -> None:
    issues = [issue("2024-05-03", *(paper(n, "Title " * 900) for n in range(110)))]
    said = subscription(atom.export, issues).diagnostics
    assert {diagnostic.code for diagnostic in said} == {Code.FEED_TOO_LARGE}
    assert said[0].message.startswith("feeds/papers.atom: ")
    assert said[0].message.endswith(
        "'papers' makes it hold fewer days, and feeds/issues.atom has one entry for each day"
    )
    assert said[1].message.endswith("'days' makes it hold less")


@pytest.mark.parametrize("syntax", ALL)
def test_an_empty_feed_is_a_feed(syntax: str) -> None:
    output = subscription(ALL[syntax], [])
    assert sorted(output.files) == [f"feeds/issues.{syntax}", f"feeds/papers.{syntax}"]
    for document in output.files.values():
        if syntax == "json":
            assert json.loads(document)["items"] == []
        else:
            assert not feedparser.parse(document).bozo


def test_opml_lists_each_feed_once() -> None:
    files = {"feeds/papers.rss": b"", "feeds/papers.atom": b"", "feeds/issues.json": b""}
    document = run(opml.export, [issue("2024-05-03", paper(1))], SERIES, published=files)["feeds/feeds.opml"]
    assert values(document, "//outline/@xmlUrl") == [
        "https://example.org/daily/feeds/papers.atom",
        "https://example.org/daily/feeds/issues.json",
    ]
    assert values(document, "//outline/@type") == ["rss", "rss"]
    assert values(document, "//outline/@title") == values(document, "//outline/@text")
    assert [title.replace("\u200b", "") for title in values(document, "//outline/@title")] == [
        "Daily & <Papers>",
        "Daily & <Papers> (일별)",
    ]


def test_opml_of_no_feeds_is_not_written() -> None:
    assert run(opml.export, [issue("2024-05-03", paper(1))], SERIES) == {}
