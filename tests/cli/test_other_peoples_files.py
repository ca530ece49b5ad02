"""Every command that writes, before somebody else's file of each name that it would write."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from paperround.cli.main import run
from paperround.exporters import names

from ..command import files

MINE = b"mine\n"
DIGEST = "## Daily Papers (2024-05-03)\n\n### [Rivers](https://arxiv.org/abs/2405.00001)\n\n- 강을 따라갑니다.\n"
CONFIG = '[series]\nbase_url = "https://example.org"\n'
ALONE = frozenset({"opml", "opds"})
"""Formats that have nothing to list where they are alone."""

COMMANDS: dict[str, tuple[str, ...]] = {
    "build": ("build", "digests", "-o", "out"),
    "build --jobs": ("build", "digests", "-o", "out", "--jobs", "2"),
    "build --prune --force": ("build", "digests", "-o", "out", "--prune", "--force"),
    "build --previous": ("build", "digests", "-o", "out", "--previous", "earlier"),
    **{f"build --format {name}": ("build", "digests", "-o", "out", "--format", name) for name in names()},
    **{f"export {name}": ("export", name, "digests", "-o", "out/") for name in sorted({*names()} - ALONE)},
}
"""What writes into a folder; `serve -o` builds by the very function of `build`, which a test below shows."""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("digests").mkdir()
    Path("digests/2024-05-03.md").write_text(DIGEST, encoding="utf-8")
    Path("paperround.toml").write_text(CONFIG)
    Path("earlier").mkdir()


def lay(name: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(MINE)


def hidden(name: str) -> bool:
    return Path(name).name.startswith(".paperround")


@pytest.mark.parametrize("command", COMMANDS)
def test_no_name_is_taken_from_somebody_else(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = [*COMMANDS[command]]
    assert run(words) == 0
    ours = [name for name in files(Path("out")) if not hidden(name)]
    assert ours or command.removeprefix("build --format ") in ALONE
    for number, name in enumerate(ours):
        there = f"theirs{number}"
        lay(f"{there}/{name}")
        capsys.readouterr()
        status = run([there + word[3:] if word in ("out", "out/") else word for word in words])
        said = capsys.readouterr().err
        assert Path(there, name).read_bytes() == MINE, name
        if status == 2:
            assert said.count("--adopt") == 1, said
            assert {each for each in files(Path(there)) if not hidden(each)} == {name}
        else:  # a site that the folder is only a part of may have a robots.txt or an icon of its own
            assert f"foreign-file {name}" in said


@pytest.mark.parametrize("words", [("build", "digests"), ("export", "html", "digests"), ("export", "csv", "digests")])
def test_an_unset_variable_publishes_nowhere(words: tuple[str, ...]) -> None:
    before = files(Path())
    assert run([*words, "-o", ""]) == 2
    assert files(Path()) == before


@pytest.mark.parametrize("name", ["paperround.toml", ".github/workflows/paperround.yml"])
@pytest.mark.parametrize("make", [lay, lambda name: link(name), os.makedirs])
def test_init_leaves_what_is_there(name: str, make: Callable[[str], None]) -> None:
    Path("paperround.toml").unlink()
    make(name)
    before = files(Path())
    assert run(["init", "--yes"]) == 2
    assert files(Path()) == before


def link(name: str) -> None:
    lay("elsewhere")
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).symlink_to(Path("elsewhere").absolute())


def test_init_replaces_a_link_and_not_what_it_leads_to() -> None:
    Path("paperround.toml").unlink()
    link("paperround.toml")
    assert run(["init", "--yes", "--force"]) == 0
    assert Path("elsewhere").read_bytes() == MINE
    assert not Path("paperround.toml").is_symlink()


def test_init_leaves_records_that_are_there() -> None:
    Path("paperround.toml").unlink()
    lay("arxiv.jsonl")
    assert run(["init", "--yes"]) == 0
    assert Path("arxiv.jsonl").read_bytes() == MINE


def test_metadata_completes_no_file_that_holds_something_else(capsys: pytest.CaptureFixture[str]) -> None:
    lay("arxiv.jsonl")
    lay("snapshot")
    assert run(["metadata", "digests", "-o", "arxiv.jsonl", "--snapshot", "snapshot"]) == 2
    assert "arxiv.jsonl:1: not JSON" in capsys.readouterr().err
    assert Path("arxiv.jsonl").read_bytes() == MINE


def test_metadata_follows_no_link_laid_for_its_temporary_file() -> None:
    lay("elsewhere")
    for name in (".arxiv.jsonl.tmp", "arxiv.jsonl.tmp"):
        Path(name).symlink_to("elsewhere")
    Path("snapshot").write_bytes(
        b'{"id":"2405.00001","title":"Rivers","categories":"cs.CL","versions":[],"authors_parsed":[["Oh","Mina",""]]}\n'
    )
    assert run(["metadata", "digests", "-o", "arxiv.jsonl", "--snapshot", "snapshot"]) == 0
    assert b"Mina Oh" in Path("arxiv.jsonl").read_bytes()
    assert Path("elsewhere").read_bytes() == MINE


def test_ping_writes_into_no_folder_that_no_build_has_written(capsys: pytest.CaptureFixture[str]) -> None:
    Path("paperround.toml").write_text(CONFIG + 'hub = "https://hub.example.org/"\n')
    lay("out/feeds/papers.atom")
    assert run(["ping", "out"]) == 2
    assert files(Path("out")) == {"feeds/papers.atom": MINE}


def test_serve_asks_as_build_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both call one function with the folder that the user has named; without one, `serve` has a folder that passes."""
    from paperround.cli import commands, serving

    asked: list[Path] = []
    monkeypatch.setattr(commands, "build", lambda words, root, *rest: asked.append(root))
    monkeypatch.setattr(serving, "serve", lambda words, output, port, settings, build: build(output, "x", print))
    assert run(["serve", "digests", "-o", "out"]) == 0
    assert asked == [Path("out")]


@pytest.mark.parametrize("words", [("check", "digests"), ("formats",), ("schema",), ("export", "csv", "digests")])
def test_what_prints_writes_nothing(words: tuple[str, ...]) -> None:
    before = files(Path())
    assert run([*words]) == 0
    assert files(Path()) == before


def test_a_single_file_that_the_user_names_is_replaced_as_cp_does() -> None:
    lay("mine.csv")
    assert run(["export", "csv", "digests", "-o", "mine.csv"]) == 0
    assert Path("mine.csv").read_bytes() != MINE
