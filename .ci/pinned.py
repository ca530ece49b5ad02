"""Print what a constraints file pins of packages by name, and of `.` or `.[dev]`: what pyproject.toml asks for itself.

pip takes the packages that those need in turn from the same file, given as its constraints.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> None:
    constraints, *words = sys.argv[1:]
    names = {name_of(name) for word in words for name in asked_by(word)}
    for name, text in pins(Path(constraints)).items():
        if name in names:
            print(text)
            names.remove(name)
    if names:
        sys.exit(f"{constraints} does not pin {', '.join(sorted(names))}: run make lock")


def pins(path: Path) -> dict[str, str]:
    """Return what stands for each package, by the normal form of its name."""
    lines = re.sub(r"^#.*\n", "", path.read_text(encoding="utf-8"), flags=re.M)
    return {name_of(text): text.rstrip() for text in re.split(r"\n(?=\S)", lines) if text}


def asked_by(word: str) -> Iterator[str]:
    """Yield the requirements that a word stands for: those of the project and one extra, or itself."""
    found = re.fullmatch(r"\.(?:\[(\w+)\])?", word)
    if found is None:
        yield word
        return
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    yield from project["dependencies"]
    yield from project["optional-dependencies"][found[1]] if found[1] else ()


def name_of(requirement: str) -> str:
    """Return the normal form of a requirement's name."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^A-Za-z0-9._-]", requirement)[0]).lower()


if __name__ == "__main__":
    main()
