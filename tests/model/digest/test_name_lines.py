"""Lists of authors in which a line ends anywhere: the same names, or a list that does not claim to be whole."""

from itertools import combinations

import pytest
from paperround.model import Diagnostic, Paper, parse

HEAD = "## Daily Papers (2024-05-06)\n\n### [Lamps](https://arxiv.org/abs/2405.00101)\n\nVote: 3\n\nAuthors: "
LISTS = [
    "Cyprien de Masson d'Autume, Isaac Ong, 01. AI, Donovan Ong",
    "Mina Oh, Ada van der Roe, DeepSeek-AI, Jean-Luc M. O'Hara, Kim Jr., +, Bo Li",
    "NVIDIA, Team GLM, Aohan Zeng, Qwen Team, et al.",
    "['Mina Oh', 'Ada de Roe', \"Jean O'Hara\", '01. AI']",
    "김철수, 이영희, 박 민수, 최수진",
    "王小明, 李雷, 韩梅梅 等",
    "Mina Oh, Ada Roe, and Bo Li",
    "Hu, Edward J.; Shen, Yelong; de la Cruz, Ana",
    "Mina Oh (MIT), Ada Roe (Seoul National University), Bo Li",
    "o3 contributors, Llama Team, Mina Oh",
]


def read(authors: str) -> Paper:
    said: list[Diagnostic] = []
    (issue,) = parse(f"{HEAD}{authors}\n\n- They float.\n", "x.md", said.append)
    return issue.papers[0]


@pytest.mark.parametrize("authors", LISTS)
@pytest.mark.parametrize("indent", ["", "  "])
def test_every_place_of_one_and_of_two_wraps(authors: str, indent: str) -> None:
    expected, words = read(authors), authors.split(" ")
    for number in (1, 2):
        for cuts in combinations(range(1, len(words)), number):
            lines = [" ".join(words[start:end]) for start, end in zip((0, *cuts), (*cuts, None), strict=True)]
            paper = read(f"\n{indent}".join(lines))
            assert not paper.authors_complete or paper.authors == expected.authors, lines
            assert paper.authors == expected.authors or authors.startswith("o3"), lines


@pytest.mark.parametrize(
    ("text", "is_complete"),
    [
        ("Lamps float on water.", True),
        ("We show that lamps float, as many others said", True),
        ("In Busan, lamps float and no one there knows why they do", False),
    ],
)
def test_text_right_below_a_list(text: str, is_complete: bool) -> None:
    paper = read(f"Mina Oh, Ada Roe\n{text}")
    assert (paper.authors, paper.authors_complete) == (("Mina Oh", "Ada Roe"), is_complete)
    assert paper.summary[0].text == text


def test_escapes_of_pandoc_s_own_markdown() -> None:
    assert read("\\[\\'Mina Oh\\', \\'Ada Roe\\'\\]").authors == ("Mina Oh", "Ada Roe")


def test_an_anchor_behind_a_heading() -> None:
    text = f"{HEAD}Mina Oh\n".replace("00101)", "00101) {#lamps}").replace("06)", "06) {#day .x}")
    (issue,) = parse(text, "x.md", lambda said: None)
    assert (issue.papers[0].title, issue.title) == ("Lamps", "Daily Papers (2024-05-06)")
