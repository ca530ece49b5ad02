"""Hostile values in every field of every reader: told, and no other field, paper or line is lost with them."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from paperround.cli import show
from paperround.model import Diagnostic, Issue, UsageError, read, read_records
from paperround.model.jsonlines import line, parse_line

from ..strategies import FRAGMENTS

texts = st.one_of(
    st.text(st.characters(), max_size=12),
    st.lists(st.sampled_from([*FRAGMENTS, "\x00", "\ud800", "a\nb", "\r", "\t", "2405.0000\uff11"]), max_size=4).map(
        "".join
    ),
    st.sampled_from(
        ["http://xn--a/", "data:,x", "http:x", "https://a:99999/", "arXıv:2405.00001", "9" * 5000, "[" * 300]
    ),
)
"""Any letters, also those that no file can hold, and what breaks addresses, numbers and markup."""
values = st.recursive(
    texts | st.none() | st.booleans() | st.integers() | st.floats() | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
"""Any value of JSON."""
RARELY = settings(
    max_examples=2000 if settings().max_examples > 2000 else settings().max_examples // 5,
    suppress_health_check=[HealthCheck.too_slow],
)

OTHER = {"title": "The other paper", "arxiv_id": "2405.00002", "date": "2024-05-03"}
PAPER = {
    "title": "A paper of rivers",
    "arxiv_id": "2405.00001",
    "url": "https://arxiv.org/abs/2405.00001",
    "date": "2024-05-03",
    "authors": ["Mina Oh", "Lauro Tarn"],
    "votes": 3,
    "image": "https://example.org/rivers.png",
    "summary": "It follows rivers.",
    "topic": "Water",
}
ANSWER = {
    "id": "2405.00001",
    "title": "A paper of rivers",
    "authors": [{"name": "Mina Oh"}],
    "summary": "It follows rivers.",
    "upvotes": 3,
    "submittedOnDailyAt": "2024-05-03T00:00:00.000Z",
}
LINE = {
    "arxiv_id": "2405.00001",
    "title": "A paper of rivers",
    "url": "https://arxiv.org/abs/2405.00001",
    "votes": 3,
    "authors": ["Mina Oh"],
    "authors_complete": True,
    "authors_ordered": True,
    "media": {"kind": "image", "url": "https://example.org/rivers.png"},
    "summary": [{"heading": "Rivers", "text": "It follows them.", "points": [{"text": "Slowly."}]}],
    "path": "a.md",
    "line": 3,
    "record": {"title": "Rivers", "authors": [{"name": "Mina Oh"}], "doi": "10.1/x"},
    "group": "Water",
    "other": None,
}
ISSUE = {"schema": 1, "date": "2024-05-03", "title": "Papers", "language": "en", "other": None}
RECORD = {
    "title": "Rivers",
    "authors": [{"name": "Mina Oh", "family": "Oh", "given": "Mina"}],
    "categories": ["cs.CL"],
    "abstract": "We follow rivers.",
    "doi": "10.1103/a",
    "journal_ref": "Rivers 3",
    "comment": "9 pages",
    "published": "2024-05-01",
    "updated": "2024-05-02",
    "other": None,
}
FIELDS = ("TITLE", "URL", "DATE", "VOTES", "AUTHORS", "MEDIA", "HEADING", "POINT")
DIGEST = """## Daily Papers (DATE)

### [The other paper](https://arxiv.org/abs/2405.00002)

- It is first.

### [TITLE](URL)

![](MEDIA)

Vote: VOTES

Authors: AUTHORS

- **HEADING**: POINT
"""


def found(name: str, data: bytes) -> tuple[list[Issue], list[Diagnostic]]:
    """Read a file, and check that each thing said of it is one line and each issue is read back equal."""
    said: list[Diagnostic] = []
    with TemporaryDirectory(prefix="paperround-") as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        try:
            issues = list(read([path], said.append))
        except UsageError:
            issues = []
    check(said)
    assert all(parse_line(line(issue)) == issue for issue in issues)
    return issues, said


def check(said: list[Diagnostic]) -> None:
    for diagnostic in said:
        for form in show.text, show.github, show.as_json:
            assert len(form(diagnostic).splitlines()) == 1, diagnostic


def titles(issues: list[Issue]) -> Iterator[str]:
    return (paper.title for issue in issues for paper in issue.papers)


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize("field", FIELDS)
@RARELY
@given(text=texts)
def test_digest(field: str, text: str) -> None:
    written = DIGEST.replace(field, text)
    issues, said = found("a.md", written.encode("utf-8", "surrogatepass"))
    assert "The other paper" in titles(issues) or said or field == "DATE"


@pytest.mark.parametrize("field", PAPER)
@RARELY
@given(value=values)
def test_json(field: str, value: object) -> None:
    """The other paper has a date of its own, and stays whatever stands beside it."""
    papers = [PAPER | {field: value}, OTHER]
    for name, data in ("a.json", as_json(papers)), ("a.jsonl", b"\n".join(map(as_json, papers))):
        issues, said = found(name, data)
        assert "The other paper" in titles(issues), name
        assert len(list(titles(issues))) == 2 or said or field in ("title", "arxiv_id"), name


@pytest.mark.parametrize("field", PAPER)
@RARELY
@given(value=values)
def test_yaml_and_front_matter(field: str, value: object) -> None:
    """What is no YAML, such as half a surrogate, is told; then nobody can say where the next paper begins."""
    mapping = "".join(f"{name}: {as_json(each).decode()}\n" for name, each in (PAPER | {field: value}).items())
    found("a.md", f"---\n{mapping}---\n\nIt follows rivers.\n".encode())
    listed = (
        f"- {mapping.replace(chr(10), chr(10) + '  ').rstrip()}\n- title: The other paper\n  arxiv_id: 2405.00002\n"
    )
    issues, said = found("2024-05-03.yaml", listed.encode())
    assert "The other paper" in titles(issues) or said


@pytest.mark.parametrize("field", ANSWER)
@RARELY
@given(value=values)
def test_daily_papers(field: str, value: object) -> None:
    other = ANSWER | {"id": "2405.00002", "title": "The other paper"}
    issues, said = found("a.json", as_json([{"paper": ANSWER | {field: value}}, {"paper": other}]))
    assert "The other paper" in titles(issues)
    assert len(list(titles(issues))) == 2 or said


@pytest.mark.parametrize("field", [*LINE, *(f"issue {name}" for name in ISSUE)])
@RARELY
@given(value=values)
def test_papers_jsonl(field: str, value: object) -> None:
    """Of an issue, only the schema, the date and the list are needed; of a paper, nothing but its place in the list."""
    head = ISSUE | ({field.removeprefix("issue "): value} if field.startswith("issue") else {})
    paper = LINE if field.startswith("issue") else LINE | {field: value}
    issues, said = found("papers.jsonl", as_json(head | {"papers": [paper, {"title": "The other paper"}]}))
    if field in ("issue schema", "issue date"):
        assert issues or said
        return
    assert "The other paper" in titles(issues)
    assert len(list(titles(issues))) == 2


@pytest.mark.parametrize("field", ["id", *RECORD])
@RARELY
@given(value=values)
@example(value={"name": 3})
def test_records(field: str, value: object) -> None:
    """A record without its title or its authors is none; what else is refused costs itself alone."""
    first = {"id": "2405.00001", **RECORD, field: value}
    second = {"id": "2405.00002", **{name: each for name, each in RECORD.items() if name != "other"}}
    said: list[Diagnostic] = []
    with TemporaryDirectory(prefix="paperround-") as folder:
        path = Path(folder, "arxiv.jsonl")
        path.write_bytes(as_json(first) + b"\n" + as_json(second) + b"\n")
        records = read_records(path, said.append)
        known = {arxiv_id: record for arxiv_id in records if (record := records.get(arxiv_id))}
    check(said)
    assert known["2405.00002"].title == "Rivers"
    if field not in ("id", "title", "authors"):
        assert known["2405.00001"].title == "Rivers"
        assert said or getattr(known["2405.00001"], field) not in ((), None)
