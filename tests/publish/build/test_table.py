"""A table is a mapping in the order of its keys, whether it stays in memory or has moved to disk."""

import datetime
import json
import pickle
from pathlib import Path

import pytest
from paperround.model import OutputError
from paperround.publish.build import answers, manifest, table
from paperround.publish.build.answers import Answers
from paperround.publish.build.folder import Folder
from paperround.publish.build.manifest import Day, Entry, Made, Manifest
from paperround.publish.build.table import Table


@pytest.fixture(autouse=True, params=[0, 2, 2048])
def most(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_MOST", request.param)


def test_it_is_a_mapping_in_order() -> None:
    found = Table({"b": (2,), "a": (1,), "é": (4,)})
    found["c"] = (3,)
    found["b"] = (20,)
    assert list(found.items()) == [("a", (1,)), ("b", (20,)), ("c", (3,)), ("é", (4,))]
    assert found.pop("b") == (20,)
    assert "b" not in found
    assert len(found) == 3
    with pytest.raises(KeyError):
        found["b"]
    with pytest.raises(KeyError):
        del found["b"]


def test_what_it_takes_from_another_is_a_copy() -> None:
    first = Table({"a": 1, "b": 2, "c": 3})
    second = Table(first)
    second["a"] = 10
    assert dict(first) == {"a": 1, "b": 2, "c": 3}
    assert dict(second) == {"a": 10, "b": 2, "c": 3}
    assert ("a", 1) in first.items()
    assert list(first.values()) == [1, 2, 3]


def test_keys_are_what_they_were() -> None:
    day = datetime.date(2024, 5, 3)
    found = Table({day: 1}, datetime.date.fromisoformat)
    assert list(found) == [day]
    assert day in found


def test_tables_of_equal_entries_are_equal() -> None:
    entries = {"a": 1, "b": 2, "c": 3}
    assert Table(entries) == Table(entries)
    assert Table(entries) != Table(entries | {"c": 4})
    assert Table(entries) != Table({"a": 1})
    assert Table(entries) != entries


def test_values_are_equal_however_they_are_packed() -> None:
    """A text that a value holds twice is packed once, two equal ones twice."""
    text = "".join(["a", "b"])
    once, twice = (text, text), (text, "".join(["a", "b"]))
    assert pickle.dumps(once) != pickle.dumps(twice)
    assert Table({"a": once, "b": once, "c": once}) == Table({"a": twice, "b": once, "c": twice})
    assert Table({"a": once, "b": once, "c": once}) != Table({"a": once, "b": once, "d": once})


def test_it_travels() -> None:
    found = Table({datetime.date(2024, 5, day): day for day in range(1, 9)}, datetime.date.fromisoformat)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_MOST", 0)
    found = Table({"a": 1})
    assert found._many
    found._many._ask("PRAGMA max_page_count = 4")
    with pytest.raises(OutputError, match="cannot write a temporary file: database or disk is full"):
        found.update({str(number): "x" * 4000 for number in range(100)})
    found._many._connection.close()
    with pytest.raises(OutputError, match="cannot write a temporary file: Cannot operate on a closed database"):
        found["a"]


FILES = {f"epub/x-{number}.epub": Entry("epub", number, "0" * 64) for number in range(4)}
DAYS = {datetime.date(2024, 5, day): Day("1" * 32, day, ((0, 3, "portrait", "한"),), {"2": True}) for day in (3, 4)}
PARTS = {
    "epub/2024-05-03": Made(
        "3" * 32, (*FILES,), Answers({'a "b"': None, "b,": 3}.items()), Answers([("c", True)]), settled=False
    ),
    "html/": Made("4" * 32),
}


@pytest.mark.parametrize(
    "written",
    [
        Manifest(),
        Manifest(Table(FILES)),
        Manifest(Table(), Table(DAYS, datetime.date.fromisoformat), Table({"html/": PARTS["html/"]})),
        Manifest(Table(FILES), Table(DAYS, datetime.date.fromisoformat), Table(PARTS)),
    ],
)
def test_a_manifest_is_read_an_entry_at_a_time(
    written: Manifest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However it is laid out, it says the same."""
    manifest.save(Folder(tmp_path), written)
    as_document, documents = manifest._as_document, []
    monkeypatch.setattr(manifest, "_as_document", lambda data: documents.append(data) or as_document(data))
    assert manifest.load(tmp_path) == written
    assert not documents
    path = tmp_path / manifest.NAME
    path.write_bytes(b" " + path.read_bytes().replace(b"\n", b""))
    assert manifest.load(tmp_path) == written
    assert documents


def test_half_a_manifest_says_nothing(tmp_path: Path) -> None:
    manifest.save(Folder(tmp_path), Manifest(Table(FILES), Table(DAYS, datetime.date.fromisoformat), Table(PARTS)))
    path = tmp_path / manifest.NAME
    data = path.read_bytes()
    for size in range(0, len(data) - 1, 9):  # without its last line's end it is whole
        path.write_bytes(data[:size])
        assert manifest.load(tmp_path) == Manifest()


@pytest.mark.parametrize("long", [0, 100_000])
def test_answers_are_what_they_were(monkeypatch: pytest.MonkeyPatch, long: int) -> None:
    monkeypatch.setattr(answers, "_LONG", long)
    told = [("a", None), ('"b", \\:{}', 3), ("한", True), ("d", False), ("", 0)]
    found = list(Answers(told))
    assert found == told
    assert json.loads("".join(Answers(told).text())) == dict(told)
    assert Answers(told) == Answers(iter(told))
    assert Answers(told) != Answers(told[:-1])
    assert [type(answer) for _, answer in found] == [type(answer) for _, answer in told]
    assert list(Answers()) == []
    assert not Answers()


def test_rows_are_a_sequence() -> None:
    values = [(number, "x") for number in range(20)]
    rows = table.Rows(values)
    assert list(rows) == values
    assert list(reversed(rows)) == values[::-1]
    assert rows[3:5] == values[3:5]
    assert rows[-1] == values[-1]
    with pytest.raises(IndexError):
        rows[20]
