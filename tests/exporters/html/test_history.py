"""The archive's history: what is counted, and how it is drawn."""

import datetime

import pytest
from paperround.exporters.html import history
from paperround.exporters.html.card import PaperLabel
from paperround.exporters.html.chart import HEIGHT, WIDTH, draw
from paperround.model import Paper

from .html_cases import issue, paper, site, values


def named(*names: str) -> PaperLabel:
    return PaperLabel("anchor", "Title", True, names, Paper(title="Title"))


def test_months_are_told_with_their_best_paper() -> None:
    days = [
        issue("2024-05-03", paper(1, "Less", votes=1), paper(2, "More", votes=6)),
        issue("2024-05-06", paper(3, "Least", votes=None)),
        issue("2024-06-03", paper(4, "Untold", votes=None)),
    ]
    page = site(days)["history.html"]
    assert values(page, "(//tbody)[1]/tr/th") == ["2024년 6월", "2024년 5월"]
    assert values(page, "(//tbody)[2]/tr") == ["Ada Lovelace 4", "Kim Minji 4"]
    assert values(page, "(//tbody)[1]/tr[2]/td") == ["2", "3", "3.5", "6 More"]
    assert values(page, "(//tbody)[1]/tr[1]/td") == ["1", "1", "–", "Untold"]
    assert values(page, "(//tbody)[1]/tr[2]//a/@href") == ["issues/2024-05-03.html#2405.00002"]


def test_authors_are_counted_once_a_paper_and_the_first_twenty_shown() -> None:
    authors = history.AuthorCounter()
    authors.add([named("B", "B", "A"), named("A", "B"), named("Once")])
    assert authors.most_frequent() == [("A", 2), ("B", 2)]
    authors.add([named(*(f"{number:02}" for number in range(30)))] * 3)
    assert len(authors.most_frequent()) == 20
    assert authors.most_frequent()[0] == ("00", 3)


def test_counting_authors_takes_no_more_memory_for_a_longer_archive() -> None:
    authors = history.AuthorCounter()
    for number in range(40):
        authors.add([named("Regular", *(f"Author {number // 2} {place}" for place in range(4_000)))])
        assert len(authors.counts) <= history._MOST_NAMES + 4_001
    assert authors.most_frequent()[0] == ("Regular", 40)


def test_bars_stand_side_by_side_below_a_round_number() -> None:
    days = [datetime.date(2024, 5, day) for day in (3, 6, 7, 8, 9, 10, 13, 20)]
    chart = draw(
        "Papers", "{first} {last} {least} {most} {mean}", list(zip(days, (3, 12, 6, 0, 6, 6, 6, 3), strict=True))
    )
    assert chart
    assert chart.sentence == "2024-05-03 2024-05-20 0 12 5.2"
    assert chart.marks == ("20", "10", "0")
    assert chart.dates == ("2024-05-03", "2024-05-09", "2024-05-20")
    assert [bar.path for bar in chart.bars[:4]] == [
        f"M{left}.0 {HEIGHT}v-{height}h{WIDTH / 10:.1f}v{height}z"
        for left, height in ((0, "15.0"), (125, "60.0"), (250, "30.0"), (375, "0.0"))
    ]
    assert chart.bars[1][:2] == (days[1], "12")


@pytest.mark.parametrize("count", [0, 1, 3, 7])
def test_a_few_days_are_no_chart(count: int) -> None:
    days = [(datetime.date(2024, 5, day), 1.0) for day in range(1, count + 1)]
    assert draw("Papers", "", days) is None


def test_a_chart_of_nothing_but_zeros_is_drawn() -> None:
    chart = draw("Votes", "", [(datetime.date(2024, 5, day), 0.0) for day in range(1, 9)])
    assert chart
    assert chart.marks == ("2", "1", "0")


def test_bars_lead_to_their_issues() -> None:
    days = [issue(f"2024-05-{day:02}", paper(day)) for day in range(1, 10)]
    page = site(days)["history.html"]
    assert values(page, "(//figure)[1]//*[local-name()='a']/@href") == [f"issues/{each.date}.html" for each in days]
    assert set(values(page, "//figure//*[local-name()='a']/@tabindex")) == {
        "-1"
    }  # the table says the same to those who use keys


def test_where_dates_are_many_several_share_a_bar() -> None:
    first = datetime.date(2010, 1, 1)
    values = [(first + datetime.timedelta(number), number % 2 * 10.0) for number in range(2500)]
    chart = draw("Papers", "{first} {last} {least} {most} {mean}", values)
    assert chart
    assert chart.sentence == "2010-01-01 2016-11-04 0 10 5"
    assert chart.marks == ("10", "5", "0")
    assert len(chart.bars) == 834
    assert chart.bars[0].path == f"M0.0 {HEIGHT}v-33.3h{WIDTH / 834 * 0.8:.1f}v33.3z"
