"""What a failed comparison shows."""

from pathlib import Path

import pytest

from .comparison import MOST_LINES, difference
from .documents import follow, prepare_programs


def test_equal_texts_do_not_differ() -> None:
    assert difference({"a": "1\n"}, {"a": "1\n"}) == ""


def test_a_difference_names_the_text_and_shows_the_lines() -> None:
    lines = difference({"a": "1\n2\n", "b": ""}, {"a": "1\n3\n", "c": ""}).splitlines()
    assert lines[:2] == ["--- a (expected)", "+++ a (given)"]
    assert [line for line in lines if line.startswith(("-2", "+3"))] == ["-2", "+3"]
    assert lines[-2:] == ["b: it is not there", "c: nobody expects it; --update-golden writes it down"]


def test_a_long_difference_is_cut() -> None:
    shown = difference({"a": ""}, {"a": "x\n" * 2 * MOST_LINES}).splitlines()
    assert len(shown) == MOST_LINES + 1
    assert shown[-1].startswith("... and ")


def test_a_line_end_at_the_end_of_a_text_is_a_difference() -> None:
    assert difference({"a": "1"}, {"a": "1\n"})


def test_a_page_whose_session_is_wrong_is_named_and_shown(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ echo one\none\n$ echo two\nthree\n```\n", encoding="utf-8")
    prepare_programs(tmp_path)
    with pytest.raises(pytest.fail.Exception) as failed:
        follow(page, tmp_path, update=False)
    assert "page.md" in str(failed.value)
    assert [line for line in str(failed.value).splitlines() if line in ("-three", "+two")] == ["-three", "+two"]
    follow(page, tmp_path, update=True)
    follow(page, tmp_path, update=False)


def test_a_command_that_fails_is_shown_with_what_it_said(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```sh\necho why\nfalse\n```\n", encoding="utf-8")
    prepare_programs(tmp_path)
    with pytest.raises(pytest.fail.Exception, match=r"(?s)page\.md.*false\n.*why"):
        follow(page, tmp_path, update=False)
