"""Digests that a formatter has written anew are read as before."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ..model.test_mutations import PAGES, Facts, read
from .conftest import missing, need

NODE = Path(__file__).parent / "node_modules" / ".bin"
Format = Callable[[Path], str]


def pandoc(*options: str) -> Format:
    return lambda page: output(need("pandoc"), "--from=gfm", "--to=gfm", *options, str(page))


def prettier(*options: str) -> Format:
    return lambda page: output(npm("prettier"), "--no-config", "--parser=markdown", *options, str(page))


def mdformat(*options: str) -> Format:
    pytest.importorskip("mdformat", reason="tests/clients/install brings it")
    return lambda page: output(sys.executable, "-m", "mdformat", *options, "-", text=page.read_text(encoding="utf-8"))


def markdownlint(page: Path) -> str:
    """Return a page as `markdownlint --fix` leaves it; it complains about what it cannot mend."""
    subprocess.run([npm("markdownlint"), "--fix", str(page)], capture_output=True, check=False)
    return page.read_text(encoding="utf-8")


FORMATTERS: dict[str, Callable[[], Format]] = {
    "pandoc": pandoc,
    "pandoc, narrow": lambda: pandoc("--columns=50"),
    "pandoc, setext headings and reference links": lambda: pandoc("--markdown-headings=setext", "--reference-links"),
    "prettier": prettier,
    "prettier, wrapping": lambda: prettier("--prose-wrap=always"),
    "prettier, narrow": lambda: prettier("--prose-wrap=always", "--print-width=40"),
    "mdformat": mdformat,
    "mdformat, wrapping": lambda: mdformat("--wrap=80"),
    "mdformat, narrow": lambda: mdformat("--wrap=40"),
    "markdownlint": lambda: markdownlint,
}


@pytest.mark.parametrize("name", FORMATTERS)
def test_formatter(name: str, tmp_path: Path) -> None:
    written = FORMATTERS[name]()
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        copy = tmp_path / page.name
        copy.write_text(text, encoding="utf-8")
        assert plain(read(written(copy))[0]) == plain(read(text)[0]), page


def plain(found: Facts) -> Facts:
    """Return facts with titles as formatters leave them: they double a command's backslash, as CommonMark allows."""
    return [(date, [(str(title).replace("\\", ""), *rest) for title, *rest in papers]) for date, papers in found]


def npm(program: str) -> str:
    if not (NODE / program).exists():
        missing(f"{program} is not installed: tests/clients/install brings it")
    return str(NODE / program)


def output(*command: str, text: str | None = None) -> str:
    done = subprocess.run(command, input=text and text.encode(), capture_output=True, check=True)
    return done.stdout.decode()
