"""What holds for any text and for any value that the model admits, whatever the format."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paperround.exporters import names, part_of
from paperround.model import Issue, jsonlines

from . import strangers
from .strategies import any_archives

SOME = settings(max_examples=settings().max_examples // 4, suppress_health_check=[HealthCheck.too_slow])
"""For properties that try every format."""


@pytest.mark.parametrize("name", names())
def test_a_stranger_accepts_whatever_the_model_admits(name: str) -> None:
    @SOME
    @given(any_archives)
    def accepted(issues: list[Issue]) -> None:
        strangers.check(name, strangers.publish(name, issues), issues)

    accepted()


@pytest.mark.parametrize("name", names())
def test_the_order_in_which_issues_come_leaves_no_trace(name: str) -> None:
    @SOME
    @given(any_archives)
    def same(issues: list[Issue]) -> None:
        assert strangers.publish(name, issues) == strangers.publish(name, issues[::-1])

    same()


@given(any_archives)
def test_json_lines_read_back_equal(issues: list[Issue]) -> None:
    for issue in issues:
        line = jsonlines.line(issue)
        assert len(line.splitlines()) == 1
        assert jsonlines.parse_line(line.encode()) == issue


@given(st.dates())
def test_parts_are_named_by_as_many_digits_in_any_year(date: datetime.date) -> None:
    assert [len(part_of(period, date)) for period in PERIODS] == [10, 8, 7]
    assert part_of("day", date).startswith(part_of("month", date))


PERIODS = "day", "week", "month"
