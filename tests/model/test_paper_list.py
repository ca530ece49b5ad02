"""Papers as JSON: under whatever keys and containers people keep them."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperround.model import Code, Diagnostic, Issue, Paper, read
from paperround.model.readers import load
from paperround.model.readers.testing import run

TIDES: dict[str, Any] = {"arxiv_id": "2405.00101", "title": "Tides of Attention"}
OTHER: dict[str, Any] = {"arxiv_id": "2405.10100", "title": "Harbours"}


def told(path: Path) -> tuple[list[Issue], list[Diagnostic]]:
    said: list[Diagnostic] = []
    return list(read([path], said.append)), said


def one(values: dict[str, Any], path: str = "2024-05-03.json") -> Paper:
    ((issue,), _) = run(load("paper-list.json"), json.dumps([{**TIDES, **values}]).encode(), path)
    (paper,) = issue.papers
    return paper


@pytest.mark.parametrize(
    "values",
    [
        {"arxiv_id": "2405.00101"},
        {"arxivId": "2405.00101v2"},
        {"arXiv ID": "arXiv:2405.00101"},
        {"id": "http://arxiv.org/abs/2405.00101v1"},
        {"paper_id": "2405.00101"},
        {"url": "https://huggingface.co/papers/2405.00101"},
        {"id": 17, "pdf_url": "https://arxiv.org/pdf/2405.00101v1.pdf"},
        {"link": "https://arxiv.org/abs/2405.00101"},
        {"links": [{"href": "https://arxiv.org/abs/2405.00101", "rel": "alternate"}]},
        {"externalIds": {"DOI": "10.1000/x", "ArXiv": "2405.00101"}},
        {"doi": "10.48550/arXiv.2405.00101", "paper": {"abstract": "Water."}},
    ],
)
def test_the_id_under_any_key(values: dict[str, Any]) -> None:
    data = json.dumps([{"title": "Tides", **values}]).encode()
    ((issue,), _) = run(load("paper-list.json"), data, "2024-05-03.json")
    assert [(paper.arxiv_id, paper.title) for paper in issue.papers] == [("2405.00101", "Tides")]


@pytest.mark.parametrize(
    ("value", "path", "date"),
    [
        ([{**TIDES, "date": "2024-05-02"}], "2024-05-03.json", "2024-05-02"),
        ([{**TIDES, "published_at": "2024-05-01T11:00:00.000Z"}], "2024-05-03.json", "2024-05-03"),
        ([{**TIDES, "published": "2024-05-01"}], "papers.json", "2024-05-01"),
        ([{**TIDES, "published": 1714560000}], "papers.json", "2024-05-01"),
        ([{**TIDES, "createdAt": 1714560000000}], "papers.json", "2024-05-01"),
        ([TIDES], "data/2024-05-03/papers.json", "2024-05-03"),
        ({"2024-05-03": [TIDES]}, "papers.json", "2024-05-03"),
        ({"date": "2024-05-03", "papers": [TIDES]}, "papers.json", "2024-05-03"),
        ([{"date": "2024-05-03", "items": [TIDES]}], "papers.json", "2024-05-03"),
        ({"data": {"results": [{**TIDES, "day": "2024/05/03"}]}}, "papers.json", "2024-05-03"),
        ({"2024-05-03": {"2405.00101": {"title": TIDES["title"]}}}, "papers.json", "2024-05-03"),
    ],
)
def test_the_day_wherever_it_stands(value: object, path: str, date: str) -> None:
    ((issue,), _) = run(load("paper-list.json"), json.dumps(value).encode(), path)
    assert (str(issue.date), [paper.arxiv_id for paper in issue.papers]) == (date, ["2405.00101"])


@pytest.mark.parametrize(
    ("values", "names", "complete"),
    [
        ({"authors": ["Mina Oh", "Karl Brandt"]}, ("Mina Oh", "Karl Brandt"), True),
        ({"authors": [{"name": "Mina Oh"}, {"given": "Karl", "family": "Brandt"}]}, ("Mina Oh", "Karl Brandt"), True),
        ({"author": "Mina Oh, Karl Brandt"}, ("Mina Oh", "Karl Brandt"), True),
        ({"authors": ["Mina Oh", "et al."]}, ("Mina Oh",), False),
        ({"authors": None}, (), False),
        ({"first_author": "Mina Oh"}, ("Mina Oh",), False),
    ],
)
def test_authors(values: dict[str, Any], names: tuple[str, ...], complete: bool) -> None:
    paper = one(values)
    assert (paper.authors, paper.authors_complete, paper.authors_ordered) == (names, complete, False)


def test_the_other_fields() -> None:
    paper = one(
        {"upvotes": "12", "thumbnail": "https://example.org/x.png", "tldr": "Short.", "abstract": "Long.\n\nEnd."}
    )
    assert (paper.votes, paper.media and paper.media.url) == (12, "https://example.org/x.png")
    assert [point.text for point in paper.summary] == ["Short.", "Long.", "End."]
    assert one({"stars": 3}).votes == 3
    assert one({"likes": 4, "topic": "Water"}).group == "Water"
    assert one({"summary": "- One\n- Two"}).summary[1].text == "Two"


def test_groups_and_lines_of_a_list() -> None:
    text = json.dumps({"Water": [TIDES], "papers": [OTHER], "Else": {"2405.00103": {"title": "Fog"}}}, indent=1)
    ((issue,), _) = run(load("paper-list.json"), text.encode(), "2024-05-03.json")
    lines = text.split("\n")
    assert [(paper.title, paper.group) for paper in issue.papers] == [
        ("Tides of Attention", "Water"),
        ("Harbours", None),
        ("Fog", "Else"),
    ]
    assert all(str(paper.arxiv_id) in lines[paper.line - 1] for paper in issue.papers)


def test_one_of_a_list_that_is_not_on_arxiv_stays() -> None:
    data = json.dumps([TIDES, {"title": "Fog", "url": "https://example.org/fog"}, {"title": "Dew"}]).encode()
    ((issue,), said) = run(load("paper-list.json"), data, "2024-05-03.json")
    assert [(paper.title, paper.url) for paper in issue.papers[1:]] == [
        ("Fog", "https://example.org/fog"),
        ("Dew", None),
    ]
    assert [entry.code for entry in said] == [Code.NO_LINK]


def test_nothing_inside_a_paper_is_one() -> None:
    assert one({"references": [{"title": "Fog", "arxiv_id": "2405.00103"}]}).arxiv_id == "2405.00101"


def test_one_without_a_date_among_others_is_told() -> None:
    data = json.dumps([{**TIDES, "date": "2024-05-03"}, {**OTHER, "date": "soon"}], indent=1).encode()
    ((issue,), said) = run(load("paper-list.json"), data, "x.json")
    assert len(issue.papers) == 1
    assert [(entry.line, entry.code) for entry in said if entry.code is Code.BAD_ENTRY] == [(8, Code.BAD_ENTRY)]


@pytest.mark.parametrize(
    "value",
    [
        {"version": "https://jsonfeed.org/version/1.1", "items": [{**TIDES, "date": "2024-05-03"}]},
        [{"title": "No paper", "date": "2024-05-03"}],
        {"name": "package", "dependencies": {"x": "1.0"}},
    ],
)
def test_what_is_no_list_of_papers_is_passed_over(value: object, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(json.dumps(value))
    found, said = told(tmp_path)
    assert ([entry.code for entry in said], found) == ([Code.NOT_A_DIGEST], [])


def test_lines(tmp_path: Path) -> None:
    rows = [{**TIDES, "date": "2024-05-03"}, {**OTHER, "date": "2024-05-04", "votes": 2}]
    (tmp_path / "x.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    found, _ = told(tmp_path)
    assert [(str(issue.date), issue.papers[0].title, issue.papers[0].line) for issue in found] == [
        ("2024-05-03", "Tides of Attention", 1),
        ("2024-05-04", "Harbours", 2),
    ]


@pytest.mark.parametrize(
    "line",
    [
        '{"schema":1,"date":"2024-05-03","title":"x","language":"en","papers":[]}',
        '{"id":"2405.00101","title":"Tides","authors":[{"name":"Mina Oh"}],"published":"2024-05-01"}',
    ],
)
def test_what_we_write_ourselves_is_no_list(line: str, tmp_path: Path) -> None:
    """papers.jsonl and arxiv.jsonl lie beside digests."""
    (tmp_path / "x.jsonl").write_text(line + "\n")
    assert told(tmp_path)[0] == []


def test_a_value_for_each_byte_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(json.dumps([TIDES])[:-1] + ",[]" * 300_001 + "]")
    found, said = told(tmp_path)
    assert ([entry.code for entry in said], found) == ([Code.TOO_LARGE], [])


TEXT = st.text(st.characters(exclude_categories=()), max_size=8) | st.sampled_from(
    [
        "ï¿¾",
        "Â\x85",
        "http://xn--a/",
        "data:,x",
        "http:x",
        "1" * 5000,
        "\u2028",
        "httpſ://arxiv.org/abs/2405.00101",
        "\x00",
    ]
)
VALUES = st.recursive(
    TEXT | st.none() | st.integers() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
KEYS = st.sampled_from(
    [
        "authors",
        "author",
        "url",
        "link",
        "abstract",
        "tldr",
        "thumbnail",
        "upvotes",
        "stars",
        "date",
        "published",
        "topic",
    ]
)


@given(st.dictionaries(KEYS, VALUES), st.sampled_from(["paper-list.json", "daily-papers.json", "paper-lines.jsonl"]))
def test_hostile_text_in_any_field_costs_neither_the_paper_nor_the_run(values: dict[str, Any], name: str) -> None:
    entry: dict[str, Any] = {**values, **TIDES}
    if name == "daily-papers.json":
        entry = {"paper": {**entry, "id": "2405.00101"}, **values, "publishedAt": "2024-05-03"}
    text = json.dumps(entry)
    data = (text if name.endswith("l") else f"[{text}]").encode()
    issues, _ = run(load(name), data, "2024-05-03.json")
    assert [paper.arxiv_id for issue in issues for paper in issue.papers] == ["2405.00101"]


def test_rows_of_tables_and_lists_by_id() -> None:
    row = "|**2024-05-0{0}**|**Tides {0}**|Mina Oh et.al.|[2405.0010{0}](http://arxiv.org/abs/2405.0010{0})|null|\n"
    link = "http://arxiv.org/abs/2405.00109"
    item = f"- 2024-05-03, **Fog**, Mina Oh et.al., Paper: [{link}]({link})"
    rows = {f"2405.0010{number}": row.format(number) for number in (3, 4)}
    text = json.dumps({"Water": rows, "Air": {"2405.00109": item}}, indent=1)
    issues, _ = run(load("paper-list.json"), text.encode(), "x.json")
    lines = text.split("\n")
    papers = [(str(issue.date), paper) for issue in issues for paper in issue.papers]
    assert sorted((date, paper.title, paper.group, paper.authors, paper.summary) for date, paper in papers) == [
        ("2024-05-03", "Fog", "Air", ("Mina Oh",), ()),
        ("2024-05-03", "Tides 3", "Water", ("Mina Oh",), ()),
        ("2024-05-04", "Tides 4", "Water", ("Mina Oh",), ()),
    ]
    assert all(str(paper.arxiv_id) in lines[paper.line - 1] for _, paper in papers)
