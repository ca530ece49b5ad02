"""Days on which too little came, told from a scan alone."""

import datetime
from pathlib import Path

import pytest
from paperround.cli.main import run
from paperround.model import Code, Diagnostic, quiet_days, read, scan
from paperround.model.sources import Source

FIRST = datetime.date(2024, 5, 1)


@pytest.mark.parametrize(
    ("counts", "quiet"),
    [
        ([12, 12, 12, 12, 12, 3], [5]),
        ([12, 12, 12, 12, 12, 4], []),  # a third is not less than a third
        ([12, 12, 12, 12, 3], []),  # four are not enough to know what is usual
        ([2, 2, 2, 2, 2, 1], []),
        ([12] * 5 + [1, 1, 1, 1, 1, 1, 1], [5, 6, 7, 8, 9, 10]),  # until quiet is what is usual
        ([1] * 9 + [9] * 20 + [2], [29]),  # only the twenty before count
        ([9] * 5 + [1] * 21 + [1], [5, 6, 7, 8, 9, 10]),
    ],
)
def test_less_than_a_third_of_the_median_is_quiet(counts: list[int], quiet: list[int], tmp_path: Path) -> None:
    write(tmp_path, counts)
    found = list(quiet_days(scan([Source(tmp_path, "digests")], print)))
    assert [(section.date - FIRST).days for section, _ in found] == quiet
    said: list[Diagnostic] = []
    assert [len(issue.papers) for issue in read([tmp_path], said.append)] == counts
    assert [told.path for told in said if told.code is Code.QUIET_DAY] == [
        str(tmp_path / f"{FIRST + datetime.timedelta(at)}.md") for at in quiet
    ]


def test_a_day_in_two_places_is_as_full_as_the_fuller_one(tmp_path: Path) -> None:
    write(tmp_path, [12] * 6)
    (tmp_path / "README.md").write_text(f"## Daily Papers ({FIRST + datetime.timedelta(5)})\n\n### Paper\n\n- Text.\n")
    assert list(quiet_days(scan([Source(tmp_path, "digests")], print))) == []


@pytest.mark.parametrize("command", ["check digests", "build digests -o out", "export csv digests -o papers.csv"])
@pytest.mark.parametrize(("since", "status"), [("2024-05-06", 1), ("2024-05-07", 0)])
def test_strict_fails_on_it_also_when_the_usual_days_are_not_asked_for(
    command: str, since: str, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "digests", [12, 12, 12, 12, 12, 3, 12])
    monkeypatch.chdir(tmp_path)
    words = command.split()
    span = [] if words[0] == "build" else ["--since", since]
    assert run([*words, *span]) == 0
    assert run([*words, *span, "--strict"]) == (status if span else 1)


def write(folder: Path, counts: list[int]) -> None:
    folder.mkdir(exist_ok=True)
    for at, count in enumerate(counts):
        date = FIRST + datetime.timedelta(at)
        papers = "".join(f"### [{date} {n}](https://example.org/{date}/{n})\n\n- A sentence.\n\n" for n in range(count))
        (folder / f"{date}.md").write_text(f"## Daily Papers ({date})\n\n{papers}", encoding="utf-8")
