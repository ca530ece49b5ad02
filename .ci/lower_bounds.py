"""Print constraints for the oldest dependencies that pyproject.toml allows, with the pinned tools that test them.

Without hashes: those of constraints.txt are of the newest.
"""

from pinned import ROOT, asked_by, name_of, pins


def main() -> None:
    pinned = pins(ROOT / "constraints.txt")
    oldest = list(asked_by("."))
    for line in oldest:
        print(line.replace(">=", "=="))
    tools = {"pip", "setuptools", *map(name_of, asked_by(".[dev]"))} - set(map(name_of, oldest))
    for name in sorted(tools):
        print(pinned[name].partition(" ")[0])


if __name__ == "__main__":
    main()
