"""LaTeX mathematics as Unicode: what titles and abstracts hold, for readers that know neither LaTeX nor MathML."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import NamedTuple

from . import symbols

DEPTH = 12
"""How deep groups may nest; real formulas stay below five, and libxml2 gives up at 256 elements."""


class Said(NamedTuple):
    """A formula in both forms."""

    html: str
    plain: str


def html(tex: str) -> str:
    """Return a formula, without its dollars, as XHTML of i, strong, sup and sub, else as written in code."""
    said = say(tex)
    return said.html if said else f"<code>{escape(tex.strip(), quote=False)}</code>"


def plain(tex: str) -> str:
    """Return a formula as Unicode text; what Unicode cannot say stays as written, without its dollars."""
    said = say(tex)
    return said.plain if said else tex.strip().replace("$", "")


@lru_cache(maxsize=2048)
def say(tex: str) -> Said | None:
    """Return a formula in both forms, None where it holds what Unicode cannot say (matrices, unknown commands)."""
    try:
        nodes = _Parser(tex).formula()
    except _Unsayable:
        return None
    return Said(_HTML.formula(nodes), _PLAIN.formula(nodes))


class _Unsayable(Exception):
    """A formula holds something that text cannot show."""


class _Kind(Enum):
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
    """A space as \\text holds it."""
    GAP = auto()
    """A space where two things would run together, nothing elsewhere."""
    SUPERSCRIPT = auto()
    SUBSCRIPT = auto()
    BOLD = auto()


@dataclass(frozen=True, slots=True)
class _Node:
    kind: _Kind
    text: str = ""
    inside: tuple["_Node", ...] = ()


_GAP = _Node(_Kind.GAP)
_TOKEN = re.compile(r"\\(?:[A-Za-z]+\*?|.)|\s+|'+|.", re.DOTALL)
_CHARACTERS = {
    **dict.fromkeys("([", _Kind.OPENING),
    **dict.fromkeys(")]", _Kind.CLOSING),
    **dict.fromkeys("+-±×÷·∗", _Kind.BINARY),
    **dict.fromkeys("=<>≤≥≠≈∼→←∈", _Kind.RELATION),
    **dict.fromkeys(",;", _Kind.PUNCTUATION),
}


class _Parser:
    """Recursive descent over tokens; a group is read as the nodes it shows."""

    def __init__(self, tex: str) -> None:
        self.tokens = [match[0] for match in _TOKEN.finditer(tex)]
        self.position = 0
        self.depth = 0
        self.letters = _Kind.VARIABLE
        self.spaced = False
        """Whether spaces count, as inside \\text."""

    def formula(self) -> tuple[_Node, ...]:
        nodes = tuple(self.nodes(""))
        if not nodes:
            raise _Unsayable
        return nodes

    def nodes(self, end: str) -> Iterator[_Node]:
        """Read up to the token `end`, which is consumed; the empty string is the end of the formula."""
        while self.position < len(self.tokens):
            token = self.take()
            if token == end:
                return
            yield from self.node(token)
        if end:
            raise _Unsayable

    def take(self) -> str:
        self.position += 1
        return self.tokens[self.position - 1]

    def peek(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def node(self, token: str) -> Iterator[_Node]:
        if len(token) > 1 and token[0] == "\\":
            yield from self.command(token[1:])
        elif token == "{":
            yield from self.group()
        elif token in ("^", "_"):
            yield from self.script(token)
        elif token in ("}", "&", "$", "\\"):
            raise _Unsayable
        elif token.isspace() or token == "~":
            yield from self.space()
        elif token[0] == "'":
            yield _Node(_Kind.ORDINARY, "′" * len(token))
        else:
            yield from self.character(token)

    def space(self) -> Iterator[_Node]:
        """Source spaces are kept where they part two things, but TeX needs one behind each command."""
        if self.spaced:
            yield _Node(_Kind.SPACE, " ")
        elif not self.peek().startswith("\\"):
            yield _GAP

    def character(self, token: str) -> Iterator[_Node]:
        if self.spaced:
            yield _Node(_Kind.WORD, token)
        elif kind := _CHARACTERS.get(token):
            yield from self.operator(kind, "−" if token == "-" else token)
        else:
            yield _Node(self.letters if token.isalpha() else _Kind.ORDINARY, token)

    def operator(self, kind: _Kind, sign: str) -> Iterator[_Node]:
        """A binary operator is spaced when the author left spaces on both sides."""
        before = self.position > 1 and self.tokens[self.position - 2].isspace()
        spaced = kind is _Kind.BINARY and before and self.peek().isspace()
        gap = [_GAP] if spaced else []
        yield from (*gap, _Node(kind, sign), *gap)

    def group(self) -> tuple[_Node, ...]:
        letters, spaced = self.letters, self.spaced
        nodes = self.nested("}")
        self.letters, self.spaced = letters, spaced
        return nodes

    def nested(self, end: str) -> tuple[_Node, ...]:
        self.depth += 1
        if self.depth > DEPTH:
            raise _Unsayable
        nodes = tuple(self.nodes(end))
        self.depth -= 1
        return nodes

    def argument(self, letters: _Kind | None = None, spaced: bool | None = None) -> tuple[_Node, ...]:
        """Read what a command applies to: a group, a command or one character."""
        before = self.letters, self.spaced
        self.letters = letters or self.letters
        self.spaced = self.spaced if spaced is None else spaced
        while self.peek().isspace():
            self.take()
        if not self.peek() or self.peek() in "}^_":
            raise _Unsayable
        self.depth += 1
        if self.depth > DEPTH:
            raise _Unsayable
        nodes = tuple(self.node(self.take()))
        self.depth -= 1
        self.letters, self.spaced = before
        return nodes

    def optional(self) -> tuple[_Node, ...]:
        """Read an argument in square brackets, if there is one."""
        if self.peek() != "[":
            return ()
        self.take()
        return self.nested("]")

    def script(self, mark: str) -> Iterator[_Node]:
        nodes = self.argument(spaced=False)
        text = "".join(node.text for node in nodes)
        if mark == "^" and text in _RAISED:
            yield _Node(_Kind.ORDINARY, _RAISED[text])
        elif nodes:
            yield _Node(_Kind.SUPERSCRIPT if mark == "^" else _Kind.SUBSCRIPT, "", nodes)

    def command(self, name: str) -> Iterator[_Node]:
        for table, kind in _SIGNS:
            if name in table:
                return self.sign(name, table[name], kind)
        if name in symbols.SILENT:
            return self.silent()
        if name in symbols.SPACES:
            return iter([_Node(_Kind.SPACE, symbols.SPACES[name])])
        if special := _SPECIAL.get(name):
            return special(self)
        if len(name) > 1 and name[-1] == "*":
            return self.command(name[:-1])
        return self.styled(name)

    def sign(self, name: str, sign: str, kind: _Kind) -> Iterator[_Node]:
        yield from self.operator(kind, sign)
        if kind is _Kind.NAME and self.peek() not in ("(", "["):
            yield _GAP
        self.skip_space(name, kind)

    def skip_space(self, name: str, kind: _Kind) -> None:
        """Drop the space that only ended a command's name."""
        if name[0].isalpha() and kind is not _Kind.BINARY and self.peek().isspace() and not self.spaced:
            self.take()

    def silent(self) -> Iterator[_Node]:
        if self.peek().isspace():
            self.take()
        if self.peek() == "." and self.tokens[self.position - 1] in ("\\left", "\\right"):
            self.take()
        return iter(())

    def styled(self, name: str) -> Iterator[_Node]:
        if name in symbols.UPRIGHT:
            yield from self.argument(_Kind.WORD)
        elif name in symbols.TEXT:
            yield from self.argument(_Kind.WORD, spaced=True)
        elif name in symbols.BOLD:
            yield _Node(_Kind.BOLD, "", self.argument(_Kind.WORD, spaced=name == "textbf" or self.spaced))
        elif name in symbols.ALPHABETS:
            yield from self.alphabet(symbols.ALPHABETS[name])
        elif name in symbols.ACCENTS:
            yield from self.accent(symbols.ACCENTS[name])
        else:
            raise _Unsayable

    def alphabet(self, letters: dict[int, str]) -> Iterator[_Node]:
        for node in self.argument(_Kind.WORD):
            yield _Node(node.kind, node.text.translate(letters), node.inside)

    def accent(self, mark: str) -> Iterator[_Node]:
        """Put an accent on one letter, a line over each; a wide hat over many is not to be had."""
        nodes = self.argument()
        letters = [node for node in nodes if node.text and node.kind is not _Kind.GAP]
        if not letters or (len(letters) > 1 and mark not in _LINES):
            raise _Unsayable
        for node in nodes:
            text = "".join(letter + mark for letter in node.text)
            yield _Node(node.kind, unicodedata.normalize("NFC", text), node.inside)

    def fraction(self) -> Iterator[_Node]:
        above, below = self.argument(), self.argument()
        both = f"{_PLAIN.formula(above)}/{_PLAIN.formula(below)}"
        yield _GAP
        if both in symbols.FRACTIONS:
            yield _Node(_Kind.ORDINARY, symbols.FRACTIONS[both])
        else:
            yield from (
                *_bracketed(above, _joined(above)),
                _Node(_Kind.ORDINARY, "/"),
                *_bracketed(below, _long(below)),
            )
        yield _GAP

    def root(self) -> Iterator[_Node]:
        index = self.optional()
        nodes = self.argument()
        if index:
            yield _Node(_Kind.SUPERSCRIPT, "", index)
        yield _Node(_Kind.ORDINARY, "√")
        yield from _bracketed(nodes, _joined(nodes) or _long(nodes))

    def above(self) -> Iterator[_Node]:
        upper, base = self.argument(), self.argument()
        yield from (*base, _Node(_Kind.SUPERSCRIPT, "", upper))

    def below(self) -> Iterator[_Node]:
        lower, base = self.argument(), self.argument()
        yield from (*base, _Node(_Kind.SUBSCRIPT, "", lower))

    def second(self) -> Iterator[_Node]:
        """A command whose first argument does not show: a colour, a height."""
        self.optional()
        self.argument()
        yield from self.argument()

    def unseen(self) -> Iterator[_Node]:
        self.argument()
        return iter(())

    def negated(self) -> Iterator[_Node]:
        first, *rest = self.argument()
        yield _Node(first.kind, unicodedata.normalize("NFC", first.text + "\u0338"), first.inside)
        yield from rest

    def modulo(self) -> Iterator[_Node]:
        yield from (_Node(_Kind.SPACE, " "), _Node(_Kind.WORD, "(mod "), *self.argument(), _Node(_Kind.CLOSING, ")"))

    def superscript(self) -> Iterator[_Node]:
        yield _Node(_Kind.SUPERSCRIPT, "", self.argument(_Kind.WORD))

    def subscript(self) -> Iterator[_Node]:
        yield _Node(_Kind.SUBSCRIPT, "", self.argument(_Kind.WORD))


_LINES = ("\u0305", "\u0332", "\u20d7", "\u20d6")
_RAISED = {"∘": "°", "′": "′", "″": "″", "°": "°"}
_SIGNS: list[tuple[dict[str, str], _Kind]] = [
    (symbols.ORDINARY, _Kind.ORDINARY),
    (symbols.RELATIONS, _Kind.RELATION),
    (symbols.BINARY, _Kind.BINARY),
    (symbols.NAMES, _Kind.NAME),
    (symbols.BIG, _Kind.BIG),
    (symbols.UPRIGHT_ARROWS, _Kind.ORDINARY),
    (symbols.OPENING, _Kind.OPENING),
    (symbols.CLOSING, _Kind.CLOSING),
]
_SPECIAL: dict[str, Callable[[_Parser], Iterator[_Node]]] = {
    **dict.fromkeys(["frac", "dfrac", "tfrac", "nicefrac", "sfrac", "cfrac"], _Parser.fraction),
    **dict.fromkeys(["overset", "stackrel"], _Parser.above),
    **dict.fromkeys(["textcolor", "colorbox", "raisebox", "scalebox", "resizebox"], _Parser.second),
    **dict.fromkeys(["color", "phantom", "hphantom", "vphantom", "hspace", "vspace", "label"], _Parser.unseen),
    "sqrt": _Parser.root,
    "underset": _Parser.below,
    "not": _Parser.negated,
    "pmod": _Parser.modulo,
    "textsuperscript": _Parser.superscript,
    "textsubscript": _Parser.subscript,
}


def _bracketed(nodes: Sequence[_Node], needed: bool) -> Sequence[_Node]:
    return (_Node(_Kind.OPENING, "("), *nodes, _Node(_Kind.CLOSING, ")")) if needed else nodes


def _joined(nodes: Sequence[_Node]) -> bool:
    """Tell whether an operator outside of brackets joins the nodes."""
    depth = 0
    for node in nodes:
        depth += (node.kind is _Kind.OPENING) - (node.kind is _Kind.CLOSING)
        if depth == 0 and (node.kind in _JOINTS or node.text == "/"):
            return True
    return False


_JOINTS = (_Kind.BINARY, _Kind.RELATION, _Kind.GAP, _Kind.SPACE, _Kind.BIG, _Kind.NAME)


def _long(nodes: Sequence[_Node]) -> bool:
    """Tell whether the nodes are more than one number, name, variable or bracket: 2n, but not ∂x."""
    if _joined(nodes) or (nodes and nodes[0].text in ("∂", "d", "Δ") and len(nodes) == 2):
        return _joined(nodes)
    if nodes and nodes[0].kind is _Kind.OPENING and nodes[-1].kind is _Kind.CLOSING:
        return False
    bases = [node for node in nodes if node.kind not in (_Kind.SUPERSCRIPT, _Kind.SUBSCRIPT)]
    runs = [key for key, _ in groupby(bases, key=lambda node: node.text.isdigit() or node.kind is _Kind.WORD)]
    return len(runs) > 1 or (len(bases) > 1 and not runs[0])


class _Writer:
    """Joins nodes, with the spaces TeX would set between them; what a mark-up adds is a subclass's."""

    def formula(self, nodes: Sequence[_Node]) -> str:
        return self.joined(nodes, spaced=True).strip()

    def joined(self, nodes: Sequence[_Node], spaced: bool) -> str:
        pieces: list[str] = []
        for kind, run in groupby(_with_spaces(nodes, spaced), key=lambda node: node.kind):
            if kind in (_Kind.SUPERSCRIPT, _Kind.SUBSCRIPT, _Kind.BOLD):
                pieces.extend(self.nested(node) for node in run)
            else:
                pieces.append(self.text("".join(node.text for node in run), kind))
        return "".join(pieces)

    def nested(self, node: _Node) -> str:
        inside = self.joined(node.inside, spaced=node.kind is _Kind.BOLD)
        return self.wrapped(inside, node.kind) if inside.strip() else inside

    def text(self, text: str, kind: _Kind) -> str:
        return text

    def wrapped(self, inside: str, kind: _Kind) -> str:
        raise NotImplementedError


_TAGS = {_Kind.SUPERSCRIPT: "sup", _Kind.SUBSCRIPT: "sub", _Kind.BOLD: "strong"}


class _HTMLWriter(_Writer):
    def text(self, text: str, kind: _Kind) -> str:
        escaped = escape(text, quote=False)
        return f"<i>{escaped}</i>" if kind is _Kind.VARIABLE else escaped

    def wrapped(self, inside: str, kind: _Kind) -> str:
        tag = _TAGS[kind]
        return f"<{tag}>{inside}</{tag}>"


class _PlainWriter(_Writer):
    def wrapped(self, inside: str, kind: _Kind) -> str:
        if kind is _Kind.BOLD:
            return inside
        table, mark = (symbols.SUPERSCRIPTS, "^") if kind is _Kind.SUPERSCRIPT else (symbols.SUBSCRIPTS, "_")
        if all(ord(character) in table for character in inside):
            return inside.translate(table)
        return f"{mark}{inside}" if len(inside) == 1 else f"{mark}({inside})"


_HTML = _HTMLWriter()
_PLAIN = _PlainWriter()


def _with_spaces(nodes: Sequence[_Node], spaced: bool) -> Iterator[_Node]:
    """Turn gaps into spaces or nothing, and set relations apart; nothing is set apart in a script."""
    last: _Node | None = None
    gap = False
    for node in nodes:
        if node.kind is _Kind.GAP:
            gap = True
            continue
        if spaced and last and _apart(last, node, gap):
            yield _Node(_Kind.SPACE, " ")
        yield node
        last, gap = node, False


def _apart(left: _Node, right: _Node, gap: bool) -> bool:
    if _Kind.SPACE in (left.kind, right.kind):
        return False
    if right.kind is _Kind.RELATION or left.kind is _Kind.RELATION:
        return left.kind is not right.kind
    if right.kind in (_Kind.NAME, _Kind.BIG) and left.kind not in (_Kind.OPENING, _Kind.BINARY):
        return True
    return gap and left.kind is not _Kind.OPENING and right.kind not in (_Kind.CLOSING, _Kind.PUNCTUATION)
