"""The parser as a whole: what it never does, for any text."""

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperround.model import Code, Diagnostic, Issue, Point, jsonlines, parse, read
from paperround.model.limits import LARGEST_DOCUMENT

REAL = Path(__file__).parents[3] / "shared" / "digests"
HEAD = "## Daily Papers (2024-05-03)\n\n### [T](https://arxiv.org/abs/2405.00001)\n\n"
PIECES = [
    *("## Daily Papers (2024-05-03)", "## Daily Papers (2024-13-03)", "## Other", "# x", "#### inner", "### "),
    *("### [T](https://arxiv.org/abs/2405.00001)", "### [a\nb](https://e.org/)", "### [cut", "### [c](https://e"),
    *("Vote: 3", "Vote: x", "Authors: A B, +, C", "Authors: ['A B', 'C']", "Authors: A,", "![](/a.mp4)", "![](x y)"),
    *("<video src='https://e.org/v.mp4'></video>", "[Watch Video]https://e.org/v.mp4", "<div>", "<!-- c -->", "---"),
    *(
        "- **H**: t",
        "  - n",
        "\t- tab",
        "* star",
        "1. one",
        "> quote",
        "```",
        "- ```x",
        "text $a",
        "abla b$",
        "\x08eta",
    ),
    *("", " ", "\r", "\ufeff", "\x00", "\x0c", "\u2028", "\ud800", "\ufffe"),
]


def quiet(diagnostic: Diagnostic) -> None:
    """Say nothing."""


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text()), max_size=30).map("\n".join))
def test_no_text_raises_and_what_comes_out_reads_back(text: str) -> None:
    for issue in parse(text, "x.md", quiet):
        assert issue.papers
        assert jsonlines.parse_line(jsonlines.line(issue)) == issue


WORD = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8).filter(lambda word: word.isalnum())
SENTENCE = st.lists(WORD, min_size=1, max_size=6).map(lambda words: "글 " + " ".join(words))


@st.composite
def digests(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Write a digest from the grammar; return it with the texts that it shows."""
    lines, shown = ["## Daily Papers (2024-05-03)", ""], []
    for number in range(draw(st.integers(1, 4))):
        title = draw(SENTENCE)
        names = draw(st.lists(WORD.map(lambda word: f"Name {word}"), min_size=1, max_size=3, unique=True))
        lines += [f"### [{title}](https://arxiv.org/abs/2405.{number:05})", "", f"Authors: {', '.join(names)}", ""]
        shown += [title, *names]
        for _ in range(draw(st.integers(1, 3))):
            heading, text, child = draw(st.tuples(SENTENCE, SENTENCE, SENTENCE))
            form = draw(
                st.sampled_from(["- {1}", "- **{0}**: {1}", "- ***{0}***: {1}\n  - {2}", "* {1}\n\n{2}", "{1}\n"])
            )
            lines.append(form.format(heading, text, child))
            shown += [said for place, said in enumerate((heading, text, child)) if f"{{{place}}}" in form]
        lines.append("")
    return draw(st.sampled_from(["\n", "\r\n"])).join("\n".join(lines).split("\n")), shown


@given(digests())
def test_nothing_visible_is_lost(written: tuple[str, list[str]]) -> None:
    text, shown = written
    (issue,) = parse(text, "x.md", quiet)
    said = letters(json.dumps(issue.model_dump(mode="json"), ensure_ascii=False))
    for part in shown:
        assert letters(part) in said


@pytest.mark.skipif(not REAL.is_dir(), reason="the real digests are not here")
def test_nothing_visible_of_real_digests_is_lost() -> None:
    for path in sorted(REAL.rglob("*.md")):
        papers = [paper for issue in read([path], quiet) for paper in issue.papers]
        said = letters(" ".join(f"{p.title} {' '.join(p.authors)} {' '.join(texts(p.summary))}" for p in papers))
        for line in path.read_text(encoding="utf-8").split("\n"):
            for part in visible(line):
                assert letters(part) in said, (path.name, line)


def visible(line: str) -> list[str]:
    """Return the texts that a line of a digest shows: a title, names or a bullet."""
    line = line.replace("\t", "\\t").replace("\x08", "\\b").replace("\x0c", "\\f")
    if found := re.match(r"### \[(.*)\]\(", line):
        return [found[1]]
    if line.startswith("Authors: "):
        return re.split(r"', '|, ", line.removeprefix("Authors: ").strip("[]'"))
    lead = re.match(r"\s*- (?:\*{2,3}(.*?)\*{2,3}: ?)?(.*)", line)
    return [part for part in lead.groups() if part] if lead else []


def texts(points: tuple[Point, ...]) -> list[str]:
    return [text for point in points for text in (point.heading or "", point.text, *texts(point.points))]


def letters(text: str) -> str:
    """Return only the letters and digits of a text, without those that stand for footnotes behind names."""
    return "".join(sign for sign in text if sign.isalnum() and sign not in "¹²³⁴⁵⁶⁷⁸⁹⁰")


HOSTILE = [
    "*",
    "[",
    "](",
    "`",
    "$",
    "(",
    "- ",
    "# ",
    "> ",
    "```a\n",
    "  - a\n",
    "![](",
    "<div>",
    "\x08a",
    "http://",
    "**a:",
]
HOSTILE += ["### [a\n", "$abla\nabla", "Authors: a,\n", "+,", "<video ", " \t", "1. ", "[Video]", "<!--", "\r", "a\x85"]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("place", [HEAD, HEAD + "- 글\n- ", HEAD + "### ", "## Daily Papers ("])
def test_time_is_linear(place: str, piece: str) -> None:
    small, large = (duration(place + piece * count + "\n") for count in (2_000, 16_000))
    assert large < 40 * small + 0.2  # eight times the input; a quadratic pattern takes 64 times as long


def duration(text: str) -> float:
    start = time.process_time()
    list(parse(text, "x.md", quiet))
    return time.process_time() - start


def test_deep_nesting_stays_within_the_model() -> None:
    text = HEAD + "".join(f"{'  ' * depth}- {depth}\n" for depth in range(300))
    (issue,) = parse(text, "x.md", quiet)
    assert texts(issue.papers[0].summary).count("") == 300
    assert "299" in texts(issue.papers[0].summary)


def test_a_document_of_old_mac_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_bytes((HEAD + "- 글\n").replace("\n", "\r").encode())
    (issue,) = read([path], quiet)
    assert issue.papers[0].summary == (Point(text="글"),)


def test_a_very_long_line(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text(HEAD + "- " + "가" * 5_000_000 + "\n", encoding="utf-8")
    (issue,) = read([path], quiet)
    assert len(issue.papers[0].summary[0].text) == 5_000_000


def test_a_document_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    with path.open("wb") as file:
        file.write(HEAD.encode())
        file.truncate(LARGEST_DOCUMENT + 1)
    said: list[Diagnostic] = []
    issues: list[Issue] = list(read([path], said.append))
    assert not issues
    assert [diagnostic.code for diagnostic in said] == [Code.TOO_LARGE]
