"""Details of the parser that a small change to it could break unnoticed: mutants that lived gave these cases."""

from pathlib import Path

import pytest
from paperround.model import Author, Code, Diagnostic, Issue, Paper, Point
from paperround.model import read as read_source
from paperround.model.authors import displayed, mended, parted
from paperround.model.digest import parse
from paperround.model.digest.repair import repaired

HEAD = "## Daily Papers (2024-05-03)\n\n"
ARXIV = "https://arxiv.org/abs/2405.00001"
PAPER = f"{HEAD}### [T]({ARXIV})\n\n"


@pytest.mark.parametrize(
    ("below", "shown", "lines"),
    [
        ("- a $\nabla f$ b", [r"a $\nabla f$ b"], [5]),
        ("- $x$ a $\nabla x \neq y$ b\n- c", [r"$x$ a $\nabla x \neq y$ b", "c"], [5]),
        ("- a $x$\nabla b", ["a $x$ abla b"], []),
        ("- a \\$5\nabla b", ["a \\$5 abla b"], []),
        ("- a $x\nabla y$ \\$\neq z", ["a $x\\nabla y$ \\$ eq z"], [5]),
        ("- a \text{b} \x0ca", [r"a \text{b} \fa"], [5]),
        ("- a \text{b}", [r"a \text{b}"], [5]),
        ("- a\x80b", ["a€b"], [5]),
        ("- a\u2028b\u2029c\ufffed\uffffe", ["a b c\ufffdd\ufffde"], [5]),
        ("- a \x80 \x9f \x81|\x0b1|\u2028|\x00|\ufffe", ["a € Ÿ \ufffd| 1| |\ufffd|\ufffd"], [5]),
    ],
)
def test_damaged_characters(below: str, shown: list[str], lines: list[int]) -> None:
    paper, said = read(PAPER + below)
    assert texts(paper.summary) == shown
    assert [diagnostic.line for diagnostic in said if diagnostic.code is not Code.CUT_SHORT] == lines


@pytest.mark.parametrize(
    ("below", "shown"),
    [
        ("<!--\n- hidden\n-->\n- a", ["a"]),
        ("<!-- b\n- hidden\nc --> - a --> b", ["a --> b"]),
        ("<!--\n- a\n<!--\n- hidden\n-->\n- b", ["<!--", "a", "b"]),
        ("- a <!-- b\n- c\n-->", ["a <!-- b", "c -->"]),
        ("<!-- x -->\n- a\n-->", ["a -->"]),
        ("<!--\n- hidden\n-->\n- a\n<!--\n- hidden\n-->", ["a"]),
        ("```\ncode\n\n### [U](https://e.org/u)\n\n- a", ["``` code"]),
        ("```\n#### x\n- y\n```\n- a", ["``` #### x - y ```", "a"]),
        ("````\n```\n#### x\n````\n- a", ["```` ``` #### x ````", "a"]),
        ("~~~\n- x\n```\n~~~\n- a", ["~~~ - x ``` ~~~", "a"]),
        ("``` a```\n### [U](https://e.org/u)", ["``` a```"]),
        ("***\n- a\n- - -\n- b\n> >\n|---|---|\n- c", ["a", "b", "c"]),
    ],
)
def test_comments_fences_and_rules(below: str, shown: list[str]) -> None:
    assert texts(read(PAPER + below)[0].summary) == shown


@pytest.mark.parametrize(
    ("heading", "title", "url"),
    [
        (f"[A [b] c]({ARXIV})", "A [b] c", ARXIV),
        (f"A [b] [c]({ARXIV})", "A [b] c", ARXIV),
        (f"[A] b]({ARXIV})", "A] b", ARXIV),
        (f"A](x) b]({ARXIV})", "A](x) b", ARXIV),
        (f"[A](https://e.org/x) [B]({ARXIV})", "[A](https://e.org/x) B", ARXIV),
        ("[A](https://e.org/x) [B](https://e.org/y)", "A [B](https://e.org/y)", "https://e.org/x"),
        ("[A](https://e.org/x_(y)) z", "A z", "https://e.org/x_(y)"),
        (f"[A (b)]({ARXIV} 'a t')", "A (b)", ARXIV),
        (f'[A]({ARXIV} "a t")', "A", ARXIV),
        (f"[A](<{ARXIV}>)", "A", ARXIV),
        (f"A b: {ARXIV}", "A b:", ARXIV),
        (f"A b ({ARXIV})", "A b", ARXIV),
        (f"A b <{ARXIV}>", "A b", ARXIV),
        (f"__A b__ ({ARXIV})", "A b", ARXIV),
        (f"**[A]({ARXIV})**", "A", ARXIV),
        (f"__[A]({ARXIV})__", "A", ARXIV),
        (f"12. [A]({ARXIV})", "A", ARXIV),
        (f"2024. A]({ARXIV})", "2024. A", ARXIV),
        ("[A b]", "A b", None),
        ("[A [b]]", "[A [b]]", None),
        (f"A\n[long\ntitle]({ARXIV})", "A", ARXIV),
        (f"[A\nlong title]({ARXIV})", "A long title", ARXIV),
        ("[A ###", "A", None),
        ("A #", "A", None),
        ("A C#", "A C#", None),
    ],
)
def test_headings(heading: str, title: str, url: str | None) -> None:
    paper, _ = read(f"{HEAD}### {heading}\n\n- a\n")
    assert (paper.title, paper.url) == (title, url)


@pytest.mark.parametrize(
    ("line", "kind", "url"),
    [
        ("[Watch the video](https://e.org/v)", "video", "https://e.org/v"),
        ("<video controls src='https://e.org/v'></video>", "video", "https://e.org/v"),
        ("<video src='https://e.org/v'></video>", "video", "https://e.org/v"),
        ("[Watch Video](https://e.org/v)", "video", "https://e.org/v"),
        ("![](https://e.org/avatars.png)", "image", "https://e.org/avatars.png"),
        ("<IMG alt=x SRC=https://e.org/v>", "image", "https://e.org/v"),
        ("<p><img src='https://e.org/i.png'></p>", "image", "https://e.org/i.png"),
        ("[![a](https://e.org/i.png)](https://e.org)", "image", "https://e.org/i.png"),
        ("![a](https://e.org/i.png#t.mp4)", "image", "https://e.org/i.png#t.mp4"),
        ("![a](https://e.org/i.png?t=.mp4)", "image", "https://e.org/i.png?t=.mp4"),
        ("![a](https://e.org/v.MP4)", "video", "https://e.org/v.MP4"),
    ],
)
def test_media(line: str, kind: str, url: str) -> None:
    paper, said = read(f"{PAPER}{line}\n\n- a\n")
    assert paper.media
    assert (paper.media.kind, paper.media.url) == (kind, url)
    assert texts(paper.summary) == ["a"]
    assert not said


@pytest.mark.parametrize(
    ("below", "shown"),
    [
        ("<div></div>\n- a", ["a"]),
        ("![](<>)\n- a", ["a"]),
        ("![a](https://e.org/i.png) b", ["![a](https://e.org/i.png) b"]),
        ("![](https://e.org/i.png)\n![b](https://e.org/j.png)\n- a", ["![b](https://e.org/j.png)", "a"]),
        ("![](https://e.org/i.png)\n![b](https://e.org/i.png)\n- a", ["a"]),
        ("![](https://e.org/i.png)\n<img src='https://e.org/j.png'>\n- a", ["![](https://e.org/j.png)", "a"]),
        ("- a\n![b](javascript:x)\n- c", ["a", "c"]),
        ("-   a\n\t- b\n  - c", ["a", "b", "c"]),
        (">> a\n> b", ["a b"]),
        ("> a > b", ["a > b"]),
        (">a", ["a"]),
        ("- a\n1. b\n2. c", ["a", "1. b", "2. c"]),
        ("####\n- a", ["a"]),
        ("- __A:__ b\n- __C__: d\n- **E:** f\n- ***G***: h\n- **:** i", ["A|b", "C|d", "E|f", "G|h", "**:** i"]),
        ("- **A**\n  - b", ["A|", "b"]),
        ("- **A**", ["**A**"]),
        ("- ** **: i", ["** **: i"]),
        ("-\n- a", ["a"]),
        (">Xa", ["Xa"]),
        ("- 글\n\n- Vote: 3", ["글", "Vote: 3"]),
        ("Vote: 3\n\n- a\n\nVote: 5", ["a", "Vote: 5"]),
        ("**Authors:** A\n- a\n\n**Authors:** C", ["a", "Authors|C"]),
        ("![a](https://e.org/i.png) (b)", ["![a](https://e.org/i.png) (b)"]),
    ],
)
def test_points(below: str, shown: list[str]) -> None:
    assert texts(read(PAPER + below)[0].summary) == shown


@pytest.mark.parametrize(
    ("below", "names", "votes"),
    [
        ("**Vote:** 3\n**Authors:** A, B\n\n- a", ["A", "B"], 3),
        ("Authors: A,\nB,\n- a", ["A", "B"], None),
        ("Authors: A,", ["A"], None),
        ("Authors: A,\nVote: 4\n\n- a", ["A"], 4),
        ("Authors: A,\n![](https://e.org/i.png)\n\n- a", ["A"], None),
        ("Authors: ['A', \"B'C\", 'D\\'E']\n\n- a", ["A", "B'C", "D'E"], None),
        ("Authors: ['A',  'B']\n\n- a", ["A", "B"], None),
        ("Authors: [A, 'B']\n\n- a", ["A", "B"], None),
        ("Authors: A, and B, & C, anders\n\n- a", ["A", "B", "C", "anders"], None),
        ("Authors: A, + B\n\n- a", ["A", "B"], None),
        ("Authors: A]\n\n- a", ["A]"], None),
        ("Authors: ['A', 'B]\n\n- a", ["A", "B"], None),
        ("Authors: ['A', \"B, 'C']\n\n- a", ["A", "B", "C"], None),
        ("Authors: ['A' 'B', \"C\", D'E]\n\n- a", ["A' 'B", "C", "D'E"], None),
        ("- a\n\nVote: 5\nAuthors: A", ["A"], 5),
        ("- a\nVote: 5", [], None),
        ("Vote: -5\n\n- a", [], None),
        ("Vote: 1,024 \n\n- a", [], 1024),
        ("Vote: 5\nVote: 6\n\n- a", [], 5),
        ("**Vote: **5\n\n- a", [], 5),
        ("- a\n\nAuthors: A,\nB", ["A", "B"], None),
    ],
)
def test_names_and_votes(below: str, names: list[str], votes: int | None) -> None:
    paper, _ = read(PAPER + below)
    assert (list(paper.authors), paper.votes) == (names, votes)


@pytest.mark.parametrize(
    ("below", "depths"),
    [
        ("- a\n   - b\n\t- c", [0, 1, 1]),
        ("b\n  - c", [0, 1]),
        ("\n".join(f"{'  ' * depth}- a" for depth in range(11)), [0, 1, 2, 3, 4, 5, 6, 7, 7, 7, 7]),
    ],
)
def test_how_deep_points_are(below: str, depths: list[int]) -> None:
    def depths_of(points: tuple[Point, ...], depth: int = 0) -> list[int]:
        return [found for point in points for found in (depth, *depths_of(point.points, depth + 1))]

    assert depths_of(read(PAPER + below)[0].summary) == depths


@pytest.mark.parametrize("line", ['<img src="">', "<div></div>", "<video></video>"])
def test_tags_that_name_no_address_go_without_a_word(line: str) -> None:
    paper, said = read(f"{PAPER}{line}\n\n- a\n")
    assert (paper.media, texts(paper.summary), said) == (None, ["a"], [])


def test_three_of_the_names_that_are_none_are_quoted() -> None:
    paper, (said,) = read(f"{PAPER}Authors: :, !, ?, %, A\n\n- a\n")
    assert (paper.authors, said.message) == (("A",), "':', '!', '?' cannot be a name; left out")


@pytest.mark.parametrize("length", [60, 61])
def test_a_message_quotes_sixty_characters_at_most(length: int) -> None:
    (said,) = read(f"{HEAD}### {'A' * length}\n\n- a\n")[1]
    quoted = "A" * 60 if length == 60 else f"{'A' * 57}..."
    assert said.message == f"'{quoted}' has no link"


def test_a_message_quotes_a_repair_up_to_a_space() -> None:
    (said,) = read(f"{PAPER}- \x08e\u3000b c\n")[1]
    assert said.message == "a LaTeX command got its backslash back: \\be\u3000b"


def test_a_message_says_nothing_to_a_terminal() -> None:
    said = read(f"{PAPER}- \x08b\x1b[31m\u2028\x9b2Jx\n")[1]
    assert [diagnostic.message for diagnostic in said] == [
        "a LaTeX command got its backslash back: \\bb\ufffd[31m",
        "U+001B, U+009B, U+2028 replaced",
    ]


@pytest.mark.parametrize("nickname", ["David", "Jean-Luc", "D'Arcy"])
def test_a_name_split_at_a_nickname_has_its_parts(nickname: str) -> None:
    (author,) = mended([displayed("Wei", [nickname]), displayed("Chen")])
    assert author == Author(name="Wei Chen", family="Chen", given="Wei")


def test_details_of_names() -> None:
    groups = mended(map(displayed, ["IBM", "MS", "AI Ko"]))
    assert [author.corporate for author in groups] == [True, False, False]
    (cajal,) = mended([parted("Cajal", "Santiago Ramón y", "")])
    assert (cajal.family, cajal.given) == ("Ramón y Cajal", "Santiago")
    assert [author.given for author in mended([parted("Berg", "Jan van den", "")])] == ["Jan"]
    assert [author.name for author in mended([parted("Team Qwen", "", "Jr.")])] == ["Team Qwen Jr."]


def test_a_digest_shown_in_a_fence_is_none(tmp_path: Path) -> None:
    """A README shows what a digest looks like, before and behind a real one."""
    shown = f"```\n{PAPER.replace('03', '01')}- a\n```\n"
    path = tmp_path / "README.md"
    path.write_text(f"# Read me\n\n{shown}\n{PAPER}- b\n\n# How\n\n{shown}", encoding="utf-8")
    said: list[Diagnostic] = []
    found = [(issue.date.day, texts(issue.papers[0].summary)) for issue in read_source([path], said.append)]
    assert (found, said) == ([(3, ["b"])], [])


def test_text_below_a_small_heading_before_the_papers_is_told() -> None:
    said = read(f"{HEAD}a\n\n#### b\n\nc\n\n### [T]({ARXIV})\n\n- d\n")[1]
    assert [(diagnostic.line, diagnostic.message) for diagnostic in said] == [
        (3, "3 lines before the first paper left out")
    ]


def test_files_that_were_joined_have_a_mark_inside() -> None:
    assert repaired("\ufeffXa\n\ufeffb", 1, print)[0] == "Xa\nb"
    joined = f"\ufeff{PAPER}- a\n\ufeff## Daily Papers (2024-05-04)\n\n### [U](https://e.org/u)\n\n- b\n"
    found = [(issue.date.day, texts(issue.papers[0].summary)) for issue in parse(joined, "x.md", lambda said: None)]
    assert found == [(3, ["a"]), (4, ["b"])]


def read(text: str) -> tuple[Paper, list[Diagnostic]]:
    """Return the first paper of a document, and what is said of it all."""
    said: list[Diagnostic] = []
    issues: list[Issue] = list(parse(text, "x.md", said.append))
    return issues[0].papers[0], said


def texts(points: tuple[Point, ...]) -> list[str]:
    """Return the points from top to bottom, `heading|text` for those with one."""
    found: list[str] = []
    for point in points:
        found += [point.text if point.heading is None else f"{point.heading}|{point.text}", *texts(point.points)]
    return found
