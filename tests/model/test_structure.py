"""What the lines of a document are: headings, comments, fences."""

import pytest
from paperround.model.structure import daily_lines, fence_ends, has_fences, heading_of, is_daily, without_comments

DAILY = "## Daily Papers (2024-05-03)"


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("# T #", (1, "T")),
        ("# T X ##", (1, "T X")),
        ("# TX#", (1, "TX#")),
        ("# T X#", (1, "T X#")),
        ("#\tT\t###\t", (1, "T")),
        ("###### T", (6, "T")),
        ("####### T", None),
        ("# #", (1, "")),
        ("#", (1, "")),
        ("#T", None),
        ("   ##[T]", (2, "[T]")),
        ("    # T", None),
    ],
)
def test_headings(line: str, heading: tuple[int, str] | None) -> None:
    assert heading_of(line) == heading


def test_only_large_headings_begin_an_issue() -> None:
    assert is_daily(DAILY)
    assert is_daily(DAILY[1:])
    assert not is_daily("#" + DAILY)
    assert not is_daily("A text")


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["<!--", "- a", "--> b"], ["", "", " b"]),
        (["<!-- <!--", "- a", "-->"], ["<!-- <!--", "- a", "-->"]),
        (["<!--", "-->", "a -->"], ["", "", "a -->"]),
        (["<!-- a -->", "b -->"], ["<!-- a -->", "b -->"]),
        (["<!--", "- a"], ["<!--", "- a"]),
    ],
)
def test_comments_over_several_lines_are_emptied(lines: list[str], kept: list[str]) -> None:
    assert without_comments(list(enumerate(lines, 7))) == list(enumerate(kept, 7))


@pytest.mark.parametrize(
    ("text", "may"), [("a `b` ``c``", False), ("a ~b~ ~~c~~", False), ("```", True), ("~~~", True), ("", False)]
)
def test_texts_without_fences_are_told_at_once(text: str, may: bool) -> None:
    assert has_fences(text) is may


@pytest.mark.parametrize(
    ("lines", "ends"),
    [
        (["```", "### [T](u)", "```"], {0: 2}),
        (["# Read me", "```", DAILY, "### [T](u)", "```"], {1: 4}),
        ([DAILY, "```", "### [T](u)", "```", "a", "```"], {3: 5}),
        ([DAILY, "### [T](u)", "```", "### [U](u)", "```", "a", "```"], {4: 6}),
        ([DAILY, "```", DAILY, "~~~", "a", "~~~"], {3: 5}),
        ([DAILY, "# Read me", "```", "### [T](u)", "```"], {2: 4}),
        (["````", "```", "````` a", "`````"], {0: 3}),
        (["- ```", "a", "  ```"], {0: 2}),
    ],
)
def test_fences_end_where_they_close(lines: list[str], ends: dict[int, int]) -> None:
    assert fence_ends(list(enumerate(lines))) == ends


def test_an_issue_begins_at_no_heading_in_a_fence_or_a_comment() -> None:
    assert daily_lines(["```", DAILY, "```", DAILY, "<!--", DAILY, "-->", DAILY]) == {3, 7}
