"""What our code may not do with strangers' data, told by reading it: ruff's S rules are on, and a few more hold."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..command import ROOT

ROOMS = ("model", "exporters", "publish", "cli")
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
RUFF = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
CALLED = {"eval", "exec", "compile", "__import__", "input", "breakpoint"}
IMPORTED = {"pickle", "marshal", "shelve", "dill", "ctypes", "yaml", "xmlrpc", "telnetlib", "ftplib", "pty", "code"}
IMPORTED |= {"subprocess"}
ALLOWED = {
    ("model/readers/yaml_values.py", "yaml"): "takes libyaml's events, which are text and make no objects",
    ("publish/start.py", "subprocess"): "asks git of the folder for which paperround.toml is written",
}
"""What modules import all the same, and why."""


def test_ruff_s_security_rules_are_all_on() -> None:
    assert "S" in RUFF["select"]
    assert [rule for rule in RUFF["ignore"] if rule.startswith("S") and not rule.startswith("SIM")] == ["S105"]
    ours = {
        pattern for pattern in RUFF["per-file-ignores"] if not re.match(r"\{?(\.ci|tests|examples|benchmarks)", pattern)
    }
    assert [rule for pattern in ours for rule in RUFF["per-file-ignores"][pattern] if re.fullmatch(r"S\d+", rule)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_is_run_that_was_read(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not CALLED & called
    assert {(name, module) for module in IMPORTED & imported(tree)} <= ALLOWED.keys()
    assert not re.search(r"\bshell\s*=\s*True|\bos\.(?:system|popen|exec\w*|spawn\w*)\(", text)
    for line in text.splitlines():  # each exception names its rule, and only those that have a reason
        if found := re.search(r"#\s*(?:ruff: )?noqa(.*)", line):
            assert re.match(r": [A-Z]+\d+", found[1]), line


@pytest.mark.parametrize("room", ["model", "exporters"])
def test_parsing_and_formats_know_no_clock_network_or_environment(room: str) -> None:
    known = {"httpx", "requests", "socket", "urllib.request", "http", "time", "random", "secrets", "locale"}
    for path in (ROOT / room).rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not known & imported(tree), path
        attributes = {
            f"{getattr(node.value, 'id', '')}.{node.attr}" for node in ast.walk(tree) if isinstance(node, ast.Attribute)
        }
        assert not {"os.environ", "os.getenv", "date.today", "datetime.now", "datetime.utcnow"} & attributes, path


def test_the_tests_that_security_md_names_are_there() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    folders = [ROOT, ROOT / "tests" / "clients", ROOT / "tests" / "security"]
    named = re.findall(r"\b(?:tests/[a-z_/]+|test_\w+\.py)\b(?:\.py)?", text)
    assert len(named) >= 10
    assert [name for name in named if not any((folder / name).exists() for folder in folders)] == []
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert (ROOT / target).exists(), target


def imported(tree: ast.AST) -> set[str]:
    return {name for node in ast.walk(tree) for name in _names(node)}


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and not node.level:
        yield node.module or ""
