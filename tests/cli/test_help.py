"""Help with examples that can be typed, the nearest of what was mistyped, and what a shell completes."""

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from paperround.cli.main import paperround, run
from paperround.exporters import names

from ..command import done
from ..command import paperround as in_a_process

BIN = Path(sys.executable).parent
ROOT = click.Context(paperround, info_name="paperround")


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command by the words that name it, `export csv` and the like among them."""
    yield "", paperround
    for name, command in paperround.commands.items():
        yield name, command
        if isinstance(command, click.Group):
            for inner in command.list_commands(ROOT):
                found = command.get_command(ROOT, inner)
                assert found
                yield f"{name} {inner}", found


@pytest.mark.parametrize(
    ("name", "command"), list(commands()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_examples_stand_below_help_and_can_be_typed(name: str, command: click.Command) -> None:
    context = click.Context(command, info_name=name)
    shown = command.get_help(context)
    lines = [line.strip() for line in (command.epilog or "").partition("Examples:")[2].splitlines() if line.strip()]
    assert lines
    for line in lines:
        assert f"  {line}\n" in f"{shown}\n"
        words = shlex.split(line.removeprefix('eval "$(').removesuffix(')"').partition(" >")[0])
        assert words[0] == "paperround"
        parse(words[1:])


def parse(words: list[str]) -> None:
    """Read the words as the command line does, without doing what they say."""
    command: click.Command = paperround
    context = ROOT
    while isinstance(command, click.Group):
        name, found, words = command.resolve_command(context, words)
        assert name
        assert found
        command = found
    command.make_context(name, list(words), parent=ROOT).close()


def test_the_commands_are_told_in_full_in_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    said = capsys.readouterr().out
    assert "..." not in said.partition("\nCommands:\n")[2]
    assert max(map(len, said.splitlines())) <= 80
    assert [line.split()[0] for line in said.partition("\nCommands:\n")[2].partition("\n\n")[0].splitlines()] == list(
        paperround.commands
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("buidl x", "there is no command 'buidl'; did you mean 'build'?"),
        ("export bibtx x", "there is no format 'bibtx'; did you mean 'bibtex'?"),
        ("build x -o y --format cvs", "there is no format 'cvs'; did you mean 'csv'?"),
        ("build x -o y --fromat csv", "No such option '--fromat'. Did you mean '--format'?"),
        ("export csv x --dialectt excel", "No such option '--dialectt'. Did you mean '--dialect'?"),
        ("build -o public", "Missing argument 'SOURCE...'. `paperround build --help` shows an example."),
        (
            "check x --diagnostics jsn",
            "Invalid value for '--diagnostics': 'jsn' is not one of 'text', 'json', 'github'.",
        ),
    ],
)
def test_the_nearest_is_told(words: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words.split()) == 2
    assert capsys.readouterr().err == f"paperround: {said}\n"


def completed(words: str) -> list[str]:
    """Return what bash is told for words, the last of which is not finished."""
    typed = words.split(" ")
    environment = {"COMP_WORDS": words, "COMP_CWORD": str(len(typed) - 1), "_PAPERROUND_COMPLETE": "bash_complete"}
    return [line.partition(",")[2] for line in done(in_a_process(**environment)).splitlines()]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("paperround ", list(paperround.commands)),
        ("paperround ser", ["serve"]),
        ("paperround export ", names()),
        ("paperround export bib", ["biblatex", "bibtex"]),
        ("paperround build --format cs", ["csl-json", "csv"]),
        ("paperround build --bas", ["--base-url"]),
        ("paperround export csv --dia", ["--diagnostics", "--dialect"]),
        ("paperround export csv --dialect ", ["plain", "excel"]),
        ("paperround check --diagnostics j", ["json"]),
        ("paperround completion z", ["zsh"]),
    ],
)
def test_a_shell_is_offered(words: str, offered: list[str]) -> None:
    assert completed(words) == offered


def test_sources_are_left_to_the_shell() -> None:
    environment = {"COMP_WORDS": "paperround check dig", "COMP_CWORD": "2", "_PAPERROUND_COMPLETE": "bash_complete"}
    assert done(in_a_process(**environment)) == "file,dig\n"


SCRIPTS = {
    "bash": "COMP_WORDS=(paperround export bibt); COMP_CWORD=2; _paperround_completion paperround;"
    ' printf "%s\\n" "${COMPREPLY[@]}"',
    "fish": "complete --do-complete 'paperround export bibt'",
    # Its completion system needs a terminal: the function is called with what it would be, and asked what it adds.
    "zsh": "words=(paperround export bibt); CURRENT=3; compadd() { print -l -- ${@[-1]} ${(P)@[-1]} };"
    " _describe() { print -l -- ${(P)@[-1]} }; _paperround_completion",
}


@pytest.mark.parametrize("shell", SCRIPTS)
def test_the_script_works_in_its_shell(shell: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    monkeypatch.setenv("PATH", str(BIN), prepend=":")
    monkeypatch.setenv("HOME", str(tmp_path))
    source = "paperround completion fish | source" if shell == "fish" else f'eval "$(paperround completion {shell})"'
    before = "compdef() { : }\n" if shell == "zsh" else ""
    flags = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    ran = subprocess.run(
        [shell, *flags, "-c", f"{before}{source}\n{SCRIPTS[shell]}"], capture_output=True, text=True, timeout=60
    )
    assert "bibtex" in ran.stdout.split(), ran.stderr


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.split()[0] == "paperround"
