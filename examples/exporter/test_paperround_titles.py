import datetime

from paperround.exporters.testing import run
from paperround.model import Issue, Paper
from paperround_titles import export

ISSUE = Issue(
    date=datetime.date(2024, 5, 3),
    title="Daily Papers (2024-05-03)",
    language="en",
    papers=(Paper(title="Much Liked", votes=40), Paper(title="New", votes=None)),
)


def test_every_paper_has_a_line() -> None:
    assert run(export, [ISSUE]) == {"titles.txt": b"2024-05-03  Much Liked\n2024-05-03  New\n"}


def test_few_votes_leave_a_paper_out() -> None:
    assert run(export, [ISSUE], min_votes=10) == {"titles.txt": b"2024-05-03  Much Liked\n"}
