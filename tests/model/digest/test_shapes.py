"""Dates and papers without headings or lists, cells that speak of more than one paper, and what is told of the rest."""

import pytest
from paperround.model import Code, Diagnostic, parse

LAMPS, TIDES, FOG = (f"https://arxiv.org/abs/2405.0010{number}" for number in (1, 2, 3))
TABLE = "| Title | Link |\n|---|---|\n"


def read(text: str, path: str = "x.md") -> tuple[list[tuple[str, str]], list[Diagnostic]]:
    said: list[Diagnostic] = []
    found = [(str(issue.date), paper.title) for issue in parse(text, path, said.append) for paper in issue.papers]
    return found, [told for told in said if told.code is not Code.NO_SUMMARY]


@pytest.mark.parametrize(
    "text",
    [
        f"**2024-06-09**\n\n{TABLE}| Lamps | {LAMPS} |\n\n**2024-06-08**\n\n{TABLE}| Fog | {FOG} |\n",
        f"# Papers\n\n**June 9, 2024**\n- [Lamps]({LAMPS})\n\n**June 8, 2024**\n- [Fog]({FOG})\n",
        f"# Papers\n\n## Light\n\n2024-06-09\n\n- [Lamps]({LAMPS})\n\n2024-06-08\n\n- [Fog]({FOG})\n",
        f"- 2024-06-09\n  - Lamps\n    - authors: Mina Oh\n    - {LAMPS}\n- 2024-06-08\n  - [Fog]({FOG})\n",
        f"## 2024\n\n### 06-09\n\n- [Lamps]({LAMPS})\n\n### 06-08\n\n- [Fog]({FOG})\n",
        f"| Date | Title |\n|---|---|\n| 2024-06-09 | [Lamps]({LAMPS}) |\n| 2024-06-08 | [Fog]({FOG}) |\n",
    ],
)
def test_dates_that_are_no_headings(text: str) -> None:
    assert read(text) == ([("2024-06-09", "Lamps"), ("2024-06-08", "Fog")], [])


@pytest.mark.parametrize(
    "text",
    [
        f"[Lamps]({LAMPS})\n\nMina Oh, Ada Roe\n\nThey float.\n\n[Tides]({TIDES})\n\nThey roll.\n",
        f"**Lamps** by Mina Oh. [arXiv]({LAMPS})\nThey float.\n\n**Tides** by Bo Li. [arXiv]({TIDES})\n",
        f"| Topic | Papers |\n|---|---|\n| Light | [Lamps]({LAMPS}), [Tides]({TIDES}) |\n",
        f"> [!paper] Lamps\n> **Link:** {LAMPS}\n\n> [!paper] Tides\n> **Link:** {TIDES}\n",
    ],
)
def test_papers_below_a_date(text: str) -> None:
    assert read(f"# 2024-06-09\n\n{text}") == ([("2024-06-09", "Lamps"), ("2024-06-09", "Tides")], [])


def test_a_cell_that_is_left_empty_means_the_date_above() -> None:
    table = f"| Date | Title |\n|---|---|\n| 2024-06-09 | [Lamps]({LAMPS}) |\n| | [Tides]({TIDES}) |\n"
    assert read(table) == ([("2024-06-09", "Lamps"), ("2024-06-09", "Tides")], [])


@pytest.mark.parametrize(
    "below",
    [
        f"```csv\nday,url\nMonday,{LAMPS}\n```\n",
        f"```\ncurl {LAMPS}\n```\n",
        f"Today we liked lamps, see {LAMPS} for more.\n",
    ],
)
@pytest.mark.parametrize("after", ["", f"\n- [Fog]({FOG})\n"])
def test_links_that_are_in_no_paper_are_told(below: str, after: str) -> None:
    found, (said,) = read(f"# 2024-06-09\n\n{below}{after}")
    assert found == ([("2024-06-09", "Fog")] if after else [])
    assert (said.line, said.code, said.message.split(";")[0][:16]) == (3, Code.STRAY_TEXT, "1 link to papers")


def test_links_above_their_papers_are_not() -> None:
    text = f"# 2024-06-09\n\nToday: {LAMPS} and more.\n\n- [Lamps]({LAMPS})\n"
    assert read(text) == ([("2024-06-09", "Lamps")], [])


def test_fields_of_dataview() -> None:
    said: list[Diagnostic] = []
    text = f"# 2024-06-09\n\n## Lamps\n\n- authors:: [[Mina Oh]], [[Ada Roe]]\n- link:: {LAMPS}\n"
    (issue,) = parse(text, "x.md", said.append)
    assert issue.papers[0].authors == ("Mina Oh", "Ada Roe")
