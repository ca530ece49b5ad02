import datetime

from paperround.exporters.testing import run
from paperround.model import Issue, Paper
from paperround_titles import export

ISSUE = Issue(
    date=datetime.date(2024, 5, 3),
    title="Daily Papers (2024-05-03)",
    language="en",
    papers=(Paper(title="Much Liked"), Paper(title="New")),
)


def test_every_paper_has_a_line() -> None:
    assert run(export, [ISSUE]) == {"titles.txt": b"2024-05-03  Much Liked\n2024-05-03  New\n"}


def test_the_separator_is_an_option() -> None:
    assert run(export, [ISSUE], separator=": ") == {"titles.txt": b"2024-05-03: Much Liked\n2024-05-03: New\n"}
