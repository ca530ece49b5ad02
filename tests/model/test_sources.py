"""Files as they come: which are digests, what the scan promises, what cannot be read."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperround.model import Code, Diagnostic, Issue, Source, SourceChanged, UsageError, issues, limits, read, scan

from .test_digest import PIECES

HEAD = "## Daily Papers (2024-05-03)\n\n"
PAPER = "### [One](https://arxiv.org/abs/2405.00001)\n\n- 글.\n"
DAILY = [
    *("## Daily Papers (2024-05-04)", "\x0b## Daily Papers (2024-05-05)", "##\u00a0Daily\u3000Papers (2024-05-06)"),
    *("\ufeff## Daily Papers (2024-05-07)", "## Daily Papers\x85(2024-05-08)", "## Daily Papers\x1f(2024-05-09)"),
    *("###[x](/p)", " ### y", "> ### quoted", "##\u00a0z", "\x0c### form feed", "<!--", "-->", "<!-- c --> x", "~~~~"),
]


def quiet(diagnostic: Diagnostic) -> None:
    """Say nothing."""


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def codes(*sources: Path) -> tuple[list[Issue], list[tuple[Code, int]]]:
    said: list[Diagnostic] = []
    return list(read(sources, said.append)), [(diagnostic.code, diagnostic.line) for diagnostic in said]


LINES = st.one_of(st.sampled_from([piece for piece in PIECES if piece != "\ud800"] + DAILY), st.text(max_size=9))


@given(st.lists(LINES, max_size=30), st.sampled_from(["\n", "\r\n", "\r"]))
def test_the_scan_knows_which_issues_there_are(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], end: str
) -> None:
    """Parts are closed, and their neighbours named, by what the scan says."""
    path = tmp_path_factory.mktemp("scan") / "x.md"
    path.write_bytes(end.join(lines).encode())
    found = scan([Source(path, "x.md")], quiet)
    assert [issue.date for issue in issues(found, quiet)] == sorted({section.date for section in found})


@pytest.mark.parametrize("first", ["{% include head.html %}", "{: .no_toc }", '{"title": "front matter"}', "{", "[]"])
def test_markdown_that_starts_like_json_is_markdown(tmp_path: Path, first: str) -> None:
    path = write(tmp_path / "x.md", f"{first}\n\n{HEAD}{PAPER}")
    assert [len(issue.papers) for issue in read([path], quiet)] == [1]


@pytest.mark.parametrize("name", ["spooled", "x.txt", "PAPERS.JSONL", "x.json"])
def test_json_lines_may_have_any_name(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, '\ufeff { "schema": 1, "date": 3}\n')
    assert codes(path) == ([], [(Code.BAD_JSON, 1)])


def test_a_digest_without_a_name_may_start_with_a_brace(tmp_path: Path) -> None:
    assert codes(write(tmp_path / "spooled", "{% raw %}\n" + HEAD + PAPER))[1] == []


def test_files_that_were_joined_hold_marks_inside(tmp_path: Path) -> None:
    text = f"\ufeff{HEAD}{PAPER}```sh\n# x\n```\n\ufeff{HEAD.replace('-03', '-04')}{PAPER}"
    assert [issue.date.day for issue in read([write(tmp_path / "x.md", text)], quiet)] == [3, 4]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_digest_in_another_unicode_is_told(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "x.md").write_bytes(("\ufeff" * (encoding == "utf-16-le") + HEAD + PAPER).encode(encoding))
    assert codes(tmp_path) == ([], [(Code.NOT_UTF8, 1)])


@pytest.mark.parametrize("special", ["pipe", "device"])
def test_what_is_no_regular_file_is_left_out(tmp_path: Path, special: str) -> None:
    write(tmp_path / "a.md", HEAD + PAPER)
    if special == "pipe":
        os.mkfifo(tmp_path / "b.md")
    else:
        (tmp_path / "b.md").symlink_to("/dev/zero")
    found, said = codes(tmp_path)
    assert (len(found), said) == (1, [(Code.UNREADABLE, 0)])


def test_links_in_a_circle_are_told(tmp_path: Path) -> None:
    write(tmp_path / "a.md", HEAD + PAPER)
    (tmp_path / "b.md").symlink_to("c.md")
    (tmp_path / "c.md").symlink_to("b.md")
    (tmp_path / "folder").symlink_to(tmp_path)
    found, said = codes(tmp_path)
    assert (len(found), said) == (1, [(Code.UNREADABLE, 0), (Code.UNREADABLE, 0)])


@pytest.mark.parametrize("name", ["a" * 300, "x.md/y", "gone"])
def test_a_source_that_cannot_be_is_the_user_s(tmp_path: Path, name: str) -> None:
    write(tmp_path / "x.md", HEAD + PAPER)
    with pytest.raises(UsageError):
        read([tmp_path / name], quiet)


@pytest.mark.parametrize("changed", [None, HEAD, PAPER + HEAD])
def test_a_file_that_changes_under_us_is_told(tmp_path: Path, changed: str | None) -> None:
    path = write(tmp_path / "x.md", HEAD + PAPER + HEAD)
    found = read([path], quiet)
    path.unlink()
    if changed is not None:
        write(path, changed)
    with pytest.raises(SourceChanged, match="run again"):
        list(found)


def test_one_file_by_two_names_is_said_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path / "x.md", HEAD + PAPER)
    found, said = codes(path, Path("x.md"), tmp_path)
    assert [len(issue.papers) for issue in found] == [1]
    assert said == [(Code.REPEATED_ISSUE, 1)] * 2


def test_a_merged_paper_of_another_file_is_told_with_its_place(tmp_path: Path) -> None:
    write(tmp_path / "a.md", HEAD + PAPER)
    write(tmp_path / "b.md", HEAD + PAPER.replace("글", "더 긴 글"))
    said: list[Diagnostic] = []
    (issue,) = read([tmp_path], said.append)
    assert (issue.papers[0].path, issue.papers[0].summary[0].text) == ("a.md", "더 긴 글.")
    (message,) = [diagnostic.message for diagnostic in said]
    assert message == "2405.00001 is here again with another summary; merged with a.md:3"


def test_many_sections_of_one_date_take_linear_time(tmp_path: Path) -> None:
    import time

    def seconds(count: int) -> float:
        papers = (HEAD + PAPER.replace("00001", f"{number:05}") for number in range(count))
        path = write(tmp_path / "x.md", HEAD + PAPER + "- 글.\n" * count + "".join(papers))
        start = time.process_time()
        (issue,) = read([path], quiet)
        assert len(issue.papers) == min(count, limits.MOST_PAPERS)
        return time.process_time() - start

    small = seconds(500)
    assert seconds(4_000) < 40 * small + 0.2


@pytest.mark.parametrize("name", ["x.txt", "x.text", "x.mkd", "X.MDX"])
def test_text_files_that_begin_as_a_digest_are_read(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, f"\ufeffexport const x = 1\n\n{HEAD}{PAPER}")
    write(tmp_path / f"b{name}", "numpy>=2\nSee https://arxiv.org/abs/2405.00001\n")
    found, said = codes(tmp_path)
    assert ([issue.papers[0].path for issue in found], said) == ([name], [])


def test_what_a_build_has_published_below_is_no_source(tmp_path: Path) -> None:
    write(tmp_path / "a.md", HEAD + PAPER)
    (tmp_path / "public").mkdir()
    write(tmp_path / "public" / "b.md", HEAD.replace("03", "04") + PAPER)
    assert len(codes(tmp_path)[0]) == 2
    write(tmp_path / "public" / ".paperround.json", "{}")
    assert len(codes(tmp_path)[0]) == 1
    assert len(codes(tmp_path / "public")[0]) == 1


def test_a_document_has_no_more_dates_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_DATES", 2)
    write(tmp_path / "a.md", "".join(HEAD.replace("03", f"{day:02}") + PAPER for day in (3, 4, 5, 6)))
    found, said = codes(tmp_path)
    assert ([issue.date.day for issue in found], said) == ([3, 4], [(Code.TOO_MANY, 11)])


def test_an_issue_of_many_files_has_no_more_papers_than_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_PAPERS", 3)
    for name in "ab":
        papers = "".join(PAPER.replace("00001", f"0{ord(name)}{number}") for number in (10, 11))
        write(tmp_path / f"{name}.md", HEAD + papers)
    found, said = codes(tmp_path)
    assert ([len(issue.papers) for issue in found], said) == ([3], [(Code.TOO_MANY, 1)])
