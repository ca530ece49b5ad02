"""What a command imports before it works, by name: seconds differ between machines, modules do not."""

import pytest

from .command import DIGESTS
from .test_layers import FORMATS, HEAVY, modules_after

DIGEST = str(DIGESTS / "2024" / "05" / "03.md")
LATE = HEAVY | {"asyncio", "filelock", "multiprocessing", "requests", "arxiv", "statistics"}


def ours(loaded: set[str], room: str) -> set[str]:
    return {name for name in loaded if name.startswith(f"paperround.{room}.")}


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["serve", "--help"], ["init", "--help"]])
def test_help_imports_the_command_line_alone(words: list[str]) -> None:
    loaded = modules_after(words)
    assert {name for name in loaded if name.startswith("paperround.")} == {"paperround.cli"} | ours(loaded, "cli")
    assert not LATE & loaded
    assert not {"importlib.metadata", "json", "paperround.cli.commands"} & loaded


def test_one_format_is_all_that_an_export_imports() -> None:
    loaded = modules_after(["export", "csv", DIGEST])
    assert loaded & FORMATS == {"paperround.exporters.tables.csv"}
    assert not LATE & {name.partition(".")[0] for name in loaded}
    assert not {"paperround.exporters.contract.wording", "http.server"} & loaded
    assert not {
        name for name in loaded if name.startswith(("paperround.exporters.text.ma", "paperround.exporters.cit"))
    } - {"paperround.exporters.text.matching"}


def test_a_check_imports_no_format() -> None:
    loaded = modules_after(["check", DIGEST])
    assert not loaded & FORMATS
    assert not LATE & {name.partition(".")[0] for name in loaded}
