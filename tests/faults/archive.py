"""A small archive in two states, and what can be asked of the folder that it is published into, at any moment."""

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from ..command import done, files, paperround

BASE = "https://example.org/papers"
CONFIG = f"""
[series]
base_url = "{BASE}"
title = "데일리 페이퍼"

[[select]]
name = "liked"
min_votes = 5
"""
HOME = "select/liked/"
DAYS = ("2024-04-29", "2024-04-30", "2024-05-03", "2024-05-06")
ENTRIES = re.compile(
    r"(?:select/[a-z]+/)?(?:feeds/(?:papers|issues)\.\w+|feeds/feeds\.opml|opds\.(?:xml|json)|index\.html|papers[.\w]*)"
)
"""What people are given the address of; everything else is found from there."""

_FEEDS = re.compile(r"(?:select/[^/]+/)?feeds/")
_ADDRESS = re.compile(re.escape(BASE.encode()) + rb"/([A-Za-z0-9._~/-]+)")
_RELATIVE = re.compile(rb'\b(?:href|src)="(?!#|/|[a-z]+:)([^"?#]+)')
_OURS = {".paperround.lock"}


@dataclass(frozen=True)
class Archive:
    """Sources before and after a day's work, and what a build of each makes.

    What says when it changed last says another time in `after`, which follows `before`, than in `fresh`.
    """

    old: Path
    new: Path
    config: Path
    before: dict[str, bytes]
    after: dict[str, bytes]
    fresh: dict[str, bytes]
    """What the new sources make in an empty folder."""

    def then(self, earlier: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return what the new sources make where so much is published."""
        return self.after if earlier else self.fresh

    def words(self, state: str, output: Path) -> list[str | Path]:
        """Return the command line that publishes a state."""
        return ["build", getattr(self, state), "--config", self.config, "--prune", "-o", output]


def make(folder: Path) -> Archive:
    """Write the archive and build both of its states: one issue is changed, one is removed, one is new."""
    folder.mkdir(parents=True)
    config = folder / "paperround.toml"
    config.write_text(CONFIG, encoding="utf-8")
    for name, days in {"old": DAYS[:-1], "new": DAYS[1:]}.items():
        for day in days:
            path = folder / name / f"{day}.md"
            path.parent.mkdir(exist_ok=True)
            path.write_text(digest(day, 3 if name == "old" else 7), encoding="utf-8")
    archive = Archive(folder / "old", folder / "new", config, {}, {}, {})
    builds = ("old", "following", archive.before), ("new", "following", archive.after), ("new", "empty", archive.fresh)
    for state, output, into in builds:
        done(paperround(*archive.words(state, folder / output), cwd=folder))
        into.update(published(folder / output))
    shutil.rmtree(folder / "following")
    shutil.rmtree(folder / "empty")
    return archive


def digest(day: str, votes: int) -> str:
    """Return an issue whose second paper is told more of, the more votes it has."""
    number = day.replace("-", "")[2:6]
    papers = "".join(
        f"### [Paper {at} of {day}](https://arxiv.org/abs/{number}.{at:05})\n\nVote: {votes * at}\n\n"
        f"Authors: Jane Doe, Yi Li\n\n- **방법**: {'순환 없이 번역합니다. ' * (votes + at)}\n\n"
        for at in range(1, 4)
    )
    return f"## Daily Papers ({day})\n\n{papers}"


def published(folder: Path) -> dict[str, bytes]:
    """Return the published files and our own, but for the lock, which stays."""
    return {name: data for name, data in files(folder).items() if name not in _OURS}


def torn(now: Mapping[str, bytes], archive: Archive) -> list[str]:
    """Return the published files that are neither the old one nor the new one; temporary ones are not published."""
    states = archive.before, archive.after, archive.fresh
    final = {name: data for name, data in now.items() if not Path(name).name.startswith(".")}
    return [name for name, data in final.items() if data not in [state.get(name) for state in states]]


def dangling(now: Mapping[str, bytes], starts: set[str], archive: Archive) -> set[tuple[str, str]]:
    """Return the references to files that are not there, in all that leads on from where people start.

    Two circles have to be entered somewhere: feeds lead to pages and these to feeds, so that there is nothing to start
    from before the first start page; and pages that are removed for good refer to one another.
    """
    new_site = "index.html" not in now
    entries = [name for name in now if ENTRIES.fullmatch(name) and not (new_site and _FEEDS.match(name))]
    reached = [name for name in now if name in starts or name in entries]
    seen, missing = set(reached), set[tuple[str, str]]()
    while reached:
        name = reached.pop()
        for target in references(name, now[name]):
            if target not in now:
                if not {name, target} <= archive.before.keys() - archive.after.keys():
                    missing.add((name, target))
            elif target not in seen:
                seen.add(target)
                reached.append(target)
    return missing


def references(name: str, data: bytes) -> set[str]:
    """Return the published files that a document refers to, by address or relative to itself."""
    if Path(name).suffix not in (".atom", ".rss", ".xml", ".opml", ".json", ".html") or Path(name).name.startswith("."):
        return set()
    found = {match[1].decode() for match in _ADDRESS.finditer(data)}
    if name.endswith(".html"):
        folder = Path("/", name).parent
        found |= {_resolved(folder, match[1].decode()) for match in _RELATIVE.finditer(data)}
    # A selection has no page of its own; its address is where one would be.
    return {f"{target}index.html" if target.endswith("/") else target for target in found if target != HOME}


def lengths(name: str, data: bytes) -> set[tuple[str, int]]:
    """Return what a feed or a catalogue says of the lengths of published files."""
    if name.endswith((".atom", ".rss", ".xml")):
        stated = [(tag.get("href") or tag.get("url"), tag.get("length")) for tag in etree.fromstring(data).iter("{*}*")]
    elif name.endswith(".json") and not Path(name).name.startswith("."):
        stated = _sizes(json.loads(data))
    else:
        return set()
    ours = [(href.removeprefix(f"{BASE}/"), size) for href, size in stated if size and href and href.startswith(BASE)]
    return {(href, int(size)) for href, size in ours}


def _sizes(value: object) -> list[tuple[str | None, str | None]]:
    if isinstance(value, list):
        return [pair for item in value for pair in _sizes(item)]
    if not isinstance(value, dict):
        return []
    size = value.get("size_in_bytes") or value.get("properties", {}).get("size") if "type" in value else None
    here = [(value.get("url") or value.get("href"), str(size))] if isinstance(size, int) else []
    return here + [pair for item in value.values() for pair in _sizes(item)]


def _resolved(folder: Path, target: str) -> str:
    parts: list[str] = []
    for part in (*folder.parts[1:], *target.split("/")):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
