"""Digests as other tools and other people would have written them: what a reader gets of them stays, or is told."""

import re
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paperround.model import Diagnostic, Issue, Paper, parse
from paperround.model.merge import distinct

from ..command import DIGESTS, ROOT

PAGES = sorted([*DIGESTS.rglob("[0-9]*.md"), *(ROOT / "examples" / "by-hand").glob("*.md")])
Facts = list[tuple[str, list[tuple[object, ...]]]]


def with_line_ends(end: str) -> Callable[[str], str]:
    return lambda text: text.replace("\n", end)


def with_bullets(mark: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"^( *)- ", rf"\g<1>{mark} ", text, flags=re.M)


def with_numbers(text: str) -> str:
    return re.sub(r"^- ", "1. ", re.sub(r"^  - ", "   - ", text, flags=re.M), flags=re.M)


def shifted(by: int) -> Callable[[str], str]:
    return lambda text: re.sub(r"^#{2,}(?= )", lambda found: "#" * (len(found[0]) + by), text, flags=re.M)


def with_setext(text: str) -> str:
    return re.sub(r"^(#{1,2}) (.*)$", lambda found: f"{found[2]}\n{'=-'[len(found[1]) - 1] * 9}", text, flags=re.M)


def with_reference_links(text: str) -> str:
    targets: list[str] = []

    def moved(found: re.Match[str]) -> str:
        targets.append(found[2])
        return f"### [{found[1]}][{len(targets)}]"

    text = re.sub(r"^### \[(.*)\]\((\S+)\)$", moved, text, flags=re.M)
    return text + "\n" + "".join(f"[{number}]: {target}\n" for number, target in enumerate(targets, 1))


def with_labels(authors: str, votes: str) -> Callable[[str], str]:
    return lambda text: re.sub(
        r"^Vote:", f"{votes}:", re.sub(r"^Authors:", f"{authors}:", text, flags=re.M), flags=re.M
    )


def wrapped(text: str) -> str:
    """Wrap long lines as formatters do, those of bullets below their text; headings, tags and pictures stay."""
    lines = []
    for line in text.split("\n"):
        indent = " " * (len(line) - len(line.lstrip(" -")))
        stays = line.startswith(("#", "!", "<", "["))
        options = {"subsequent_indent": indent, "break_long_words": False, "break_on_hyphens": False}
        lines += [line] if stays else textwrap.wrap(line, 80, **options) or [""]
    return "\n".join(lines)


def with_closed_headings(text: str) -> str:
    return re.sub(r"^(#+) (.*)$", r"\1 \2 \1", text, flags=re.M)


def with_trailing_spaces(text: str) -> str:
    return re.sub(r"$", "  ", text, flags=re.M)


def with_blank_lines(text: str) -> str:
    return text.replace("\n", "\n\n")


def with_no_break_spaces(text: str) -> str:
    return re.sub(r"^(#+) ", "\\1\u00a0", text, flags=re.M)


MUTATIONS: dict[str, Callable[[str], str]] = {
    "Windows": with_line_ends("\r\n"),
    "old Macs": with_line_ends("\r"),
    "stars": with_bullets("*"),
    "plus": with_bullets("+"),
    "dots": with_bullets("•"),
    "dashes": with_bullets("–"),
    "numbers": with_numbers,
    "a level up": shifted(-1),
    "a level down": shifted(1),
    "setext": with_setext,
    "reference links": with_reference_links,
    "Korean": with_labels("저자", "추천수"),
    "Chinese": with_labels("作者", "点赞"),
    "Japanese": with_labels("著者", "投票"),
    "bold": with_labels("**Authors**", "**Upvotes**"),
    "bullets before fields": with_labels("- Authors", "- Votes"),
    "wrapped": wrapped,
    "closed headings": with_closed_headings,
    "trailing spaces": with_trailing_spaces,
    "blank lines": with_blank_lines,
    "no-break spaces": with_no_break_spaces,
}
ORDER = ("blank lines", "", "wrapped", "trailing spaces", "Windows", "old Macs")
"""In this order, with all others where the empty name stands: they would not recognise what the later ones make."""


def read(text: str) -> tuple[Facts, list[Diagnostic]]:
    said: list[Diagnostic] = []
    return facts(list(parse(text, "x.md", said.append))), said


def facts(issues: list[Issue]) -> Facts:
    """Return what readers get of each day; headings of one day that stand twice count as one."""
    by_date: dict[str, list[Paper]] = {}
    for issue in issues:
        by_date.setdefault(str(issue.date), []).extend(issue.papers)
    return [(date, list(map(fact, distinct(papers, lambda line, message: None)))) for date, papers in by_date.items()]


def fact(paper: Paper) -> tuple[object, ...]:
    title = " ".join(paper.title.split())
    return title, paper.arxiv_id, paper.url, sorted(paper.authors), paper.authors_complete, paper.votes


def check(text: str, names: list[str]) -> None:
    expected, _ = read(text)
    assert expected
    for name in sorted(names, key=lambda name: ORDER.index(name if name in ORDER else "")):
        text = MUTATIONS[name](text)
    assert read(text)[0] == expected


@pytest.mark.parametrize("name", MUTATIONS)
def test_each_alone(name: str) -> None:
    for page in PAGES:
        check(page.read_text(encoding="utf-8"), [name])


CHOICES = [
    ["Windows"],
    ["stars", "plus", "dots", "dashes", "numbers"],
    ["a level up", "a level down", "setext", "closed headings", "no-break spaces", "reference links"],
    ["Korean", "Chinese", "Japanese", "bold", "bullets before fields"],
    ["wrapped", "trailing spaces"],
    ["blank lines"],
]
"""One of each at most: two of a row would undo each other, or be no Markdown."""


@settings(max_examples=40)
@given(st.sampled_from(PAGES), st.tuples(*(st.sampled_from([None, *names]) for names in CHOICES)))
def test_several_together(page: Path, names: tuple[str | None, ...]) -> None:
    check(page.read_text(encoding="utf-8"), [name for name in names if name])
