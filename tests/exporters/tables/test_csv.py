"""The table loses nothing: the issues can be read back from it."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pandas
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paperround.exporters.tables.csv import COLUMNS, export
from paperround.exporters.tables.summary_markdown import summary_markdown
from paperround.exporters.testing import run
from paperround.model import Author, Issue, Media, Paper, Point, Record, parse, read

from ..citations.library import archives, issue, paper

HERE = Path(__file__).parent
REAL = HERE.parents[3] / "shared" / "digests"


@given(archives)
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_reads_back_equal(issues: list[Issue]) -> None:
    """All but the summaries, whose Markdown is the parser's to read, and issues without a paper, which have no row."""
    table = run(export, issues)["papers.csv"].decode()
    want = [without_summaries(issue) for issue in sorted(issues, key=lambda issue: issue.date) if issue.papers]
    assert [without_summaries(issue) for issue in read_back(table)] == want


@pytest.mark.parametrize("folder", [HERE.parents[2] / "examples" / "digests", REAL])
def test_digests_read_back_equal(folder: Path) -> None:
    if not folder.exists():
        pytest.skip(f"{folder.name} is not here")
    issues = list(read([folder], lambda diagnostic: None))
    assert list(read_back(run(export, issues)["papers.csv"].decode())) == issues


@pytest.mark.parametrize(
    "lines",
    [
        ["- **What's New**: a", "  - b", "    - **c**: d"],
        ["* - -", "- * *", "- #### x", "- ```", "- > quoted", "- Vote: 3", "- Authors: A"],
        ["#### A *b* __c__", "- d", "- e", "  - f", "#### **G**", "- h"],
        ["__a*b__: c", "**x**: **y**: z", "- **bold**", "- **bold**", "  - child"],
        ["#### *", "#", "- :", "- b", "#### c", "- d"],
        ["-", "  - child of nothing"],
        ["1. one", "2) two", "", "paragraph", "wrapped on", "", "> quote"],
        ["- `code` $x_1$ [a](b) <think> \\alpha"],
    ],
)
def test_markdown_reads_back_equal(lines: list[str]) -> None:
    summary = summary_of(lines)
    (row,) = rows(run(export, [issue(paper(summary=summary))])["papers.csv"].decode())
    assert summary_of(row["summary"].split("\n")) == summary


bullets = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "  ", "    "]),
    st.sampled_from(["- ", "* ", "", "1. ", "#### ", "- **", "**", "__", "> ", "- ```"]),
    st.text(st.sampled_from("ab *_:-#`>. "), max_size=8),
)


@given(st.lists(bullets, max_size=6))
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_whatever_the_parser_found_it_finds_again(lines: list[str]) -> None:
    summary = summary_of(lines)
    assert summary_of(summary_markdown(summary).split("\n")) == summary


def test_bytes() -> None:
    data = run(export, [issue(paper(authors=("Ann; Bob", "C\\D", "E")))])["papers.csv"]
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 2
    assert b"Ann\\; Bob; C\\\\D; E" in data


def test_a_paper_on_two_dates_has_two_rows() -> None:
    table = run(export, [issue(paper()), issue(paper(), date="2024-05-04")])["papers.csv"].decode()
    assert [row["date"] for row in rows(table)] == ["2024-05-03", "2024-05-04"]


def test_pandas_reads_both_dialects() -> None:
    issues = [issue(paper(arxiv_id="2405.01230", votes=5), paper("=1+1", arxiv_id=None, votes=None))]
    frame = pandas.read_csv(io.BytesIO(run(export, issues)["papers.csv"]), dtype={"arxiv_id": "string"})
    assert list(frame.columns) == list(COLUMNS)
    assert frame.arxiv_id[0] == "2405.01230"
    assert frame.title[1] == "=1+1"
    excel = pandas.read_csv(io.BytesIO(run(export, issues, dialect="excel")["papers.csv"]))
    assert excel.shape == frame.shape
    assert list(excel.columns) == list(COLUMNS)


@given(archives)
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_excel_runs_no_cell(issues: list[Issue]) -> None:
    data = run(export, issues, dialect="excel")["papers.csv"]
    assert data.startswith(b"\xef\xbb\xbf")
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator):
            assert not [cell for cell in row if re.match("[=+@\t\r＝＋－＠-]", cell)]
            assert len(row) in ((len(COLUMNS),) if separator == "," else (0, 1))


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(1)", "；=1", "a;=1", 'a";=1', '";=1', "＝1", "＋1", "－1", "＠1"]
)
def test_no_column_of_text_runs_as_a_formula_in_excel(text: str) -> None:
    names = (Author(name=text, family=text, given=text),)
    record = Record(
        title=text, authors=names, categories=(text,), abstract=text, doi=text, journal_ref=text, comment=text
    )
    summary = (
        Point(text=text, points=(Point(text=text),)),
        Point(heading=text, text=text),
        Point(heading=text, text=""),
    )
    cited = paper(text, (text,), record=record, summary=summary, path=text, group=text)
    data = run(export, [issue(cited).model_copy(update={"title": text})], dialect="excel")["papers.csv"]
    for separator in ",;\t":
        table = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator)
        assert not [cell for row in table for cell in row if re.match("[=+@＝＋－＠-]", cell)]


def test_excel_cells_hold_no_separator_of_another_locale() -> None:
    cited = paper("A;=1+1", authors=("Ann", "Bob; C"))
    data = run(export, [issue(cited)], dialect="excel")["papers.csv"].decode("utf-8-sig")
    (row,) = rows(data)
    assert (row["title"], row["authors"]) == ("A；=1+1", "Ann；Bob\\；C")


def test_a_group_is_the_last_column() -> None:
    (row,) = rows(run(export, [issue(paper(group="Tarns"))])["papers.csv"].decode())
    assert list(row)[-1] == "group"
    assert row["group"] == "Tarns"


def test_excel_summaries_are_still_read() -> None:
    summary = summary_of(["- **A**: b", "  - - c", "- =1"])
    data = run(export, [issue(paper(summary=summary))], dialect="excel")["papers.csv"]
    (row,) = rows(data.decode("utf-8-sig"))
    assert row["summary"].startswith("• **A**: b\n  • - c")
    assert summary_of(row["summary"].split("\n")) == summary


def rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table, newline="")))


def read_back(table: str) -> Iterator[Issue]:
    for date, group in groupby(rows(table), key=lambda row: row["date"]):
        members = list(group)
        assert [row["position"] for row in members] == [str(position + 1) for position in range(len(members))]
        yield Issue(
            date=date,
            title=members[0]["issue_title"],
            language=members[0]["language"],
            papers=tuple(map(paper_of, members)),
        )


def paper_of(row: dict[str, str]) -> Paper:
    names = ("arxiv_id", "title", "url", "votes", "path", "line", "authors_complete", "authors_ordered", "group")
    values = {name: row[name] or None for name in names} | {"path": row["path"]}
    media = Media(kind=row["media_kind"], url=row["media_url"]) if row["media_url"] else None
    summary = summary_of(row["summary"].split("\n"))
    return Paper(**values, authors=split(row["authors"]), media=media, summary=summary, record=record_of(row))


def record_of(row: dict[str, str]) -> Record | None:
    cells = {name.removeprefix("record_"): cell or None for name, cell in row.items() if name.startswith("record_")}
    if not any(cells.values()):
        return None
    cells["journal_ref"] = cells.pop("journal")
    display = split(cells.pop("authors") or "")
    parts = split(cells.pop("names") or "") or ("|||",) * len(display)
    authors = tuple(author_of(name, item) for name, item in zip(display, parts, strict=True))
    return Record(
        **cells | {"title": row["record_title"]} | {"authors": authors, "categories": split(cells["categories"] or "")}
    )


def author_of(name: str, item: str) -> Author:
    family, given, suffix, corporate = (part or None for part in separate(item, "|"))
    return Author(name=name, family=family, given=given, suffix=suffix, corporate=bool(corporate))


def split(cell: str) -> tuple[str, ...]:
    return tuple(part[1:] if at else part for at, part in enumerate(separate(cell, ";"))) if cell else ()


def separate(cell: str, separator: str) -> list[str]:
    parts = [""]
    for sign in re.findall(r"\\.|.", cell, re.DOTALL):
        if sign == separator:
            parts.append("")
        else:
            parts[-1] += sign[-1]
    return parts


def summary_of(lines: list[str]) -> tuple[Point, ...]:
    text = "\n".join(["## Daily Papers (2024-05-03)", "", "### [T](https://arxiv.org/abs/2405.01234)", "", *lines, ""])
    (found,) = parse(text, "", lambda diagnostic: None)
    return found.papers[0].summary


def without_summaries(issue: Issue) -> Issue:
    papers = (
        paper.model_copy(update={"summary": (), "record": folded(paper.record) if paper.record else None})
        for paper in issue.papers
    )
    return issue.model_copy(update={"papers": tuple(papers)})


def folded(record: Record) -> Record | None:
    """An empty text and none are the same to a table."""
    texts = {name: value or None for name, value in record if name != "title" and not isinstance(value, tuple)}
    authors = tuple(
        author.model_copy(update={name: getattr(author, name) or None for name in ("family", "given", "suffix")})
        for author in record.authors
    )
    return record.model_copy(update=texts | {"authors": authors}) if any(value for _, value in record) else None
