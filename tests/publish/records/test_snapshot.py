"""Collecting from a snapshot: only what is asked for, in any packing, with the names in their parts."""

import datetime
import gzip
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from paperround.model import Author, Code, Diagnostic, Record, UsageError
from paperround.publish.records.snapshot import gather

SAMPLE = Path(__file__).parents[4] / "shared" / "samples" / "kaggle" / "snapshot-head.jsonl"


def line(arxiv_id: str, **values: Any) -> bytes:
    """Return a line as Kaggle has it: keys in this order, other letters escaped."""
    known = {
        "id": arxiv_id,
        "submitter": "Ada Quill",
        "authors": "Ada Quill and Ben Tarn",
        "title": f"Paper {arxiv_id}",
        "comments": None,
        "journal-ref": None,
        "doi": None,
        "report-no": None,
        "categories": "cs.CL cs.AI",
        "license": None,
        "abstract": "  We invent a paper\nand show it.\n",
        "versions": [
            {"version": "v1", "created": "Thu, 2 May 2024 17:59:59 GMT"},
            {"version": "v2", "created": "Mon, 20 May 2024 01:02:03 GMT"},
        ],
        "update_date": "2024-06-01",
        "authors_parsed": [["Quill", "Ada", ""], ["Tarn", "Ben", ""]],
    }
    return json.dumps(known | values, separators=(",", ":")).encode() + b"\n"


def plain(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def gzipped(path: Path, data: bytes) -> None:
    path.write_bytes(gzip.compress(data))


def zipped(path: Path, data: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", "What is in here.")
        archive.writestr("arxiv-metadata-oai-snapshot.json", data)


def found(path: Path, *ids: str) -> dict[str, Record]:
    return {arxiv_id: record for piece in gather(path, ids, print) for arxiv_id, record in piece.items() if record}


def only(tmp_path: Path, **values: Any) -> Record:
    plain(tmp_path / "s.json", line("2405.00001", **values))
    return found(tmp_path / "s.json", "2405.00001")["2405.00001"]


@pytest.mark.parametrize("pack", [plain, gzipped, zipped])
def test_what_is_asked_for_is_found(tmp_path: Path, pack: Callable[[Path, bytes], None]) -> None:
    pack(tmp_path / "s", b"".join(map(line, ["0704.0001", "2405.00001", "2405.00002", "hep-th/9901001"])))
    assert [*found(tmp_path / "s", "hep-th/9901001", "0704.0001", "2405.99999")] == ["0704.0001", "hep-th/9901001"]


def test_a_record(tmp_path: Path) -> None:
    record = only(
        tmp_path,
        title="On $\\alpha$-Quills and \\'Ecole\n  Normale",
        comments="12 pages,\n  3 figures",
        doi="10.1000/quill.1",
        **{"journal-ref": "J. Inv. 3 (2024) 1-9"},
    )
    assert record == Record(
        title="On $\\alpha$-Quills and \\'Ecole Normale",
        authors=(
            Author(name="Ada Quill", family="Quill", given="Ada"),
            Author(name="Ben Tarn", family="Tarn", given="Ben"),
        ),
        categories=("cs.CL", "cs.AI"),
        abstract="We invent a paper and show it.",
        doi="10.1000/quill.1",
        journal_ref="J. Inv. 3 (2024) 1-9",
        comment="12 pages, 3 figures",
        published=datetime.date(2024, 5, 2),
        updated=datetime.date(2024, 5, 20),
    )


@pytest.mark.parametrize(
    ("written", "parsed", "name"),
    [
        ("Tarn2.5-VL Team, Ada Quill", "VL Team", "Tarn2.5-VL Team"),
        ("The QUILL Collaboration: A. Tarn", "The QUILL Collaboration", "The QUILL Collaboration"),
        ("\\'Etoile-AI Team (2024), Ada Quill", "AI Team", "AI Team"),
        ("Ada Quill, AI Team", "AI Team", "AI Team"),
    ],
)
def test_a_group_that_begins_the_list_gets_its_whole_name(tmp_path: Path, written: str, parsed: str, name: str) -> None:
    record = only(tmp_path, authors=written, authors_parsed=[[parsed, "", ""], ["Quill", "Ada", ""]])
    assert record.authors[0] == Author(name=name, corporate=True)


def test_what_stands_behind_names_joins_halves_and_is_left_out(tmp_path: Path) -> None:
    parsed = [["Quill", "Ada", "", "Tarn Institute"], ["Wei", "", "", "David"], ["Lo", "", ""]]
    record = only(tmp_path, authors="Ada Quill (Tarn Institute), Wei (David) Lo", authors_parsed=parsed)
    assert [author.name for author in record.authors] == ["Ada Quill", "Wei Lo"]


def test_the_scan_stops_when_all_are_found(tmp_path: Path) -> None:
    gzipped(tmp_path / "s.gz", line("2405.00001") + line("2405.00002"))
    whole = (tmp_path / "s.gz").read_bytes()
    (tmp_path / "s.gz").write_bytes(whole[:-8])  # only reading to the end would notice
    assert [*found(tmp_path / "s.gz", "2405.00001")] == ["2405.00001"]


def test_what_was_found_before_a_break_is_kept(tmp_path: Path) -> None:
    gzipped(tmp_path / "s.gz", line("2405.00001") + b"".join(line(f"2406.{number:05}") for number in range(2000)))
    (tmp_path / "s.gz").write_bytes((tmp_path / "s.gz").read_bytes()[:-200])
    pieces = gather(tmp_path / "s.gz", ["2405.00001", "2407.00001"], print)
    assert [*next(pieces)] == ["2405.00001"]
    with pytest.raises(UsageError, match=r"s\.gz: Compressed file ended before"):
        next(pieces)


def test_a_key_that_is_not_first_is_found(tmp_path: Path) -> None:
    values = json.loads(line("2405.00002"))
    turned = json.dumps(dict(reversed(values.items()))).encode() + b"\n"
    plain(tmp_path / "s.json", line("2405.00001") + turned)
    assert [*found(tmp_path / "s.json", "2405.00002")] == ["2405.00002"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'[{"id": "2405.00001"}]', r"s:1: not a line of the arXiv snapshot"),
        (line("2405.00001").replace(b'"authors_parsed"', b'"author"'), r"s:1: .*KeyError"),
        (b"PK\x03\x04 and no more", r"s: File is not a zip file"),
        (b"\x1f\x8b and no more", r"s: Unknown compression method"),
    ],
)
def test_what_is_no_snapshot_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    plain(tmp_path / "s", data)
    with pytest.raises(UsageError, match=said):
        found(tmp_path / "s", "2405.00001")


def test_a_zip_that_holds_nothing_is_refused(tmp_path: Path) -> None:
    plain(tmp_path / "s", b"PK\x03\x04" + b"PK\x05\x06" + bytes(18))
    with pytest.raises(UsageError, match=r"s: "):
        found(tmp_path / "s", "2405.00001")


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("versions", "published"),
        ("categories", "categories"),
        ("abstract", "abstract"),
        ("doi", "doi"),
        ("journal-ref", "journal_ref"),
        ("comments", "comment"),
    ],
)
def test_a_field_that_cannot_be_read_stays_empty(tmp_path: Path, key: str, name: str) -> None:
    plain(tmp_path / "s", line("2405.00001", **{key: [{"created": "yesterday"}, 3]}))
    said: list[Diagnostic] = []
    ((_, known),) = next(gather(tmp_path / "s", ["2405.00001"], said.append)).items()
    assert known
    assert known.title == "Paper 2405.00001"
    assert not getattr(known, name)
    assert [(each.line, each.code, each.message) for each in said] == [
        (1, Code.BAD_RECORD, f"the {key} of a record cannot be read; left empty")
    ]


@pytest.mark.parametrize("second", [b'{"id":"2405.00001","title":', line("2405.00001", authors_parsed=[["a"]])])
def test_a_line_that_is_no_record_is_told_and_left_out(tmp_path: Path, second: bytes) -> None:
    plain(tmp_path / "s", line("2405.00009") + second.strip() + b"\n" + line("2405.00002"))
    said: list[Diagnostic] = []
    pieces = list(gather(tmp_path / "s", ["2405.00001", "2405.00002"], said.append))
    assert [*pieces[0]] == ["2405.00002"]
    assert [(each.line, each.code) for each in said] == [(2, Code.BAD_RECORD)]


def test_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        found(tmp_path / "none", "2405.00001")


def test_other_lines_may_be_damaged(tmp_path: Path) -> None:
    plain(tmp_path / "s", line("2405.00001") + b'{"id":"2405.00002",\n\xff\n\n' + line("2405.00003"))
    assert [*found(tmp_path / "s", "2405.00003")] == ["2405.00003"]


def test_it_is_read_in_a_stream(tmp_path: Path) -> None:
    with (tmp_path / "s.json").open("wb") as file:
        file.writelines(line(f"2405.{number:05}", abstract="x" * 4000) for number in range(2000))
    tracemalloc.start()
    found(tmp_path / "s.json", "2405.00000", "2405.01999")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < (tmp_path / "s.json").stat().st_size / 10


def test_what_is_found_comes_in_pieces(tmp_path: Path) -> None:
    ids = [f"2405.{number:05}" for number in range(1100)]
    plain(tmp_path / "s.json", b"".join(map(line, ids)))
    assert [len(piece) for piece in gather(tmp_path / "s.json", ids, print)] == [1000, 100]


@pytest.mark.skipif(not SAMPLE.exists(), reason="no lines of the snapshot here")
def test_recorded_lines() -> None:
    ids = [json.loads(line)["id"] for line in SAMPLE.read_bytes().splitlines()]
    records = found(SAMPLE, *ids)
    assert sorted(records) == sorted(ids)
    names = {author.name: author for record in records.values() for author in record.authors}
    assert names["C.-P. Yuan"] == Author(name="C.-P. Yuan", family="Yuan", given="C.-P.")
    assert names["Neal J. Evans II"].suffix == "II"
    assert names["Mikkel Øbro"].family == "Øbro"
    assert records["0704.0044"].published == datetime.date(2007, 3, 31)
    assert records["0704.0044"].updated == datetime.date(2009, 5, 9)
    assert not any(author.corporate for author in names.values())
