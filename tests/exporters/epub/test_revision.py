"""When a book counts as changed: by what it says, not by votes."""

import datetime
from typing import Any

import pytest
from paperround.exporters import Series
from paperround.exporters.epub import export
from paperround.exporters.epub.plan import plan_book
from paperround.exporters.epub.revision import text_fingerprint
from paperround.exporters.testing import MemoryOutput
from paperround.model import Author, Issue, Paper, Point, Record

from .book_cases import an_issue, members


def fingerprint(issue: Issue, abstract: bool = False, pictures: tuple[str, ...] = ()) -> str:
    return text_fingerprint(plan_book(Series(), "2024-05-03", [issue]), abstract, pictures)


def changed(**values: Any) -> Issue:
    issue = an_issue()
    return issue.model_copy(update={"papers": (issue.papers[0].model_copy(update=values), *issue.papers[1:])})


@pytest.mark.parametrize(
    "values",
    [
        {"title": "Another"},
        {"authors": ("Ann Author",)},
        {"summary": (Point(text="New"),)},
        {"url": "https://example.org/new"},
        {"media": None},
        {"group": "Vision"},
    ],
    ids=str,
)
def test_what_is_said_counts(values: dict[str, Any]) -> None:
    assert fingerprint(changed(**values)) != fingerprint(an_issue())


@pytest.mark.parametrize("values", [{"votes": 99}, {"line": 7}, {"path": "elsewhere.md"}], ids=str)
def test_votes_and_places_do_not(values: dict[str, Any]) -> None:
    assert fingerprint(changed(**values)) == fingerprint(an_issue())


def test_an_added_paper_a_picture_and_a_shown_abstract_count() -> None:
    record = Record(title="A", authors=(Author(name="B"),), abstract="C")
    issue = an_issue().model_copy(update={"papers": (Paper(title="A", record=record),)})
    more = issue.model_copy(update={"papers": (*issue.papers, Paper(title="D"))})
    shown = fingerprint(issue, abstract=True)
    assert len({fingerprint(issue), fingerprint(more), shown, fingerprint(issue, pictures=("20240503-01",))}) == 4


class Changed(MemoryOutput):
    def modified(self, name: str, text: str, newest: datetime.datetime) -> datetime.datetime:
        assert newest == datetime.datetime(2024, 5, 2, 15, tzinfo=datetime.UTC)
        return newest + datetime.timedelta(seconds=len(name))


def test_each_file_says_when_it_changed() -> None:
    output = Changed(Series(utc_offset="+09:00"), export.files, "2024-05-03")
    with export.bind("epub", {"variants": ["epub", "kindle"], "covers": False}).open(output) as write:
        write(an_issue())
    for name, book in output.files.items():
        assert f">2024-05-02T15:00:{len(name)}Z<".encode() in members(book)["EPUB/content.opf"]
