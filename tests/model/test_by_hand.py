"""What a hand, another tool or a language model writes: what is read from it, and what is said."""

from collections.abc import Iterator

import pytest
from paperround.model import Code, Diagnostic, Paper, Point, parse

HEAD = "## Daily Papers (2024-05-03)\n\n"
FIRST = "### [One](https://arxiv.org/abs/2405.00001)\n\n"
SECOND = "### [Two](https://arxiv.org/abs/2405.00002)\n\n- 둘.\n"


def read(text: str) -> tuple[list[Paper], list[Diagnostic]]:
    said: list[Diagnostic] = []
    return [paper for issue in parse(text, "x.md", said.append) for paper in issue.papers], said


def titles(text: str) -> list[str]:
    return [paper.title for paper in read(text)[0]]


def summary(lines: str) -> str:
    """Return the summary of a paper with these lines below its heading, a point a line, indented where it nests."""
    (paper,), _ = read(HEAD + FIRST + lines)
    return "\n".join(_shown(paper.summary))


def _shown(points: tuple[Point, ...], depth: int = 0) -> Iterator[str]:
    for point in points:
        yield "  " * depth + (f"[{point.heading}] " if point.heading is not None else "") + point.text
        yield from _shown(point.points, depth + 1)


@pytest.mark.parametrize("heading", [
    "###\u00a0[T](https://arxiv.org/abs/2405.00001)",
    "###\u3000[T](https://arxiv.org/abs/2405.00001)",
    "###[T](https://arxiv.org/abs/2405.00001)",
    "###\n[T](https://arxiv.org/abs/2405.00001)",
    "###\t[T](https://hf.co/papers/2405.00001v2) ###",
    "## [T](https://arxiv.org/abs/2405.00001.)",
    "### [T](https://ar5iv.org/abs/2405.00001)",
])  # fmt: skip
def test_headings_of_a_paper(heading: str) -> None:
    (paper,), said = read(f"{HEAD}{heading}\n- 요약.\n")
    assert (paper.title, paper.arxiv_id, len(paper.summary)) == ("T", "2405.00001", 1)
    assert not said


@pytest.mark.parametrize("heading", [
    "##\u00a0Daily Papers (2024-05-03)", "##  Daily\u00a0Papers (2024-05-03)", "## Daily Papers ((2024-05-03))",
    "\ufeff\ufeff## Daily Papers (2024-05-03)", "##\tDaily\tPapers (2024-05-03)", "# **Daily Papers** （2024. 5. 3）",
    "## Daily Papers (HF, 2024-05-03)", "## Daily Papers (2024년 5월 3일)",
])  # fmt: skip
def test_headings_of_an_issue(heading: str) -> None:
    assert titles(f"{heading}\n{FIRST}- 요약.\n") == ["One"]


def test_a_title_goes_on_over_three_lines() -> None:
    (paper,), _ = read(HEAD + "### [A Long\n Title of\nThree](https://arxiv.org/abs/2405.00001)\n- 요약.\n")
    assert (paper.title, paper.arxiv_id) == ("A Long Title of Three", "2405.00001")


@pytest.mark.parametrize("below", [
    "![](https://e.org/a.png)", "- 글 [링크](https://e.org/)", "Authors: [A B](https://e.org/)", "\n[x](https://e.org/)",
    "> [x](https://e.org/)",
])  # fmt: skip
def test_a_heading_that_breaks_off_takes_nothing_from_below(below: str) -> None:
    (paper,), said = read(f"{HEAD}### [Deep Resid\n{below}\n\n- 요약.\n")
    assert (paper.title, paper.url) == ("Deep Resid", None)
    assert [diagnostic.code for diagnostic in said] == [Code.CUT_HEADING]


@pytest.mark.parametrize("empty", ["#", "## ", "##", "####"])
def test_an_empty_heading_ends_nothing(empty: str) -> None:
    assert titles(f"{HEAD}{FIRST}- 하나.\n\n{empty}\n{SECOND}") == ["One", "Two"]


def test_papers_below_another_heading_are_told() -> None:
    papers, said = read(f"{HEAD}{FIRST}- 하나.\n\n## 요약\n\n- 글.\n\n{SECOND}")
    assert [paper.title for paper in papers] == ["One"]
    message = "'요약' ends the issue; papers left out below it: 1"
    assert said == [Diagnostic("x.md", 7, Code.STRAY_TEXT, message)]


def test_other_sections_of_a_readme_are_passed_over() -> None:
    assert not read(f"# 읽기\n\n{HEAD}{FIRST}- 하나.\n\n## Licence\n\nMIT, [see](https://e.org/).\n\n### More\n")[1]


def test_a_heading_without_any_number_is_another_heading() -> None:
    assert not read("# Daily Papers (Hugging Face)\n\nA text.\n")[1]


@pytest.mark.parametrize("fence", ["```", "````", "~~~"])
def test_a_comment_in_code_is_no_paper(fence: str) -> None:
    papers, _ = read(f"{HEAD}{FIRST}- 코드:\n{fence}sh\n### install\n# run\n{fence}\n\n{SECOND}")
    assert [paper.title for paper in papers] == ["One", "Two"]
    assert "### install # run" in papers[0].summary[-1].text


def test_a_fence_that_is_never_closed_is_none() -> None:
    assert titles(f"{HEAD}{FIRST}```\n글\n\n{SECOND}") == ["One", "Two"]


def test_what_is_commented_out_is_not_published() -> None:
    assert titles(f"{HEAD}{FIRST}- 하나.\n\n<!--\n{SECOND}-->\n") == ["One"]
    assert titles(f"{HEAD}{FIRST}- 하나.\n\n<!-- note\n{SECOND}\n<!-- end -->\n") == ["One", "Two"]


@pytest.mark.parametrize(
    ("lines", "authors", "complete"),
    [
        ("Authors: A B\nAuthors: C D, A B", ("A B", "C D"), True),
        ("Authors: A B, +\n\nAuthors: C D", ("A B", "C D"), False),
        ("Authors: A B,\n#### 요약\n", ("A B",), False),
        ("**Authors:** **A B**, [C D](https://e.org/c)", ("A B", "C D"), True),
    ],
)
def test_lines_of_authors(lines: str, authors: tuple[str, ...], complete: bool) -> None:
    (paper,), _ = read(HEAD + FIRST + lines + "\n\n- 요약.\n")
    assert (paper.authors, paper.authors_complete) == (authors, complete)


@pytest.mark.parametrize("lines", [
    "Vote: 5\nAuthors: A B, C D\n\n- 글", "- Vote: 5\n- **Authors**: A B, C D\n- 글",
    "*그림*\n\nVote: 5\nAuthors: A B, C D\n글",
    "- **Votes:** 5\n\n**Authors:** A B, C D\n- 글", "글\n\n**투표**: 5\n**저자**: A B, C D\n",
])  # fmt: skip
def test_places_of_fields(lines: str) -> None:
    (paper,), said = read(HEAD + FIRST + lines + "\n")
    assert (paper.votes, paper.authors) == (5, ("A B", "C D"))
    assert paper.summary[-1].text == "글"
    assert not said


def test_what_reads_like_a_field_in_a_summary_is_text() -> None:
    assert summary("- 글\n- Authors: A B\n- Vote: 3\n") == "글\nAuthors: A B\nVote: 3"


def test_the_first_vote_counts() -> None:
    assert read(HEAD + FIRST + "Vote: -\nVote: 3\nVote: 4\n")[0][0].votes == 3


def test_a_second_picture_keeps_its_words() -> None:
    assert summary("![a](https://e.org/a.png)\n![표 1](https://e.org/b.png)\n") == "![표 1](https://e.org/b.png)"


@pytest.mark.parametrize("line", [
    '<p align="center"><img src="https://e.org/a.png" width="500"></p>',
    '<a href="https://e.org/"><img alt="x" src=https://e.org/a.png></a><br>',
    '<picture><source srcset="b.webp"><img src="https://e.org/a.png"></picture>',
])  # fmt: skip
def test_pictures_as_html(line: str) -> None:
    (paper,), _ = read(HEAD + FIRST + line + "\n\n- 요약.\n")
    assert paper.media
    assert paper.media.url == "https://e.org/a.png"
    assert len(paper.summary) == 1


@pytest.mark.parametrize(
    ("lines", "points"),
    [
        ("> 인용\n>\n> 둘째\n", "인용\n둘째"),
        (">- 하나\n> - 둘\n", "하나\n둘"),
        ("#### a\tb\n- c\n", "[a b] \n  c"),
        ("- a\n##\n- b\n", "a\nb"),
        ("| 모델 | 점수 |\n|---|:-:|\n| A | 1 |\n", "| 모델 | 점수 |\n| A | 1 |"),
        ("글[^1]\n[^1]: 각주\n[2]: https://e.org/\n", "글[^1]\n[^1]: 각주\n[2]: https://e.org/"),
    ],
)
def test_summaries(lines: str, points: str) -> None:
    assert summary(lines) == points


@pytest.mark.parametrize("text", [
    "##\tDaily\t Papers (2024-04-24)\n\n### [T](//[x)\n", HEAD + "### [T](//[x)\n", HEAD + "### [T](/\\[)\n",
    HEAD + FIRST + "![](//[)\n", HEAD + FIRST + "#### \ta\t b\n", HEAD + FIRST + "<img src=//[ >\n",
])  # fmt: skip
def test_what_a_fuzzer_found(text: str) -> None:
    assert len(read(text)[0]) == 1


def test_many_sections_of_one_paper_take_linear_time() -> None:
    import time

    def seconds(count: int) -> float:
        text = HEAD + FIRST + "- 글.\n" * count + FIRST * count
        start = time.process_time()
        assert len(read(text)[0]) == 1
        return time.process_time() - start

    small = seconds(1_000)
    assert seconds(8_000) < 40 * small + 0.2


def test_a_repair_is_shown_where_it_was_made() -> None:
    _, said = read(f"{HEAD}{FIRST}- 글\x1f과 \x0ector와 \x0bec{{x}}.\n")
    assert "a LaTeX command got its backslash back: \\vec{x}." in [diagnostic.message for diagnostic in said]
