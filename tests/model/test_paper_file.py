"""A file for each paper: YAML, and Markdown with front matter."""

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from paperround.model import Code, Diagnostic, Issue, read
from paperround.model.readers import load
from paperround.model.readers.testing import run
from paperround.model.readers.yaml_values import BadYaml, values

TIDES = """\
date: "2024-05-03"
author: Mina Oh
title: 'Tides: of Attention'
link: https://huggingface.co/papers/2405.00101
summary: It floats.
tags:
    - Water
"""


def told(path: Path) -> tuple[list[Issue], list[Diagnostic]]:
    said: list[Diagnostic] = []
    return list(read([path], said.append)), said


@pytest.mark.parametrize("name", ["2024 Tides.yaml", "x.YML"])
@pytest.mark.parametrize("start", ["", "---\n", "\ufeff# made by a job\n"])
def test_a_file_is_a_paper(tmp_path: Path, name: str, start: str) -> None:
    (tmp_path / name).write_text(start + TIDES)
    ((issue,), said) = told(tmp_path)
    (paper,) = issue.papers
    assert (str(issue.date), paper.title, paper.arxiv_id, said) == (
        "2024-05-03",
        "Tides: of Attention",
        "2405.00101",
        [],
    )
    assert (paper.authors, paper.summary[0].text) == (("Mina Oh",), "It floats.")


def test_papers_of_one_day_are_one_issue(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TIDES)
    (tmp_path / "b.yaml").write_text(TIDES.replace("00101", "00102").replace("Tides", "Fog"))
    ((issue,), _) = told(tmp_path)
    assert [paper.title for paper in issue.papers] == ["Tides: of Attention", "Fog: of Attention"]


def test_a_list_with_the_date_in_its_name(tmp_path: Path) -> None:
    (tmp_path / "2024-05-03.yaml").write_text("- {title: Tides, id: 2405.10100}\n- title: Fog\n  id: 2405.00102\n")
    ((issue,), _) = told(tmp_path)
    assert [(paper.arxiv_id, paper.line) for paper in issue.papers] == [("2405.10100", 1), ("2405.00102", 3)]


@pytest.mark.parametrize("text", ["title: Site\nlang: en\n", "a: [\n", "- 1\n", "# nothing\n"])
def test_other_yaml_is_passed_over(tmp_path: Path, text: str) -> None:
    (tmp_path / "_config.yml").write_text(text)
    found, said = told(tmp_path)
    assert ([entry.code for entry in said], found) == ([Code.NOT_A_DIGEST], [])


def test_yaml_that_is_broken_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(TIDES + "note: [https://arxiv.org\n")
    found, said = told(tmp_path)
    assert ([(entry.code, "not YAML" in entry.message) for entry in said], found) == ([(Code.BAD_ENTRY, True)], [])


@pytest.mark.parametrize("text", ["a: &a [x]\nb: *a\n", "[" * 30 + "]" * 30, "[" * 200_000, "x" * (1024 * 1024 + 1)])
def test_bombs_are_refused_at_once(text: str) -> None:
    start = time.process_time()
    with pytest.raises(BadYaml):
        values(text)
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "link", ["link: https://arxiv.org/abs/2405.00101\n", "arxiv: 2405.00101\n", "authors: [Mina Oh]\n"]
)
def test_a_page_about_one_paper(tmp_path: Path, link: str) -> None:
    body = "See <https://arxiv.org/abs/2405.00101>.\n\n- It floats.\n- It sinks.\n"
    (tmp_path / "tides.md").write_text(f"---\ntitle: Tides\ndate: 2024-05-03\n{link}---\n\n{body}")
    ((issue,), _) = told(tmp_path)
    (paper,) = issue.papers
    assert (str(issue.date), paper.title, paper.arxiv_id) == ("2024-05-03", "Tides", "2405.00101")
    assert [point.text for point in paper.summary][-2:] == ["It floats.", "It sinks."]


def test_a_digest_with_front_matter_is_a_digest(tmp_path: Path) -> None:
    digest = "## Daily Papers (2024-05-03)\n\n### [Fog](https://arxiv.org/abs/2405.00102)\n\n- x\n"
    (tmp_path / "x.md").write_text(f"---\ntitle: Papers\ndate: 2024-05-03\n---\n\n{digest}")
    ((issue,), _) = told(tmp_path)
    assert [paper.title for paper in issue.papers] == ["Fog"]


@given(
    st.dictionaries(st.sampled_from(["authors", "link", "summary", "tags", "thumbnail", "votes"]), st.text(max_size=9))
)
def test_hostile_text_in_any_field(fields: dict[str, str]) -> None:

    text = yaml.safe_dump(
        {**fields, "title": "Tides", "arxiv_id": "2405.00101", "date": "2024-05-03"}, allow_unicode=True
    )
    for name, data in (("paper-file.yaml", text), ("paper-page.md", f"---\n{text}---\n")):
        issues, _ = run(load(name), data.encode("utf-8", "replace"), "x")
        assert [paper.arxiv_id for issue in issues for paper in issue.papers] == ["2405.00101"]


@pytest.mark.parametrize("lines", ["## Daily Papers\n\n### One\n\n", "#\n\n", "---\n\n", "# a\r\n \r\n"])
def test_lines_that_stand_before_no_key_are_read_once(lines: str) -> None:
    """Each may have been read in two ways, so that sixty took longer than the machine will live."""
    start = time.process_time()
    assert not load("paper-file.yaml").sniff((lines * 200 + "-").encode()[:4096])
    assert time.process_time() - start < 1


def test_the_text_of_a_page_is_read_as_in_a_digest(tmp_path: Path) -> None:
    front = "---\ntitle: Tides\ndate: 2024-05-03\nlink: https://arxiv.org/abs/2405.00101\n---\n"
    (tmp_path / "tides.md").write_text(f"{front}\n## Notes\n- One\n  - Deeper\n\n## Ideas\nTwo\nlines.\n")
    ((issue,), _) = told(tmp_path)
    notes, ideas = issue.papers[0].summary
    assert (notes.heading, notes.points[0].text, notes.points[0].points[0].text) == ("Notes", "One", "Deeper")
    assert (ideas.heading, [point.text for point in (ideas, *ideas.points) if point.text]) == ("Ideas", ["Two lines."])
