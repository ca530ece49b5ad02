"""What `check --explain` tells of how files were read."""

from pathlib import Path

import pytest
from paperround.model import Source, scan
from paperround.model.explanation import explain

LINK = "[2405.00101](https://arxiv.org/abs/2405.00101)"
TITLE = "[Tides](https://arxiv.org/abs/2405.00101)"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "x.md",
            f"## Daily Papers (2024-05-03)\n\n### {TITLE}\n\n- It floats.\n",
            [
                "x.md: digest.md, 1 issue, 1 paper, 2024-05-03",
                "  papers: 1 × heading of level 3",
                "  dates: 1 from Daily Papers headings such as 'Daily Papers (2024-05-03)'",
            ],
        ),
        (
            "x.md",
            f"## Water\n\n| Date | Title | PDF |\n|---|---|---|\n| 2024-05-03 | Tides | {LINK} |\n"
            f"| 2024-05-04 | Fog | {LINK.replace('0101', '0102')} |\n",
            [
                "x.md: digest.md, 2 issues, 2 papers, 2024-05-03 to 2024-05-04",
                "  papers: 2 × row of a table",
                "  columns: 'Date' is date, 'Title' is title, 'PDF' is link",
                "  groups: 1 heading, such as 'Water'",
                "  dates: 2 from their own rows or items",
            ],
        ),
        (
            "2024-05-03.md",
            f"# Papers\n\n- {TITLE}\n- [Fog](https://arxiv.org/abs/2405.00102)\n",
            [
                "2024-05-03.md: digest.md, 1 issue, 2 papers, 2024-05-03",
                "  papers: 2 × item of a list",
                "  dates: 2 from the name of the file or its folders",
            ],
        ),
        (
            "2024-05-03.json",
            '[{"title": "Tides", "id": "2405.00101"}]',
            ["2024-05-03.json: paper-list.json, 1 issue, 1 paper, 2024-05-03"],
        ),
    ],
)
def test_a_file(tmp_path: Path, name: str, text: str, expected: list[str]) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert list(explain(scan([Source(tmp_path / name, name)], lambda said: None))) == expected
