"""The rooms: who may import whom, what a command costs before it works, and how long things may be."""

import ast
import importlib
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

import pytest

from .command import unmeasured

ROOT = Path(__file__).parents[1]
ROOMS = {
    "model": {"model"},
    "exporters": {"exporters", "model"},
    "publish": {"publish", "exporters", "model"},
    "cli": {"cli", "publish", "exporters", "model"},
    "api": {"api", "cli", "publish", "exporters", "model"},
}
HEAVY = {"PIL", "distributed", "ebooklib", "feedgen", "httpcore", "httpx", "jinja2", "lxml", "pandas", "rich"}
OURS = "paperround."
FORMATS = {entry.module for entry in entry_points(group="paperround.exporters") if entry.module.startswith(OURS)}
MODULES = {
    ".".join(("paperround", *path.relative_to(ROOT).with_suffix("").parts))
    .removesuffix(".__init__")
    .replace("paperround.api", "paperround"): path
    for room in ROOMS
    for path in sorted((ROOT / room).rglob("*.py"))
}
SCRIPTS = [
    path
    for folder in ("examples", "tests", ".ci", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "node_modules" not in path.parts
]


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_one_way(module: str) -> None:
    allowed = ROOMS[room_of(module)]
    for imported in imports(module):
        assert room_of(imported) in allowed, f"{module} imports {imported}"


@pytest.mark.parametrize("module", [module for module in MODULES if ".exporters." in module])
def test_formats_do_not_import_each_other(module: str) -> None:
    for imported in imports(module):
        for name in FORMATS:
            inside = is_below(module, name)
            assert inside or not is_below(imported, name), f"{module} imports {imported}"


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["build", "--help"], ["export", "--help"], ["formats"]])
def test_nothing_heavy_is_imported_before_it_is_needed(words: list[str]) -> None:
    loaded = modules_after(words)
    assert "paperround.cli.main" in loaded
    assert not HEAVY & {name.partition(".")[0] for name in loaded}


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["build", "--help"]])
def test_help_imports_no_format_and_no_pydantic(words: list[str]) -> None:
    loaded = modules_after(words)
    assert not FORMATS & loaded
    assert "pydantic" not in loaded


@pytest.mark.parametrize("package", ["paperround", *(f"{OURS}{room}" for room in ROOMS if room != "api")])
def test_no_module_takes_a_name_that_its_package_exports(package: str) -> None:
    """Importing a module sets its name in its package, over whatever was called so there."""
    for module in MODULES:
        if not module.endswith("__main__"):
            importlib.import_module(module)
    public = importlib.import_module(package)
    assert [name for name in getattr(public, "__all__", ()) if isinstance(getattr(public, name), ModuleType)] == []


@pytest.mark.parametrize("module", MODULES)
def test_public_things_have_docstrings(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), module
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{module}.{node.name}"


@pytest.mark.parametrize("path", [*MODULES.values(), *SCRIPTS], ids=lambda path: str(path.relative_to(ROOT)))
def test_functions_and_files_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, node.name


@pytest.mark.parametrize("module", MODULES)
def test_functions_take_at_most_seven_parameters(module: str) -> None:
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
            assert len(names) - (names[:1] in (["self"], ["cls"])) <= 7, node.name


def test_no_modules_import_each_other_in_a_circle() -> None:
    """A module that is part of a circle cannot be understood, or imported, without the others."""
    needed = {module: {name for name in imports_at_once(module) if name != module} for module in MODULES}
    while free := [module for module, names in needed.items() if not names & needed.keys()]:
        for module in free:
            del needed[module]
    assert sorted(needed) == []


def test_a_module_has_tests_under_its_name_or_a_line_says_where() -> None:
    """The table of docs/development.md has each module that lacks a file of its name, once, and no other."""
    modules = [path.relative_to(ROOT).with_suffix("") for path in MODULES.values() if not path.stem.startswith("__")]
    without = [path for path in modules if not any((ROOT / "tests" / path.parts[0]).rglob(f"test_{path.stem}.py"))]
    page = (ROOT / "docs" / "development.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z/]+)`: (.*) \| (tests/.*) \|$", page, re.M)
    assert [test for _, _, test in rows if not (ROOT / test).is_file()] == []
    told = [f"{folder}/{name}" for folder, names, _ in rows for name in names.split(", ")]
    assert sorted(told) == sorted(map(str, without)), (
        "give a module a test of its name, or a line in docs/development.md"
    )


def test_a_word_of_the_glossary_is_one_class() -> None:
    glossary = re.findall(r"^\| [a-z]+ \| `(\w+)` \|", (ROOT / "docs" / "development.md").read_text("utf-8"), re.M)
    defined = Counter(
        node.name
        for path in MODULES.values()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert 20 <= len(glossary) <= 30
    assert {word: defined[word] for word in glossary} == dict.fromkeys(glossary, 1)


def imports(module: str) -> Iterator[str]:
    """Yield every module of ours that a module imports anywhere in it, by its full name."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        yield from imported_by(node, module)


def imported_by(node: ast.AST, module: str) -> list[str]:
    """Return the modules of ours that a statement of a module imports."""
    package = module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]
    names: list[str] = []
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        base = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
        source = ".".join(filter(None, (base, node.module)))
        inner = [f"{source}.{alias.name}" for alias in node.names]
        names = [name if name in MODULES else source for name in inner]
    return [name for name in names if name.startswith(OURS)]


def imports_at_once(module: str) -> set[str]:
    """Return the modules of ours that importing a module imports, for more than types."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    later = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    later += [node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    nodes = {id(inner) for node in later for inner in ast.walk(node)}
    return {name for node in ast.walk(tree) if id(node) not in nodes for name in imported_by(node, module)}


def room_of(module: str) -> str:
    """Return the folder that a module lies in; `paperround` itself is `api`."""
    _, name, *_ = (*module.split("."), "")
    return name if name in ROOMS else "api"


def is_below(module: str, package: str) -> bool:
    return f"{module}.".startswith(f"{package}.")


def modules_after(words: list[str]) -> set[str]:
    """Return the modules that a command line has imported by the time it is done."""
    script = (
        "import sys, atexit\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        "from paperround.cli.entry import main\n"
        "main()\n"
    )
    command = [sys.executable, "-c", script, *words]
    done = subprocess.run(command, env=unmeasured(), capture_output=True, text=True, check=True)
    assert done.stdout
    return set(done.stderr.split())


def test_a_class_name_means_one_thing() -> None:
    """In the whole house, but for classes inside functions and classes."""
    places: dict[str, list[str]] = {}
    for module, path in MODULES.items():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name.lstrip("_"), []).append(module)
    assert {name: modules for name, modules in places.items() if len(modules) > 1} == {}
