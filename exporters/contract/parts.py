"""Parts and file names of a format, as a run and the test kit both need them."""

import re
from collections.abc import Iterable

OWN_NAME = r"[0-9A-Za-z_][0-9A-Za-z._-]*"
"""What `{name}` stands for: a file name that every system takes, and that no listing hides."""


def name_pattern(pattern: str, series_id: str) -> re.Pattern[str]:
    """Turn a declared file pattern into a regular expression for the names of one series."""
    escaped = re.escape(pattern).replace(r"\{series\}", re.escape(series_id))
    return re.compile(escaped.replace(r"\{part\}", r"[0-9W-]*").replace(r"\{name\}", OWN_NAME))


def neighbours(parts: Iterable[str]) -> dict[str, tuple[str | None, str | None]]:
    """Map each part to the parts of its kind before and after it; a kind is told by the length of its names."""
    found: dict[str, tuple[str | None, str | None]] = {}
    ordered = sorted(set(parts), key=lambda part: (len(part), part))
    for here, part in enumerate(ordered):
        before = ordered[here - 1] if here and len(ordered[here - 1]) == len(part) else None
        after = ordered[here + 1] if here + 1 < len(ordered) and len(ordered[here + 1]) == len(part) else None
        found[part] = (before, after)
    return found
