"""The text of citations: plain Unicode with its mathematics between dollars, from Markdown and from LaTeX."""

import re
import unicodedata
from collections.abc import Callable

from . import markup, mathematics, symbols
from .texmath import split_maths

_ACTIVE = re.compile(r"[\\{}~`$]|''")
_ACCENT = re.compile(
    r"\\(?:(['\"`^~=.])|([cvuHkrbd])(?=[\s{\\]))\s*(?:\{\\?([A-Za-z])\}|\\([ij])(?![A-Za-z])\s*|([A-Za-z]))"
)
_LETTER = re.compile(r"\\(ss|ae|AE|oe|OE|aa|AA|dh|DH|dj|DJ|th|TH|ng|NG|[oOlLij])(?![A-Za-z])(?:\{\}|\s+)?")
_FONT = re.compile(
    r"\\(?:emph|mbox|text(?:bf|it|tt|rm|sf|sc|sl|up|normal))\s*(?=\{)|(?<=\{)\\(?:em|it|bf|tt|sl|sc|rm|sf)\s+"
)
_LETTERS = symbols.ORDINARY | {"dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ", "th": "þ", "TH": "Þ", "ng": "ŋ", "NG": "Ŋ"}
_ACCENTS = symbols.TEXT_ACCENTS | {"b": "\u0331", "d": "\u0323"}
_SIGNS = (("``", "“"), ("''", "”"), ("`", "‘"), (r"\ ", " "), (r"\,", " "), (r"\-", ""), ("~", " "))
_COMMAND = re.compile(r"\\[A-Za-z]")


def from_markdown(text: str) -> str:
    """Return a digest's inline Markdown as plain text, its mathematics as LaTeX between dollars."""
    return _around_maths(text, markup.plain)


def from_tex(text: str) -> str:
    """Return what arXiv's submitters write, LaTeX's accents, fonts and quotes in prose, as plain text with `$...$`.

    A text with a command that is not known here keeps its braces: they may belong to the command.
    """
    return _around_maths(text, _plain_tex)


def as_unicode(text: str) -> str:
    """Return a text without its dollars, its mathematics in Unicode."""
    return "".join(mathematics.plain(piece) if maths else piece for maths, piece in split_maths(text))


def _around_maths(text: str, convert: Callable[[str], str]) -> str:
    """Convert a text while each of its formulas is stood in for by a sign that no text has."""
    text = " ".join(text.split())
    if "$" not in text:
        return convert(text)
    stand_in = next(sign for sign in map(chr, range(0xE000, 0xF900)) if sign not in text)
    pieces = list(split_maths(text))
    formulas = [f"${piece}$" for maths, piece in pieces if maths]
    parts = convert("".join(stand_in if maths else piece for maths, piece in pieces)).split(stand_in)
    if len(parts) != len(formulas) + 1:  # a formula stood where nothing shows, in a link's address
        return convert(text)
    return "".join(part + formula for part, formula in zip(parts, [*formulas, ""], strict=True))


def _plain_tex(text: str) -> str:
    if _ACTIVE.search(text) is None:
        return text
    text = _FONT.sub("", _LETTER.sub(lambda found: _LETTERS[found[1]], _ACCENT.sub(_accented, text)))
    for written, meant in _SIGNS:
        text = text.replace(written, meant)
    if not _COMMAND.search(text) and text.count("{") == text.count("}"):
        text = re.sub(r"(?<!\\)[{}]", "", text)
    return re.sub(r"\\([{}%&_#$])", r"\1", text)


def _accented(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", (found[3] or found[4] or found[5]) + _ACCENTS[found[1] or found[2]])
