"""The model's values, as programs see them."""

import json

from paperround.model import SCHEMA, Issue, Paper
from paperround.model.jsonlines import line, parse_line


def test_a_group_is_written_only_where_there_is_one() -> None:
    papers = (Paper(title="One", group="Agents"), Paper(title="Two"))
    issue = Issue(date="2024-05-03", title="Daily Papers (2024-05-03)", language="en", papers=papers)
    written = json.loads(line(issue))
    assert [paper.get("group", "nothing") for paper in written["papers"]] == ["Agents", "nothing"]
    assert written["schema"] == SCHEMA
    assert parse_line(line(issue)) == issue
