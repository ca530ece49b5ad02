"""`paperround metadata`, and the records it collects in what is published."""

import gzip
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from paperround.cli.main import run
from paperround.model import Author, NoAnswer, Record, Records, read_records
from paperround.publish.records import arxiv

from ..command import done, files, paperround

DIGEST = """## Daily Papers (2024-05-03)

### [Quills](https://arxiv.org/abs/2405.00001)

Authors: Ben Tarn, Ada Quill

- S.

### [Tarns](https://arxiv.org/abs/2405.00002)

- S.
"""
SNAPSHOT = {
    "id": "2405.00001",
    "title": "Quills",
    "authors": "Ada Quill, Ben Tarn",
    "categories": "cs.CL",
    "versions": [{"version": "v1", "created": "Thu, 2 May 2024 17:59:59 GMT"}],
    "authors_parsed": [["Quill", "Ada", ""], ["Tarn", "Ben", ""]],
}
RECORDS = (
    '{"id":"2405.00001","title":"Quills","authors":[{"name":"Ada Quill","family":"Quill","given":"Ada"},'
    '{"name":"Ben Tarn","family":"Tarn","given":"Ben"}],"categories":["cs.CL"],'
    '"published":"2024-05-02","updated":"2024-05-02"}\n'
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("digest.md").write_text(DIGEST, encoding="utf-8")
    return tmp_path


def answering(monkeypatch: pytest.MonkeyPatch, *pieces: Records | BaseException) -> list[list[str]]:
    """Let arXiv answer with these pieces; return the lists of ids that it is asked for."""
    asked: list[list[str]] = []

    def gather(ids: Sequence[str], tell: object) -> Iterator[Records]:
        asked.append(list(ids))
        for piece in pieces:
            if isinstance(piece, BaseException):
                raise piece
            yield piece

    monkeypatch.setattr(arxiv, "gather", gather)
    return asked


def test_records_come_from_a_snapshot(capsys: pytest.CaptureFixture[str]) -> None:
    Path("snapshot.gz").write_bytes(gzip.compress(json.dumps(SNAPSHOT).encode()))
    assert run(["metadata", "digest.md", "-o", "arxiv.jsonl", "--snapshot", "snapshot.gz"]) == 0
    assert Path("arxiv.jsonl").read_text(encoding="utf-8") == RECORDS
    assert capsys.readouterr().err == "2 papers: 1 new record, 1 without a record in arxiv.jsonl\n"


def test_records_come_from_arxiv(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    record = Record(title="Quills", authors=(Author(name="Ada Quill"),))
    asked = answering(monkeypatch, {"2405.00001": record, "2405.00002": None})
    assert run(["metadata", "digest.md", "-o", "arxiv.jsonl"]) == 0
    assert run(["metadata", "digest.md", "-o", "arxiv.jsonl", "--strict"]) == 1
    assert asked == [["2405.00001", "2405.00002"]]
    assert capsys.readouterr().err.splitlines() == [
        "digest.md:9: unknown-id arXiv does not know 2405.00002",
        "2 papers: 1 new record, 1 unknown to arXiv in arxiv.jsonl; 1 warning",
        "digest.md:9: unknown-id arXiv does not know 2405.00002",
        "2 papers: 0 new records, 1 unknown to arXiv in arxiv.jsonl; 1 warning",
    ]


@pytest.mark.parametrize(("trouble", "status"), [(KeyboardInterrupt(), 130), (NoAnswer("arXiv is silent"), 2)])
def test_what_came_before_an_end_is_kept(monkeypatch: pytest.MonkeyPatch, trouble: BaseException, status: int) -> None:
    record = Record(title="Quills", authors=(Author(name="Ada Quill"),))
    answering(monkeypatch, {"2405.00001": record}, trouble)
    assert run(["metadata", "digest.md", "-o", "new/arxiv.jsonl"]) == status
    assert read_records(Path("new/arxiv.jsonl"), print) == {"2405.00001": record}
    assert os.listdir("new") == ["arxiv.jsonl"]


def test_an_archive_without_arxiv_papers_makes_an_empty_file(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(monkeypatch)
    Path("digest.md").write_text("## Daily Papers (2024-05-03)\n\n### [T](https://example.org)\n\n- S.\n", "utf-8")
    assert run(["metadata", "digest.md", "-o", "arxiv.jsonl"]) == 0
    assert Path("arxiv.jsonl").read_bytes() == b""
    assert not asked


def test_publishing_with_records_equals_publishing_the_model_that_has_them() -> None:
    Path("arxiv.jsonl").write_text(RECORDS, encoding="utf-8")
    done(paperround("build", "digest.md", "--metadata", "arxiv.jsonl", "-o", "one"))
    model = paperround("export", "jsonl", "digest.md", "--metadata", "arxiv.jsonl")
    done(paperround("build", "-", "-o", "two", stdin=model.stdout))
    done(paperround("build", "digest.md", "-o", "without"))
    for folder in "one", "two":
        for name in (".paperround.json",):  # says what each was made from
            Path(folder, name).unlink(missing_ok=True)
    assert files(Path("one")) == files(Path("two"))
    assert "Quill, Ada and Tarn, Ben" in Path("one/papers.bib").read_text(encoding="utf-8")
    assert "Ben Tarn and Ada Quill" in Path("without/papers.bib").read_text(encoding="utf-8")


def test_the_configuration_names_the_file_from_its_own_folder(capfd: pytest.CaptureFixture[str]) -> None:
    Path("conf").mkdir()
    Path("conf/arxiv.jsonl").write_text(RECORDS, encoding="utf-8")
    Path("conf/my.toml").write_text('metadata = "arxiv.jsonl"\n[series]\ntitle = "T"\n', encoding="utf-8")
    assert run(["export", "bibtex", "digest.md", "--config", "conf/my.toml"]) == 0
    assert "Quill, Ada and Tarn, Ben" in capfd.readouterr().out
    Path("other.jsonl").write_text(RECORDS.replace("Quill", "Fen").replace('"Ben"', '"Bo"'), encoding="utf-8")
    assert run(["export", "bibtex", "digest.md", "--config", "conf/my.toml", "--metadata", "other.jsonl"]) == 0
    assert "Fen, Ada and Tarn, Bo" in capfd.readouterr().out
    assert run(["build", "digest.md", "--config", "conf/my.toml", "-o", "out"]) == 0
    assert "Quill, Ada and Tarn, Ben" in Path("out/papers.bib").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build", "digest.md", "-o", "out", "--metadata", "none"], "none: there is no such file of arXiv's records"),
        (["export", "csv", "digest.md", "--metadata", "."], ".: Is a directory"),
        (
            ["export", "csv", "digest.md", "--config", "c.toml"],
            "c.toml: 'metadata' is expected to be the path",
        ),
        (["metadata", "digest.md", "-o", "damaged"], "damaged:1: not JSON: Expecting value: line 1 column 1 (char 0)"),
        (["metadata", "digest.md", "-o", "a", "--snapshot", "none"], "none: No such file or directory"),
        (["metadata", "digest.md"], "Missing option '-o' / '--output'."),
    ],
)
def test_a_wrong_file_is_told_in_one_line(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("c.toml").write_text("metadata = 3\n", encoding="utf-8")
    Path("damaged").write_text("<<<<<<< HEAD\n", encoding="utf-8")
    assert run(words) == 2
    (told,) = capsys.readouterr().err.splitlines()
    assert told.startswith(f"paperround: {said}")
    assert not Path("out").exists()


def test_a_line_that_is_no_record_is_an_error_of_the_input(capsys: pytest.CaptureFixture[str]) -> None:
    Path("arxiv.jsonl").write_text(f"{RECORDS}x\n", encoding="utf-8")
    assert run(["export", "bibtex", "digest.md", "--metadata", "arxiv.jsonl", "-o", "a.bib"]) == 1
    assert "arxiv.jsonl:2: bad-record not JSON" in capsys.readouterr().err
    assert "Quill, Ada" in Path("a.bib").read_text(encoding="utf-8")


def test_records_can_be_selected_by() -> None:
    Path("arxiv.jsonl").write_text(RECORDS, encoding="utf-8")
    Path("paperround.toml").write_text(
        'metadata = "arxiv.jsonl"\n[[select]]\nname = "language"\nkeywords = ["cs.CL"]\n', encoding="utf-8"
    )
    assert run(["build", "digest.md", "-o", "out"]) == 0
    assert "2405.00001" in Path("out/select/language/feeds/papers.atom").read_text(encoding="utf-8")
