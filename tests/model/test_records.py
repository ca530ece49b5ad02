"""Files of records: what is written is read back, sorted and whole."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperround.model import (
    Author,
    Code,
    Diagnostic,
    OutputError,
    Record,
    Records,
    SourceChanged,
    UsageError,
    read_records,
)
from paperround.model.records import line, parse_line, read_whole, write

from ..strategies import arxiv_ids, records

RECORD = Record(title="Quills", authors=(Author(name="Ada Quill"),), categories=("cs.CL",))
LINE = '{"id":"2405.00001","title":"Quills","authors":[{"name":"Ada Quill"}],"categories":["cs.CL"]}'


def test_a_line_holds_what_is_known() -> None:
    assert line("2405.00001", RECORD) == LINE
    assert line("2405.00002", None) == '{"id":"2405.00002","unknown":true}'


@given(arxiv_ids, st.none() | records)
def test_a_line_is_read_back(arxiv_id: str, record: Record | None) -> None:
    written = line(arxiv_id, record)
    assert "\n" not in written
    assert parse_line(written.encode()) == (arxiv_id, record)


@given(st.dictionaries(arxiv_ids, st.none() | records, max_size=5))
def test_a_file_is_read_back_in_order(tmp_path_factory: pytest.TempPathFactory, known: Records) -> None:
    path = tmp_path_factory.mktemp("records") / "arxiv.jsonl"
    write(path, known)
    found = read_whole(path)
    assert found == known
    assert list(found) == sorted(found)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('{"id":"2405.00001"', "not JSON: Expecting ',' delimiter"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a record: it has no arXiv id"),
        ('{"title":"Quills","authors":[]}', "not a record: it has no arXiv id"),
        ('{"id":2405.1,"title":"Quills","authors":[]}', "not a record: it has no arXiv id"),
        ('{"id":"2405.00001v2","title":"Quills","authors":[]}', "not a record: it has no arXiv id"),
        ('{"id":"2405.00001"}', "not a record: title: Field required"),
        ('{"id":"2405.00001","title":"Quills","authors":[{"name":""}]}', "not a record: authors.0.name: String should"),
        (LINE.replace("Quills", "Qui\\u0007lls"), "not a record: title: String should match pattern"),
    ],
)
def test_what_is_no_record_is_told_and_left_out(tmp_path: Path, written: str, said: str) -> None:
    path = tmp_path / "arxiv.jsonl"
    path.write_text(f"{LINE.replace('2405.00001', 'cs/0405001')}\n\n{written}\n", encoding="utf-8")
    told: list[Diagnostic] = []
    found = read_records(path, told.append)
    assert found["cs/0405001"] == RECORD
    assert found.get("2405.00001") is None
    (diagnostic,) = told
    assert (diagnostic.path, diagnostic.line, diagnostic.code) == (str(path), 3, Code.BAD_RECORD)
    assert diagnostic.message.startswith(said)
    assert diagnostic.message.endswith("; left out")


def test_a_field_that_is_none_stays_empty(tmp_path: Path) -> None:
    (tmp_path / "a").write_text('{"id":"2405.00001","title":"Quills","authors":[],"doi":3,"x":1,"comment":"Nine"}')
    said: list[Diagnostic] = []
    record = read_records(tmp_path / "a", said.append)["2405.00001"]
    assert record
    assert (record.title, record.doi, record.comment) == ("Quills", None, "Nine")
    assert [(each.line, each.code) for each in said] == [(1, Code.BAD_RECORD)] * 2
    assert all(each.message.endswith("; left empty") for each in said)
    with pytest.raises(UsageError, match=r"a:1: the (?:doi|x) of a record cannot be kept \((?!.*left)"):
        read_whole(tmp_path / "a")  # it would be lost


def test_bytes_that_are_not_utf8_are_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(LINE.replace("Quills", "Qu\u00ef").encode("latin-1"))
    told: list[Diagnostic] = []
    assert read_records(tmp_path / "a", told.append).get("2405.00001") is None
    assert told[0].message.startswith("not JSON")


def test_a_record_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "arxiv.jsonl"
    path.write_text(f'{{"id":"2405.00002","title":3}}\r\n \n\ufeff{LINE}', encoding="utf-8")
    told: list[Diagnostic] = []
    found = read_records(path, told.append)
    assert (len(found), list(found)) == (2, ["2405.00002", "2405.00001"])
    path.unlink()
    assert found["2405.00001"] == RECORD
    assert not told
    assert "2405.00002" not in found
    assert "2405.00003" not in found
    assert [diagnostic.line for diagnostic in told] == [1]


def test_a_line_may_have_other_spaces_and_the_last_of_an_id_counts(tmp_path: Path) -> None:
    path = tmp_path / "arxiv.jsonl"
    path.write_text(f'{{ "title": "Old", "authors": [], "id": "2405.00001" }}\n{LINE}\n', encoding="utf-8")
    assert read_records(path, print) == {"2405.00001": RECORD}


def test_a_file_that_changes_under_us_is_told(tmp_path: Path) -> None:
    path = tmp_path / "arxiv.jsonl"
    path.write_text(LINE, encoding="utf-8")
    found = read_records(path, print)
    path.write_text(LINE.replace("2405.00001", "2405.00002"), encoding="utf-8")
    with pytest.raises(SourceChanged, match="run again"):
        found["2405.00001"]


def test_a_file_that_is_going_to_be_written_may_hold_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(f"{LINE}\n=======\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"a:2: not JSON: (?!.*left out)"):
        read_whole(tmp_path / "a")


def test_a_file_that_cannot_be_read_or_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_whole(tmp_path / "none")
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot write"):
        write(tmp_path / "file" / "arxiv.jsonl", {})


def test_a_failed_write_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "arxiv.jsonl"
    write(path, {"2405.00001": RECORD})

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        write(path, {"2405.00001": RECORD, "2405.00002": RECORD})
    assert read_whole(path) == {"2405.00001": RECORD}
    assert os.listdir(tmp_path) == ["arxiv.jsonl"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "arxiv.jsonl").symlink_to(tmp_path / "real" / "arxiv.jsonl")
    write(tmp_path / "arxiv.jsonl", {"2405.00001": RECORD})
    assert (tmp_path / "arxiv.jsonl").is_symlink()
    assert json.loads((tmp_path / "real" / "arxiv.jsonl").read_bytes())["id"] == "2405.00001"
