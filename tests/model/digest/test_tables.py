"""What cells of a table say beside a title: points, lines that only a generator has broken, names."""

import pytest
from paperround.model import Paper, parse
from paperround.model.digest.tables import points

LINK = "[paper](https://arxiv.org/abs/2405.00101)"


def read(cell: str) -> Paper:
    text = f"# 2024-06-09\n\n| Paper | Link |\n|---|---|\n| {cell} | {LINK} |\n"
    (issue,) = parse(text, "x.md", lambda said: None)
    return issue.papers[0]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("They float.<br>They shine.", ["They float.", "They shine."]),
        ("They float<br/>They shine", ["They float", "They shine"]),
        ("They float in<br>the air.", ["They float in the air."]),
        (
            "Highlights:<br>● They float at 48<br>Celsius.<br>● They shine.",
            ["Highlights:", "They float at 48 Celsius.", "They shine."],
        ),
        ("<details><summary>Abstract</summary>They float.</details>", ["They float."]),
        ("", []),
    ],
)
def test_points(cell: str, expected: list[str]) -> None:
    assert points(cell) == expected


def test_a_cell_with_title_and_points() -> None:
    paper = read("1) **Lamps** - They float.  Key findings  <br>● They shine at  48 degrees.  <br>● They last.")
    assert (paper.title, paper.authors) == ("Lamps", ())
    assert [point.text for point in paper.summary] == [
        "They float.",
        "Key findings",
        "They shine at 48 degrees.",
        "They last.",
    ]


def test_a_name_of_a_part_is_nobody() -> None:
    assert read("**Lamps** - They float.<br>Key Findings<br>They shine.").authors == ()


def test_tags_that_only_colour_text() -> None:
    text = (
        "# 2024-06-09\n\n## [Lamps](https://arxiv.org/abs/2405.00101)\n\n"
        '**<font color="#188038">Idea:</font>** They float.\n\n- `<font>` is a tag.\n'
    )
    (issue,) = parse(text, "x.md", lambda said: None)
    assert [(point.heading, point.text) for point in issue.papers[0].summary] == [
        ("Idea", "They float."),
        (None, "`<font>` is a tag."),
    ]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Paper / Title | PDF | Who", f"Lamps | {LINK} | Mina Oh, Ada Roe"),
        ("A | B | C", f"Lamps float high | {LINK} | Mina Oh, Ada Roe"),
        ("Title: | Link: | Authors:", f"Lamps | {LINK} | Mina Oh, Ada Roe"),
    ],
)
def test_columns_by_their_heads_and_by_what_they_hold(head: str, row: str) -> None:
    text = f"# 2024-06-09\n\n| {head} |\n|---|---|---|\n| {row} |\n"
    (issue,) = parse(text, "x.md", lambda said: None)
    (paper,) = issue.papers
    assert (paper.title[:5], paper.arxiv_id) == ("Lamps", "2405.00101")
    if "Authors" in head:
        assert paper.authors == ("Mina Oh", "Ada Roe")


def test_each_further_column_is_a_point() -> None:
    text = f"# 2024-06-09\n\n| Title | Link | Venue | Note |\n|---|---|---|---|\n| Lamps | {LINK} | ICML | good |\n"
    (issue,) = parse(text, "x.md", lambda said: None)
    assert [(point.heading, point.text) for point in issue.papers[0].summary] == [("Venue", "ICML"), ("Note", "good")]
