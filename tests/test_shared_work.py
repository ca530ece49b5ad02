"""What several formats need of a paper is made once in a build, however many papers there are."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from paperround.cli.main import run
from paperround.exporters.citations import bibfile, citation
from paperround.exporters.epub import content
from paperround.exporters.epub.cover import Cover
from paperround.exporters.feeds import entry
from paperround.exporters.text import inline, markup

DAYS, PAPERS = 20, 15
"""More papers than are remembered at once."""


def test_formats_share_what_they_need_of_a_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "draw_cover", lambda plan, lacking: Cover(b"", b""))
    parsed = counted(monkeypatch, inline, "parse")
    cited = counted(monkeypatch, citation, "cite")
    shown = counted(monkeypatch, markup, "_list")
    entries = counted(monkeypatch, bibfile, "entry")
    described = counted(monkeypatch, entry, "_paper_entry")
    for day in range(1, DAYS + 1):
        (tmp_path / f"2024-05-{day:02}.md").write_text(digest(day))
    options = ["--base-url", "https://example.org", "--jobs", "1"]
    assert run(["build", str(tmp_path), "-o", str(tmp_path / "public"), *options]) == 0
    assert len(parsed) == 2 * DAYS * PAPERS
    assert parsed.total() == len(parsed)
    assert cited.total() == described.total() == shown.total() == entries["misc"] == DAYS * PAPERS


def digest(day: int) -> str:
    numbers = range(day * PAPERS, (day + 1) * PAPERS)
    papers = [
        f"### [Title *{number}*](https://arxiv.org/abs/2405.{number:05})\n\n- A `point` of {number}\n"
        for number in numbers
    ]
    return f"## Daily Papers (2024-05-{day:02})\n\n" + "\n".join(papers)


def counted(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str) -> Counter[str]:
    """Count the calls of a function by its first argument."""
    calls: Counter[str] = Counter()
    function: Callable[..., object] = getattr(module, name)

    def counting(*values: object) -> object:
        calls[str(values[0])] += 1
        return function(*values)

    monkeypatch.setattr(module, name, counting)
    return calls
