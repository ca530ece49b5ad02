"""Print constraints for the oldest dependencies that pyproject.toml allows, with the pinned tools that test them."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    tools = {name_of(line) for line in [*project["optional-dependencies"]["dev"], "setuptools"]}
    for line in project["dependencies"]:
        print(line.replace(">=", "=="))
    for line in pinned:
        if name_of(line) in tools:
            print(line)


def name_of(requirement: str) -> str:
    """Return the normal form of a requirement's name."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^A-Za-z0-9._-]", requirement)[0]).lower()


if __name__ == "__main__":
    main()
