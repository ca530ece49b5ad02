"""README is true: its table names what is written, its code is the example that a test runs."""

import re
from importlib.metadata import entry_points
from pathlib import Path

from paperround.exporters import load

from .command import DIGESTS, ROOT, done, files, paperround
from .documents import blocks

README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")


def test_the_table_names_what_every_format_writes(tmp_path: Path) -> None:
    done(paperround("build", DIGESTS, "-o", tmp_path, "--base-url", "https://example.org/papers"))
    rows = dict(re.findall(r"^\| `([^`]+)` \| \[(\w[\w-]*)\]", TEXT, re.M))
    formats = {entry.name for entry in entry_points(group="paperround.exporters")}
    assert set(rows.values()) == formats, "the table of README.md has a row for each format and no other"
    for name, format_ in rows.items():
        pattern = load(format_).files[0]
        assert name == pattern.replace("{series}", "daily-papers").replace("{part}", "2024-05-03")
    assert set(rows) <= set(files(tmp_path))


def test_the_code_is_the_example() -> None:
    shown = re.findall(r"^```python\n(.*?)^```$", TEXT, re.M | re.S)
    _, _, example = (ROOT / "examples" / "library.py").read_text(encoding="utf-8").partition('"""\n\n')
    assert shown == [example]
    assert sum(1 for line in example.splitlines() if line) <= 10


def test_its_pictures_are_light_and_described() -> None:
    pictures = re.findall(r'<img src="([^"]+)" width="\d+%" alt="([^"]+)">', TEXT)
    assert len(pictures) == TEXT.count("<img") == 3
    sizes = [(ROOT / name).stat().st_size for name, _ in pictures]
    assert max(sizes) <= 150_000
    assert sum(sizes) <= 400_000


def test_it_is_short() -> None:
    assert len(TEXT.splitlines()) <= 130


def test_the_size_of_the_example_exporter() -> None:
    (claimed,) = re.findall(r"one in (\d+) lines", TEXT)
    code = (ROOT / "examples" / "exporter" / "paperround_titles.py").read_text(encoding="utf-8")
    assert len(code.splitlines()) == int(claimed)


def test_it_opens_with_the_two_commands() -> None:
    commands = blocks(README)[0].commands
    assert [command.split("  ")[0] for command in commands] == ["make demo", "make test"]
