"""Commands in the documentation that hand our files to a stranger's program work as they are written."""

from pathlib import Path

import pytest

from ..command import ROOT
from ..documents import PAGES, begin, follow, prepare, strangers
from .conftest import need


@pytest.mark.parametrize(
    "page", [page for page in PAGES if strangers(page)], ids=lambda page: page.relative_to(ROOT).as_posix()
)
def test_commands_do_what_the_page_says(page: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    for program in sorted(strangers(page)):
        need(program)
    prepare(tmp_path / "prepared")
    begin(page, tmp_path / "page", tmp_path / "prepared")
    follow(page, tmp_path / "page", update=request.config.getoption("--update-golden"))
