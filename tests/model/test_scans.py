"""What the scan keeps of a file: the next run hashes it, and asks no reader where nothing has changed."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from paperround.model import Diagnostic, Section, Source, issues, scan, scanner
from paperround.model.scans import FileScan, ScanCache

DAILY = "## Daily Papers ({0})\n\n### [A title](https://arxiv.org/abs/2405.00001)\n\n- A point.\n"
TABLE = """\
| Date | Title | Link |
| --- | --- | --- |
| 2024-05-02 | One | https://arxiv.org/abs/2405.00001 |
| 2024-05-03 | Two | https://arxiv.org/abs/2405.00002 |
"""


@pytest.fixture
def digests(tmp_path: Path) -> Path:
    folder = tmp_path / "digests"
    folder.mkdir()
    (folder / "a.md").write_text(DAILY.format("2024-05-01") + DAILY.format("2024-02-30"))
    (folder / "b.md").write_text(TABLE)
    (folder / "c.md").write_text("Only words.\n")
    return folder


def scanned(
    folder: Path, earlier: dict[str, FileScan] | None = None, code: str = ""
) -> tuple[list[Section], list[Diagnostic], ScanCache]:
    said: list[Diagnostic] = []
    cache = ScanCache(lambda kind: code, said.append, earlier or {})
    return scan([Source(folder, "digests")], said.append, cache), said, cache


def test_a_file_that_has_not_changed_is_asked_no_reader(digests: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sections, said, cache = scanned(digests)
    assert [str(section.date) for section in sections] == ["2024-05-01", "2024-05-02", "2024-05-03"]
    plain: list[Diagnostic] = []
    assert scan([Source(digests, "digests")], plain.append) == sections
    assert plain == said != []
    monkeypatch.setattr(scanner._Attempt, "sections", None)
    again, said_again, kept = scanned(digests, cache.found)
    assert (again, kept.found) == (sections, cache.found)
    assert sorted(map(repr, said_again)) == sorted(map(repr, said))
    assert len(list(issues(again, print))) == 3


@pytest.mark.parametrize("change", ["bytes", "name", "code"])
def test_what_a_scan_depends_on_has_it_done_again(digests: Path, change: str) -> None:
    cache = scanned(digests)[2]
    if change == "bytes":
        (digests / "b.md").write_text(TABLE.replace("05-02", "05-09"))
    elif change == "name":
        (digests / "b.md").rename(digests / "2024.md")
    _, _, kept = scanned(digests, cache.found, code="another" if change == "code" else "")
    assert len(kept.found.keys() - cache.found.keys()) == (3 if change == "code" else 1)


@pytest.mark.parametrize(
    "damage", [{"offset": 9999}, {"offset": -1}, {"size": 9999}, {"size": -5}, {"line": 0}, {"kind": "none.md"}]
)
def test_a_place_outside_the_file_is_not_believed(digests: Path, damage: dict[str, object]) -> None:
    sections, _, cache = scanned(digests)
    damaged = {
        key: replace(kept, sections=tuple(replace(place, **damage) for place in kept.sections))  # type: ignore[arg-type]
        for key, kept in cache.found.items()
    }
    again, _, kept = scanned(digests, damaged)
    assert (again, kept.found) == (sections, cache.found)


def test_values_that_no_scan_gives_are_not_sound(digests: Path) -> None:
    cache = scanned(digests)[2]
    kept = next(scan for scan in cache.found.values() if scan.sections)
    assert kept.is_sound
    place = replace(kept.sections[0], content="../../etc")
    assert not replace(kept, sections=(place,)).is_sound
    assert not replace(kept, diagnostics=((1, "no-such-code", "x"),)).is_sound
    assert replace(kept, sections=(replace(place, date=datetime.date.min, content=""),)).is_sound
