"""Issues, books that stand in for theirs, and the catalogue of them."""

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Any

from paperround.exporters import Series, opds, part_of
from paperround.exporters.testing import run
from paperround.model import Issue, Paper

from .opds_rules import HOST, Entry, Feed, feeds

SERIES = Series(
    title="Daily & <Papers>",
    base_url="https://example.org/daily",
    publisher="Reading Group",
    rights="CC0 1.0",
    icon="https://example.org/icon.png",
    utc_offset="+09:00",
)
PERIODS = "day", "week", "month"
ENDINGS = ".epub", "-kindle.epub", ".jpg", "-thumbnail.jpg"
FIRST = datetime.date(2024, 1, 1)


def issue(date: datetime.date, *titles: str, language: str = "ko", **values: Any) -> Issue:
    papers = tuple(Paper(title=title, **values) for title in titles or ("A Title",))
    return Issue(date=date, title=f"Daily Papers ({date})", language=language, papers=papers)


def days(count: int, since: datetime.date = FIRST) -> list[Issue]:
    return [issue(since + datetime.timedelta(number)) for number in range(count)]


def books(
    issues: Iterable[Issue],
    series: Series = SERIES,
    periods: Sequence[str] = ("day",),
    endings: Sequence[str] = (".epub",),
) -> dict[str, bytes]:
    """Stand in for the files of the books of issues; each has a length of its own."""
    parts = dict.fromkeys(part_of(period, each.date) for each in issues for period in periods)  # type: ignore[arg-type]
    names = [f"epub/{series.id}-{part}{ending}" for part in parts for ending in endings]
    return {name: b"x" * number for number, name in enumerate(names)}


def publish(
    issues: Iterable[Issue], published: dict[str, bytes], series: Series = SERIES, unfinished: bool = True
) -> dict[str, bytes]:
    """Return the catalogue with the books that it is about."""
    return published | run(opds.export, issues, series, published=published, unfinished=unfinished)


def listed(files: dict[str, bytes], *names: str) -> list[str]:
    """Return the parts of the books that documents list, in order."""
    found = feeds(files, base(files))
    return [entry.told["title"].split()[-1] for name in names for entry in found[name].entries]


def base(files: dict[str, bytes]) -> str:
    return HOST if b'href="opds.xml"' in files["opds.xml"] else "https://example.org/daily/"


def check_both_syntaxes(files: dict[str, bytes]) -> None:
    found = feeds(files, base(files))
    stems = {feed.stem for feed in found.values()}
    assert found.keys() == {f"{stem}.{end}" for stem in stems for end in ("xml", "json")}
    for stem in stems:
        atom, told = found[f"{stem}.xml"], found[f"{stem}.json"]
        assert (atom.id, atom.title, atom.updated) == (told.id, told.title, told.updated)
        assert links(atom) == links(told)
        for entry, same in zip(atom.entries, told.entries, strict=True):
            assert {key: entry.told[key] for key in same.told} == same.told
            assert links(entry) == links(same)


def links(tree: Feed | Entry) -> list[tuple[str | None, str, str | None]]:
    return [(link.relation, re.sub(r"\.(xml|json)$", "", link.name or ""), link.title) for link in tree.links]
