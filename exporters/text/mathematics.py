"""LaTeX mathematics as Unicode: what titles and abstracts hold, for readers that know neither LaTeX nor MathML."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import NamedTuple

from . import symbols
from .formula import UnsupportedFormula
from .signs import SCRIPTS, Kind, Sign, signs

_INLINE = re.compile(r"\$((?:[^$\\]|\\.)++)\$(?!\$)")
_DISPLAYED = re.compile(r"\$\$((?:[^$\\]|\\.)++)\$\$")
_BRACED = re.compile(r"\{[^{}]*\}")
_LITERAL = re.compile(r"`|://|\]\(|</|<[A-Za-z]+>")
_CJK = re.compile(r"[\u1100-\u11ff\u3040-\ud7ff]")
_COMMAND = re.compile(r"\\[A-Za-z]{2,}")
_WORDS = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{3,}|\s[A-Za-z]{2,}\s")
_SIGN = re.compile(r"\\[A-Za-z]|[\^_=<>+]")
_DOUBLED = re.compile(r"\\\\(?=[A-Za-z])")


class Rendering(NamedTuple):
    """A formula in both forms."""

    html: str
    plain: str


def html(tex: str) -> str:
    """Return a formula, without its dollars, as XHTML of i, strong, sup and sub, else as written in code."""
    rendering = rendered(tex)
    return rendering.html if rendering else f"<code>{escape(tex.strip(), quote=False)}</code>"


def plain(tex: str) -> str:
    """Return a formula as Unicode text; what Unicode cannot say stays as written, without its dollars."""
    rendering = rendered(tex)
    return rendering.plain if rendering else tex.strip().replace("$", "")


@lru_cache(maxsize=2048)
def rendered(tex: str) -> Rendering | None:
    """Return a formula in both forms, None where it holds what Unicode cannot say (matrices, unknown commands).

    A backslash that JSON doubled counts as one.
    """
    for source in (tex, _DOUBLED.sub(r"\\", tex)):
        try:
            row = signs(source)
        except UnsupportedFormula:
            continue
        return Rendering(_HTML.formula(row), _PLAIN.formula(row))
    return None


def between_dollars(text: str, start: int) -> tuple[str, int] | None:
    """Return the formula whose dollars open at `start` and where it ends, None for a price or a shell variable.

    It is pandoc's rule, and no sentence may stand between the dollars. Pandoc also refuses a digit behind them, but
    papers do write $\\sim$50 and $\\pm$0.3.
    """
    match = _DISPLAYED.match(text, start) or _INLINE.match(text, start)
    if not match or not _is_formula(text[max(0, start - 1) : start], match[1], text[match.end() : match.end() + 1]):
        return None
    return match[1], match.end()


def is_running_text(tex: str) -> bool:
    """Tell whether code, a link, a tag, or Korean, Chinese or Japanese without a command stand outside of braces."""
    bare = _BRACED.sub("", tex)
    if _LITERAL.search(bare):
        return True
    return _CJK.search(bare) is not None and (tex[0].isdigit() or not _COMMAND.search(tex))


def has_cjk(text: str) -> bool:
    """Tell whether a text holds Korean, Chinese or Japanese letters."""
    return _CJK.search(text) is not None


def _is_formula(before: str, tex: str, after: str) -> bool:
    """Tell a formula from what stands between two prices, by what it begins with and what stands beside its dollars.

    Each rule is a text that was read wrongly without it: `$ \\alpha $` has spaces, US$5 and A$7 are prices, and so is
    $5 against $7; $N$개 and $\\pm$0.3 are mathematics, $HOME and $PATH are none.
    """
    if tex[0].isspace() or tex[-1].isspace():
        return tex[0].isspace() and tex[-1].isspace() and "\\" in tex and not is_running_text(tex)
    if tex[0].isdigit() and (_is_letter(before) or _WORDS.search(_BRACED.sub("", tex))):
        return False
    if is_running_text(tex):
        return False
    if after.isdigit():
        return "\\" in tex or "^" in tex
    return bool(_SIGN.search(tex)) or len(tex) == 1 or not _is_letter(after)


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


class _FormulaWriter:
    """Joins signs, with the spaces TeX would set between them; what a mark-up adds is a subclass's."""

    def formula(self, row: Sequence[Sign]) -> str:
        return self.joined(row, spaced=True).strip()

    def joined(self, row: Sequence[Sign], spaced: bool) -> str:
        pieces: list[str] = []
        for kind, run in groupby(_with_spaces(row, spaced), key=_kind):
            if kind in (*SCRIPTS, Kind.BOLD):
                pieces.extend(map(self.nested, run))
            else:
                pieces.append(self.text("".join(sign.text for sign in run), kind))
        return "".join(pieces)

    def nested(self, sign: Sign) -> str:
        inside = self.joined(sign.inside, spaced=sign.kind is Kind.BOLD)
        return self.wrapped(inside, sign.kind) if inside.strip() else inside

    def text(self, text: str, kind: Kind) -> str:
        return text

    def wrapped(self, inside: str, kind: Kind) -> str:
        return inside


_TAGS = {Kind.SUPERSCRIPT: "sup", Kind.SUBSCRIPT: "sub", Kind.BOLD: "strong"}


class _HTMLWriter(_FormulaWriter):
    def text(self, text: str, kind: Kind) -> str:
        escaped = escape(text, quote=False)
        return f"<i>{escaped}</i>" if kind is Kind.VARIABLE else escaped

    def wrapped(self, inside: str, kind: Kind) -> str:
        return f"<{_TAGS[kind]}>{inside}</{_TAGS[kind]}>"


class _PlainWriter(_FormulaWriter):
    """Scripts by Unicode's own signs where there is one for each, else ^(…) and _(…)."""

    def wrapped(self, inside: str, kind: Kind) -> str:
        if kind is Kind.BOLD:
            return inside
        table, mark = (symbols.SUPERSCRIPTS, "^") if kind is Kind.SUPERSCRIPT else (symbols.SUBSCRIPTS, "_")
        if all(ord(character) in table for character in inside):
            return inside.translate(table)
        return f"{mark}{inside}" if len(inside) == 1 else f"{mark}({inside})"


_HTML = _HTMLWriter()
_PLAIN = _PlainWriter()


def _kind(sign: Sign) -> Kind:
    return sign.kind


def _with_spaces(row: Sequence[Sign], spaced: bool) -> Iterator[Sign]:
    """Turn gaps into spaces or nothing, and set relations apart; nothing is set apart in a script.

    TeX parts signs by their classes (The TeXbook, chapter 18, table on page 170), wider around relations than around
    binary operators, and drops the source's own spaces. Text has one width of space: relations get it, operators
    keep what the source has, and a script stands at its base.
    """
    base: Sign | None = None
    first = gap = False
    for sign in row:
        if sign.kind is Kind.GAP:
            gap = True
        elif sign.kind in SCRIPTS:
            yield sign
        else:
            if spaced and base and _are_apart(base, sign, gap, first):
                yield Sign(Kind.SPACE, " ")
            yield sign
            first, gap, base = base is None or base.kind is Kind.OPENING, False, sign


def _are_apart(left: Sign, right: Sign, gap: bool, first: bool) -> bool:
    """Tell whether a space parts two signs; `first` says that the left one has nothing before it: ∼10, (≥5).

    From above, the first rule that fits: (a, a = b but ∼10, f(x) and a, b without space before the comma, log(n),
    x = y and sin x, and at last what the source has; 2 log n gets a space, -log n none.
    """
    if Kind.SPACE in (left.kind, right.kind) or left.kind is Kind.OPENING:
        return False
    if left.kind is Kind.RELATION:
        return right.kind is not Kind.RELATION and not first
    if right.kind in (Kind.CLOSING, Kind.PUNCTUATION):
        return False
    if left.kind is Kind.NAME and right.kind is Kind.OPENING:
        return False
    if right.kind is Kind.RELATION or left.kind in (Kind.NAME, Kind.BIG):
        return True
    return gap or (right.kind in (Kind.NAME, Kind.BIG) and left.kind is not Kind.BINARY)
