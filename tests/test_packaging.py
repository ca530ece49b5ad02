"""What we hand out: the wheel holds everything the tree does, and the metadata is true."""

import json
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from .sharing import made_once

ROOT = Path(__file__).parents[1]
ROOMS = {"model": "model/", "exporters": "exporters/", "publish": "publish/", "cli": "cli/", "api": ""}
"""Where a room's files are in the package `paperround`."""
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FILES = sorted(
    f"paperround/{place}{path.relative_to(ROOT / room).as_posix()}"
    for room, place in ROOMS.items()
    for path in (ROOT / room).rglob("*")
    if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in path.relative_to(ROOT).parts)
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an sdist from a copy of the tree, and a wheel from the sdist alone."""
    return next(made_once(tmp_path_factory, "packaging", pack).glob("*.whl"))


def pack(root: Path) -> None:
    copy = root / "copy"
    copy.mkdir()
    for name in (*ROOMS, "pyproject.toml", "README.md", "LICENSE"):
        source = ROOT / name
        _ = shutil.copytree(source, copy / name) if source.is_dir() else shutil.copy(source, copy)
    backend(copy, f"build_sdist({str(root)!r})")
    (sdist,) = root.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Debian 12's Python has none
        archive.extractall(root / "sdist")  # noqa: S202 - we made it
    backend(next((root / "sdist").iterdir()), f"build_wheel({str(root)!r})")


def test_wheel_holds_every_file_of_the_rooms_and_nothing_else(built: Path) -> None:
    with zipfile.ZipFile(built) as archive:
        names = sorted(name for name in archive.namelist() if ".dist-info/" not in name)
    assert names == FILES


def test_wheel_says_what_we_are(built: Path) -> None:
    with zipfile.ZipFile(built) as archive:
        (metadata,) = (archive.read(name).decode() for name in archive.namelist() if name.endswith("/METADATA"))
        licences = [name.partition("/licenses/")[2] for name in archive.namelist() if "/licenses/" in name]
    assert licences == ["LICENSE", "exporters/epub/font/Noto-LICENSE.txt", "exporters/epub/font/Pretendard-LICENSE.txt"]
    assert "\nLicense-Expression: MIT AND OFL-1.1\n" in metadata
    assert "\nRequires-Python: >=3.11\n" in metadata


def test_every_package_is_listed() -> None:
    files = [Path(name) for name in FILES if name.endswith("/__init__.py")]
    assert {".".join(path.parent.parts) for path in files} == set(PYPROJECT["tool"]["setuptools"]["packages"])


def test_every_room_is_typed() -> None:
    assert all((ROOT / room / "py.typed").exists() for room in ROOMS)


@pytest.mark.parametrize("group", ["paperround.exporters", "paperround.readers"])
def test_entry_points_are_installed(group: str) -> None:
    listed = PYPROJECT["project"]["entry-points"][group]
    installed = {entry.name: entry.value for entry in entry_points(group=group)}
    assert installed.items() >= listed.items()


def test_constraints_pin_all_that_we_ask_for_by_hash_and_name_no_address() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pin = r"([a-z0-9-]+)==[0-9][0-9a-z.]*(?: ; [^\n\\]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n"
    assert re.fullmatch(rf"(?:#[^\n]*\n)*(?:{pin})+", text)
    extras = PYPROJECT["project"]["optional-dependencies"].values()
    asked = [line for lines in [PYPROJECT["project"]["dependencies"], *extras] for line in lines]
    assert {normal(line) for line in asked} <= {found[1] for found in re.finditer(pin, text)}


def test_npm_packages_are_pinned_by_hash_and_name_no_registry() -> None:
    folder = ROOT / "tests" / "clients"
    lock = json.loads((folder / "package-lock.json").read_bytes())["packages"]
    asked = lock.pop("")["dependencies"]
    assert asked == json.loads((folder / "package.json").read_bytes())["dependencies"]
    assert {name: lock[f"node_modules/{name}"]["version"] for name in asked} == asked
    assert [name for name, entry in lock.items() if not entry["integrity"].startswith("sha512-")] == []
    assert [name for name, entry in lock.items() if "resolved" in entry] == []


def test_changelog_has_the_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(PYPROJECT['project']['version'])}\]", changelog, re.M)


def normal(requirement: str) -> str:
    """Return the name of a requirement as a lock file has it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^A-Za-z0-9._-]", requirement)[0]).lower()


def backend(folder: Path, call: str) -> None:
    """Call setuptools as pip does, in a folder."""
    script = f"from setuptools import build_meta; build_meta.{call}"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
