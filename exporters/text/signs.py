"""A formula as the row of signs that it shows, by TeX's rules for spaces and letters (The TeXbook, chapter 18)."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto
from itertools import groupby
from typing import NamedTuple

from . import symbols
from .formula import Node, UnsupportedFormula, parse


class Kind(Enum):
    """What a sign is, which decides its spacing."""

    VARIABLE = auto()
    ORDINARY = auto()
    WORD = auto()
    NAME = auto()
    BIG = auto()
    OPENING = auto()
    CLOSING = auto()
    BINARY = auto()
    RELATION = auto()
    PUNCTUATION = auto()
    SPACE = auto()
    """A space that counts."""
    GAP = auto()
    """A space where two things would run together, nothing elsewhere."""
    SUPERSCRIPT = auto()
    SUBSCRIPT = auto()
    BOLD = auto()


SCRIPTS = (Kind.SUPERSCRIPT, Kind.SUBSCRIPT)


class Sign(NamedTuple):
    """A sign, or what stands inside a script or in bold."""

    kind: Kind
    text: str = ""
    inside: tuple["Sign", ...] = ()


_Signs = Sequence[Sign]


def signs(tex: str) -> tuple[Sign, ...]:
    """Return what a formula shows; raises UnsupportedFormula."""
    row = _row(parse(tex), _VARIABLES)
    if not row:
        raise UnsupportedFormula
    return row


class _Lettering(NamedTuple):
    """How the surroundings of a letter set it."""

    letters: Kind
    spaced: bool = False
    """Whether spaces count, as inside \\text."""


_VARIABLES, _TEXT = _Lettering(Kind.VARIABLE), _Lettering(Kind.WORD, True)
_GAP = Sign(Kind.GAP)
_SPACE = Sign(Kind.SPACE, " ")
_PRIMES = {"''": "″", "'''": "‴"}
_RAISED = {"∘": "°", "′": "′", "″": "″", "°": "°"}
_HYPHENATED = re.compile(r"[A-Za-z]{2}|\\text")
_CHARACTERS = {
    **dict.fromkeys("([", Kind.OPENING),
    **dict.fromkeys(")]", Kind.CLOSING),
    **dict.fromkeys("+-±×÷·∗", Kind.BINARY),
    **dict.fromkeys("=<>≤≥≠≈∼→←∈", Kind.RELATION),
    **dict.fromkeys(",;", Kind.PUNCTUATION),
}
_SIGNS = {
    name: (kind, sign)
    for table, kind in (
        (symbols.CLOSING, Kind.CLOSING),
        (symbols.OPENING, Kind.OPENING),
        (symbols.BIG, Kind.BIG),
        (symbols.NAMES, Kind.NAME),
        (symbols.BINARY, Kind.BINARY),
        (symbols.RELATIONS, Kind.RELATION),
        (symbols.ORDINARY, Kind.ORDINARY),
    )
    for name, sign in table.items()
}


def _row(nodes: Sequence[Node], lettering: _Lettering) -> tuple[Sign, ...]:
    return tuple(_RowReader(nodes, lettering).signs())


class _RowReader:
    """Reads nodes that stand side by side; their neighbours tell what spaces and hyphens mean."""

    def __init__(self, nodes: Sequence[Node], lettering: _Lettering) -> None:
        self.nodes = nodes
        self.lettering = lettering
        self.position = 0
        """Of the next node."""

    def signs(self) -> Iterator[Sign]:
        while self.position < len(self.nodes):
            self.position += 1
            yield from self.read(self.nodes[self.position - 1])

    def peek(self, ahead: int = 0) -> str:
        place = self.position + ahead
        return self.nodes[place].token if 0 <= place < len(self.nodes) else ""

    def skip(self, token: str) -> None:
        self.position += self.peek() == token

    def read(self, node: Node) -> Iterator[Sign]:
        token = node.token
        if len(token) > 1 and token[0] == "\\":
            yield from self.command(token[1:], node.inside)
        elif token == "{":
            yield from _group(node, self.lettering)
        elif token in ("^", "_"):
            yield from self.script(token, node.inside)
        elif token in (" ", "~"):
            yield from self.space()
        elif token[0] == "'":
            yield Sign(Kind.ORDINARY, _PRIMES.get(token, "′" * len(token)))
        else:
            yield from self.character(token)

    def space(self) -> Iterator[Sign]:
        """A source space parts two things; before a command it shows nothing, except behind a comma."""
        if self.lettering.spaced:
            yield _SPACE
        elif self.peek()[:1] != "\\" or self.peek()[1:] in symbols.SILENT or self.peek(-2) in (",", ";", ":"):
            yield _GAP

    def character(self, token: str) -> Iterator[Sign]:
        """Only Latin letters are variables; the words of other scripts are words."""
        if self.lettering.spaced or (token == "-" and self.is_hyphen()):
            yield Sign(Kind.WORD, token)
        elif kind := _CHARACTERS.get(token):
            yield from self.operator(kind, "−" if token == "-" else token)
        elif token.isalpha():
            yield Sign(self.lettering.letters if token.isascii() else Kind.WORD, token)
        else:
            yield Sign(Kind.ORDINARY, token)

    def is_hyphen(self) -> bool:
        """Tell whether words follow: titles hold $\\tau^2-\\text{Bench}$ and $\\beta-VAE$."""
        return bool(_HYPHENATED.match(self.peek() + self.peek(1)))

    def operator(self, kind: Kind, sign: str) -> Iterator[Sign]:
        """A binary operator is spaced when the author left spaces on both sides."""
        if kind is not Kind.BINARY:
            yield Sign(kind, sign)
            return
        gap = [_GAP] if self.peek(-2) == self.peek() == " " else []
        yield from (*gap, Sign(kind, sign), *gap)
        self.skip(" ")

    def script(self, mark: str, arguments: Sequence[Node]) -> Iterator[Sign]:
        inside = _row(arguments, self.lettering)
        text = "".join(sign.text for sign in inside)
        if mark == "^" and text in _RAISED:
            yield Sign(Kind.ORDINARY, _RAISED[text])
        elif inside:
            yield Sign(Kind.SUPERSCRIPT if mark == "^" else Kind.SUBSCRIPT, "", inside)
        self.end_word(arguments)

    def command(self, name: str, arguments: Sequence[Node]) -> Iterator[Sign]:
        if known := _SIGNS.get(name):
            yield from self.operator(*known)
            if name[0].isalpha() and known[0] is not Kind.BINARY and not self.lettering.spaced:
                self.skip(" ")  # which only ends the name
        elif name in symbols.SILENT:
            self.skip(" ")
            if name in ("left", "right"):
                self.skip(".")
        elif name in symbols.SPACES:
            yield Sign(Kind.SPACE, symbols.SPACES[name])
        else:
            yield from _applied(name, arguments, self.lettering)
            self.end_word(arguments)

    def end_word(self, arguments: Sequence[Node]) -> None:
        """Leave out the space that ends the name of a command in the place of an argument: \\sqrt\\alpha x."""
        last = arguments[-1]
        while last.inside and last.token != "{":
            last = last.inside[-1]
        if last.token[1:] in _SIGNS and last.token[-1].isalpha() and not self.lettering.spaced:
            self.skip(" ")


def _group(node: Node, lettering: _Lettering) -> tuple[Sign, ...]:
    """A switch such as {\\bf x} holds up to the end of its group."""
    first = node.inside[0].token[1:] if node.inside else ""
    if first not in symbols.SWITCHES:
        return _row(node.inside, lettering)
    signs = _row(node.inside[1:], lettering._replace(letters=Kind.WORD))
    return (Sign(Kind.BOLD, "", signs),) if first in ("bf", "boldmath", "bfseries") else signs


def _applied(name: str, arguments: Sequence[Node], lettering: _Lettering) -> Iterator[Sign]:
    """Return what a command makes of its arguments."""
    if name in symbols.TEXT:
        lettering = _TEXT
    elif name in _NAMING:
        lettering = lettering._replace(letters=Kind.WORD)
    rows = [_row([argument], lettering) for argument in arguments]
    if special := _SPECIAL.get(name):
        yield from special(*rows)
    elif letters := symbols.ALPHABETS.get(name):
        yield from (sign._replace(text=sign.text.translate(letters)) for sign in rows[0])
    elif mark := symbols.ACCENTS.get(name):
        yield from _accent(rows[0], mark)
    elif name in _SHOWN:
        yield from rows[0]
    else:
        raise UnsupportedFormula


def _accent(row: Sequence[Sign], mark: str) -> Iterator[Sign]:
    """Put an accent on one letter, a line over each; a wide hat over many is not to be had."""
    letters = [sign for sign in row if sign.kind not in (*SCRIPTS, Kind.GAP)]
    if not letters or (len(letters) > 1 and mark not in symbols.LINES):
        raise UnsupportedFormula
    return (_accented(sign, mark) for sign in row)


def _accented(sign: Sign, mark: str) -> Sign:
    if sign.kind is Kind.BOLD:
        return Sign(sign.kind, "", tuple(_accented(inner, mark) for inner in sign.inside))
    if sign.kind is Kind.SPACE:
        return sign
    return sign._replace(text=unicodedata.normalize("NFC", "".join(letter + mark for letter in sign.text)))


def _fraction(above: _Signs, below: _Signs) -> _Signs:
    vulgar = symbols.FRACTIONS.get(f"{_text(above)}/{_text(below)}")
    return _GAP, *([Sign(Kind.ORDINARY, vulgar)] if vulgar else _divided(above, below)), _GAP


def _divided(above: _Signs, below: _Signs) -> _Signs:
    slash = Sign(Kind.ORDINARY, "/")
    return *_bracketed(above, _is_joined(above)), slash, *_bracketed(below, _is_long(below))


def _root(*rows: _Signs) -> _Signs:
    index = [Sign(Kind.SUPERSCRIPT, "", tuple(row)) for row in rows[:-1] if row]
    return *index, Sign(Kind.ORDINARY, "√"), *_bracketed(rows[-1], _is_long(rows[-1]))


def _negated(row: _Signs) -> _Signs:
    return *[_accented(sign, "\u0338") for sign in row[:1]], *row[1:]


def _modulo(row: _Signs) -> _Signs:
    return _SPACE, Sign(Kind.WORD, "(mod "), *row, Sign(Kind.CLOSING, ")")


def _scripted(kind: Kind) -> Callable[..., _Signs]:
    """Return what \\overset and \\underset make, and with one argument \\textsuperscript and \\textsubscript."""
    return lambda script, base=(): (*base, Sign(kind, "", script))


_SPECIAL: dict[str, Callable[..., _Signs]] = {
    **dict.fromkeys(symbols.DIVIDED, _fraction),
    **dict.fromkeys(symbols.RAISED, _scripted(Kind.SUPERSCRIPT)),
    **dict.fromkeys(symbols.LOWERED, _scripted(Kind.SUBSCRIPT)),
    **dict.fromkeys(symbols.SECOND, lambda unseen, row: row),
    **dict.fromkeys(symbols.UNSEEN, lambda unseen: ()),
    **dict.fromkeys(symbols.NAMED, lambda row: [Sign(Kind.NAME, _text(row))]),
    **dict.fromkeys(symbols.BOLD, lambda row: [Sign(Kind.BOLD, "", row)]),
    "sqrt": _root,
    "not": _negated,
    "pmod": _modulo,
}
_NAMING = symbols.UPRIGHT | symbols.BOLD | symbols.NAMED | symbols.ALPHABETS.keys()
"""Commands whose letters are names, not variables."""
_SHOWN = symbols.TEXT | symbols.UPRIGHT | symbols.TRANSPARENT
"""Commands that show their argument as it is."""


def _text(row: _Signs) -> str:
    return "".join(sign.text for sign in row)


def _bracketed(row: _Signs, needed: bool) -> _Signs:
    return (Sign(Kind.OPENING, "("), *row, Sign(Kind.CLOSING, ")")) if needed else row


_JOINTS = (Kind.BINARY, Kind.RELATION, Kind.GAP, Kind.SPACE, Kind.BIG, Kind.NAME, Kind.PUNCTUATION)


def _is_joined(row: _Signs) -> bool:
    """Tell whether an operator outside of brackets joins the signs."""
    depth = 0
    for sign in row:
        depth += (sign.kind is Kind.OPENING) - (sign.kind is Kind.CLOSING)
        if depth == 0 and (sign.kind in _JOINTS or sign.text == "/"):
            return True
    return False


def _is_long(row: _Signs) -> bool:
    """Tell whether the signs are more than one number, word, letter or bracket: 2n, but not √d or ∂x."""
    if _is_joined(row):
        return True
    bases = [sign for sign in row if sign.kind not in SCRIPTS]
    if bases and bases[0].text in ("√", "∂", "Δ", "∇"):
        bases = bases[1:]
    if bases and bases[0].kind is Kind.OPENING and bases[-1].kind is Kind.CLOSING:
        return False
    runs = [is_run for is_run, _ in groupby(bases, key=_is_part_of_run)]
    return len(runs) > 1 or (len(bases) > 1 and not runs[0])


def _is_part_of_run(sign: Sign) -> bool:
    return sign.kind is Kind.WORD or sign.text.isdigit() or sign.text == "."
