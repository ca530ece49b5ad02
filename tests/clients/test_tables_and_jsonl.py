"""Programs that read tables: Python's csv, pandas, and a JSON parser line by line."""

import csv
import json

import pandas
from paperround.model import Issue, Paper

from .conftest import Archive


def test_csv_reads_a_row_for_every_paper_of_every_issue(archive: Archive) -> None:
    with (archive.folder / "papers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    for row, (issue, position, paper) in zip(rows, rows_of(archive), strict=True):
        assert (row["date"], row["position"]) == (str(issue.date), str(position))
        assert row["arxiv_id"] == (paper.arxiv_id or "")
        assert row["title"] == paper.title
        assert row["votes"] == ("" if paper.votes is None else str(paper.votes))
        assert (row["path"], row["line"]) == (paper.path, str(paper.line))


def test_pandas_reads_columns_with_their_types(archive: Archive) -> None:
    table = pandas.read_csv(
        archive.folder / "papers.csv",
        dtype={"arxiv_id": "string", "votes": "Int64"},
        parse_dates=["date"],
        keep_default_na=False,
        na_values={"votes": [""], "arxiv_id": [""]},
    )
    known = rows_of(archive)
    assert list(table["date"].dt.date) == [issue.date for issue, _, _ in known]
    assert list(table["title"]) == [paper.title for _, _, paper in known]
    assert [None if value is pandas.NA else value for value in table["votes"]] == [paper.votes for _, _, paper in known]
    assert list(table["authors_complete"]) == [paper.authors_complete for _, _, paper in known]
    assert table["arxiv_id"].dropna().tolist() == [paper.arxiv_id for _, _, paper in known if paper.arxiv_id]


def test_json_lines_are_the_model(archive: Archive) -> None:
    lines = (archive.folder / "papers.jsonl").read_text(encoding="utf-8").splitlines()
    values = [json.loads(line) for line in lines]
    assert {value.pop("schema") for value in values} == {1}
    assert tuple(Issue.model_validate(value) for value in values) == archive.issues


def test_pandas_reads_json_lines(archive: Archive) -> None:
    table = pandas.read_json(archive.folder / "papers.jsonl", lines=True)
    assert [len(papers) for papers in table["papers"]] == [len(issue.papers) for issue in archive.issues]


def rows_of(archive: Archive) -> list[tuple[Issue, int, Paper]]:
    return [(issue, place, paper) for issue in archive.issues for place, paper in enumerate(issue.papers, 1)]
