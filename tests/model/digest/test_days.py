"""What says the day of papers that no heading gives one: a month, a week, a date beside each, the last change."""

import pytest
from paperround.model import Diagnostic, parse

LAMPS, FOG = "https://arxiv.org/abs/2405.00101", "https://arxiv.org/abs/2405.00102"
LIST = f"- [Lamps]({LAMPS})\n"


def read(text: str, path: str = "README.md") -> list[tuple[str, str, str | None]]:
    said: list[Diagnostic] = []
    return [
        (str(issue.date), paper.title, paper.group)
        for issue in parse(text, path, said.append)
        for paper in issue.papers
    ]


@pytest.mark.parametrize(
    ("heading", "last"),
    [
        ("## 2024-05", "2024-05-31"),
        ("### May 2024", "2024-05-31"),
        ("## 📅 2024년 5월", "2024-05-31"),
        ("## 2024年5月", "2024-05-31"),
        ("## Papers of February, 2024", "2024-02-29"),
        ("# 2024\n\n## May", "2024-05-31"),
        ("# 2024\n\n## 5월", "2024-05-31"),
        ("# 2024\n\n## 五月", "2024-05-31"),
        ("## Week 18, 2024", "2024-05-05"),
        ("## 2024-W18", "2024-05-05"),
        ("# 2024\n\n## Week 18", "2024-05-05"),
        ("# 2024年\n\n## 第18周", "2024-05-05"),
    ],
)
def test_a_month_or_a_week_has_the_date_of_its_last_day(heading: str, last: str) -> None:
    assert read(f"{heading}\n\n{LIST}\n## 2023-11\n\n- [Fog]({FOG})\n") == [
        (last, "Lamps", None),
        ("2023-11-30", "Fog", None),
    ]


@pytest.mark.parametrize(
    ("path", "last"),
    [
        ("2024-05.md", "2024-05-31"),
        ("2024/05/README.md", "2024-05-31"),
        ("2024/May.md", "2024-05-31"),
        ("papers/2024/W18.md", "2024-05-05"),
        ("2024-05-03.md", "2024-05-03"),
    ],
)
def test_a_month_in_the_path(path: str, last: str) -> None:
    assert read(f"# Reading\n\n{LIST}", path) == [(last, "Lamps", None)]


@pytest.mark.parametrize(
    "heading", ["## Section 3.5", "## 2024", "## W8A8", "## Week 60, 2024", "## 2024-13", "## 2023-2024"]
)
def test_what_is_no_month(heading: str) -> None:
    assert read(f"{heading}\n\n{LIST}") == []


def test_a_day_goes_before_a_month() -> None:
    text = f"## 2024-05\n\n### 2024-05-03\n\n{LIST}\n### Water\n\n- 2024-05-02: [Fog]({FOG})\n"
    assert read(text) == [("2024-05-03", "Lamps", None), ("2024-05-02", "Fog", "Water")]


@pytest.mark.parametrize("day", ["05-03: ", "[05-03] ", "(2024-05-03) "])
def test_a_day_before_a_title_takes_its_year_from_the_folders(day: str) -> None:
    assert read(f"# May\n\n- {day}[Lamps]({LAMPS})\n", "2024/05/README.md") == [("2024-05-03", "Lamps", None)]


def test_a_day_in_a_row_takes_its_year_from_the_path() -> None:
    text = f"# Papers\n\n| Day | Paper |\n|---|---|\n| May 3 | [Lamps]({LAMPS}) |\n"
    assert read(text, "2024.md") == [("2024-05-03", "Lamps", None)]


@pytest.mark.parametrize(
    "text",
    [
        f"# Lamps\n\nAuthors: Mina Oh\nDate: May 3, 2024\nLink: {LAMPS}\n\nThey float.\n",
        f"# Papers\n\n- Lamps that Float, [arXiv]({LAMPS}), 3 May 2024\n",
    ],
)
def test_a_date_beside_a_paper(text: str) -> None:
    assert [(date, title[:5]) for date, title, _ in read(text)] == [("2024-05-03", "Lamps")]
    assert [date for date, _, _ in read(text, "2024-05-07.md")] == ["2024-05-07"]


@pytest.mark.parametrize(
    "heading", ["## Updated in May 2024", "## [May 2024](https://e.org/may)", f"## {'Lamps ' * 12}of May 2024"]
)
def test_a_heading_that_mentions_a_month_is_none_of_one(heading: str) -> None:
    assert read(f"{heading}\n\n{LIST}") == []


def test_a_heading_of_the_last_change_dates_nothing_that_has_a_date() -> None:
    assert read(f"## Updated on 2024-06-01\n\n{LIST}", "2024-05-03.md")[0][0] == "2024-05-03"
