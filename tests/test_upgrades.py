"""What older versions wrote is still read: tests/upgrades has a folder for each schema there has been.

A folder holds digests and arXiv's records of them, the folder that a build of that time published from these, and the
JSON Schema of that time. It is never written again, but for the newest one's schema, which is today's.
"""

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from paperround.model import SCHEMA, Diagnostic, Issue, jsonlines, read, read_records
from paperround.model.records import line
from paperround.model.schema import json_schema

from .command import ROOT, done, files, paperround
from .strategies import issues

UPGRADES = ROOT / "tests" / "upgrades"
VERSIONS = sorted(UPGRADES.iterdir(), key=lambda path: int(path.name))
NEWEST = UPGRADES / str(SCHEMA)
TODAY = jsonschema.Draft202012Validator(json.loads(json_schema()), format_checker=jsonschema.FormatChecker())

each = pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.name)


def quiet(diagnostic: Diagnostic) -> None:
    """Say nothing."""


def test_the_schema_is_the_one_kept(request: pytest.FixtureRequest) -> None:
    """Should this differ, an older paperround may not read what today's writes: then SCHEMA has to be counted up."""
    kept = NEWEST / "papers.schema.json"
    if request.config.getoption("--update-golden"):
        kept.write_text(json_schema(), encoding="utf-8")
    assert done(paperround("schema")) == kept.read_text(encoding="utf-8")
    jsonschema.Draft202012Validator.check_schema(TODAY.schema)


@given(issues)
def test_what_the_model_takes_fits_the_schema(issue: Issue) -> None:
    TODAY.validate(json.loads(jsonlines.line(issue)))


@pytest.mark.parametrize(
    ("field", "value"),
    [("schema", 2), ("date", "2024-02-31"), ("language", "?"), ("papers", {}), ("more", 1), ("title", "a\nb")],
)
def test_what_does_not_fit_the_schema_is_refused_by_the_model_too(field: str, value: object) -> None:
    text = (NEWEST / "public" / "papers.jsonl").read_text(encoding="utf-8").splitlines()[0]
    values = json.loads(text) | {field: value}
    assert not TODAY.is_valid(values)
    said: list[str] = []
    try:
        jsonlines.parse_line(json.dumps(values).encode(), 1, lambda line, code, message: said.append(message))
    except ValueError as error:
        said.append(str(error))
    needed = {"schema": "schema 2 is newer", "date": "not an issue: date", "papers": "not an issue: papers"}
    assert [message.startswith(needed.get(field, f"the {field} of an issue cannot be kept")) for message in said] == [
        True
    ]


@each
def test_lines_fit_the_schema_of_their_time(version: Path) -> None:
    schema = json.loads((version / "papers.schema.json").read_text(encoding="utf-8"))
    assert schema["properties"]["schema"] == {"const": int(version.name), "description": "Version of this form."}
    for text in (version / "public" / "papers.jsonl").read_text(encoding="utf-8").splitlines():
        jsonschema.Draft202012Validator(schema).validate(json.loads(text))


@each
def test_papers_are_read(version: Path) -> None:
    said: list[Diagnostic] = []
    kept = list(read([version / "public" / "papers.jsonl"], said.append))
    records = [paper.record for issue in kept for paper in issue.papers]
    known = {"record": None, "authors_ordered": False}  # digests of today promise no order, also of a lone name
    plain = [[paper.model_copy(update=known) for paper in issue.papers] for issue in kept]
    assert plain == [list(issue.papers) for issue in read([version / "digests"], quiet)]
    assert any(records)
    assert said == []
    for issue in kept:
        TODAY.validate(json.loads(jsonlines.line(issue)))


@each
def test_records_are_read(version: Path) -> None:
    said: list[Diagnostic] = []
    text = (version / "arxiv.jsonl").read_text(encoding="utf-8")
    records = read_records(version / "arxiv.jsonl", said.append)
    assert (len(records), said) == (text.count("\n"), [])
    assert version != NEWEST or [line(found, records[found]) for found in records] == text.splitlines()


@each
def test_a_published_folder_is_built_upon(version: Path, tmp_path: Path) -> None:
    """Nothing of the manifest's time is left behind, and what is not ours stays."""
    shutil.copytree(version, tmp_path / "old")
    (tmp_path / "old" / "public" / "ours.txt").write_text("a stranger's")
    given = ["digests", "--metadata", "arxiv.jsonl", "--base-url", "https://example.org"]
    done(paperround("build", *given, "-o", "public", "--prune", cwd=tmp_path / "old"))
    done(paperround("build", *given, "-o", "new", cwd=tmp_path / "old"))
    built, expected = files(tmp_path / "old" / "public"), files(tmp_path / "old" / "new")
    assert built.pop("ours.txt") == b"a stranger's"
    assert built == expected
