"""Selections: which papers they hold, and how they are published beside the whole."""

import json
from pathlib import Path

import pytest
from paperround.cli.main import run
from paperround.model import Author, Issue, Paper, Point, Record
from paperround.publish import Criteria, chooser

RECORD = Record(
    title="Graphs",
    authors=(Author(name="Jürgen van der Müller Jr.", family="van der Müller", given="Jürgen", suffix="Jr."),),
    categories=("cs.CL", "stat.ML"),
)
ISSUE = Issue.model_validate(
    {
        "date": "2024-05-03",
        "title": "Daily Papers (2024-05-03)",
        "language": "ko",
        "papers": [
            Paper(arxiv_id="2405.00001", title="Agents at Work", votes=7, authors=("Ada Lovelace",), group="Tools"),
            Paper(arxiv_id="2405.00002", title="Speech", votes=9, summary=(Point(text="음성 에이전트입니다."),)),
            Paper(arxiv_id="2405.00003", title="Vision", votes=None, authors=("ada lovelace", "B C")),
            Paper(arxiv_id="2405.00004", title="Graphs", votes=7, record=RECORD),
        ],
    }
)


@pytest.mark.parametrize(
    ("criteria", "chosen"),
    [
        (Criteria(), "1234"),
        (Criteria(min_votes=7), "124"),
        (Criteria(keywords=("AGENT*", "에이전트")), "12"),
        (Criteria(keywords=("agent",)), ""),
        (Criteria(keywords=("CS.cl", "AI")), "4"),
        (Criteria(without=("agents", "음성")), "34"),
        (Criteria(keywords=("agents", "speech"), without=("work",)), "2"),
        (Criteria(categories=("stat.ML", "cs.AI")), "4"),
        (Criteria(categories=("cs",)), ""),
        (Criteria(groups=("Tools", "Toys")), "1"),
        (Criteria(groups=("tools",)), ""),
        (Criteria(authors=("Lovelace, Ada",)), "13"),
        (Criteria(authors=("LOVELACE",)), "1"),
        (Criteria(authors=("Muller Jurgen van der Jr",)), "4"),
        (Criteria(authors=("van der Muller",)), "4"),
        (Criteria(authors=("Lovelace Bo", "van")), ""),
        (Criteria(authors=("Ada LOVELACE",)), "13"),
        (Criteria(authors=("Ada",)), ""),
        (Criteria(top=2), "12"),
        (Criteria(top=1, authors=("Ada Lovelace",)), "1"),
        (Criteria(ids=("2405.00004", "2405.00003")), "34"),
        (Criteria(min_votes=8, keywords=("agent",)), ""),
    ],
)
def test_criteria(criteria: Criteria, chosen: str) -> None:
    found = chooser(criteria)(ISSUE)
    assert "".join((paper.arxiv_id or "")[-1] for paper in found.papers) == chosen if found else chosen == ""


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for day, votes in ("03", 1), ("04", 50), ("05", 2):
        text = f"## Daily Papers (2024-05-{day})\n\n### [P{day}](https://arxiv.org/abs/2405.000{day})\n\n"
        Path(f"{day}.md").write_text(f"{text}Vote: {votes}\n\n- 글.\n", encoding="utf-8")


def test_a_selection_is_one_more_series() -> None:
    Path("paperround.toml").write_text(
        '[[select]]\nname = "popular"\nmin_votes = 10\nformats = ["atom", "bibtex", "epub", "jsonl"]\n'
    )
    assert run(["build", ".", "-o", "public"]) == 0
    inside = Path("public/select/popular")
    assert (inside / "papers.bib").read_text().count("@misc") == 1
    assert [path.name for path in (inside / "epub").glob("*.epub")] == ["daily-papers-popular-2024-05-04.epub"]
    assert (inside / "papers.jsonl").read_text(encoding="utf-8").count("\n") == 1
    assert len(list(Path("public/epub").glob("*.epub"))) == 3


@pytest.mark.parametrize(
    ("formats", "home"),
    [("atom", "https://example.org/papers/"), ("html", "https://example.org/papers/select/liked/")],
)
def test_feeds_of_a_selection_name_a_page_that_is_there(formats: str, home: str) -> None:
    Path("paperround.toml").write_text(
        '[series]\nbase_url = "https://example.org/papers"\n'
        f'[[select]]\nname = "liked"\nformats = ["rss", "{formats}"]\n'
    )
    assert run(["build", ".", "-o", "public"]) == 0
    assert f"<link>{home}</link>" in Path("public/select/liked/feeds/papers.rss").read_text(encoding="utf-8")


LIKED = '[series]\nbase_url = "https://example.org/papers"\n[[select]]\nname = "liked"\nkeywords = ["P04"]\n'


def test_entries_of_a_selection_lead_to_the_pages_that_are_there() -> None:
    """A format that comes or goes makes the feeds of selections anew, too."""
    Path("paperround.toml").write_text(LIKED)
    feed, own = Path("public/select/liked/feeds/issues.json"), "https://example.org/papers/issues/2024-05-04.html"
    for formats, leads in (["jsonfeed"], False), (["jsonfeed", "html"], True):
        assert run(["build", ".", "-o", "public", *(word for name in formats for word in ("--format", name))]) == 0
        [item] = json.loads(feed.read_bytes())["items"]
        assert (item["url"] == own) == leads
    assert Path("public/issues/2024-05-04.html").exists()


def test_an_empty_selection_is_an_empty_feed_that_opml_lists() -> None:
    Path("paperround.toml").write_text(
        '[series]\nbase_url = "https://example.org"\n[[select]]\nname = "none"\nkeywords = ["nowhere"]\n'
    )
    assert run(["build", ".", "-o", "public"]) == 0
    assert "<entry" not in Path("public/select/none/feeds/papers.atom").read_text(encoding="utf-8")
    assert "/select/none/feeds/papers.atom" in Path("public/feeds/feeds.opml").read_text(encoding="utf-8")


def test_a_selection_taken_out_of_the_configuration_is_pruned() -> None:
    Path("paperround.toml").write_text('[[select]]\nname = "all"\n')
    assert run(["build", ".", "-o", "public"]) == 0
    Path("paperround.toml").write_text("")
    assert run(["build", ".", "-o", "public", "--prune"]) == 0
    assert not Path("public/select").exists()


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('name = "A b"', "[[select]] name: write it like robots; not 'A b'"),
        ("min_votes = 3", "[[select]] name: is missing"),
        ('name = "a"\nmin_vote = 3', "[[select]] has no key 'min_vote'; did you mean 'min_votes'?"),
        ('name = "a"\nformats = ["atm"]', "there is no format 'atm'; did you mean 'atom'?"),
        ('name = "a"\nkeywords = ["*"]', "'*' holds no word to look for"),
        ('name = "a"\n[[select]]\nname = "a"', "[[select]] name: 'a' is given twice"),
    ],
)
def test_a_wrong_selection_is_one_line(table: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("paperround.toml").write_text(f"[[select]]\n{table}\n")
    assert run(["build", ".", "-o", "public"]) == 2
    assert message in capsys.readouterr().err


def test_export_selects_by_flags(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export", "csv", ".", "--min-votes", "2"]) == 0
    assert capfdbinary.readouterr().out.count(b"https://arxiv.org") == 2
    assert run(["export", "csv", ".", "--id", "2405.00003", "--id", "2405.00005"]) == 0
    assert capfdbinary.readouterr().out.count(b"https://arxiv.org") == 2
