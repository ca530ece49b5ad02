"""Digests that a formatter has written anew are read as before."""

import subprocess

import pytest

from ..model.test_mutations import PAGES, Facts, read
from .conftest import need


@pytest.mark.parametrize("options", [(), ("--columns=60",)])
def test_pandoc(options: tuple[str, ...]) -> None:
    pandoc = [need("pandoc"), "--from=gfm", "--to=gfm", *options]
    for page in PAGES:
        written = subprocess.run([*pandoc, page], capture_output=True, check=True).stdout.decode()
        expected, _ = read(page.read_text(encoding="utf-8"))
        assert plain(read(written)[0]) == plain(expected), page


def plain(found: Facts) -> Facts:
    """Return facts with titles as pandoc leaves them: it doubles the backslash of a command, as CommonMark allows."""
    return [(date, [(str(title).replace("\\", ""), *rest) for title, *rest in papers]) for date, papers in found]
