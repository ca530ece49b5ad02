"""How a document is cut into issues and papers, and what is said where one is left out."""

import pytest
from paperround.model import Code, Diagnostic, Issue, parse

DAILY = "## Daily Papers (2024-05-03)"
ARXIV = "https://arxiv.org/abs/2405.00001"
PAPER = f"### [One]({ARXIV})\n\n- 하나.\n"


def read(text: str) -> tuple[list[Issue], list[Diagnostic]]:
    said: list[Diagnostic] = []
    return list(parse(text, "x.md", said.append, first_line=3)), said


def titles(text: str) -> list[str]:
    return [paper.title for issue in read(text)[0] for paper in issue.papers]


def test_an_issue_of_no_real_date_is_left_out_and_told() -> None:
    message = "'Daily Papers (2024-02-30)' names no real date; left out"
    assert read(f"\n## Daily Papers (2024-02-30)\n\n{PAPER}") == ([], [Diagnostic("x.md", 4, Code.BAD_DATE, message)])


def test_an_issue_without_papers_is_left_out_and_told() -> None:
    message = "the issue of 2024-05-03 has no paper; left out"
    assert read(f"\n{DAILY}\n\n# Other\n") == ([], [Diagnostic("x.md", 4, Code.NO_PAPERS, message)])


def test_a_paper_that_stands_twice_is_merged_and_told() -> None:
    (issue,), (said,) = read(f"{DAILY}\n\n{PAPER}\n{PAPER}")
    assert [paper.title for paper in issue.papers] == ["One"]
    assert said == Diagnostic("x.md", 9, Code.MERGED_PAPER, "2405.00001 is here again; merged with line 5")


def test_what_has_no_title_gets_one() -> None:
    assert titles(f"{DAILY}\n\n### []({ARXIV})\n\n- a.\n\n### [](x:y)\n\n- a.\n") == [ARXIV, "?"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# Daily Papers (2024-05-03)\n\n## [T](https://e.org/)\n", ["T"]),
        ("# Daily Papers (2024-05-03)\n\n### T\n", ["T"]),
        ("# Daily Papers (2024-05-03)\n\n## T\n", []),
        (f"{DAILY}\n\n### T\n", ["T"]),
        (f"{DAILY}\n\n#### [T](https://e.org/)\n", []),
        (f"{DAILY}\n\n#### [T]({ARXIV})\n", ["T"]),
        (f"{DAILY}\n\n{PAPER}\n## [T](<https://arxiv.org/abs/2405.00002>)\n", ["One", "T"]),
        (f"{DAILY}\n\n{PAPER}\n## [T]({ARXIV}X)\n", ["One"]),
        (f"{DAILY}\n\n###\n  [T]({ARXIV})\n", ["T"]),
        (f"{DAILY}\n\n### [A\nB\nC]({ARXIV})\n", ["A B C"]),
        (f"{DAILY}\n\n### [A\nB\nC\nD]({ARXIV})\n", ["A"]),
    ],
)
def test_headings_that_begin_a_paper(text: str, found: list[str]) -> None:
    assert titles(text) == found


def test_a_heading_in_a_fence_ends_no_section() -> None:
    assert titles(f"{DAILY}\n\n```\n## x\n```\n\n{PAPER}") == ["One"]
    assert not titles(f"{DAILY}\n\n## x\n\n{PAPER}".replace(ARXIV, "https://e.org/"))


@pytest.mark.parametrize("below", ["### [T](u)\n\n- 가aaaa\n- aaaaa\n", "### [가aaaa](u)\n\n### [aaaaa](v)\n"])
def test_nothing_but_what_is_written_tells_the_language(below: str) -> None:
    ((issue,), _) = read(f"{DAILY}\n\n{below}")
    assert issue.language == "ko"


def test_signs_at_the_end_of_an_item_stay() -> None:
    (issue,), _ = read(f"{DAILY}\n\n### [One]({ARXIV})\n\n- 하나 __`__\n")
    assert [point.text for point in issue.papers[0].summary] == ["하나 __`__"]
