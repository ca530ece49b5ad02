"""What is told of sources in which nothing is read."""

from pathlib import Path

import pytest
from paperround.model import Source
from paperround.model.survey import survey

ROW = "| Tides | [2405.00101](https://arxiv.org/abs/2405.00101) |\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, "it holds no file; write the first digest into it, such as 2024-05-03.md"),
        (
            {"a.md": "# Notes\n"},
            "1 Markdown file without a link to arXiv; a paper needs a link to arXiv or Hugging Face, "
            "like https://arxiv.org/abs/2405.01535",
        ),
        (
            {"a.md": f"## Water\n\n{ROW * 2}", "sub/b.md": ROW, "c.csv": "x"},
            "2 Markdown files and 1 CSV file with 3 arXiv links, most in tables under headings such as 'Water'; "
            "no heading, row or file's name says a date: write one, like '## Daily Papers (2024-05-03)'",
        ),
        (
            {"a.md": "### [Tides](https://arxiv.org/abs/2405.00101)\n"},
            "1 Markdown file with 1 arXiv link, in headings such as 'Tides'; "
            "no heading, row or file's name says a date: write one, like '## Daily Papers (2024-05-03)'",
        ),
        (
            {"2024-05-03.html": "<a href='https://arxiv.org/abs/2405.00101'>Tides</a>"},
            "1 HTML file with 1 arXiv link, in text; paperround does not read links in this kind of file: HTML file",
        ),
        (
            {"a.txt": "- 2024-05-03\n- See https://arxiv.org/abs/2405.00101 today\n", ".hidden.md": ROW},
            "1 text file with 1 arXiv link, in lists; no paper is below a date, or in a file with a date in its name",
        ),
    ],
)
def test_a_sentence(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert survey([Source(tmp_path, "x")]) == f"{expected}; see docs/digest-format.md"
