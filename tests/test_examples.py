"""The examples do what examples/README.md says; tests/test_third_party.py installs those that are distributions."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree
from paperround.model import Code, Diagnostic, Issue, Paper, Point, read

from .command import DIGESTS, ROOT, done, paperround

EXAMPLES = ROOT / "examples"
BY_HAND = EXAMPLES / "by-hand"
ANSWERS = EXAMPLES / "daily-papers"
ODD = {
    *(Code.PORTRAIT, Code.REPAIRED_LATEX, Code.REPLACED_CHARACTER, Code.REPEATED_ISSUE, Code.MERGED_PAPER),
    *(Code.NOT_A_DIGEST, Code.NO_SUMMARY, Code.QUIET_DAY, Code.ODD_DATE),
}
"""What digests that people and jobs write are allowed to be told of."""

DIALECTS = {
    "a heading right below the summary above": r"^- .*\n### ",
    "a picture": r"^!\[\]\(\S+\.png\)$",
    "a video as a picture": r"^!\[\]\(\S+\.(?:mp4|webm)\)$",
    "a video in a tag": r"^<video src='\S+'></video>$",
    "a video to watch": r"^\[Watch Video\]\(\S+\)\n<div><video",
    "a video to watch, without parentheses": r"^\[Watch Video\]https",
    "a portrait": r"^!\[\]\(\S*avatars\S*\)$",
    "votes": r"^Vote: \d+$",
    "unknown votes": r"^Vote: -$",
    "no votes": r"^!\[\]\(\S+\)\nAuthors: ",
    "a list that is cut": r"^Authors: .*, \+, ",
    "a list as Python writes it": r"^Authors: \['",
    "a group": r"^Authors: .*\b(?:OpenAI|NVIDIA|DeepSeek-AI|01\. AI)\b",
    "a repeated name": r"^Authors: (?:.*, )?([^,\n]+), \1,",
    "plain points": r"^- (?!\*)\S.*",
    "headed points": r"^- \*\*[A-Z][^*]+\*\*: ",
    "headed points in bold italics": r"^- \*\*\*[A-Z][^*]+\*\*\*: ",
    "points below points": r"^  - ",
    "two headings of one day": r"(?s)^## Daily Papers (\(\S+\))$.*^## Daily Papers \1$",
    "an eaten backslash": r"[\x08\x0c]|\t[a-z]",
    "tags that are text": r"<think>",
    "arithmetic that looks like tags": r"<<\d",
    "mathematics": r"\$[^$\n]+\\[a-z]+[^$\n]*\$",
    "a link glued to Korean": r"https?://[^\s)]+[가-힣]",
    "code left open": r"^[^`\n]*`[^`\n]*$",
    "a README around an issue": r"(?s)^## \w+\n.*^## Daily Papers",
    "a date in words": r"^# .*\(\d+년 \d+월 \d+일\)",
    "a date with slashes": r"^## .*\(\d+/\d+/\d+\)",
    "a list with semicolons": r"^\W*저자\W.*;",
    "two lists": r"^Authors: .*,\nAuthors: ",
    "fields in bold": r"^\*\*Authors:\*\*",
    "a table": r"^\| .* \|\n\| ---",
    "a footnote": r"^\[\^1\]: ",
    "a quotation": r"^> ",
    "a fence": r"(?s)^```python\n.*?^# ",
    "a comment": r"(?s)^<!--\n.*?^-->",
    "a link that is not arXiv's": r"^### \[.*\]\(https://www\.jmlr",
    "a link without brackets": r"^### [^\[\n]* arXiv:",
}


def text_of(*folders: Path) -> str:
    paths = [path for folder in folders for path in sorted(folder.rglob("*.md"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def given_and_said(*folders: Path) -> tuple[list[Issue], list[Diagnostic]]:
    said: list[Diagnostic] = []
    return list(read(folders, said.append)), said


def words(points: tuple[Point, ...]) -> str:
    return " ".join(f"{point.heading or ''} {point.text} {words(point.points)}" for point in points)


def script(name: str, *given: Path, environment: dict[str, str] | None = None) -> bytes:
    run = subprocess.run(
        [sys.executable, EXAMPLES / name, *given], capture_output=True, env={**os.environ, **(environment or {})}
    )
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout


def test_readme_names_every_example() -> None:
    named = re.findall(r"^\| \[[^\]]+\]\(([^)]+)\)", (EXAMPLES / "README.md").read_text(encoding="utf-8"), re.M)
    there = {path.name for path in EXAMPLES.iterdir() if not path.name.startswith(("README", ".", "__"))}
    assert there <= set(named)
    assert all((EXAMPLES / name).exists() for name in named)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_digest_of_every_dialect_is_there(dialect: str) -> None:
    assert re.search(DIALECTS[dialect], text_of(DIGESTS, BY_HAND), re.M)


def test_every_digest_is_read_whole() -> None:
    """Nothing is left out, and what is told is what digests are known for."""
    issues, said = given_and_said(DIGESTS, BY_HAND)
    assert {diagnostic.code for diagnostic in said} <= ODD
    headings = set(re.findall(r"^#{3,4} (.*)", text_of(DIGESTS, BY_HAND), re.M))
    papers = [paper for issue in issues for paper in issue.papers]
    assert len(headings) <= len(papers)
    assert all(paper.url and paper.summary for paper in papers)


def test_what_hands_write_is_understood() -> None:
    issues, said = given_and_said(BY_HAND)
    papers = {paper.title: paper for issue in issues for paper in issue.papers}
    assert ([issue.language for issue in issues], said) == (["ko", "en", "ja"], [])
    adam = papers["Adam: A Method for Stochastic Optimization"]
    assert (adam.arxiv_id, adam.votes, adam.authors) == ("1412.6980", 1024, ("Kingma, Diederik P.", "Ba, Jimmy"))
    assert (papers["Dropout"].arxiv_id, papers["Dropout"].authors_complete) == (None, False)
    assert papers["WaveNet"].media
    assert papers["WaveNet"].media.url == "https://huggingface.co/front/thumbnails/wavenet.png"
    assert [papers[title].arxiv_id for title in ("DCGAN", "Batch Normalization")] == ["1511.06434", "1502.03167"]
    assert "# not a heading" in words(papers["WaveNet"].summary)


def test_the_saved_answer_completes_the_newest_digest() -> None:
    (*_, alone), _ = given_and_said(DIGESTS)
    (*_, completed), said = given_and_said(DIGESTS, ANSWERS)
    assert [diagnostic.code for diagnostic in said if diagnostic.path.endswith(".json")] == [Code.COMPLETED_ISSUE]
    robot, before = completed.papers[0], alone.papers[0]
    assert (robot.authors[0], robot.authors_ordered, before.authors_ordered) == ("Kevin Black", True, False)
    assert (robot.summary, robot.media, completed.language) == (before.summary, before.media, "ko")
    assert titles(completed.papers[: len(alone.papers)]) == titles(alone.papers)
    assert titles(completed.papers[len(alone.papers) :]) == ["Language Models are Few-Shot Learners"]


def titles(papers: tuple[Paper, ...]) -> list[str]:
    return [paper.title for paper in papers]


def test_library_use_reads_filters_and_exports() -> None:
    liked = script("library.py", DIGESTS).decode()
    whole = done(paperround("export", "bibtex", DIGESTS))
    keys = re.compile(r"^@\w+\{(.*),$", re.M)
    assert 0 < len(keys.findall(liked)) < len(keys.findall(whole))
    assert set(keys.findall(liked)) < set(keys.findall(whole))


def test_the_plot_shows_every_month() -> None:
    drawn = script("plot.py", DIGESTS)
    root = etree.fromstring(drawn)
    names = {"svg": "http://www.w3.org/2000/svg"}
    issues, _ = given_and_said(DIGESTS)
    months = {f"{issue.date:%Y-%m}" for issue in issues}
    assert {text.text for text in root.iterfind(".//svg:text", names)} >= months
    assert len(root.findall(".//svg:rect", names)) == len(months) + 1
    assert str(sum(len(issue.papers) for issue in issues)) in (root.findtext("svg:title", "", names))
    assert script("plot.py", DIGESTS, environment={"PYTHONHASHSEED": "1", "LC_ALL": "C"}) == drawn
