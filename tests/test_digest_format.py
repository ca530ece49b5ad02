"""docs/digest-format.md is true: its example parses cleanly and every row of its tables is read as it says."""

import re
from pathlib import Path

import pytest
from paperround.model import Diagnostic, Issue, Paper, parse

_PAGE = (Path(__file__).parents[1] / "docs" / "digest-format.md").read_text(encoding="utf-8")
_CODE = re.compile(r"`([^`]*)`")


def _rows(*header: str) -> list[tuple[str, ...]]:
    """Return the cells of the rows below a table's header."""
    start = _PAGE.index("| " + " | ".join(header) + " |")
    lines = _PAGE[start:].split("\n\n")[0].splitlines()[2:]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]


def _plain(cell: str) -> str:
    """Return what a cell's code spans hold, several joined by a middle dot."""
    return " · ".join(_CODE.findall(cell))


def _parsed(text: str) -> tuple[Issue, list[Diagnostic]]:
    told: list[Diagnostic] = []
    [issue] = parse(text, "digest.md", told.append)
    return issue, told


def _paper(link: str = "https://arxiv.org/abs/2405.01535", body: str = "") -> Paper:
    issue, _ = _parsed(f"## Daily Papers (2024-05-03)\n\n### [Title](<{link}>)\n\n{body}\n\n- Point.\n")
    return issue.papers[0]


def test_the_example_parses_cleanly_and_completely() -> None:
    example = _PAGE.split("```markdown\n")[1].split("```")[0]
    issue, told = _parsed(example)
    first, second = issue.papers
    assert told == []
    assert (issue.date.isoformat(), issue.language) == ("2024-05-03", "ko")
    assert (first.arxiv_id, first.votes, first.authors_complete) == ("2106.09685", 61, False)
    assert [point.heading for point in first.summary] == ["What's New", "Technical Details", "Performance Highlights"]
    assert [len(point.points) for point in first.summary] == [0, 2, 0]
    assert (second.votes, second.authors_complete, second.media and second.media.kind) == (None, True, "video")
    assert [point.heading for point in second.summary] == [None, None]


@pytest.mark.parametrize(("written", "read"), _rows("in parentheses", "date"))
def test_dates(written: str, read: str) -> None:
    issue, _ = _parsed(f"## Daily Papers ({_plain(written)})\n\n### [Title](arXiv:2405.01535)\n\n- Point.\n")
    assert issue.date.isoformat() == _plain(read)


@pytest.mark.parametrize(("link", "arxiv_id"), _rows("link", "arXiv id"))
def test_links(link: str, arxiv_id: str) -> None:
    paper = _paper(_plain(link))
    assert paper.arxiv_id == (None if arxiv_id == "none" else _plain(arxiv_id))
    assert paper.url


@pytest.mark.parametrize(("written", "votes"), _rows("`Vote:`", "votes"))
def test_votes(written: str, votes: str) -> None:
    assert _paper(body=f"Vote: {_plain(written)}").votes == (None if votes == "none" else int(_plain(votes)))


@pytest.mark.parametrize(("written", "names", "everybody"), _rows("`Authors:`", "names", "everybody"))
def test_authors(written: str, names: str, everybody: str) -> None:
    paper = _paper(body=f"Authors: {_plain(written)}")
    assert " · ".join(paper.authors) == _plain(names)
    assert paper.authors_complete == (everybody == "yes")


@pytest.mark.parametrize(("damage", "repaired"), _rows("in the file", "read as"))
def test_repairs(damage: str, repaired: str) -> None:
    code = re.search(r"U\+([0-9A-F]{4})", damage)
    assert code
    text = (
        f"## Daily Papers (2024-05-03)\n\n### [T](arXiv:2405.01535)\n\n- A {chr(int(code[1], 16))}{_plain(damage)}.\n"
    )
    issue, told = _parsed(text)
    assert issue.papers[0].summary[0].text == f"A {_plain(repaired)}."
    assert [diagnostic.code.word for diagnostic in told] == ["repaired-latex"]


def _layouts() -> list[tuple[str, str, list[tuple[str, ...]]]]:
    """Return the name, the example and the rows of the table of each layout."""
    section = _PAGE.split("## Other layouts\n")[1].split("\n## What is there twice\n")[0]
    found = []
    for part in section.split("\n### ")[1:]:
        example = re.search(r"^(`{3,})markdown\n(.*?)^\1$", part, re.MULTILINE | re.DOTALL)
        assert example
        lines = part.split("| --- | --- | --- | --- | --- |\n")[1].strip().split("\n\n")[0].splitlines()
        found.append(
            (part.splitlines()[0], example[2], [tuple(map(str.strip, line.strip("|").split("|"))) for line in lines])
        )
    return found


@pytest.mark.parametrize(("name", "text", "rows"), _layouts())
def test_layouts(name: str, text: str, rows: list[tuple[str, ...]]) -> None:
    told: list[Diagnostic] = []
    papers = [(str(issue.date), paper) for issue in parse(text, "digest.md", told.append) for paper in issue.papers]
    written = [
        (day, paper.title, " · ".join(paper.authors), str(paper.votes or ""), paper.group or "")
        for day, paper in papers
    ]
    assert sorted(tuple(value or "-" for value in row) for row in written) == sorted(rows)
    assert {diagnostic.code.word for diagnostic in told} <= {"no-summary"}
