"""What of somebody's text a terminal and a log may see."""

from unicodedata import category

_JOINERS = "\u200c\u200d"
"""Scripts and emoji need them."""


def printable(text: str) -> str:
    """Return text without what a terminal obeys, what turns its direction, and what UTF-8 cannot take."""
    return "".join(c if c.isprintable() or c in _JOINERS or category(c) == "Zs" else "\ufffd" for c in text)
