"""Under which licences the packages stand that a user installs with us, told by their own metadata.

docs/dependencies.md lists them. All but one may be passed on together with an MIT-licensed program under no condition
but to keep the notices; the one is EbookLib, of which README.md has to tell.
"""

import ast
import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement

from ..command import ROOT

FREE = {"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD", "HPND", "MIT", "MIT-CMU", "MPL-2.0", "PSF-2.0"}
"""MPL-2.0 asks for the source of its own files alone (certifi, unchanged)."""
STRONG = {"ebooklib": "AGPL-3.0-or-later"}
WORDS = {
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD License": "BSD",
    "BSD 3-Clause License": "BSD-3-Clause",
    "FreeBSD and LGPLv3+": "BSD-2-Clause OR LGPL-3.0-or-later",
    "GNU Affero General Public License": "AGPL-3.0-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


def name_of(text: str) -> str:
    return re.sub(r"[-_.]+", "-", text).lower()


def tree(name: str, extra: str = "") -> dict[str, Distribution]:
    """Return the installed packages that one needs, and those that they need in turn; not that one itself."""
    found: dict[str, Distribution] = {}
    todo = [(name, extra)]
    while todo:
        name, extra = todo.pop()
        for line in distribution(name).requires or []:
            asked = Requirement(line)
            wanted = asked.marker is None or asked.marker.evaluate({"extra": extra})
            if wanted and name_of(asked.name) not in found:
                found[name_of(asked.name)] = distribution(asked.name)
                todo += [(asked.name, word) for word in asked.extras or [""]]
    return found


def licence_of(package: Distribution) -> str:
    """Return the licence as an SPDX expression, from the fields that name it in one way or the other."""
    said = package.metadata.get("License-Expression") or package.metadata.get("License") or ""
    classes = [
        line.rpartition(" :: ")[2] for line in package.metadata.get_all("Classifier") or [] if "License ::" in line
    ]
    word = said if said and "\n" not in said and len(said) < 60 else " OR ".join(classes) or title_of_licence(package)
    return WORDS.get(word, word)


def title_of_licence(package: Distribution) -> str:
    """Return the first line of the file with the licence, for packages that name it nowhere else."""
    paths = [path for path in package.files or [] if path.name == "LICENSE"]
    return paths[0].read_text().partition("\n")[0].strip() if paths else ""


def is_free(expression: str) -> bool:
    """Tell whether one of the alternatives asks for nothing but what FREE does."""
    return any(FREE.issuperset(choice.strip("()").split(" AND ")) for choice in expression.split(" OR "))


def listed() -> dict[str, str]:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| ([a-z0-9-]+) \| ([^|]+) \|", page, re.M))


@pytest.fixture(scope="module")
def packages() -> dict[str, Distribution]:
    try:
        return tree("paperround", "cluster")
    except PackageNotFoundError as error:
        pytest.skip(f"{error} is not installed")


def test_every_licence_lets_us_be_passed_on_together(packages: dict[str, Distribution]) -> None:
    found = {name: licence_of(package) for name, package in packages.items()}
    assert found["requests"] == "Apache-2.0"
    assert {name: said for name, said in found.items() if not is_free(said)} == STRONG


def test_the_list_of_dependencies_is_whole_and_true(packages: dict[str, Distribution]) -> None:
    found = {name: licence_of(package) for name, package in sorted(packages.items())}
    assert {name: said for name, said in found.items() if listed().get(name) != said} == {}


def test_only_books_use_the_package_under_the_agpl_and_readme_says_what_it_means() -> None:
    rooms = [path for room in ("model", "exporters", "publish", "cli") for path in (ROOT / room).rglob("*.py")]
    using = {
        path.relative_to(ROOT).as_posix() for path in rooms if imports(ast.parse(path.read_text("utf-8")), "ebooklib")
    }
    assert using
    assert all(name.startswith("exporters/epub/") for name in using)
    for page, heading in ("README.md", "## Licences"), ("docs/dependencies.md", "## EbookLib"):
        told = " ".join((ROOT / page).read_text(encoding="utf-8").partition(heading)[2].split())
        assert "AGPL, version 3 or later" in told, page
        assert "EbookLib" in told, page


def imports(module: ast.AST, name: str) -> bool:
    for node in ast.walk(module):
        named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        named += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
        if any(f"{word}.".startswith(f"{name}.") for word in named):
            return True
    return False
