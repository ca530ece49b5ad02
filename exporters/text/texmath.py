r"""Mathematics that may stay mathematics: what a LaTeX with amsmath and amssymb compiles, and nothing else.

Titles hold `$...$` written by strangers. Anything outside this small grammar (an unknown command, a dangling `^`,
`\input`, an open brace) would stop the reader's document, so it is refused and the caller shows it as text.
"""

import re
from itertools import pairwise

from . import symbols


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ONE = _words("""
    mathbb mathcal mathrm mathbf mathit mathsf mathtt mathfrak boldsymbol bar hat tilde vec dot ddot check acute
    overline underline widehat widetilde overrightarrow sqrt operatorname
""")
TWO = _words("frac dfrac tfrac binom overset underset stackrel")
TEXT = _words("text textrm textbf textit texttt textsf textsc mbox emph textsuperscript")
"""Commands with one argument, with two, and with one that is text."""
_SPACES = {r"\,", r"\;", r"\:", r"\!", r"\ ", r"\|", r"\%", r"\#", r"\&", r"\_", r"\$"}
_DELIMITERS = frozenset("()[]|/.") | _words(r"\| \{ \} \langle \rangle \lfloor \rfloor \lceil \rceil \lbrace \rbrace")
_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|\s+|.", re.DOTALL)
_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-*/=<>()[]|.,:;!?@ ")
_WORDS = re.compile(r"(?:[A-Za-z0-9 .,:;()+/'-]|\\[_&%#$ ])*")
_BEFORE_SCRIPT = {(" ", "^"), (" ", "_"), (" ", "'")}
_DEEPEST = 16


def compilable(source: str) -> str | None:
    """Return the inside of `$...$` in ASCII, as LaTeX compiles it; None for what it would stumble over."""
    tokens = [" " if token.isspace() else token for token in _TOKEN.findall(source)]
    # A space before a script changes nothing but the reach of a prime: x' ^2 is an error, x'^2 is none.
    spaced = [token for token, after in pairwise([*tokens, ""]) if (token, after) not in _BEFORE_SCRIPT]
    try:
        return _FormulaParser(spaced).read()
    except _UnknownCommand:
        return None


class _UnknownCommand(Exception):
    pass


class _FormulaParser:
    """A recursive descent over the tokens, writing what it accepts."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    def read(self) -> str:
        text = self.list(0, "")
        if self.at < len(self.tokens) or not text.strip():
            raise _UnknownCommand
        return _stripped(text)

    def list(self, depth: int, end: str) -> str:
        """Read atoms with their scripts up to a token that closes; a nucleus takes one of each script."""
        if depth > _DEEPEST:
            raise _UnknownCommand
        parts: list[str] = []
        used = ""
        while (token := self.peek()) not in ("", end):
            if token in "^_":
                self.take()
                if token in used:
                    raise _UnknownCommand
                # What stands behind a prime joins it, unless a subscript has ended it: x'^2_1, not x'_1^2.
                used += "_^" if token == "_" and "'" in used else token
                parts.append(token + self.argument(depth))
            elif token == "'":
                self.take()
                if "^" in used:
                    raise _UnknownCommand
                used += "'"
                parts.append("'")
            else:
                parts.append(self.atom(depth))
                used = used if token == " " else ""
        return "".join(parts)

    def atom(self, depth: int) -> str:
        if depth > _DEEPEST:  # \hat\hat\hat … nests without a brace
            raise _UnknownCommand
        token = self.take()
        if token == "{":
            return self.group(depth)
        if token in _CHARACTERS or token in _SPACES:
            return token
        if code := symbols.CODES.get(token):
            return f"{code} " if code[-1].isalpha() else code
        if token in (r"\{", r"\}"):  # BibTeX counts escaped braces, too
            return r"\lbrace " if token == r"\{" else r"\rbrace "
        return self.command(token, depth)

    def command(self, token: str, depth: int) -> str:
        name = token[1:]
        if token == r"\left":
            return self.fenced(depth)
        if name in symbols.LATEX:
            # amsmath's \dots looks at what follows, which an alphabet of \boldsymbol confuses.
            code = r"{\dots}" if name == "dots" else token
            return f"{code} " if self.peek()[:1].isalpha() else code
        if name in TEXT:
            return token + self.words()
        if name in ONE and self.peek() not in ("[", "*"):
            return token + self.argument(depth)
        if name in TWO:
            return token + self.argument(depth) + self.argument(depth)
        raise _UnknownCommand

    def fenced(self, depth: int) -> str:
        opening = self.delimiter()
        inside = self.list(depth + 1, r"\right")
        if self.take() != r"\right":
            raise _UnknownCommand
        return rf"\left{opening}{inside}\right{self.delimiter()}"

    def delimiter(self) -> str:
        token = self.take()
        if token not in _DELIMITERS:
            raise _UnknownCommand
        code = {r"\{": r"\lbrace", r"\}": r"\rbrace"}.get(token, token)
        return f"{code} " if code[-1].isalpha() else code

    def argument(self, depth: int) -> str:
        """Read what a script or a command applies to, and brace it: one group or one sign."""
        while self.peek() == " ":
            self.take()
        token = self.peek()
        if token == "{":
            self.take()
            return self.group(depth)
        if token in ("", "}", "^", "_", "'", r"\left", r"\right"):
            raise _UnknownCommand
        return f"{{{_stripped(self.atom(depth + 1))}}}"

    def group(self, depth: int) -> str:
        inside = self.list(depth + 1, "}")
        if self.take() != "}":
            raise _UnknownCommand
        return f"{{{inside}}}"

    def words(self) -> str:
        """Read the argument of a text command: plain words only."""
        if self.take() != "{":
            raise _UnknownCommand
        start = self.at
        while self.peek() not in ("", "}"):
            self.take()
        text = "".join(self.tokens[start : self.at])
        if self.take() != "}" or not _WORDS.fullmatch(text):
            raise _UnknownCommand
        return f"{{{text}}}"

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.at += 1
        return token


def _stripped(code: str) -> str:
    """Return code without space around it, but for the space of a control space, without which a brace is escaped."""
    shown = code.strip()
    return f"{shown} " if shown.endswith("\\") and code != shown else shown
