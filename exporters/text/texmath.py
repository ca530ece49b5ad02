r"""Mathematics that may stay mathematics: what a LaTeX with amsmath and amssymb compiles, and nothing else.

Titles hold `$...$` written by strangers. Anything that would stop the reader's document (an unknown command, a second
superscript, `\input`, an open brace) is refused, and the caller shows it as text.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from . import symbols
from .formula import DEPTH, Node, UnsupportedFormula, parse


def compilable(source: str) -> str | None:
    """Return the inside of `$...$` in ASCII, as LaTeX compiles it; None for what it would stumble over."""
    try:
        code = _code(parse(source))
    except UnsupportedFormula:
        return None
    return _stripped(code) if code.strip() else None


_END = Node("")
_SPACES = {r"\,", r"\;", r"\:", r"\!", r"\ ", r"\|", r"\%", r"\#", r"\&", r"\_", r"\$"}
_BRACES = {r"\{": r"\lbrace ", r"\}": r"\rbrace "}
"""BibTeX counts braces even behind a backslash."""
_DELIMITERS: dict[str, str] = {
    **{delimiter: delimiter for delimiter in [*"()[]|/.", r"\|"]},
    **{f"\\{name}": f"\\{name} " for name in symbols.OPENING | symbols.CLOSING if name in symbols.LATEX},
    **_BRACES,
}
_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-*/=<>()[]|.,:;!?@ ")
_WORDS = re.compile(r"(?:[A-Za-z0-9 .,:;()+/'-]|\\[_&%#$ ])*")


def _code(nodes: Sequence[Node]) -> str:
    """Return nodes side by side; what a script stands at takes one of each kind, and fences match."""
    rest = pairwise([*_without_idle_spaces(nodes), _END])
    parts: list[str] = []
    fences = 0
    used = ""
    for node, after in rest:
        parts.append(_atom(node, after))
        if node.token in (r"\left", r"\right"):
            fences += 1 if node.token == r"\left" else -1
            if not 0 <= fences <= DEPTH:
                raise UnsupportedFormula
            next(rest)
            used = ""
        elif node.token[0] in "^_'":
            used = _with_script(used, node.token)
        elif node.token != " ":
            used = ""
    if fences:
        raise UnsupportedFormula
    return "".join(parts)


def _without_idle_spaces(nodes: Sequence[Node]) -> Iterator[Node]:
    """A space before a script changes nothing but the reach of a prime: x' ^2 is an error, x'^2 is none."""
    for node, after in pairwise([*nodes, _END]):
        if node.token != " " or after.token[:1] not in ("^", "_", "'"):
            yield node


def _with_script(used: str, token: str) -> str:
    """Return the scripts used so far and one more; what stands behind a prime joins it until a subscript ends it.

    So x'^2_1 compiles, and x'_1^2 does not.
    """
    if token in used or (token[0] == "'" and "^" in used):
        raise UnsupportedFormula
    return used + ("_^" if token == "_" and "'" in used else token)


def _atom(node: Node, after: Node = _END) -> str:
    token = node.token
    if token in ("^", "_"):
        return token + _argument(node.inside[0])
    if token in _CHARACTERS or token in _SPACES or token[0] == "'":
        return token
    if token == "{":
        return f"{{{_code(node.inside)}}}"
    if token in (r"\left", r"\right") and after.token in _DELIMITERS:
        return token + _DELIMITERS[after.token]
    if code := symbols.CODES.get(token):
        return f"{code} " if code[-1].isalpha() else code
    return _BRACES.get(token) or _command(token, node.inside, after)


def _command(token: str, arguments: Sequence[Node], after: Node) -> str:
    name = token[1:]
    if name not in symbols.LATEX:
        raise UnsupportedFormula
    if not arguments:
        # amsmath's \dots looks at what follows, which an alphabet of \boldsymbol confuses.
        code = r"{\dots}" if name == "dots" else token
        return f"{code} " if after.token[:1].isalpha() else code
    if name in symbols.TEXT:
        return token + _words(arguments[0])
    optional = f"[{_argument(arguments[0])}]" if len(arguments) > symbols.ARGUMENTS[name] else ""
    return token + optional + "".join(map(_argument, arguments[-symbols.ARGUMENTS[name] :]))


def _argument(node: Node) -> str:
    """Return what a script or a command applies to in braces: a group or one sign."""
    if node.token == "{":
        return _atom(node)
    if node.token[0] == "'" or node.token in (r"\left", r"\right"):
        raise UnsupportedFormula
    return f"{{{_stripped(_atom(node))}}}"


def _words(argument: Node) -> str:
    """Return the argument of a text command: plain words only."""
    text = "".join(node.token for node in argument.inside)
    if argument.token != "{" or not _WORDS.fullmatch(text):
        raise UnsupportedFormula
    return f"{{{text}}}"


def _stripped(code: str) -> str:
    """Return code without space around it, but for the space of a control space, without which a brace is escaped."""
    shown = code.strip()
    return f"{shown} " if shown.endswith("\\") and code != shown else shown
