"""The Python package reader stays subscribed: what comes, what changes, and what never comes back as unread."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from paperround.cli.main import run
from reader import Entry, Reader, make_reader

from .static_host import Host, served

FEEDS = [f"feeds/{name}.{syntax}" for name in ("papers", "issues") for syntax in ("atom", "rss", "json")]
FORMATS = [word for name in ("atom", "rss", "jsonfeed", "epub") for word in ("--format", name)]
FIRST = """\
## Daily Papers (2024-05-02)

### [Shampoo & Conditioner for $O(n^2)$ Hair](https://arxiv.org/abs/2405.00001)

![](https://example.org/one.png)

Vote: 7

Authors: Ada Lovelace, Kim Minji

- 첫째 논문의 요약입니다.

### [No Link at All]()

Vote: 2

- 주소가 없는 논문입니다.
"""
SECOND = """\
## Daily Papers (2024-05-03)

### [Second Day](https://arxiv.org/abs/2405.00002)

Vote: 3

Authors: Ada Lovelace

- 둘째 날의 요약입니다.
"""
THIRD = """\
## Daily Papers (2024-06-03)

### [A Month Later](https://arxiv.org/abs/2406.00003)

- 한 달 뒤의 요약입니다.

### [Second Day](https://arxiv.org/abs/2405.00002)

- 다시 나온 논문입니다.
"""


@dataclass
class Subscription:
    """Digests, the published folder behind a static host, and a reader that has read all that was there."""

    digests: Path
    host: Host
    reader: Reader

    def publish(self, **digests: str) -> None:
        for name, text in digests.items():
            (self.digests / f"{name}.md").write_text(text, encoding="utf-8")
        config = self.digests / "paperround.toml"
        words = ["build", str(self.digests), "-o", str(self.host.folder), "--config", str(config), *FORMATS]
        assert run([*words, "--base-url", self.host.address]) == 0

    def update(self) -> dict[str, int]:
        """Let the reader look at every feed; return how the host answered."""
        self.host.answers.clear()
        self.reader.update_feeds(scheduled=False)
        assert [feed.last_exception for feed in self.reader.get_feeds()] == [None] * len(FEEDS)
        return {path.lstrip("/"): status for path, status in self.host.answers}

    def entries(self, feed: str) -> dict[str, Entry]:
        found = list(self.reader.get_entries(feed=f"{self.host.address}/{feed}"))
        by_id = {entry.id: entry for entry in found}
        assert len(by_id) == len(found)
        return by_id


@pytest.fixture
def subscription(tmp_path: Path) -> Iterator[Subscription]:
    digests, folder = tmp_path / "digests", tmp_path / "public"
    digests.mkdir()
    folder.mkdir()
    # A window that old papers fall out of, as they do from one of 75.
    windows = "".join(f"[{name}]\npapers = 3\ndays = 2\n" for name in ("atom", "rss", "jsonfeed"))
    (digests / "paperround.toml").write_text(windows)
    with served(folder) as host, closing(make_reader(":memory:")) as reader:
        found = Subscription(digests, host, reader)
        found.publish(first=FIRST, second=SECOND)
        for feed in FEEDS:
            reader.add_feed(f"{host.address}/{feed}")
        assert set(found.update().values()) == {200}
        for entry in reader.get_entries():
            reader.mark_entry_as_read(entry)
        yield found


@pytest.mark.parametrize("feed", FEEDS[:3])
def test_papers_arrive_with_all_they_have(subscription: Subscription, feed: str) -> None:
    entries = subscription.entries(feed)
    assert len(entries) == 3
    entry = entries["https://arxiv.org/abs/2405.00001"]
    assert entry.title == "Shampoo & Conditioner for O(n²) Hair"
    assert entry.link == entry.id
    assert [author.name for author in entry.authors] == ["Ada Lovelace", "Kim Minji"][-len(entry.authors) :]
    assert len(entry.authors) == 2 or not feed.endswith(".json")  # of XML's authors it keeps the last
    assert entry.published is not None
    assert entry.published.isoformat() == "2024-05-02T00:16:39+00:00"
    assert entry.summary == "첫째 논문의 요약입니다."
    [content] = entry.content
    assert content.type == "text/html"
    image, _, rest = content.value.partition("/>")
    assert image.startswith("<p><img")
    assert 'src="https://example.org/one.png"' in image
    assert "<li>첫째 논문의 요약입니다.</li>" in rest


@pytest.mark.parametrize("feed", FEEDS[3:])
def test_issues_arrive_with_their_book(subscription: Subscription, feed: str) -> None:
    entries = list(subscription.entries(feed).values())
    assert [entry.title for entry in entries] == ["Daily Papers (2024-05-03)", "Daily Papers (2024-05-02)"]
    for entry, day in zip(entries, ("2024-05-03", "2024-05-02"), strict=True):
        [book] = entry.enclosures
        name = f"epub/daily-papers-{day}.epub"
        assert (book.href, book.type) == (f"{subscription.host.address}/{name}", "application/epub+zip")
        assert book.length == (subscription.host.folder / name).stat().st_size
    assert "주소가 없는 논문입니다." in entries[1].content[0].value


def test_what_did_not_change_is_not_sent_again(subscription: Subscription) -> None:
    assert subscription.update() == dict.fromkeys(FEEDS, 304)
    subscription.publish(first=FIRST, second=SECOND)
    assert subscription.update() == dict.fromkeys(FEEDS, 304)


def test_votes_change_nothing(subscription: Subscription) -> None:
    subscription.publish(first=FIRST.replace("Vote: 7", "Vote: 4000"))
    papers = {feed: status for feed, status in subscription.update().items() if "papers" in feed}
    assert papers == dict.fromkeys(FEEDS[:3], 304)


@pytest.mark.parametrize("feed", FEEDS)
def test_an_edit_shows_and_makes_nothing_unread(subscription: Subscription, feed: str) -> None:
    before = subscription.entries(feed)
    subscription.publish(first=FIRST.replace("첫째 논문의 요약입니다.", "고쳐 쓴 요약입니다."))
    assert subscription.update()[feed] == 200
    after = subscription.entries(feed)
    assert [known(entry) for entry in after.values()] == [known(entry) for entry in before.values()]
    assert all(entry.read for entry in after.values())
    changed = [entry for entry in after.values() if entry.content != before[entry.id].content]
    assert ["고쳐 쓴 요약입니다." in entry.content[0].value for entry in changed] == [True]
    assert subscription.update()[feed] == 304


@pytest.mark.parametrize("feed", FEEDS)
def test_a_new_digest_alone_is_unread(subscription: Subscription, feed: str) -> None:
    before = subscription.entries(feed)
    subscription.publish(third=THIRD)
    assert subscription.update()[feed] == 200
    after = subscription.entries(feed)
    assert {key: known(entry) for key, entry in after.items() if key in before} == each(before, known)
    [new] = [entry for entry in after.values() if not entry.read]
    assert new.id not in before
    assert new.title in ("A Month Later", "Daily Papers (2024-06-03)")
    assert len(after) == len(before) + 1  # what came back stays where it was, what fell out of the window is kept
    assert subscription.update()[feed] == 304


@pytest.mark.parametrize("feed", FEEDS)
def test_a_paper_added_to_a_day_moves_no_other(subscription: Subscription, feed: str) -> None:
    before = subscription.entries(feed)
    subscription.publish(second=f"{SECOND}\n### [Late](https://arxiv.org/abs/2405.00009)\n\n- 늦게 왔습니다.\n")
    subscription.update()
    after = subscription.entries(feed)
    assert {key: known(entry) for key, entry in after.items() if key in before} == each(before, known)
    unread = [entry.title for entry in after.values() if not entry.read]
    assert unread == (["Late"] if "papers" in feed else [])


def known(entry: Entry) -> tuple[object, ...]:
    """Return what must stay as it is while an entry's text changes."""
    return entry.id, entry.title, entry.link, entry.published, entry.updated


def each(entries: dict[str, Entry], of: Callable[[Entry], object]) -> dict[str, object]:
    return {key: of(entry) for key, entry in entries.items()}
