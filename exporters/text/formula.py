"""The grammar of LaTeX mathematics: a formula as a tree, from which `signs` makes Unicode and `texmath` LaTeX.

It is TeX's as far as titles need it (The TeXbook, chapters 7, 8 and 16): tokens, groups, scripts, and the arguments of
the commands in `symbols`. What a command means is left to those who read the tree.
"""

import re
from typing import NamedTuple

from . import symbols

DEPTH = 24
"""How deep arguments and groups may nest; x^{2} is two levels, real formulas stay below ten."""


class UnsupportedFormula(Exception):
    """A formula that is not sound, or that holds what a form cannot show: a matrix, an unknown command."""


class Node(NamedTuple):
    """A token, and what stands inside it."""

    token: str
    """A character, a space for any white space, primes, a command with its backslash, "{" for a group."""
    inside: tuple["Node", ...] = ()
    """The members of a group; the arguments of a script or a command, one node each, an optional one first."""


def parse(tex: str) -> tuple[Node, ...]:
    """Return the nodes of a formula; raises UnsupportedFormula where a brace or an argument is missing."""
    return _FormulaParser(tex).nodes("")


_TOKEN = re.compile(r"\\(?:(?:operatorname|[hv]space)\*|[A-Za-z]+|.)|\s+|'+|.", re.DOTALL)
_MISPLACED = frozenset("}&$\\")
_NO_ARGUMENT = frozenset(("", "}", "^", "_"))


class _FormulaParser:
    """Recursive descent over tokens, each read once."""

    def __init__(self, tex: str) -> None:
        self.tokens = [" " if token.isspace() else token for token in _TOKEN.findall(tex)]
        self.position = 0
        self.depth = 0

    def nodes(self, end: str) -> tuple[Node, ...]:
        """Read up to the token `end`, which is consumed; the empty string is the end of the formula."""
        nodes: list[Node] = []
        while (token := self.take()) != end:
            if not token:
                raise UnsupportedFormula
            nodes.append(self.node(token))
        return tuple(nodes)

    def take(self) -> str:
        token = self.peek()
        self.position += 1
        return token

    def peek(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def node(self, token: str) -> Node:
        if token in _MISPLACED:
            raise UnsupportedFormula
        if token == "{":
            return self.group(token)
        if token in ("^", "_"):
            return Node(token, (self.argument(),))
        count = symbols.ARGUMENTS.get(token[1:], 0)
        if not count:
            return Node(token)
        optional = [self.group(self.take())] if token == "\\sqrt" and self.peek() == "[" else []
        return Node(token, (*optional, *[self.argument() for _ in range(count)]))

    def group(self, opening: str) -> Node:
        self.deeper()
        group = Node("{", self.nodes("]" if opening == "[" else "}"))
        self.depth -= 1
        return group

    def argument(self) -> Node:
        """Read what a command applies to: a group, a command with its own arguments, or one character."""
        while self.peek() == " ":
            self.take()
        if self.peek() in _NO_ARGUMENT:
            raise UnsupportedFormula
        self.deeper()
        node = self.node(self.take())
        self.depth -= 1
        return node

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            raise UnsupportedFormula
