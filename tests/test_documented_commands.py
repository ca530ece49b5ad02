"""Every command that README and docs show works as it is written; tests/documents.py says what is run."""

from pathlib import Path

import pytest

from .command import ROOT
from .documents import PAGES, begin, blocks, follow, prepare, strangers, unclassified
from .sharing import made_once

NAMES = {path.relative_to(ROOT).as_posix(): path for path in PAGES}
ACTIVE = {name: path for name, path in NAMES.items() if any(block.commands for block in blocks(path))}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "documents", prepare)


@pytest.mark.parametrize("name", NAMES)
def test_every_block_can_be_told_apart(name: str) -> None:
    assert list(unclassified(NAMES[name])) == []


@pytest.mark.parametrize("name", [name for name, path in ACTIVE.items() if not strangers(path)])
def test_commands_do_what_the_page_says(
    name: str, prepared: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    folder = tmp_path / "page"
    begin(NAMES[name], folder, prepared)
    follow(NAMES[name], folder, update=request.config.getoption("--update-golden"))
