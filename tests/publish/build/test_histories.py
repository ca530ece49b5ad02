"""Random histories of what stands beside digests: selections, records, options and other sources come and go."""

import datetime
import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from paperround.exporters import BoundExporter, Selected, Series, bind
from paperround.model import Diagnostic, Source
from paperround.publish import Criteria, DistinctReport, Job, Policy, Span, Stream, build, find, scan_cache

from ...command import files
from .test_incremental import give_moments

FIRST = datetime.date(2024, 4, 24)
IDS = ("2405.00001", "2405.00002", "math.GT/0309136", "HEP-TH/9901001")
FORMATS = ("rss", "opml", "html", "csv", "bibtex", "opds")
SERIES = (Series(), Series(base_url="https://example.org"))
CRITERIA = (Criteria(), Criteria(min_votes=1), Criteria(top=1), Criteria(min_votes=99))
TITLES = ("A paper of one", "A paper of two")


class History:
    """The sources of a series, and how they are published, changed at random."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self.digests, self.lines, self.records = folder / "digests", folder / "papers.jsonl", folder / "arxiv.jsonl"
        self.digests.mkdir()
        self.days = 4
        for day in range(self.days):
            self.write(day)
        self.series, self.selections, self.short = SERIES[0], dict[str, tuple[Criteria, list[str]]](), False

    def change(self) -> None:
        match self.chance.randrange(6):
            case 0 | 1:
                self.days += 1
                self.write(self.days)
            case 2:
                self.write(self.chance.randint(0, self.days))
            case 3:
                name = self.chance.choice("ab")
                if self.selections.pop(name, None) is None or self.chance.random() < 0.6:
                    self.selections[name] = self.chance.choice(CRITERIA), self.chance.sample(FORMATS, 2)
            case 4:
                self.series, self.short = self.chance.choice(SERIES), self.chance.random() < 0.5
            case 5:
                papers = [{"id": name.lower().replace(".gt", ""), "title": self.chance.choice(TITLES)} for name in IDS]
                records = [json.dumps(paper | {"authors": [{"name": "Ada Lovelace"}]}) for paper in papers]
                self.records.write_text("".join(f"{record}\n" for record in records))

    def write(self, day: int) -> None:
        date = (FIRST + datetime.timedelta(day)).isoformat()
        chosen = [(name, self.chance.randrange(3)) for name in self.chance.sample(IDS, 2)]
        papers = [f"### [A paper of many](https://arxiv.org/abs/{name})\n\nVote: {votes}\n" for name, votes in chosen]
        (self.digests / f"{date}.md").write_text("\n".join([f"## Daily Papers ({date})\n", *papers]))
        paper = {"arxiv_id": "math/0309136", "title": "A paper of many", "path": "x", "line": 1}
        issue = {"schema": 1, "date": date, "title": "Papers", "language": "en", "papers": [paper]}
        self.lines.write_text(json.dumps(issue).replace("/", "\\/") + "\n")

    def publish(self, root: Path, formats: list[str], prune: bool) -> set[Diagnostic]:
        said: set[Diagnostic] = set()
        exporters = {name: self.bound(name) for name in formats}
        selections = [
            Stream(self.placed(name), tuple(exporters[each] for each in chosen if each in exporters), criteria)
            for name, (criteria, chosen) in self.selections.items()
        ]
        sources = [Source(self.digests, "digests"), Source(self.lines, "papers.jsonl")]
        policy, report = Policy(every_format=False, prune=prune), DistinctReport(said.add)
        cache = scan_cache(root, report, policy)
        found, chosen = find(sources, Span(), report, cache), list(exporters.values())
        records = self.records if self.records.exists() else None
        job = Job(found, chosen, self.series, report, lambda done, total: None, metadata=records, scans=cache.found)
        build(replace(job, selections=selections), root, policy)
        return said

    def bound(self, name: str) -> BoundExporter:
        short = {"key": "{word}", "unsafe_short_keys": True} if name == "bibtex" else {}
        return bind(name, short if self.short else {})

    def placed(self, name: str) -> Selected:
        base_url = self.series.base_url and f"{self.series.base_url}/select/{name}"
        return Selected(Series(id=f"papers-{name}", title=name, base_url=base_url), f"select/{name}/")


@pytest.mark.parametrize("seed", range(8))
def test_any_history_ends_in_what_a_full_build_writes(tmp_path: Path, seed: int) -> None:
    history, out = History(tmp_path, seed), tmp_path / "out"
    for number in range(4):
        for _ in range(2):
            history.publish(out, history.chance.sample(FORMATS, 4), prune=history.chance.random() < 0.5)
            for _ in range(history.chance.randint(1, 3)):
                history.change()
        history.publish(out, [*FORMATS], prune=False)
        said = history.publish(out, [*FORMATS], prune=True)
        full = tmp_path / f"full{number}"
        give_moments(out, full)
        assert said == history.publish(full, [*FORMATS], prune=True)
        assert files(out) == files(full)
