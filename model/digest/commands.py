"""Commands of LaTeX by what is left of them where an escape of JSON took the backslash and the first letter."""

import re
from importlib.resources import files

_FILE = "latex-commands.txt"
_LIKE_WORDS = frozenset("able abs angle ight ypeset itle ime oday".split())  # noqa: SIM905
"""Rests that are words, or that a slip makes of one: "Heading<TAB>able to"."""
_LONG = 4
"""Letters of a rest from which on it is hardly ever a word."""


def _rests() -> dict[str, list[str]]:
    lines = files(__package__ or "").joinpath(_FILE).read_text(encoding="utf-8").splitlines()
    names = [line for line in lines if not line.startswith("#")]
    return {letter: sorted(name[1:] for name in names if name[0] == letter) for letter in "trn"}


_RESTS = _rests()


def _one_of(letter: str, *, certain: bool) -> str:
    found = [rest for rest in _RESTS[letter] if (len(rest) >= _LONG and rest not in _LIKE_WORDS) == certain]
    return f"(?:{'|'.join(sorted(found, key=len, reverse=True))})(?![A-Za-z])"


CERTAIN = re.compile(rf"\t(?={_one_of('t', certain=True)})|\r(?={_one_of('r', certain=True)})")
"""A TAB or CR before the rest of a long command."""
IN_MATHEMATICS = re.compile(rf"\t(?={_one_of('t', certain=False)})|\r(?={_one_of('r', certain=False)})")
"""The same before the rest of a short one, which only mathematics or a brace makes certain."""
LOST_LINE = re.compile(rf"(?:abla|e[qg]|ot|otin|u|olimits|ewline)(?![a-z])|{_one_of('n', certain=True)}")
"""What starts a line that an eaten `\\n` began inside mathematics."""
