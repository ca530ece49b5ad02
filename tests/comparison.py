"""How two texts, or two folders of texts, differ: as people read it."""

from collections.abc import Mapping
from difflib import unified_diff

MOST_LINES = 200
"""More of a difference than that helps nobody."""


def difference(expected: Mapping[str, str], given: Mapping[str, str]) -> str:
    """Return a unified diff for each name whose text differs, '' when none does."""
    lines = [
        line
        for name in sorted(expected.keys() | given.keys())
        if expected.get(name) != given.get(name)
        for line in _of(name, expected.get(name), given.get(name))
    ]
    left_out = [f"... and {len(lines) - MOST_LINES} lines more"] if len(lines) > MOST_LINES else []
    return "\n".join([*lines[:MOST_LINES], *left_out])


def _of(name: str, expected: str | None, given: str | None) -> list[str]:
    if expected is None:
        return [f"{name}: nobody expects it; --update-golden writes it down"]
    if given is None:
        return [f"{name}: it is not there"]
    old, new = (text.split("\n") for text in (expected, given))
    return list(unified_diff(old, new, f"{name} (expected)", f"{name} (given)", lineterm=""))
