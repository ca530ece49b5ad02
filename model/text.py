"""Text of any origin as one line that the model takes, and as letters to compare by."""

import re
import unicodedata
from typing import AnyStr

_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]+")
_COMMAND = re.compile(r"\\(?:([A-Za-z]+) ?|.)")
_TEX_SIGNS = re.compile("[{}$_^]")
_LETTERS = {name: name for name in ("ss", "o", "l", "ae", "oe", "i", "j", "th", "tex", "latex")} | {
    "aa": "a",
    "dj": "d",
    "dh": "d",
}
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ȷ": "j"})
"""What neither NFKD nor case folding takes apart."""
_WORD = re.compile(r"[^\W_]+")
BLANKS = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""What `\\s` stands for, for `str.strip` beside other characters."""


def plural(count: int, word: str) -> str:
    """Return '1 paper', '2 papers'."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def holds(text: AnyStr, mark: AnyStr) -> bool:
    """Tell whether a text holds a mark; where its first character is rare, many times faster than `in`."""
    first = mark[:1]
    at = text.find(first)
    while at >= 0 and not text.startswith(mark, at):
        at = text.find(first, at + 1)
    return at >= 0


def one_line(text: str) -> str:
    """Return text with every run of white space and of what the model refuses as one space."""
    return " ".join(_UNFIT.sub(" ", text).split())


def line_of(value: object) -> str:
    """Return a value of JSON or YAML as one line, '' for what is no text."""
    return one_line(value) if isinstance(value, str) else ""


def words(text: str) -> list[str]:
    """Return the words of a text in a form that case, accents, punctuation, Unicode and LaTeX leave the same.

    A LaTeX command becomes the letter that it stands for, or nothing.
    """
    plain = _TEX_SIGNS.sub("", _COMMAND.sub(_letter, text))
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _WORD.findall(plain.casefold().translate(_PLAIN))


def _letter(command: re.Match[str]) -> str:
    name = (command[1] or "").lower().removeprefix("var")
    if name in _LETTERS:
        return _LETTERS[name]
    return _GREEK.get(name, "")


def _greek() -> dict[str, str]:
    letters = [chr(code) for code in range(ord("α"), ord("ω") + 1) if chr(code) != "ς"]
    return {unicodedata.name(letter).split()[-1].lower().replace("lamda", "lambda"): letter for letter in letters}


_GREEK = _greek()
