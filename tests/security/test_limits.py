"""Whatever is too large, too deep or too many costs one line, not the machine."""

import datetime
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from paperround.model import Code, Diagnostic, limits, read

PAPERROUND = Path(sys.executable).with_name("paperround")
HEAD = "## Daily Papers (2024-05-03)\n\n### [A Paper](https://arxiv.org/abs/2405.00001)\n\n"
ISSUE = '{"schema":1,"date":"2024-05-03","title":"t","language":"en","papers":[%s]}\n'


def nested(depth: int) -> str:
    return '{"text":"x","points":[' * depth + "]}" * depth


REFUSED = {
    "deep.jsonl": (ISSUE % ('{"title":"T","summary":[' + nested(10_000) + "]}"), "bad-json"),
    "deeper.jsonl": ('{"schema":1,"a":' + "[" * 200_000 + "]" * 200_000 + "}\n", "bad-json"),
    "number.jsonl": (ISSUE % ('{"title":"T","votes":' + "9" * 10_000 + "}"), "bad-json"),
    "long.jsonl": ('{"schema":1,"a":"' + "x" * (33 * 1024 * 1024) + '"}\n', "too-large"),
    "long.md": (HEAD + "- x" * (12 * 1024 * 1024), "too-large"),
}
KEPT = {
    "nested.md": HEAD + "".join(f"{'  ' * at}- point {at}\n" for at in range(1500)),
    "stars.md": HEAD + "- " + "**" * 20_000,
    "brackets.md": HEAD + "- " + "[" * 20_000 + "](" * 20_000,
    "ticks.md": HEAD + "- " + "`" * 20_001 + " x",
    "braces.md": HEAD + "- $" + "{" * 20_000 + "}" * 20_000 + "$",
    "scripts.md": HEAD + "- $" + "x^{" * 5_000 + "}" * 5_000 + "$",
    "nested.jsonl": ISSUE % ('{"title":"T","summary":[' + nested(250) + "]}"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_too_much_is_left_out_and_the_rest_is_read(name: str, tmp_path: Path) -> None:
    text, code = REFUSED[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "good.md").write_text(HEAD + "- Good.\n", encoding="utf-8")
    result = bounded("check", name, "good.md", folder=tmp_path)
    assert result.returncode == 1, result.stderr
    assert f" {code} " in result.stdout
    assert result.stdout.splitlines()[-1].startswith("1 issue, 1 paper, ")


def test_what_is_only_odd_is_published(tmp_path: Path) -> None:
    for day, (name, text) in enumerate(KEPT.items(), 10):
        (tmp_path / name).write_text(text.replace("2024-05-03", f"2024-05-{day}"), encoding="utf-8")
    result = bounded("build", *KEPT, "-o", "out", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    assert f"{len(KEPT)} papers in {len(KEPT)} issues" in result.stderr


def test_papers_and_authors_are_counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(limits, "MOST_AUTHORS", 3)
    (tmp_path / "input.md").write_text(f"{HEAD}Authors: A B, C D, E F, G H\n\n- x\n", encoding="utf-8")
    said: list[Diagnostic] = []
    (issue,) = read([tmp_path], said.append)
    assert issue.papers[0].authors == ("A B", "C D", "E F")
    assert not issue.papers[0].authors_complete
    assert [(told.line, told.code) for told in said] == [(3, Code.TOO_MANY)]


def test_an_issue_of_twenty_thousand_papers_is_cut(tmp_path: Path) -> None:
    papers = "".join(f"### [P{at}](https://example.org/{at})\n\n- x\n\n" for at in range(20_000))
    (tmp_path / "input.md").write_text(f"## Daily Papers (2024-05-03)\n\n{papers}", encoding="utf-8")
    said: list[Diagnostic] = []
    (issue,) = read([tmp_path], said.append)
    assert len(issue.papers) == limits.MOST_PAPERS
    assert {told.code for told in said} == {Code.TOO_MANY}


TOO_COSTLY = {
    "headings": "## a\n",
    "papers": "### [A](https://arxiv.org/abs/2405.00002)\n\n- x\n\n",
    "near headings": "## Daily Paper (2024-05-03)\n",
    "days": "## Daily Papers (2024-05-03)\n",
    "items": "- a\n",
    "quotes": ">",
    "cells": "|" + "a|" * 5_000 + "\n",
    "carriage returns": "a\r",
}


@pytest.mark.parametrize("kind", TOO_COSTLY)
def test_what_costs_too_much_to_read_is_cut_before_it_is_parsed(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(limits, "MOST_LINES", 1_000)
    text = TOO_COSTLY[kind]
    (tmp_path / "input.md").write_text(f"{HEAD}- x\n\n{text * (200_000 // len(text))}", encoding="utf-8")
    said: list[Diagnostic] = []
    (issue,) = read([tmp_path], said.append)
    assert issue.papers[0].title == "A Paper"
    assert Code.TOO_MANY in {each.code for each in said}
    assert len(said) < 1_000


def test_a_text_is_cut_at_a_line_and_what_stands_before_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(limits, "MOST_LINES", 13)
    papers = "".join(f"### [P{at}](https://arxiv.org/abs/2405.0000{at})\n\n- x\n\n" for at in range(9))
    (tmp_path / "input.md").write_text(f"## 2024-05-03\n\n{papers}", encoding="utf-8")
    said: list[Diagnostic] = []
    (issue,) = read([tmp_path], said.append)
    assert [paper.title for paper in issue.papers] == ["P0", "P1", "P2"]
    assert [(each.line, each.code) for each in said if each.code is Code.TOO_MANY] == [(13, Code.TOO_MANY)]


def test_a_page_that_has_grown_for_years_is_read_whole(tmp_path: Path) -> None:
    day = datetime.date(2010, 1, 1)
    rows = "".join(
        f"| {day + datetime.timedelta(at)} | Paper {at} | [link](https://arxiv.org/abs/2405.{at:05}) |\n"
        for at in range(5_000)
    )
    (tmp_path / "README.md").write_text(f"# Papers\n\n| Date | Title | Link |\n|-|-|-|\n{rows}")
    said: list[Diagnostic] = []
    issues = list(read([tmp_path], said.append))
    assert len(issues) == sum(len(issue.papers) for issue in issues) == 5_000
    assert Code.TOO_MANY not in {each.code for each in said}


@pytest.mark.parametrize("text", ["x = " + "[" * 100_000, "# " + "x" * 2_000_000], ids=["deep", "long"])
def test_a_configuration_that_is_none_is_one_line(text: str, tmp_path: Path) -> None:
    (tmp_path / "paperround.toml").write_text(text, encoding="utf-8")
    (tmp_path / "good.md").write_text(HEAD + "- Good.\n", encoding="utf-8")
    result = bounded("build", "good.md", "-o", "out", folder=tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith("paperround: paperround.toml: ")
    assert len(result.stderr.splitlines()) == 1


def bounded(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run paperround with two gigabytes of addresses and a minute of processor time."""

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

    return subprocess.run([PAPERROUND, *words], cwd=folder, capture_output=True, text=True, preexec_fn=bound)
