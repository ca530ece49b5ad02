"""Headings that are nearly a digest's are read where they are certain, and else told; none loses papers unsaid."""

import os
import time
from pathlib import Path

import pytest
from paperround.model import Code, Diagnostic, Source, parse, scan
from paperround.model import read as read_sources

LAMPS = "### [Lamps](https://arxiv.org/abs/2405.00101)\n\n- They float.\n"
BEFORE = "## Daily Papers (2024-05-05)\n\n### [Fog](https://arxiv.org/abs/2405.00001)\n\n- It sinks.\n\n"


def read(text: str, path: str = "x.md") -> tuple[list[tuple[str, list[str]]], list[Diagnostic]]:
    said: list[Diagnostic] = []
    issues = list(parse(text, path, said.append))
    return [(str(issue.date), [paper.title for paper in issue.papers]) for issue in issues], said


@pytest.mark.parametrize(
    "heading",
    [
        "## Daliy Papers (2024-05-06)",
        "## Daily Paper (2024-05-06)",
        "## DailyPapers (2024-05-06)",
        "## Daily Papers 2024-05-06",
        "## Daily Papers: 2024-05-06",
        "## Daily Papers of May 6, 2024",
        "## Daily Papers (2024–05–06)",
        "## Daily Papers (2024-05-06",
        "##Daily Papers (2024-05-06)",
        "### Daily Papers (2024-05-06)",
        "**Daily Papers (2024-05-06)**",
        "Daily Papers (2024-05-06)",
        "\\## Daily Papers (2024-05-06)",
    ],
)
@pytest.mark.parametrize("before", ["", BEFORE])
def test_read_where_it_is_certain(heading: str, before: str, tmp_path: Path) -> None:
    found, said = read(f"{before}{heading}\n\n{LAMPS}")
    assert found == [*([("2024-05-05", ["Fog"])] if before else []), ("2024-05-06", ["Lamps"])]
    assert said == []
    (tmp_path / "x.md").write_text(f"{before}{heading}\n\n{LAMPS}", encoding="utf-8")
    assert len(list(read_sources([tmp_path], said.append))) == len(found)


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("## Daily Papers", Code.NEAR_HEADING),
        ("## Daliy Papers (2024-05-36)", Code.NEAR_HEADING),
        ("## Daliy Papres", Code.NEAR_HEADING),
        ("**Daliy Papers (2024-05-O6)**", Code.NEAR_HEADING),
        ("## Daily Papers (2024-05-O6)", Code.BAD_DATE),
        ("## Daily Papers (2024-0506)", Code.BAD_DATE),
    ],
)
@pytest.mark.parametrize("before", ["", BEFORE])
def test_told_where_it_is_not(heading: str, code: Code, before: str) -> None:
    found, said = read(f"{before}{heading}\n\n{LAMPS}")
    assert found == ([("2024-05-05", ["Fog"])] if before else [])
    assert [(told.line, told.code) for told in said] == [(1 + before.count("\n"), code)]
    assert heading.strip("#* ") in said[0].message


@pytest.mark.parametrize(
    "text",
    [
        f"# Daily Papers\n\n## Daily Papers (2024-05-06)\n\n{LAMPS}",
        f"# Daily Papers (2024)\n\n## May 6, 2024\n\n{LAMPS}",
        f"# Daily Papers (May 2024)\n\n## 2024-05-06\n\n{LAMPS}",
        f"# Daily Paper\n\n## 2024-05-06\n\n{LAMPS}",
        f"## Daily Papers (2024-05-06)\n\n{LAMPS}\n# Daily Papers\n\n- [Older ones](2024/)\n",
    ],
)
def test_a_document_s_title_is_none(text: str) -> None:
    assert read(text) == ([("2024-05-06", ["Lamps"])], [])


def test_a_heading_whose_date_is_wrong_does_not_fall_through_to_the_file_s_name() -> None:
    found, (said,) = read(f"## Daliy Papers (2024-05-36)\n\n{LAMPS}", "2024-05-07.md")
    assert (found, said.code) == ([], Code.NEAR_HEADING)
    assert read(f"## Daily Papers\n\n{LAMPS}", "2024-05-07.md") == ([("2024-05-07", ["Lamps"])], [])


@pytest.mark.parametrize(
    ("text", "path", "date"),
    [
        (f"{BEFORE}## Daily Papers (May 6)\n\n{LAMPS}", "x.md", "2024-05-06"),
        (f"{BEFORE}## Daily Papers (05-06)\n\n{LAMPS}", "x.md", "2024-05-06"),
        (f"{BEFORE}## Daily Papers (12-30)\n\n{LAMPS}".replace("05-05", "01-02"), "x.md", "2023-12-30"),
        (f"## Daily Papers (5월 6일)\n\n{LAMPS}", "2024/spring.md", "2024-05-06"),
        (f"## May 6\n\n{LAMPS}", "2024.md", "2024-05-06"),
        (
            f"## May 6\n\n{LAMPS}\n{BEFORE}".replace("## Daily Papers (2024-05-05)", "## May 5, 2024"),
            "x.md",
            "2024-05-06",
        ),
    ],
)
def test_a_year_that_is_missing(text: str, path: str, date: str) -> None:
    found, said = read(text, path)
    assert (date, ["Lamps"]) in found
    assert said == []


@pytest.mark.parametrize("heading", ["## Daily Papers (May 6)", "## May 6"])
def test_a_year_that_nothing_says(heading: str) -> None:
    found, said = read(f"{heading}\n\n{LAMPS}")
    assert (found, [told.code for told in said]) == ([], [Code.BAD_DATE])


def test_a_file_that_is_named_itself_knows_its_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "2024" / "05"
    folder.mkdir(parents=True)
    (folder / "06.md").write_text("# Reading\n\n## [Lamps](https://arxiv.org/abs/2405.00101)\n\n- They float.\n")
    monkeypatch.chdir(folder)
    for source in (tmp_path, folder / "06.md", Path("06.md"), Path(os.pardir, "05", "06.md")):
        (issue,) = read_sources([source], lambda said: None)
        assert (str(issue.date), issue.papers[0].path.endswith("06.md")) == ("2024-05-06", True)
    (section,) = scan([Source(Path("06.md"), "06.md")], lambda said: None)
    assert (section.path, section.folders.split("/")[-2:]) == ("06.md", ["2024", "05"])


def test_many_headings_without_a_year_take_little_time() -> None:
    """A look at all other headings for each of them took half a minute."""
    started = time.process_time()
    found, _ = read(BEFORE + f"## Daily Papers (May 6)\n\n{LAMPS}\n" * 800)
    assert [date for date, _ in found[:2]] == ["2024-05-05", "2024-05-06"]
    assert time.process_time() - started < 8
