"""Reads LaTeX mathematics as the row of signs it shows, by TeX's rules for arguments, spaces and letters."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby

from . import symbols

DEPTH = 24
"""How deep arguments and groups may nest; x^{2} is two levels, real formulas stay below ten."""


class Unsayable(Exception):
    """A formula holds something that a row of signs cannot show: a matrix, an unknown command."""


class Kind(Enum):
    """What a node is, which decides its spacing."""

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


@dataclass(frozen=True, slots=True)
class Node:
    """A sign, or what stands inside a script or in bold."""

    kind: Kind
    text: str = ""
    inside: tuple["Node", ...] = ()


def parse(tex: str) -> tuple[Node, ...]:
    """Return what a formula shows; raises Unsayable."""
    nodes = tuple(_Parser(tex).nodes(""))
    if not nodes:
        raise Unsayable
    return nodes


_GAP = Node(Kind.GAP)
_SPACE = Node(Kind.SPACE, " ")
_TOKEN = re.compile(r"\\(?:[A-Za-z]+\*?|.)|\s+|'+|.", re.DOTALL)
_PRIMES = {"''": "″", "'''": "‴"}
_HYPHENATED = re.compile(r"[A-Za-z]{2}|\\text")
_CHARACTERS = {
    **dict.fromkeys("([", Kind.OPENING),
    **dict.fromkeys(")]", Kind.CLOSING),
    **dict.fromkeys("+-±×÷·∗", Kind.BINARY),
    **dict.fromkeys("=<>≤≥≠≈∼→←∈", Kind.RELATION),
    **dict.fromkeys(",;", Kind.PUNCTUATION),
}


class _Parser:
    """Recursive descent over tokens, each read once."""

    def __init__(self, tex: str) -> None:
        self.tokens: list[str] = [match[0] for match in _TOKEN.finditer(tex)]
        self.position = 0
        self.depth = 0
        self.letters = Kind.VARIABLE
        self.spaced = False
        """Whether spaces count, as inside \\text."""

    def nodes(self, end: str) -> Iterator[Node]:
        """Read up to the token `end`, which is consumed; the empty string is the end of the formula."""
        while token := self.take():
            if token == end:
                return
            yield from self.node(token)
        if end:
            raise Unsayable

    def take(self) -> str:
        token = self.peek()
        self.position += 1
        return token

    def peek(self, ahead: int = 0) -> str:
        place = self.position + ahead
        return self.tokens[place] if place < len(self.tokens) else ""

    def node(self, token: str) -> Iterator[Node]:
        if len(token) > 1 and token[0] == "\\":
            yield from self.command(token[1:])
        elif token == "{":
            yield from self.group()
        elif token in "^_":
            yield from self.script(token)
        elif token in "}&$\\":
            raise Unsayable
        elif token.isspace() or token == "~":
            yield from self.space()
        elif token[0] == "'":
            yield Node(Kind.ORDINARY, _PRIMES.get(token, "′" * len(token)))
        else:
            yield from self.character(token)

    def space(self) -> Iterator[Node]:
        """A source space parts two things; before a command it shows nothing, except behind a comma."""
        if self.spaced:
            yield _SPACE
        elif self.peek()[:1] != "\\" or self.peek()[1:] in symbols.SILENT or self.peek(-2) in (",", ";", ":"):
            yield _GAP

    def character(self, token: str) -> Iterator[Node]:
        """Only Latin letters are variables; the words of other scripts are words."""
        if self.spaced or (token == "-" and self.is_hyphen()):
            yield Node(Kind.WORD, token)
        elif kind := _CHARACTERS.get(token):
            yield from self.operator(kind, "−" if token == "-" else token)
        elif token.isalpha():
            yield Node(self.letters if token.isascii() else Kind.WORD, token)
        else:
            yield Node(Kind.ORDINARY, token)

    def is_hyphen(self) -> bool:
        """Tell whether words follow: titles hold $\\tau^2-\\text{Bench}$ and $\\beta-VAE$."""
        return bool(_HYPHENATED.match(self.peek() + self.peek(1)))

    def operator(self, kind: Kind, sign: str) -> Iterator[Node]:
        """A binary operator is spaced when the author left spaces on both sides."""
        spaced = kind is Kind.BINARY and self.peek(-2).isspace() and self.peek().isspace()
        gap = [_GAP] if spaced else []
        yield from (*gap, Node(kind, sign), *gap)
        if kind is Kind.BINARY and self.peek().isspace():
            self.take()

    def group(self) -> tuple[Node, ...]:
        """A group ends what a switch such as {\\bf x} began."""
        before = self.letters, self.spaced
        bold = self.peek() in ("\\bf", "\\boldmath", "\\bfseries")
        if self.peek() in _SWITCHES:
            self.take()
            self.letters = Kind.WORD
        nodes = self.nested(self.nodes, "}")
        self.letters, self.spaced = before
        return (Node(Kind.BOLD, "", nodes),) if bold else nodes

    def nested(self, read: Callable[[str], Iterator[Node]], token: str) -> tuple[Node, ...]:
        self.depth += 1
        if self.depth > DEPTH:
            raise Unsayable
        nodes = tuple(read(token))
        self.depth -= 1
        return nodes

    def argument(self, letters: Kind | None = None, spaced: bool = False) -> tuple[Node, ...]:
        """Read what a command applies to: a group, a command or one character."""
        before = self.letters, self.spaced
        self.letters = letters or self.letters
        self.spaced = self.spaced or spaced
        while self.peek().isspace():
            self.take()
        if not self.peek() or self.peek() in "}^_":
            raise Unsayable
        nodes = self.nested(self.node, self.take())
        self.letters, self.spaced = before
        return nodes

    def optional(self) -> tuple[Node, ...]:
        """Read an argument in square brackets, if there is one."""
        if self.peek() != "[":
            return ()
        self.take()
        return self.nested(self.nodes, "]")

    def script(self, mark: str) -> Iterator[Node]:
        nodes = self.argument()
        text = "".join(node.text for node in nodes)
        if mark == "^" and text in _RAISED:
            yield Node(Kind.ORDINARY, _RAISED[text])
        elif nodes:
            yield Node(Kind.SUPERSCRIPT if mark == "^" else Kind.SUBSCRIPT, "", nodes)

    def command(self, name: str) -> Iterator[Node]:
        for table, kind in _SIGNS:
            if name in table:
                return self.sign(name, table[name], kind)
        if name in symbols.SILENT:
            return self.silent(name)
        if name in symbols.SPACES:
            return iter([Node(Kind.SPACE, symbols.SPACES[name])])
        if special := _SPECIAL.get(name):
            return special(self)
        if len(name) > 1 and name[-1] == "*":
            return self.command(name[:-1])
        return self.styled(name)

    def sign(self, name: str, sign: str, kind: Kind) -> Iterator[Node]:
        """A space behind a name only ends it."""
        yield from self.operator(kind, sign)
        if name[0].isalpha() and kind is not Kind.BINARY and self.peek().isspace() and not self.spaced:
            self.take()

    def silent(self, name: str) -> Iterator[Node]:
        if self.peek().isspace():
            self.take()
        if self.peek() == "." and name in ("left", "right"):
            self.take()
        return iter(())

    def styled(self, name: str) -> Iterator[Node]:
        if name in symbols.TRANSPARENT:
            yield from self.argument()
        elif name in symbols.UPRIGHT:
            yield from self.argument(Kind.WORD)
        elif name in symbols.TEXT:
            yield from self.argument(Kind.WORD, spaced=True)
        elif name in symbols.BOLD:
            yield Node(Kind.BOLD, "", self.argument(Kind.WORD, spaced=name == "textbf"))
        elif name in symbols.ALPHABETS:
            yield from self.alphabet(symbols.ALPHABETS[name])
        elif name in symbols.ACCENTS:
            yield from self.accent(symbols.ACCENTS[name])
        else:
            raise Unsayable

    def alphabet(self, letters: dict[int, str]) -> Iterator[Node]:
        for node in self.argument(Kind.WORD):
            yield Node(node.kind, node.text.translate(letters), node.inside)

    def accent(self, mark: str) -> Iterator[Node]:
        """Put an accent on one letter, a line over each; a wide hat over many is not to be had."""
        nodes = self.argument()
        letters = [node for node in nodes if node.kind not in (*SCRIPTS, Kind.GAP)]
        if not letters or (len(letters) > 1 and mark not in symbols.LINES):
            raise Unsayable
        yield from (_accented(node, mark) for node in nodes)

    def fraction(self) -> Iterator[Node]:
        above, below = self.argument(), self.argument()
        yield _GAP
        yield from _vulgar(above, below) or _divided(above, below)
        yield _GAP

    def name(self) -> Iterator[Node]:
        yield Node(Kind.NAME, "".join(node.text for node in self.argument(Kind.WORD)))

    def root(self) -> Iterator[Node]:
        index = self.optional()
        nodes = self.argument()
        if index:
            yield Node(Kind.SUPERSCRIPT, "", index)
        yield Node(Kind.ORDINARY, "√")
        yield from _bracketed(nodes, _is_long(nodes))

    def above(self) -> Iterator[Node]:
        upper, base = self.argument(), self.argument()
        yield from (*base, Node(Kind.SUPERSCRIPT, "", upper))

    def below(self) -> Iterator[Node]:
        lower, base = self.argument(), self.argument()
        yield from (*base, Node(Kind.SUBSCRIPT, "", lower))

    def second(self) -> Iterator[Node]:
        """Read a command whose first argument does not show: a colour, a height."""
        self.argument()
        yield from self.argument()

    def unseen(self) -> Iterator[Node]:
        self.argument()
        return iter(())

    def negated(self) -> Iterator[Node]:
        nodes = self.argument()
        yield from (_accented(node, "\u0338") for node in nodes[:1])
        yield from nodes[1:]

    def modulo(self) -> Iterator[Node]:
        yield from (_SPACE, Node(Kind.WORD, "(mod "), *self.argument(), Node(Kind.CLOSING, ")"))

    def superscript(self) -> Iterator[Node]:
        yield Node(Kind.SUPERSCRIPT, "", self.argument(Kind.WORD, spaced=True))

    def subscript(self) -> Iterator[Node]:
        yield Node(Kind.SUBSCRIPT, "", self.argument(Kind.WORD, spaced=True))


_RAISED = {"∘": "°", "′": "′", "″": "″", "°": "°"}
_SWITCHES = frozenset(f"\\{name}" for name in symbols.SWITCHES)
_SIGNS: list[tuple[dict[str, str], Kind]] = [
    (symbols.ORDINARY, Kind.ORDINARY),
    (symbols.RELATIONS, Kind.RELATION),
    (symbols.BINARY, Kind.BINARY),
    (symbols.NAMES, Kind.NAME),
    (symbols.BIG, Kind.BIG),
    (symbols.OPENING, Kind.OPENING),
    (symbols.CLOSING, Kind.CLOSING),
]
_SPECIAL: dict[str, Callable[[_Parser], Iterator[Node]]] = {
    **dict.fromkeys(["frac", "dfrac", "tfrac", "nicefrac", "sfrac", "cfrac"], _Parser.fraction),
    **dict.fromkeys(["overset", "stackrel"], _Parser.above),
    **dict.fromkeys(["textcolor", "colorbox", "raisebox", "scalebox"], _Parser.second),
    **dict.fromkeys(["color", "phantom", "hphantom", "vphantom", "hspace", "vspace"], _Parser.unseen),
    **dict.fromkeys(["operatorname", "operatorname*"], _Parser.name),
    "sqrt": _Parser.root,
    "underset": _Parser.below,
    "not": _Parser.negated,
    "pmod": _Parser.modulo,
    "textsuperscript": _Parser.superscript,
    "textsubscript": _Parser.subscript,
}


def _accented(node: Node, mark: str) -> Node:
    if node.kind is Kind.BOLD:
        return Node(node.kind, "", tuple(_accented(inner, mark) for inner in node.inside))
    if node.kind is Kind.SPACE:
        return node
    text = "".join(letter + mark for letter in node.text)
    return Node(node.kind, unicodedata.normalize("NFC", text), node.inside)


def _vulgar(above: Sequence[Node], below: Sequence[Node]) -> Sequence[Node]:
    sign = symbols.FRACTIONS.get("/".join("".join(node.text for node in part) for part in (above, below)))
    return (Node(Kind.ORDINARY, sign),) if sign else ()


def _divided(above: Sequence[Node], below: Sequence[Node]) -> Sequence[Node]:
    slash = Node(Kind.ORDINARY, "/")
    return (*_bracketed(above, _is_joined(above)), slash, *_bracketed(below, _is_long(below)))


def _bracketed(nodes: Sequence[Node], needed: bool) -> Sequence[Node]:
    return (Node(Kind.OPENING, "("), *nodes, Node(Kind.CLOSING, ")")) if needed else nodes


_JOINTS = (Kind.BINARY, Kind.RELATION, Kind.GAP, Kind.SPACE, Kind.BIG, Kind.NAME, Kind.PUNCTUATION)


def _is_joined(nodes: Sequence[Node]) -> bool:
    """Tell whether an operator outside of brackets joins the nodes."""
    depth = 0
    for node in nodes:
        depth += (node.kind is Kind.OPENING) - (node.kind is Kind.CLOSING)
        if depth == 0 and (node.kind in _JOINTS or node.text == "/"):
            return True
    return False


def _is_long(nodes: Sequence[Node]) -> bool:
    """Tell whether the nodes are more than one number, word, letter or bracket: 2n, but not √d or ∂x."""
    if _is_joined(nodes):
        return True
    bases = [node for node in nodes if node.kind not in SCRIPTS]
    if bases and bases[0].text in ("√", "∂", "Δ", "∇"):
        bases = bases[1:]
    if bases and bases[0].kind is Kind.OPENING and bases[-1].kind is Kind.CLOSING:
        return False
    runs = [is_run for is_run, _ in groupby(bases, key=_is_part_of_run)]
    return len(runs) > 1 or (len(bases) > 1 and not runs[0])


def _is_part_of_run(node: Node) -> bool:
    return node.kind is Kind.WORD or node.text.isdigit() or node.text == "."
