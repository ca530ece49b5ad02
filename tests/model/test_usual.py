"""Digests as nearly all are written are read by a shorter way, which gives just what reading line by line gives."""

from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperround.model import Diagnostic, Issue, parse, repair, usual
from pydantic import ValidationError

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "digests"
EXAMPLES = sorted((ROOT / "examples" / "digests").rglob("*.md"))
FIXTURES = sorted((ROOT / "tests" / "golden").glob("*/*/*.md"))
PATHS = [path for path in (*EXAMPLES, *FIXTURES, *sorted(REAL.rglob("*.md"))) if path.is_file()]
TEXTS = [path.read_bytes().decode("utf-8", "replace") for path in PATHS]

URL = "https://e.org/a"
LINK = "(https://arxiv.org/abs/2405.00001)"
WRAPPED = [
    f"{bullet}{end}\n{more}"
    for bullet in ("- 글.", "- **H**:", "- 글.\n  - 글.")
    for end in ("", "  ", "\n")
    for more in ("이어", "\\beta", "Vote: 3", "1. 글", "*글*", "# 글", "이어\nAuthors: A\n- 글.", "[a](b)", " 이어")
]
LEADS = [
    f"- {lead} {text}"
    for lead in (
        "**H:**",
        "***H***:",
        "***H:***",
        "**H:**:",
        "**A：B:**",
        "**A: B:**",
        "**A:**:",
        "**Vote:**",
        "**H***:",
        "***H**:",
    )
    for text in ("글.", ": 글.", "**글**", "*글*", "- 글.")
]
BLOCKS = [
    (f"### [T]{LINK}", f"### [T]{LINK}", f"### [A  B ]{LINK}", f"### [*T*]{LINK}"),
    (
        "",
        f"![]({URL}.png)",
        f"<video src='{URL}.mp4'></video>",
        f"[Watch Video]({URL}.mp4)",
        "![](https://e.org/avatars/a)",
        "![](/avatars/a.svg)",
        "![](/avatars/../a.svg)",
        "\n\n![](https://cdn-avatars.e.org/a)",
    ),
    ("", "Vote: 12", "Vote: -"),
    ("", "Authors: A B, C", "Authors: A, +, B", "Authors: ['A B', 'C']", "Authors: +", "Authors: !", "Authors: A B,"),
    (
        "- 글.",
        "- **H**: 글.",
        "- 글.\n  - 글.",
        "- 글.\n\n- **H **: 글.",
        "- **Vote**: 3",
        *LEADS,
        *WRAPPED,
        "- Vote: 3",
        "글.",
        "",
    ),
    ("", "- 글.", "- **H**: 글 **b**.", "- *i*", "  - 글.", "- a  b", "- a\tb", "- - -", "  - - -", "<!--\n- 글.\n-->"),
]
ODD = [
    *(
        "\n",
        "\n\n",
        " ",
        "  ",
        "\t",
        "- ",
        "-",
        "*",
        "**",
        "__",
        "#",
        "\n# ",
        "\n### ",
        "[",
        "](",
        ")",
        ":",
        "：",
        ",",
        "+",
    ),
    *("<!--", "-->", "```\n", "---\n", ">", "|", "$\nabla$", "\x08eta", "\x0c", "\x85", "\u2028", "\u00a0", "\u3000"),
    *("\ufeff", "\r", "avatars", "and ", "et al", "e\u0301", "0", "Vote: 3\n", "Authors: D\n", "\n  - ", "\n    - "),
]


@st.composite
def digests(draw: st.DrawFn) -> str:
    """Write usual papers, and put something odd into a few places."""
    papers = draw(st.lists(st.tuples(*map(st.sampled_from, BLOCKS)), min_size=1, max_size=3))
    gap = draw(st.sampled_from(["\n", "\n\n"]))
    text = "## Daily Papers (2024-05-03)\n\n" + "\n\n".join(gap.join(filter(None, paper)) for paper in papers) + "\n"
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(ODD)) + text[at + draw(st.integers(0, 1)) :]
    return text


@given(digests())
def test_the_short_way_tells_the_same(text: str) -> None:
    assert read(text) == read_line_by_line(text)


def test_the_short_way_tells_the_same_of_every_two_shapes() -> None:
    for one, other in combinations(range(len(BLOCKS)), 2):
        for shapes in product(BLOCKS[one], BLOCKS[other]):
            lines = [choices[0] for choices in BLOCKS]
            lines[one], lines[other] = shapes
            text = "\n".join(["## Daily Papers (2024-05-03)", "", *filter(None, lines), "- 끝.\n"])
            assert read(text) == read_line_by_line(text), text


def test_the_short_way_tells_the_same_of_every_digest() -> None:
    for path, text in zip(PATHS, TEXTS, strict=True):
        assert read(text) == read_line_by_line(text), path


def read(text: str) -> tuple[list[Issue], list[Diagnostic]]:
    """Parse a text; what comes out is what pydantic makes of it, too."""
    said: list[Diagnostic] = []
    issues = list(parse(text, "x.md", said.append, first_line=3))
    assert [Issue.model_validate(issue.model_dump()) for issue in issues] == issues
    return issues, said


def read_line_by_line(text: str) -> tuple[list[Issue], list[Diagnostic]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(usual, "section", lambda text: None)
        return read(text)


def test_most_papers_of_the_examples_take_the_short_way() -> None:
    texts = [repair.cleaned(path.read_text(encoding="utf-8"), 1, lambda *said: None)[0] for path in EXAMPLES]
    found = [section for text in texts if (section := usual.section(text))]
    papers = [usual.paper(head, range(1, 9999), "", lambda *said: None) for section in found for head in section.heads]
    assert sum(paper is not None for paper in papers) >= 0.9 * len(papers) > 40


def test_a_path_that_the_model_refuses_is_not_taken() -> None:
    with pytest.raises(ValidationError):
        list(parse(TEXTS[0], "a\nb.md", lambda said: None))
