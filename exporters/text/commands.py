r"""LaTeX's commands for running text, as they stand in titles and abstracts: `\emph{…}`, `\url{…}`, `Erd\H{o}s`.

Language models write Markdown, where a backslash may also belong to a path, a pattern or a quoted string. So only what
can hardly be anything else counts as a command; `running_text.from_tex` reads arXiv's own texts, in which all is LaTeX.
"""

import re
import unicodedata

from . import symbols

FONTS = {
    "textbf": "strong",
    **dict.fromkeys(("emph", "textit", "textsl"), "em"),
    "texttt": "code",
    "textsuperscript": "sup",
    "textsubscript": "sub",
    **dict.fromkeys(("textrm", "textsf", "textsc", "textup", "textmd", "textnormal", "text", "mbox", "underline"), ""),
}
"""Commands whose argument is text, and the elements that show it; "" shows it as the text around it."""

SWITCHES = {
    **dict.fromkeys(("bf", "bfseries"), "strong"),
    **dict.fromkeys(("em", "it", "sl", "itshape", "slshape"), "em"),
    **dict.fromkeys(("tt", "ttfamily"), "code"),
    **dict.fromkeys(("rm", "sf", "sc", "rmfamily", "sffamily", "scshape"), ""),
}
"""Commands that change the font of the rest of their group: `{\\em so}`."""

OPENING = re.compile(rf"\\\\?({'|'.join(FONTS)})\s*\{{|\{{\\({'|'.join(SWITCHES)})\s+")
"""The beginning of a text in another font; JSON may have doubled the backslash."""

LINK = re.compile(r"\\\\?(url|href)\s*\{((?:[^\s{}\\]|\\[%#&_~$])++)\}")
"""`\\url{address}`, and the beginning of `\\href{address}{text}`."""

SIGNS = {
    name: sign
    for name, sign in (symbols.ORDINARY | symbols.BINARY | symbols.RELATIONS).items()
    if name.startswith("text") or name in ("ldots", "dots", "LaTeX", "TeX", "copyright", "pounds", "euro")
}
"""Commands that are one sign of running text; those of mathematics stay as written outside of it."""

SIGN = re.compile(rf"\\({'|'.join(sorted(SIGNS, key=len, reverse=True))})(?![A-Za-z])(?:\{{\}})?")

_BASE = r"(?:\{\\?[A-Za-z]\}|\\[ij](?![A-Za-z])\s*|[A-Za-z])"
_NAME = f"(?:{'|'.join(symbols.LETTERS | symbols.MORE_LETTERS)})"
_ANY = rf"\\(?:['\"`^~=.]|[cvuHkrbd](?=[\s{{\\]))\s*{_BASE}|\\{_NAME}(?![A-Za-z])(?:\{{\}}|\s+)?"
ANY_LETTER = re.compile(rf"\{{(?:{_ANY})\}}|{_ANY}")
"""A letter as LaTeX takes it: `{\\'e}`, `\\'e`, `\\v s`, `{\\o}`, `\\L{}`."""

LETTER = re.compile(
    rf"\{{(?:{_ANY})\}}"  # {\'e}, {\v s}, {\o}
    r"|\\(?:['\"`^~=.]|[cvuHkrbd])\{\\?[A-Za-z]\}"  # \'{e}, \v{s}
    rf"|\\{_NAME}\{{\}}"  # \L{}
    # Within a word a quoted string can hardly begin; `it\'s` is how Python writes an apostrophe.
    r"|(?<=[A-Za-z\u00c0-\u024f}])\\"
    r"(?:\"(?:[aeiouyAEIOUY]|\\i\s*)|'(?!(?:s|t|re|ve|ll|d|m)\b)(?:[aeiouyAEIOUYcnszlr]|\\i\s*)"
    r"|[`^=](?:[aeiouAEIOU]|\\i\s*)|~[anoANO]|ss\b\s?)"
)
"""A letter as Markdown can be sure of it."""

WORD_START = re.compile(r"\\[\"'`^][AEIOUaeiou](?=[A-Za-z])")
"""An accent on the first letter of a word, unless the text quotes with such signs."""

QUOTES = re.compile(r"\\[\"'`](?![A-Za-z{\\])")
"""The end of what a text quotes with `\\"`, as JSON and Python write it."""

DASH = re.compile(r"(?<=[^\s!<-])-{2,3}(?=\s|[^\W_]|$)(?!-)|(?<=\s)-{2,3}(?=\s)")
"""A dash of two or three hyphens: `1--10`, `so --- it`; `--flag` and `<!--` are none."""

TIE = re.compile(r"(?<=[A-Za-z0-9.,:;)\]}'])~(?=[A-Za-z0-9\\$(\[{])")
"""TeX's space that no line ends at, or a range: see `is_tie`."""

_LETTERS = symbols.LETTERS | symbols.MORE_LETTERS
_WORD_BEFORE, _WORD_AFTER = re.compile(r"[^\s~]*$"), re.compile(r"[^\s~]*")
_LONGEST = 24
"""Characters looked at on both sides of a tie: enough for a number and its unit."""


def letter(written: str) -> str:
    r"""Return the letter that LaTeX writes as {\'e}, \'{\i}, \v s, {\o}, \L{} …"""
    name, *rest = re.findall(r"[A-Za-z]+|[^A-Za-z{}\s\\]", written)
    if not rest:
        return _LETTERS[name]
    return unicodedata.normalize("NFC", rest[0] + symbols.TEXT_ACCENTS[name])


def is_tie(text: str, start: int) -> bool:
    """Tell whether a tilde is TeX's space: not in 10~20, 7B~70B and A~Z."""
    if not TIE.match(text, start):
        return False
    before = _WORD_BEFORE.search(text[max(0, start - _LONGEST) : start])
    after = _WORD_AFTER.match(text[start + 1 : start + _LONGEST])
    left, right = before[0] if before else "", after[0] if after else ""
    are_numbers = any(map(str.isdigit, left)) and any(map(str.isdigit, right))
    are_letters = left.isalpha() and len(left) == len(right.rstrip(".,:;)")) == 1
    return not (are_numbers or are_letters or "/" in left)
