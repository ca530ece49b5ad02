"""Letters that fonts of e-readers lack, in letters that they have.

LaTeX's calligraphic, Fraktur and bold letters become Unicode's Mathematical Alphanumeric Symbols, which lie outside the
Basic Multilingual Plane. Fonts of e-ink devices end with it, and show boxes (jgm/pandoc#5250).
"""

import re
import unicodedata
from functools import cache

_LETTERS = "[\U0001d400-\U0001d7ff]"
_ANY = re.compile(_LETTERS)
"""Looks through a page without such letters, as nearly all are, in half the time that one with a `+` takes."""
_RUN = re.compile(f"{_LETTERS}+")
_IN_MARKUP = re.compile(f"(<[^>]*>)|{_LETTERS}")
_HEAVY, _LEANING = re.compile("BOLD|DOUBLE-STRUCK"), re.compile("SCRIPT|FRAKTUR|ITALIC")


def basic(text: str) -> str:
    """Return plain text with such letters as those that they are forms of."""
    return _RUN.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)


def basic_markup(fragment: str) -> str:
    """Return XHTML with such letters as bold or italic ones, in attributes as plain ones."""
    if not _ANY.search(fragment):
        return fragment
    return _IN_MARKUP.sub(lambda found: basic(found.group()) if found.group(1) else _tagged(found.group()), fragment)


@cache
def _tagged(letter: str) -> str:
    name, plain = unicodedata.name(letter, ""), basic(letter)
    tag = "b" if _HEAVY.search(name) else "i" if _LEANING.search(name) else ""
    return f"<{tag}>{plain}</{tag}>" if tag else plain
