"""Documentation names everything there is, in words that the code agrees with."""

import json
import re
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest
from paperround.cli.main import paperround
from paperround.exporters import Options, Series, load
from paperround.model import Code
from paperround.publish import Selection, read_config
from pydantic_core import PydanticUndefined

from .command import ROOT
from .documents import PAGES

DOCS = ROOT / "docs"
FORMATS = sorted(
    entry.name for entry in entry_points(group="paperround.exporters") if entry.module.startswith("paperround.")
)
COMMANDS = sorted(paperround.commands)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_a_page(name: str) -> None:
    assert (DOCS / "formats" / f"{name}.md").exists(), f"write docs/formats/{name}.md, like docs/formats/csv.md"
    page = read(f"formats/{name}.md")
    exporter = load(name)
    assert re.match(rf"# {name}\b", page)
    assert [pattern for pattern in exporter.files if not re.search(example_of(pattern), page)] == []
    assert [key for key in exporter.options.model_fields if not names_key(page, key)] == []
    assert f"(formats/{name}.md)" in read("README.md"), "name the page in docs/README.md, below Formats"


@pytest.mark.parametrize("name", FORMATS)
def test_every_option_is_told_with_its_default(name: str) -> None:
    rows = re.findall(r"^\| `(\w+)` \| (`?)(.*?)`? \| .", read(f"formats/{name}.md"), re.M)
    told = {key: default if quoted else "null" for key, quoted, default in rows}
    defaults = {key: json.dumps(field.default) for key, field in load(name).options.model_fields.items()}
    assert {key: told.get(key) for key in defaults} == defaults


@pytest.mark.parametrize("code", Code, ids=lambda code: code.word)
def test_every_code_is_explained(code: Code) -> None:
    entry = section(read("diagnostics.md"), f"### {code.word}")
    assert entry.lstrip().startswith(f"{code.severity}: {code.meaning}\n")
    shown = (ROOT / "tests" / "golden" / "diagnostics" / code.word / "expected" / "diagnostics.txt").read_text("utf-8")
    examples = [line.strip() for line in entry.splitlines() if line.startswith("    ")]
    assert examples
    assert [line for line in examples if f"{without_sizes(line)}\n" not in without_sizes(shown)] == []


def test_no_other_code_is_explained() -> None:
    assert set(re.findall(r"^### (\S+)$", read("diagnostics.md"), re.M)) == {code.word for code in Code}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_flag_is_told(name: str) -> None:
    entry = section(read("command-line.md"), f"## {name}")
    assert [flag for flag in flags(name) if f"`{flag}`" not in entry] == []


def test_no_other_command_and_flag_is_told() -> None:
    page = read("command-line.md")
    assert set(re.findall(r"^paperround (\w+)", blocks(DOCS / "command-line.md", "text")[0], re.M)) == set(COMMANDS)
    known = {flag for name in COMMANDS for flag in flags(name)} | {"--help", "-h", "--version"}
    assert set(re.findall(r"`(--?[a-z][a-z-]*)`", page)) <= known


@pytest.mark.parametrize(("table", "options"), [("[series]", Series), ("[[select]]", Selection)])
def test_every_key_of_the_tables_is_told(table: str, options: type[Options]) -> None:
    rows = section(read("configuration.md"), f"## {table}")
    told = re.findall(r"^\| `(\w+)` \| (?:`(.*?)`)? ?\|", rows, re.M)
    assert told == [(key, toml(field.default)) for key, field in options.model_fields.items()]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_configurations_load(page: Path, tmp_path: Path) -> None:
    for number, text in enumerate(blocks(page, "toml")):
        if not text.startswith("[project"):
            path = tmp_path / f"{number}.toml"
            path.write_text(text, encoding="utf-8")
            check_configuration(path)


def test_the_example_configuration_loads() -> None:
    check_configuration(ROOT / "examples" / "paperround.toml")


def test_example_configuration_names_every_key_of_the_series() -> None:
    text = (ROOT / "examples" / "paperround.toml").read_text(encoding="utf-8")
    values = tomllib.loads(re.sub(r"^# (?=\w+ = )", "", text, flags=re.M))
    assert set(values["series"]) == set(Series.model_fields)
    Series.model_validate(values["series"])


def test_the_exporter_shown_is_the_example() -> None:
    shown = blocks(DOCS / "exporters.md", "python")[0]
    assert shown in (ROOT / "examples" / "exporter" / "paperround_titles.py").read_text(encoding="utf-8")
    entry = blocks(DOCS / "exporters.md", "toml")[0]
    assert entry in (ROOT / "examples" / "exporter" / "pyproject.toml").read_text(encoding="utf-8")


def test_every_make_target_is_told() -> None:
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert targets
    inner = {"wheel", "tools", "installed"}
    assert set(re.findall(r"^\| `make ([a-z-]+)`", read("development.md"), re.M)) == set(targets[1].split()) - inner


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_in_sentences_exist(page: Path) -> None:
    for command in re.findall(r"`paperround ([^`]+)`", page.read_text(encoding="utf-8")):
        name, *words = [word for word in command.split() if word != "NAME"]
        assert name in COMMANDS or name in {"--version", "--help"}
        known = {*flags(name), "--help"} if name in COMMANDS else set()
        if name == "export" and words:
            if words[0] not in FORMATS:
                continue  # somebody's own format, with options of its own
            known |= {f"--{key.replace('_', '-')}" for key in load(words[0]).options.model_fields}
        assert {word for word in words if re.match("--?[a-z]", word)} <= known, command


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    prose = re.sub(r"^```.*?^```$|^    .*$|`[^`\n]*`", "", text, flags=re.M | re.S)
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)", prose):
        linked = page.parent / target if target else page
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), f"{target}#{anchor}"


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def example_of(pattern: str) -> str:
    """Return a regular expression for a file pattern as it stands, or for a name that it stands for."""
    series = re.escape(pattern).replace(r"\{series\}", r"(\{series\}|daily-papers)")
    return series.replace(r"\{part\}", r"(\{part\}|2024[0-9W-]*)")


def section(page: str, heading: str) -> str:
    """Return what stands below a heading, up to the next of its level or above."""
    level = heading.partition(" ")[0]
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(level)}}} |\Z)", page, re.M | re.S)
    assert found, f"no {heading!r}"
    return found[1]


def without_sizes(text: str) -> str:
    """Leave out numbers, but those in addresses and dates: fixtures have limits of their own."""
    return re.sub(r"(?<=[ :])\d[\d,]*(?= )", "N", text)


def names_key(page: str, key: str) -> bool:
    return any(re.search(rf"\b{word}\b", page) for word in (key, key.replace("_", "-")))


def flags(name: str) -> list[str]:
    """Return the flags of a command; those of `export` are the ones that every format has."""
    command = paperround.commands[name]
    if isinstance(command, click.Group):
        assert load("jsonl").options.model_fields == Options.model_fields == {}
        found = command.get_command(click.Context(command), "jsonl")
        assert found
        command = found
    return [flag for parameter in command.params if isinstance(parameter, click.Option) for flag in parameter.opts]


def check_configuration(path: Path) -> None:
    """Fail when a file is not a configuration that every command takes."""
    config = read_config(path)
    config.check_tables()
    config.series({})
    config.selections()
    for name in FORMATS:
        config.exporter(name, {})


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S)


def toml(value: object) -> str:
    return json.dumps(value) if value and value is not PydanticUndefined else ""


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", [ROOT / "SECURITY.md", DOCS / "reliability.md"], ids=lambda page: page.name)
def test_tests_that_promises_name_exist(page: Path) -> None:
    tests = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*.py")}
    named = set(re.findall(r"[\w/]*\btest_\w+\.py", page.read_text(encoding="utf-8")))
    assert named
    assert [name for name in named if not any(f"/{path}".endswith(f"/{name.lstrip('/')}") for path in tests)] == []
