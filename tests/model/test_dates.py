"""Dates, as a table of what is written and what is read."""

import datetime

import pytest
from paperround.model import dates


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("Daily (2024-05-03)", "2024-05-03"),
        ("2024.5.3", "2024-05-03"),
        ("2024/05/03", "2024-05-03"),
        ("2024. 5. 3.", "2024-05-03"),
        ("2024년 5월 3일", "2024-05-03"),
        ("【2024年5月3日】", "2024-05-03"),
        ("3 May 2024", "2024-05-03"),
        ("Fri, 3rd of May 2024", "2024-05-03"),
        ("May 3, 2024", "2024-05-03"),
        ("Sept 5 2024", "2024-09-05"),
        ("1-Apr-2025", "2025-04-01"),
        ("2024-05-03T08:00:00+09:00", "2024-05-03"),
        ("20240503", "2024-05-03"),
        ("03.05.2024", "2024-05-03"),
        ("25/12/2024", "2024-12-25"),
        ("June 23 - June 29, 2025", "2025-06-29"),
        ("Papers of the Week (April 29 - May 5) - 2024", "2024-05-05"),
        ("December 30 - January 5 - 2025", "2025-01-05"),
        ("June 23-29, 2025", "2025-06-29"),
        ("23–29 June 2025", "2025-06-29"),
        ("2024-06-23 ~ 2024-06-29", "2024-06-29"),
        ("2024-06-23 ~ 06-29", "2024-06-29"),
        ("2024年5月3日 - 2024年5月9日", "2024-05-09"),
        ("2024-W18", "2024-05-05"),
        ("June 23 - June 29", None),
        ("2024-02-30", None),
        ("05/03/2024", None),
        ("2024-05-03 and 2024-05-04", None),
        ("2405.00101", None),
        ("papers in 2024", None),
    ],
)
def test_date(written: str, date: str | None) -> None:
    assert dates.date(written) == (date and datetime.date.fromisoformat(date))


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("2024-05-03.md", "2024-05-03"),
        ("posts/2024-05-03-lamps.md", "2024-05-03"),
        ("2024_05_03.md", "2024-05-03"),
        ("20240503-papers.md", "2024-05-03"),
        ("2024-05-03-2.md", "2024-05-03"),
        ("2024/05/03.md", "2024-05-03"),
        ("archive/2024/05/03/index.md", "2024-05-03"),
        ("2024-05/03.md", "2024-05-03"),
        ("papers/2024-05-03/01-lamps/part-02.md", "2024-05-03"),
        ("2024/05/lamps.md", None),
        ("README.md", None),
    ],
)
def test_date_of_a_path(path: str, date: str | None) -> None:
    assert dates.of_path(path) == (date and datetime.date.fromisoformat(date))


def test_a_year_that_is_missing_is_the_one_nearest_to_a_neighbour() -> None:
    (day,) = dates.days("December 30")
    assert dates.nearest_year(day, datetime.date(2025, 1, 6)) == datetime.date(2024, 12, 30)
    assert dates.nearest_year(dates.Day(None, 2, 30), datetime.date(2025, 1, 6)) is None


def test_the_nearest_date_is_that_of_the_nearest_position() -> None:
    early, late = datetime.date(2024, 1, 6), datetime.date(2025, 1, 6)
    dated = dates.Dated({2: early, 6: late})
    assert [dated.nearest(at) for at in (0, 2, 4, 5, 9)] == [early, early, early, late, late]
    assert dates.Dated({}).nearest(1) is None


@pytest.mark.parametrize(("text", "day"), [("05-06", (5, 6)), ("5–6", (5, 6)), ("5/6", None), ("2024-05", None)])
def test_a_month_and_a_day_alone(text: str, day: tuple[int, int] | None) -> None:
    assert dates.short_days(text) == ([dates.Day(None, *day)] if day else [])


@pytest.mark.parametrize(("path", "year"), [("2024/notes.md", 2024), ("2023/2024.md", 2024), ("notes.md", None)])
def test_the_year_of_a_path(path: str, year: int | None) -> None:
    assert dates.year_of_path(path) == year
