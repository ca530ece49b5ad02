"""What of a digest's text has to be seen again in what we publish."""

import re
from collections import Counter

from paperround.model import Point

_HIDDEN = re.compile(r"\$[^$]*\$|\]\([^)]*\)|\\[A-Za-z]+|&#?[A-Za-z0-9]+;")
"""Mathematics, which is rewritten, the targets of links, LaTeX commands, of which the argument is shown, entities."""


def lost(text: str, shown: str) -> str:
    """Return the letters and digits of a text that are not among those shown, '' when all are."""
    return "".join((_letters(_HIDDEN.sub("", text)) - _letters(shown)).elements())


def is_plain(text: str) -> bool:
    """Tell whether a text is shown as it stands: without Markdown, mathematics or what looks like markup."""
    return not set(text) & set("\\$*_`[]<>&#~{}") and not any(map(text.__contains__, ("://", "''", "--")))


def texts(points: tuple[Point, ...]) -> str:
    """Return all that a summary says."""
    return " ".join(f"{point.heading or ''} {point.text} {texts(point.points)}" for point in points)


def _letters(text: str) -> Counter[str]:
    return Counter(character for character in text if character.isalnum())
