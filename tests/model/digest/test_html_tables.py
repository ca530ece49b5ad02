"""Tables in HTML whose rows are papers."""

import pytest
from paperround.model import Diagnostic, Paper, parse

LAMPS, TIDES = "https://arxiv.org/abs/2405.00101", "https://arxiv.org/abs/2405.00102"
HEAD = "<tr><th>Title</th><th>Authors</th><th>Votes</th></tr>"
Row = tuple[str, str | None, tuple[str, ...], int | None]


def read(table: str, above: str = "# 2024-06-09\n\n") -> tuple[list[Row], list[Paper]]:
    said: list[Diagnostic] = []
    papers = [paper for issue in parse(above + table, "x.md", said.append) for paper in issue.papers]
    return [(paper.title, paper.arxiv_id, paper.authors, paper.votes) for paper in papers], papers


BOTH: list[Row] = [
    ("Lamps", "2405.00101", ("Mina Oh", "Ada Roe"), 12),
    ("Tides", "2405.00102", ("Bo Li",), 7),
]


@pytest.mark.parametrize(
    "table",
    [
        f'<table>{HEAD}<tr><td><a href="{LAMPS}">Lamps</a></td><td>Mina Oh, Ada Roe</td><td>12</td></tr>'
        f'<tr><td><a href="{TIDES}">Tides</a></td><td>Bo Li</td><td>7</td></tr></table>\n',
        f"<TABLE border=1>\n{HEAD}\n<tr>\n  <td><a href={LAMPS}><b>Lamps</b></a>\n  <td>Mina Oh,\n  Ada Roe\n  <td>12\n"
        f"<tr>\n  <td><b>[Tides]({TIDES})</b>\n  <td>Bo Li\n  <td>7\n</TABLE>\n",
        f'<div align="center">\n<table>\n'
        f'<thead>\n{HEAD}\n</thead>\n<tbody>\n<tr><td>Lamps <a href="{LAMPS}">pdf</a></td>'
        f'<td>Mina Oh &amp; Ada Roe</td><td>12</td></tr>\n\n<tr><td>Tides <a href="{TIDES}">pdf</a></td>'
        "<td>Bo Li</td><td>7</td></tr>\n</tbody>\n</table>\n</div>\n",
    ],
)
def test_a_table(table: str) -> None:
    assert read(table)[0] == BOTH
    assert read(table, "## Daily Papers (2024-06-09)\n\n")[0] == BOTH


def test_a_table_without_a_head() -> None:
    table = (
        f'<table><tr><td><img src="https://x.org/a.png" width="200"></td><td><b>Lamps</b><br>Mina Oh, Ada Roe<br>'
        f'<a href="{LAMPS}">Paper</a> | <a href="https://x.org/code">Code</a></td></tr></table>\n'
    )
    (found,), _ = read(table)
    assert found[:3] == ("Lamps", "2405.00101", ("Mina Oh", "Ada Roe"))


def test_papers_keep_their_lines() -> None:
    row = '<tr>\n<td><a href="{}">{}</a></td>\n<td></td><td></td>\n</tr>\n'
    table = (
        f"<table>\n{HEAD}\n{row.format(LAMPS, 'Lamps')}{row.format(TIDES, 'Tides')}</table>\n\n- [Fog]({LAMPS[:-1]}3)\n"
    )
    assert [(paper.title, paper.line) for paper in read(table)[1]] == [("Lamps", 5), ("Tides", 9), ("Fog", 15)]


def test_an_inner_table_is_read_and_one_of_other_things_is_text() -> None:
    inner = f'<table>{HEAD}<tr><td><a href="{LAMPS}">Lamps</a></td><td>Mina Oh</td><td>1</td></tr></table>'
    assert read(f"<table><tr><td>\n{inner}\n</td></tr></table>\n")[0] == [("Lamps", "2405.00101", ("Mina Oh",), 1)]
    text = f"### [Lamps]({LAMPS})\n\n<table><tr><td>loss</td><td>0.1</td></tr></table>\n"
    (paper,) = read(text, "## Daily Papers (2024-06-09)\n\n")[1]
    assert "<td>loss</td>" in paper.summary[0].text


def test_rows_of_fewer_cells_say_no_more() -> None:
    table = f'<table>{HEAD}<tr><td><a href="{LAMPS}">Lamps</a></td></tr></table>\n'
    assert read(table)[0] == [("Lamps", "2405.00101", (), None)]


def test_a_head_in_each_row_is_no_rule() -> None:
    rows = "".join(
        f'<tr><th>{title}</th><td><a href="{link}">pdf</a></td></tr>'
        for title, link in (("Lamps", LAMPS), ("Tides", TIDES))
    )
    assert [title for title, *_ in read(f"<table><tr><th>Title</th><th>PDF</th></tr>{rows}</table>\n")[0]] == [
        "Lamps",
        "Tides",
    ]
