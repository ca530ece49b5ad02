"""Histories in which bits flip and people lay files: in the end the folder is what a full build writes.

`--adopt` is given only where a manifest was damaged or somebody's file stands in the way; every other run has to do
without it.
"""

import datetime
import json
import os
import random
from pathlib import Path

import pytest
from paperround.exporters import Series, bind, names
from paperround.model import Source, UsageError
from paperround.publish import DistinctReport, Job, Policy, Span, build, check_destination, find, scan_cache

from ...command import files
from .test_incremental import PAPER, give_moments, write

LONG = os.environ.get("PAPERROUND_PROPERTIES") == "long"
FIRST = datetime.date(2024, 5, 6)
MINE = b"mine\n"
SERIES = Series(base_url="https://example.org")
HIDDEN = (".paperround.json", ".paperround.lock")


class DamagedHistory:
    """Digests, arXiv's records and a published folder, which lies in the source's own in half of the histories."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self.digests, self.records = folder / "digests", folder / "arxiv.jsonl"
        self.digests.mkdir()
        self.root = (self.digests if seed % 2 else folder) / "public"
        self.days, self.number = 0, 0
        self.mine: dict[str, bytes] = {}
        self.needs_adopt = False

    def change(self) -> None:
        """Let one thing happen between two runs."""
        happens = [self.new_day, self.old_day, self.flip_record, self.flip_file, self.flip_manifest, self.lay_beside]
        self.chance.choice([*happens, self.lay_in_the_way, self.lose_manifest])()

    def new_day(self) -> None:
        self.days += 1
        self.write(self.days)

    def old_day(self) -> None:
        self.write(self.chance.randint(1, self.days))

    def write(self, day: int) -> None:
        self.number += 1
        date = (FIRST + datetime.timedelta(day)).isoformat()
        write(self.digests, date, PAPER.format(day, self.number, "글"))
        ids = [f"2405.{number:05}" for number in range(1, self.days + 1)]
        lines = [
            json.dumps({"id": each, "title": f"Paper {int(each[5:])}", "authors": [{"name": "Ada Lovelace"}]})
            for each in ids
        ]
        self.records.write_text("".join(f"{line}\n" for line in lines))

    def flip_record(self) -> None:
        flip(self.records, self.chance)

    def flip_file(self) -> None:
        if published := self.published():
            flip(self.chance.choice(published), self.chance)

    def flip_manifest(self) -> None:
        if (path := self.root / HIDDEN[0]).exists():
            flip(path, self.chance)
            self.needs_adopt = True

    def lose_manifest(self) -> None:
        (self.root / HIDDEN[0]).unlink(missing_ok=True)
        self.needs_adopt = True

    def lay_beside(self) -> None:
        self.number += 1
        self.lay(f"notes/{self.number}.txt")
        self.mine[f"notes/{self.number}.txt"] = MINE

    def lay_in_the_way(self) -> None:
        """Lay a file where the next day's first book would stand."""
        self.days += 1
        self.write(self.days)
        self.lay(f"epub/daily-papers-{FIRST + datetime.timedelta(self.days)}.epub")
        self.needs_adopt = True

    def lay(self, name: str) -> None:
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_bytes(MINE)

    def published(self) -> list[Path]:
        found = sorted(path for path in self.root.rglob("*") if path.is_file())
        return [path for path in found if not path.name.startswith(".") and path.parent.name != "notes"]

    def publish(self) -> None:
        """Build without `--adopt`, then with it where that is refused for a reason, and before anything was written."""
        before = self.visible()
        if refusal := self.refusal():
            assert self.needs_adopt, refusal
            assert "--adopt" in refusal or "not ours" in refusal
            assert self.visible() == before
        if self.needs_adopt:  # also where nothing is refused: an icon whose bytes changed may be somebody else's now
            self.build(self.root, adopt=True)
        self.needs_adopt = False

    def visible(self) -> dict[str, bytes]:
        given = files(self.root) if self.root.exists() else {}
        return {name: data for name, data in given.items() if name not in HIDDEN}

    def refusal(self) -> str:
        try:
            self.build(self.root)
        except UsageError as error:
            return str(error)
        return ""

    def build(self, root: Path, adopt: bool = False) -> None:
        policy, report = Policy(adopt=adopt), DistinctReport(lambda said: None)
        check_destination(root, [self.digests], adopt)
        cache = scan_cache(root, report, policy)
        found = find([Source(self.digests, "digests")], Span(), report, cache)
        exporters = [bind(name, {}) for name in names()]
        job = Job(
            found,
            exporters,
            SERIES,
            lambda said: None,
            lambda done, total: None,
            metadata=self.records,
            scans=cache.found,
        )
        build(job, root, policy)


def flip(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


@pytest.mark.parametrize("seed", range(500 if LONG else 10))
def test_histories_with_damage_and_strangers_end_in_a_full_build(tmp_path: Path, seed: int) -> None:
    history = DamagedHistory(tmp_path, seed)
    history.new_day()
    for _ in range(4):
        history.publish()
        for _ in range(history.chance.randint(1, 3)):
            history.change()
    history.publish()
    give_moments(history.root, tmp_path / "full")
    history.build(tmp_path / "full")
    full = files(tmp_path / "full")
    for hidden in HIDDEN:  # a damaged manifest may have named files that nobody has
        full.pop(hidden, None)
    assert history.visible() == full | history.mine
