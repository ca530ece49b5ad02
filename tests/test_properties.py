"""What holds for any text and for any value that the model admits, whatever the format."""

import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paperround.exporters import names, part_of
from paperround.model import Issue, jsonlines

from . import strangers
from .strategies import any_archives

SOME = settings(max_examples=settings().max_examples // 4, suppress_health_check=[HealthCheck.too_slow])
"""For properties that try every format."""


@SOME
@given(any_archives)
def test_strangers_accept_whatever_the_model_admits(issues: list[Issue]) -> None:
    for name in names():
        files = strangers.publish(name, issues)
        strangers.check(name, files, issues)
        assert strangers.publish(name, issues[::-1]) == files, name


@given(any_archives)
def test_json_lines_read_back_equal(issues: list[Issue]) -> None:
    for issue in issues:
        line = jsonlines.line(issue)
        assert len(line.decode().splitlines()) == 1
        assert jsonlines.parse_line(line) == issue


@given(st.dates())
def test_parts_are_named_by_as_many_digits_in_any_year(date: datetime.date) -> None:
    assert [len(part_of(period, date)) for period in PERIODS] == [10, 8, 7]
    assert part_of("day", date).startswith(part_of("month", date))


PERIODS = "day", "week", "month"
