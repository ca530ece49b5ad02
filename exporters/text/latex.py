"""Text as LaTeX that every TeX engine and every reference manager reads: escapes, kept mathematics, kept capitals.

The default form is ASCII. A letter that LaTeX has no ASCII form for (Hangul, an emoji) stays itself: reference
managers and biber read it, and `fallback` makes pdfLaTeX print its code point instead of stopping.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from . import capitals, symbols
from .running_text import split_maths
from .texmath import compilable

_ASCII = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",  # BibTeX counts braces even behind a backslash
    "}": r"{\textbraceright}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "`": r"{\textasciigrave}",
    "<": "<{}",  # << and >> are quotation marks to T1
    ">": ">{}",
    "\ufffd": "?",  # LuaTeX takes it for broken UTF-8
    "@": "{@}",  # bibtexparser takes @word{ for the start of an entry wherever it stands
}
"""What means something to TeX in any encoding."""

_ACCENTS = {mark: command for command, mark in symbols.TEXT_ACCENTS.items()}
"""Combining marks and the accent commands that set them."""

_LETTERS = {
    letter: f"{{\\{name}}}" for name, letter in (symbols.LETTERS | symbols.MORE_LETTERS).items() if letter not in "åÅ"
} | {
    "ĳ": "ij", "Ĳ": "IJ",
    "–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''", "‚": r"{\quotesinglbase}",
    "„": r"{\quotedblbase}", "«": r"{\guillemotleft}", "»": r"{\guillemotright}", "‹": r"{\guilsinglleft}",
    "›": r"{\guilsinglright}", "…": r"{\textellipsis}", "•": r"{\textbullet}", "·": r"{\textperiodcentered}",
    "†": r"{\textdagger}", "‡": r"{\textdaggerdbl}", "§": r"{\textsection}", "¶": r"{\textparagraph}",
    "¡": r"{\textexclamdown}", "¿": r"{\textquestiondown}", "‰": r"{\textperthousand}", "°": r"{\textdegree}",
    "©": r"{\textcopyright}", "®": r"{\textregistered}", "™": r"{\texttrademark}", "€": r"{\texteuro}",
    "£": r"{\textsterling}", "¥": r"{\textyen}", "¢": r"{\textcent}", "¤": r"{\textcurrency}",
    "µ": r"{\textmu}", "ª": r"{\textordfeminine}", "º": r"{\textordmasculine}", "′": r"{$'$}",
    "\u00a0": "~", "\u00ad": r"\-", "\u2010": "-", "\u2011": "-", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl",
    "ﬃ": "ffi", "ﬄ": "ffl",
}  # fmt: skip
"""Letters and signs with a text command; the angled quotes need the T1 font encoding."""

_FONT_SIGNS = frozenset(code for code in symbols.CODES.values() if code.startswith(r"\mathbb"))
"""Letters of another font, which Better BibTeX does not read as commands."""

_MARKS = "[\u0300-\u036f]"
_GREEK_WORD = "[\u0370-\u03ff\u1f00-\u1fff]{3,}"
_HARD = re.compile(rf"{_GREEK_WORD}|[^ -~]{_MARKS}*|[ -~]{_MARKS}+|[\\{{}}$&#%_~^`@]|<(?=<)|>(?=>)")
_ODD = re.compile(r"[^ -~]|[\"\\{}$&#%_~^`@]|<<|>>")
"""What ASCII text holds if it has to be looked at letter by letter."""

_HARD_UNICODE = re.compile(r"[\\{}$&#%_~^`@\ufffd]|<(?=<)|>(?=>)")
_OPENING_QUOTE = re.compile(r'(?<![^\s(\[{/–—“‘-])"')
_SINGLE_QUOTES = re.compile(r"(?<![^\s(\[{/–—“‘-])'(?=[^\W\d_])([^']++)'(?!\w)")
"""Straight quotes around words, not the apostrophes of 'em and '90s."""


def escape(text: str, unicode: bool = False) -> str:
    """Return plain text as LaTeX, in ASCII wherever LaTeX has a form for it, or only with its own signs escaped."""
    if text.isascii() and "'" not in text and _ODD.search(text) is None:
        return text
    return _escaped(_typographic(text), unicode)


def title(text: str, unicode: bool = False) -> str:
    """Return a title as LaTeX: its mathematics kept and, like its acronyms and mixed case, in braces.

    The braces stop BibTeX styles from changing case, which would turn `$\\Sigma$` into `$\\sigma$`.
    """
    if "$" not in text:
        is_alike = text.isascii() and '"' not in text and "'" not in text  # in both forms
        return _protected(text, unicode and not is_alike, True)
    return "".join(
        _formula(piece, unicode, "{$%s$}") if maths else _protected(piece, unicode, at == 0)
        for at, (maths, piece) in enumerate(split_maths(text))
    )


def running(text: str, unicode: bool = False) -> str:
    """Return running text (an abstract) as LaTeX: its mathematics kept, no capitals protected."""
    return "".join(
        _formula(piece, unicode, "$%s$") if maths else escape(piece, unicode) for maths, piece in split_maths(text)
    )


def fallback(letters: Iterable[str]) -> str:
    """Return TeX code that gives each letter a visible stand-in where pdfLaTeX has none; other engines skip it.

    Its own encodings' letters, CJK packages and the document's own declarations come first: only what would be an
    error is defined, as its code point, or as nothing for signs that show nothing.
    """
    lines = [r"\ifdefined\Umathcode\else\ifdefined\CJKfamily\else", _DEFINE]
    lines += [rf"\paperroundletter{{{letter}}}{{{_stand_in(letter)}}}" for letter in sorted(set(letters))]
    return "\n".join([*lines, r"\fi\fi"])


_DEFINE = (
    r"\def\paperroundletter#1#2{\ifcsname u8:\detokenize{#1}\endcsname\else"
    r"\expandafter\gdef\csname u8:\detokenize{#1}\endcsname{#2}\fi}"
)


def _formula(source: str, unicode: bool, form: str) -> str:
    """Return a formula between dollars; one that LaTeX would not compile is shown as it was written."""
    compiled = compilable(source)
    return escape(f"${source}$", unicode) if compiled is None else form % compiled


def _typographic(text: str) -> str:
    text = text if text.isascii() else unicodedata.normalize("NFC", text)
    if '"' in text:
        text = _OPENING_QUOTE.sub("“", text).replace('"', "”")
    if "'" in text:
        text = _SINGLE_QUOTES.sub(r"‘\1’", text)
    return text


@lru_cache(maxsize=512)
def _protected(text: str, unicode: bool, is_start: bool) -> str:
    """Remember titles: several formats show the same paper one behind the other."""
    text = _typographic(text)
    words = text.split(" ")
    codes = _UNICODE_WORDS if unicode else _ASCII_WORDS
    written = list(map(codes.__getitem__, words))
    for at, span in capitals.in_context(text, words, is_start):
        if span[0] == 0 or not capitals.in_word(words[at]):
            written[at] = _braced(words[at], (span,), unicode)
    return " ".join(written)


class _TitleWords(dict[str, str]):
    """Words of titles and what they are in LaTeX, made when first met; it forgets all when there are many."""

    def __init__(self, unicode: bool) -> None:
        super().__init__()
        self.unicode = unicode

    def __missing__(self, word: str) -> str:
        if len(self) >= 1 << 13:
            self.clear()
        self[word] = made = _braced(word, capitals.in_word(word), self.unicode)
        return made


_ASCII_WORDS, _UNICODE_WORDS = _TitleWords(False), _TitleWords(True)


def _braced(word: str, kept: Sequence[capitals.Span], unicode: bool) -> str:
    """Return a word as LaTeX, with the spans in braces that keep their case."""
    parts: list[str] = []
    done = 0
    for start, end in kept:
        parts += (_escaped(word[done:start], unicode), f"{{{_escaped(word[start:end], unicode)}}}")
        done = end
    return "".join([*parts, _escaped(word[done:], unicode)])


def _escaped(text: str, unicode: bool) -> str:
    if unicode:
        return _HARD_UNICODE.sub(lambda found: _ASCII[found[0]], text)
    return _HARD.sub(lambda found: _ascii(found[0]), text)


@lru_cache(maxsize=4096)
def _ascii(cluster: str) -> str:
    """Return a sign with the marks combined with it in ASCII, or as it is where LaTeX has nothing for it."""
    if simple := _ASCII.get(cluster) or _LETTERS.get(cluster):
        return simple
    if (code := symbols.CODES.get(cluster)) and code not in _FONT_SIGNS:
        return f"{{${code}$}}"
    if len(cluster) > 2 and re.fullmatch(_GREEK_WORD, cluster):
        return cluster
    parts = unicodedata.normalize("NFD", cluster)
    if len(parts) == 1:
        return _compatible(cluster)
    # Zotero and biber do not read an accent over an accent, so a letter with two stays as it is.
    accented = _accented(parts[0], parts[1:]) if len(parts) == 2 else None
    return accented or _ASCII.get(cluster[0], cluster[0]) + cluster[1:]


def _accented(base: str, marks: str) -> str | None:
    """Put accents over a letter, {\\'c}: BibTeX reads one such group as one letter."""
    inner = base if base.isascii() and base.isalnum() else _LETTERS.get(base, "").strip("{}")
    if not inner or not all(mark in _ACCENTS for mark in marks):
        return None
    for mark in marks:
        command = _ACCENTS[mark]
        inner = f"\\{command}{inner}" if len(inner) == 1 and not command.isalpha() else f"\\{command}{{{inner}}}"
    return f"{{{inner}}}"


def _compatible(sign: str) -> str:
    """Superscript and subscript signs as mathematics, odd spaces as a space; the rest stays."""
    kind, _, codes = unicodedata.decomposition(sign).partition(" ")
    if unicodedata.category(sign) == "Zs":
        return " "
    if kind in ("<super>", "<sub>") and " " not in codes and (plain := chr(int(codes, 16))).isascii():
        return f"{{${'^' if kind == '<super>' else '_'}{{{plain}}}$}}"
    return sign


def _stand_in(letter: str) -> str:
    if code := symbols.CODES.get(letter):
        return rf"\ensuremath{{{code}}}"
    parts = unicodedata.normalize("NFD", letter)
    if accented := _accented(parts[0], parts[1:]):
        return accented
    if unicodedata.category(letter) in ("Cf", "Mn", "Me"):
        return ""
    return rf"\texttt{{[U+{ord(letter):04X}]}}"
