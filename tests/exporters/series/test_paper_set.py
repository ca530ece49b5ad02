"""A paper on two dates is shown at its first, whatever its id looks like."""

import datetime

from hypothesis import given
from hypothesis import strategies as st
from paperround.exporters import Series
from paperround.exporters.series.identity import entry_id
from paperround.exporters.series.paper_set import PaperSet
from paperround.model import Issue, Paper

SERIES = Series()
IDS = "2405.01234", "2405.01235", "2405.02258", "0704.0001", "0070.40001", "hep-th/9901001"
LINKS = (
    "https://arxiv.org/abs/2405.01234",
    "https://arxiv.org/abs/2405.0123",
    "https://arxiv.org/abs/",
    "https://example.org/2405.01234",
    None,
)
papers = st.builds(Paper, arxiv_id=st.none() | st.sampled_from(IDS), url=st.sampled_from(LINKS), title=st.just("T"))


@given(st.lists(st.lists(papers), max_size=4))
def test_a_paper_is_new_once(days: list[list[Paper]]) -> None:
    seen, known = PaperSet(SERIES), set()
    for number, listed in enumerate(days):
        date = datetime.date(2024, 5, 1) + datetime.timedelta(number)
        new = []
        for position, paper in enumerate(listed):
            if (key := entry_id(SERIES, date, paper)) not in known:
                new.append(position)
                known.add(key)
        assert seen.new(Issue(date=date, title="", language="en", papers=tuple(listed))) == new
    assert seen.count == len(known)
