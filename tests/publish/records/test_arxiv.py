"""Collecting from the API: complete, patient, resumable, and never asking for what is there."""

import datetime
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import arxiv
import pytest
from arxiv import _feed
from paperround.model import Author, Code, Diagnostic, Issue, NoAnswer, Paper, Record, Records, UsageError, read_records
from paperround.publish import Collected, collect
from paperround.publish.records.arxiv import APART, SLICE, gather, record

from .fake_arxiv import Arxiv, Entry, Layout, Trouble, serving

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "arxiv-api"


COLLECT = """
import sys
from pathlib import Path
from paperround.model import read
from paperround.publish import collect
from paperround.publish.records import arxiv

now = 0.0

def sleep(seconds):
    global now
    now += seconds

def gather(ids):
    return arxiv.gather(ids, print, sys.argv[3], lambda: now, sleep)

collect(Path(sys.argv[2]), read([sys.argv[1]], print), gather, print, lambda done, total: None)
"""


class Clock:
    """A clock that only waiting moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Collector:
    """A file that is completed from a fake arXiv, and all that is said and shown on the way."""

    def __init__(self, path: Path, arxiv: Arxiv) -> None:
        self.path, self.arxiv, self.clock = path, arxiv, Clock()
        arxiv.clock = self.clock
        self.told: list[str] = []
        self.said: list[Diagnostic] = []
        self.steps: list[tuple[int, int]] = []

    def gather(self, ids: Sequence[str]) -> Iterator[Records]:
        return gather(ids, self.told.append, self.arxiv.endpoint, self.clock, self.clock.sleep)

    def __call__(self, *ids: str) -> Collected:
        return collect(self.path, [issue(*ids)], self.gather, self.said.append, self.step)

    def step(self, done: int, total: int) -> None:
        self.steps.append((done, total))

    def waits(self) -> list[float]:
        return [after - before for before, after in pairwise(self.arxiv.times)]

    def records(self) -> Records:
        return read_records(self.path, self.said.append)


@pytest.fixture
def arxiv_() -> Iterator[Arxiv]:
    with serving(Arxiv({arxiv_id: Entry(f"Paper {arxiv_id}") for arxiv_id in many(250)})) as arxiv:
        yield arxiv


@pytest.fixture
def collector(tmp_path: Path, arxiv_: Arxiv) -> Collector:
    return Collector(tmp_path / "arxiv.jsonl", arxiv_)


def many(count: int) -> list[str]:
    return [f"2405.{number:05}" for number in range(count)]


def issue(*ids: str) -> Issue:
    papers = tuple(Paper(arxiv_id=arxiv_id, title="T", path="a.md", line=line) for line, arxiv_id in enumerate(ids, 1))
    return Issue(date=datetime.date(2024, 5, 3), title="Daily Papers (2024-05-03)", language="en", papers=papers)


@pytest.mark.parametrize("layout", ["today", "2020"])
def test_a_record(collector: Collector, layout: Layout) -> None:
    collector.arxiv.layout = layout
    collector.arxiv.papers = {
        "2405.00001": Entry(
            "On  $\\alpha$-Quills\n  & <Tarns>",
            ("Ada Quill", "Tarn-AI", ":", ("Wei", "David"), "Lo", "C. -P. Fen"),
            "12 pages,\n 3 figures",
            "10.1000/quill.1",
            "J. Inv. 3 (2024) 1-9",
        )
    }
    collector("2405.00001")
    assert collector.records() == {
        "2405.00001": Record(
            title="On $\\alpha$-Quills & <Tarns>",
            authors=(
                Author(name="Ada Quill"),
                Author(name="Tarn-AI", corporate=True),
                Author(name="Wei Lo", family="Lo", given="Wei"),
                Author(name="C.-P. Fen"),
            ),
            categories=("cs.CL", "cs.AI"),
            abstract="We invent a paper and show it.",
            doi="10.1000/quill.1",
            journal_ref="J. Inv. 3 (2024) 1-9",
            comment="12 pages, 3 figures",
            published=datetime.date(2024, 5, 2),
            updated=datetime.date(2024, 5, 20),
        )
    }


def test_all_are_collected_in_slices_over_one_connection_and_not_too_fast(collector: Collector) -> None:
    done = collector(*reversed(many(250)))
    assert done == Collected(papers=250, new=250, unknown=0, lacking=0)
    assert list(collector.records()) == many(250)
    assert list(map(len, collector.arxiv.asked)) == [SLICE, SLICE, 50]
    assert collector.arxiv.connections == 1
    assert all(agent.startswith("paperround/") for agent in collector.arxiv.agents)
    assert collector.arxiv.times == [100.0, 100.0 + APART, 100.0 + 2 * APART]
    assert collector.steps == [(0, 250), (100, 250), (200, 250), (250, 250)]
    assert not collector.told


def test_what_is_there_is_not_asked_for_again_and_nothing_is_lost(collector: Collector) -> None:
    collector(*many(3))
    before = collector.path.read_text(encoding="utf-8")
    kept = before.replace("Paper 2405.00001", "Corrected by hand")
    collector.path.write_text(kept, encoding="utf-8")
    assert collector(*many(3)) == Collected(papers=3, new=0, unknown=0, lacking=0)
    assert len(collector.arxiv.asked) == 1
    collector("2405.00007")
    assert collector.arxiv.asked[1:] == [["2405.00007"]]
    assert collector.path.read_text(encoding="utf-8").startswith(kept)


def test_every_trouble_is_waited_out(collector: Collector) -> None:
    troubles: list[Trouble] = ["429", "503", "drop", "cut", "503"]
    collector.arxiv.troubles = list(troubles)
    assert collector(*many(150)).new == 150
    assert collector.waits() == [45, 30, 60, 120, 240, APART]
    assert collector.told[0] == "arXiv does not answer (status 429); asking again in 45 s"
    assert len(collector.told) == len(troubles)


def test_a_silent_arxiv_is_given_up_and_what_came_is_kept(collector: Collector) -> None:
    assert collector(*many(100)).new == 100
    collector.arxiv.troubles = ["503"] * 6
    with pytest.raises(NoAnswer, match=r"does not answer \(status 503\)"):
        collector(*many(150))
    assert len(collector.records()) == 100
    assert collector(*many(150)).new == 50


@pytest.mark.parametrize("trouble", [socket.gaierror(socket.EAI_AGAIN, "no name server"), ConnectionRefusedError()])
def test_a_machine_without_a_network_is_told_at_once(trouble: OSError, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*words: object, **options: object) -> None:
        raise trouble

    monkeypatch.setattr("socket.getaddrinfo" if isinstance(trouble, socket.gaierror) else "socket.socket.connect", fail)
    clock = Clock()
    with pytest.raises(NoAnswer, match="is this machine on the network"):
        list(gather(["2405.00001"], print, "http://127.0.0.1:1/query", clock, clock.sleep))
    assert clock.now < 100.0 + APART


def test_a_refusal_is_not_repeated(collector: Collector) -> None:
    collector.arxiv.troubles = ["403"]
    with pytest.raises(NoAnswer, match="status 403"):
        collector(*many(3))
    assert len(collector.arxiv.asked) == 1


def test_an_unknown_id_is_said_at_its_place_and_not_asked_for_again(collector: Collector) -> None:
    ids = ["2405.00001", "2405.99999", "2405.00002"]
    assert collector(*ids) == Collected(papers=3, new=2, unknown=1, lacking=0)
    assert collector.said == [Diagnostic("a.md", 2, Code.UNKNOWN_ID, "arXiv does not know 2405.99999")]
    assert collector.records()["2405.99999"] is None
    collector(*ids)
    assert len(collector.arxiv.asked) == 1


def test_an_empty_answer_is_no_proof_that_papers_are_unknown(collector: Collector) -> None:
    collector.arxiv.troubles = ["empty", "empty"]
    assert collector(*many(3)).new == 3
    collector.arxiv.troubles = ["empty"] * 3
    assert collector(*many(5)) == Collected(papers=5, new=0, unknown=0, lacking=2)
    assert collector(*many(5)).new == 2


def test_an_id_that_arxiv_refuses_does_not_spoil_the_others(collector: Collector) -> None:
    collector.arxiv.refused = {"2405.00005"}
    done = collector(*many(10))
    assert done == Collected(papers=10, new=9, unknown=1, lacking=0)
    assert collector.records()["2405.00005"] is None
    assert set(collector.waits()) == {APART}


def test_a_total_that_is_too_high_ends_in_what_there_is(collector: Collector) -> None:
    collector.arxiv.troubles = ["more"]
    assert collector("2405.00001", "2405.99999").new == 1
    assert len(collector.arxiv.asked) == 2


def test_a_file_with_a_damaged_line_is_not_overwritten(collector: Collector) -> None:
    collector(*many(2))
    damaged = collector.path.read_text(encoding="utf-8") + "<<<<<<< HEAD\n"
    collector.path.write_text(damaged, encoding="utf-8")
    with pytest.raises(UsageError, match=r"arxiv\.jsonl:3: not JSON"):
        collector(*many(3))
    assert collector.path.read_text(encoding="utf-8") == damaged


def test_it_goes_on_after_being_killed(collector: Collector, tmp_path: Path) -> None:
    collector.arxiv.troubles = [None, None, "hang"]
    collector.path = tmp_path / "kept" / "arxiv.jsonl"
    digest = tmp_path / "digest.md"
    papers = "".join(f"### [T](https://arxiv.org/abs/{arxiv_id})\n\n- S.\n\n" for arxiv_id in many(250))
    digest.write_text(f"## Daily Papers (2024-05-03)\n\n{papers}", encoding="utf-8")
    words = [sys.executable, "-c", COLLECT, digest, collector.path, collector.arxiv.endpoint]
    with subprocess.Popen(words) as process:
        assert collector.arxiv.hanging.wait(60)
        os.kill(process.pid, signal.SIGKILL)
    collector.arxiv.released.set()
    assert list(collector.records()) == many(200)
    assert [path.name for path in collector.path.parent.iterdir()] == ["arxiv.jsonl"]
    collector.arxiv.asked.clear()
    assert collector(*many(250)).new == 50
    assert collector.arxiv.asked[-1:] == [many(250)[200:]]
    assert list(collector.records()) == many(250)


def test_the_fake_gives_ten_where_no_number_is_asked_for() -> None:
    fake = Arxiv({arxiv_id: Entry() for arxiv_id in many(30)})
    assert fake.answer("id_list=" + ",".join(many(30)))[1].count("<entry>") == 10


@pytest.mark.skipif(not SAMPLES.exists(), reason="no recorded answers of arXiv here")
@pytest.mark.parametrize(
    ("name", "first", "count", "category", "published"),
    [
        ("layout-of-2020.atom", "Ricardo Campos", 3, "math.QA", "2019-11-27"),
        ("old-style-id.atom", "Andrew Gould", 4, "astro-ph", "2006-01-02"),
        ("id-list-two.atom", "Kees A. Schouhamer Immink", 34, "cs.IT", "2017-07-27"),
    ],
)
def test_recorded_answers(name: str, first: str, count: int, category: str, published: str) -> None:
    (result,) = _feed.parse((SAMPLES / name).read_bytes()).results
    assert isinstance(result, arxiv.Result)
    found = record(result, print)
    assert found.authors[0].name == first
    assert len(found.authors) == count
    assert found.categories[0] == category
    assert str(found.published) == published
    assert found.abstract == " ".join((found.abstract or "").split())
    assert not any("Ã" in author.name for author in found.authors)
