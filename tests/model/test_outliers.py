"""Dates that may be slips of the pen."""

import datetime

import pytest
from paperround.model import Section, outliers


def section(date: str, path: str = "x.md") -> Section:
    return Section(datetime.date.fromisoformat(date), path, path, path, "digest.md", 0, 9, 1, b"")


def odd(*sections: Section) -> list[str]:
    return [str(found.date) for found, _ in outliers(sorted(sections, key=lambda section: section.date))]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("2024-05-03 2024-05-04 2042-05-05", ["2042-05-05"]),
        ("2014-05-03 2024-05-04 2024-05-05", ["2014-05-03"]),
        ("2024-05-03 2024-07-02 2024-08-31", []),
        ("2024-05-03 2024-05-04 2024-07-04", ["2024-07-04"]),
        ("2024-05-03 2042-05-05", []),
        ("2023-11-01 2024-02-01 2024-05-01 2024-08-01", []),
        ("2024-01-01 2024-02-01 2024-03-01 2024-04-01 2024-06-30", []),  # a digest a month, which left out two
        ("2024-01-01 2024-02-01 2024-03-01 2024-04-01 2024-07-30", ["2024-07-30"]),
        ("2024-03-04 2024-03-28 2024-05-02 2024-10-21 2025-01-23 2025-01-24", []),
        ("2024-03-04 2024-03-28 2024-05-02 2024-10-21 2042-01-23", ["2024-10-21", "2042-01-23"]),
    ],
)
def test_a_date_far_from_its_neighbours(dates: str, expected: list[str]) -> None:
    assert sorted(odd(*(section(date, f"{date[5:]}.md") for date in dates.split()))) == expected


@pytest.mark.parametrize(
    ("path", "date", "expected"),
    [
        ("2024-05-03.md", "2042-05-03", True),
        ("2024/05/03.md", "2042-05-03", True),
        ("2023/2024-05-03.md", "2024-05-03", False),
        ("2024-W01.md", "2023-12-31", False),
        ("2024.md", "2025-01-05", False),
        ("papers.md", "2042-05-03", False),
        ("2312.00101.md", "2023-12-01", False),
        ("20240503.md", "2042-05-03", False),
    ],
)
def test_a_date_of_another_year_than_the_file(path: str, date: str, expected: bool) -> None:
    assert odd(section(date, path)) == [date] * expected


@pytest.mark.parametrize(
    ("last", "others"), [(2024, "1 other date in this file is"), (2003, "2 other dates in this file are")]
)
def test_a_file_is_told_once(last: int, others: str) -> None:
    found = [section(f"{year}-05-03", "2024.md") for year in (1999, 2001, last)]
    ((_, said),) = outliers(found)
    assert said.message.endswith(f"the year in the file's name; {others} odd, too")
