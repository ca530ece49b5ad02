"""A topic with a single paper below stays a group; a heading whose link stands in a list stays the paper."""

import pytest
from paperround.model import Diagnostic, Issue, Paper, parse

LINK = "https://arxiv.org/abs/2405.00101"
OTHER = "https://arxiv.org/abs/2405.00102"
TABLE = "| Title | Authors |\n|---|---|\n"


def papers(text: str) -> tuple[Paper, ...]:
    said: list[Diagnostic] = []
    issues: list[Issue] = list(parse(text, "x.md", said.append))
    return tuple(paper for issue in issues for paper in issue.papers)


@pytest.mark.parametrize("day", ["# 2024-05-06\n\n## ", "## Daily Papers (2024-05-06)\n\n### "])
@pytest.mark.parametrize(
    "below",
    [
        f"{TABLE}| [Lamps]({LINK}) | Mina Oh |",
        f"Papers that glow.\n\n{TABLE}| [Lamps]({LINK}) | Mina Oh |",
        f"| Paper | PDF | By |\n|---|---|---|\n| **Lamps** | [2405.00101]({LINK}) | Mina Oh |",
        f"- [Lamps]({LINK}) - Mina Oh",
        f"1. **Lamps** - Mina Oh - [arXiv]({LINK})",
        f"- [Lamps]({LINK})\n  - Mina Oh",
    ],
)
def test_a_group_of_one_stays_a_group(day: str, below: str) -> None:
    (paper,) = papers(f"{day}Light\n\n{below}\n")
    assert (paper.title, paper.arxiv_id, paper.group) == ("Lamps", "2405.00101", "Light")


@pytest.mark.parametrize(
    "below",
    [
        f"- [PDF]({LINK})\n- Authors: Mina Oh\n- They float.",
        f"- Authors: Mina Oh\n- Link: {LINK}\n- They float.",
        f"| Authors | Votes | Link |\n|---|---|---|\n| Mina Oh | 3 | [PDF]({LINK}) |\n\nThey float.",
        f"Authors: Mina Oh\n\nThey float.\n\n[PDF]({LINK})",
        f"[PDF]({LINK}) Authors: Mina Oh\n\nThey float.",
    ],
)
def test_a_heading_with_its_link_below_stays_the_paper(below: str) -> None:
    (paper,) = papers(f"# 2024-05-06\n\n## Lamps\n\n{below}\n")
    assert (paper.title, paper.arxiv_id, paper.group) == ("Lamps", "2405.00101", None)
    assert paper.authors == ("Mina Oh",)
    assert [point.text for point in paper.summary] == ["They float."]


@pytest.mark.parametrize("text", ["They float. See", "They float, says the", "Read on:"])
def test_text_beside_the_only_link_stays(text: str) -> None:
    for mark in ("", "- "):
        (paper,) = papers(f"# 2024-05-06\n\n## Lamps\n\n{mark}{text} [paper]({LINK})\n")
        assert (paper.title, paper.arxiv_id) == ("Lamps", "2405.00101")
        assert paper.summary[0].text.startswith(text)


def test_a_bold_point_that_cites_a_paper_is_no_title() -> None:
    (paper,) = papers(f"# 2024-05-06\n\n## Lamps\n\n- **Idea**: they float, as in [Tides]({LINK}).\n")
    assert (paper.title, paper.summary[0].heading) == ("Lamps", "Idea")


def test_two_topics_with_one_item_each() -> None:
    found = papers(f"# 2024-05-06\n\n## Light\n\n- [Lamps]({LINK})\n\n## Water\n\n- [Tides]({OTHER})\n")
    assert [(paper.title, paper.group) for paper in found] == [("Lamps", "Light"), ("Tides", "Water")]


def test_topics_with_plain_items() -> None:
    (paper,) = papers(f"# 2024-05-06\n\n## Light\n\n- Lamps that Float {LINK}\n")
    assert (paper.title, paper.group) == ("Lamps that Float", "Light")
    text = f"# 2024-05-06\n\n## Light\n\n- Lamps that Float {LINK}\n\n## Water\n\n- Tides in a Glass {OTHER}\n"
    assert [(paper.title, paper.group) for paper in papers(text)] == [
        ("Lamps that Float", "Light"),
        ("Tides in a Glass", "Water"),
    ]


def test_a_topic_with_one_plain_item_beside_others() -> None:
    third = "https://arxiv.org/abs/2405.00103"
    text = f"# 2024-05-06\n\n## On All Light\n\n- Lamps {LINK}\n\n## Water\n\n- Tides {OTHER}\n- Fog {third}\n"
    assert [(paper.title, paper.group) for paper in papers(text)] == [
        ("Lamps", "On All Light"),
        ("Tides", "Water"),
        ("Fog", "Water"),
    ]


def test_headings_with_a_plain_item_of_their_link_are_papers() -> None:
    text = (
        f"# 2024-05-06\n\n## Lamps that Float\n\n- we like it {LINK}\n\n"
        f"## Tides in a Glass\n\n- They roll. See {OTHER}\n"
    )
    assert [(paper.title, paper.group) for paper in papers(text)] == [
        ("Lamps that Float", None),
        ("Tides in a Glass", None),
    ]


@pytest.mark.parametrize(
    ("heading", "written"),
    [
        ("Light of the Year", "- lamps {}"),
        ("Lamps that Float Far Away", "- Lamps that Float {}"),
        ("Lamps", "Mina Oh\n\n- Lamps that Float {}"),
    ],
)
def test_a_plain_item_that_is_no_title(heading: str, written: str) -> None:
    (paper,) = papers(f"# 2024-05-06\n\n## {heading}\n\n{written.format(LINK)}\n")
    assert (paper.title, paper.group) == (heading, None)
