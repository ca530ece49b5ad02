r"""Mathematics that may stay mathematics: what a LaTeX with amsmath and amssymb compiles, and nothing else.

Titles hold `$...$` written by strangers. Anything outside this small grammar (an unknown command, a dangling `^`,
`\input`, an open brace) would stop the reader's document, so it is refused and the caller shows it as text.
"""

import re
from itertools import pairwise


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GREEK = _pairs(r"""
    α \alpha β \beta γ \gamma δ \delta ε \varepsilon ϵ \epsilon ζ \zeta η \eta θ \theta ϑ \vartheta ι \iota
    κ \kappa λ \lambda μ \mu ν \nu ξ \xi π \pi ϖ \varpi ρ \rho ϱ \varrho ς \varsigma σ \sigma τ \tau υ \upsilon
    φ \varphi ϕ \phi χ \chi ψ \psi ω \omega
    Γ \Gamma Δ \Delta Θ \Theta Λ \Lambda Ξ \Xi Π \Pi Σ \Sigma Υ \Upsilon Φ \Phi Ψ \Psi Ω \Omega
""")
"""Greek letters that LaTeX has a command for; the other capitals look Latin and have none."""

SYMBOLS = _pairs(r"""
    × \times ÷ \div ± \pm ∓ \mp ⋅ \cdot ∗ \ast ∘ \circ ∙ \bullet − - ≤ \leq ≥ \geq ≠ \neq ≈ \approx ∼ \sim
    ≃ \simeq ≅ \cong ≡ \equiv ∝ \propto ≪ \ll ≫ \gg ∞ \infty ∂ \partial ∇ \nabla ∑ \sum ∏ \prod ∫ \int √ \surd
    ∈ \in ∉ \notin ∋ \ni ⊂ \subset ⊃ \supset ⊆ \subseteq ⊇ \supseteq ∪ \cup ∩ \cap ∀ \forall ∃ \exists ∅ \emptyset
    → \rightarrow ← \leftarrow ↔ \leftrightarrow ⇒ \Rightarrow ⇐ \Leftarrow ⇔ \Leftrightarrow ↑ \uparrow
    ↓ \downarrow ↦ \mapsto ⊕ \oplus ⊗ \otimes ⊙ \odot ⟨ \langle ⟩ \rangle ℓ \ell ⊥ \perp ⊤ \top ⊢ \vdash ∥ \parallel
    ∧ \wedge ∨ \vee ¬ \neg ∖ \setminus ★ \bigstar ⋆ \star ♯ \sharp ♭ \flat ♮ \natural ♠ \spadesuit ♣ \clubsuit
    ♥ \heartsuit ♦ \diamondsuit ✓ \checkmark ⋯ \cdots △ \triangle □ \Box ◇ \Diamond
    ℝ \mathbb{R} ℕ \mathbb{N} ℤ \mathbb{Z} ℚ \mathbb{Q} ℂ \mathbb{C} 𝔼 \mathbb{E}
""")
"""Mathematical characters and what makes them in mathematics."""

_PLAIN = {code[1:] for code in (*GREEK.values(), *SYMBOLS.values()) if code[1:].isalpha()} | _words("""
    le ge ne to gets ldots vdots ddots dots prime hbar Re Im aleph bot dagger ddagger mid nmid lvert rvert lVert rVert
    lbrace rbrace lfloor rfloor lceil rceil uplus amalg wr bowtie models asymp doteq prec succ preceq succeq lnot land
    lor iff implies longrightarrow Longrightarrow rightleftharpoons nearrow searrow hookrightarrow backslash
    smallsetminus quad qquad log ln exp min max sup inf lim arg det dim ker deg gcd hom Pr sin cos tan cot sec csc sinh
    cosh tanh arcsin arccos arctan cdotp lesssim gtrsim triangleq
""")
_ONE = _words("""
    mathbb mathcal mathrm mathbf mathit mathsf mathtt mathfrak boldsymbol bar hat tilde vec dot ddot check acute
    overline underline widehat widetilde overrightarrow sqrt operatorname
""")
_TWO = _words("frac dfrac tfrac binom overset underset stackrel")
_TEXT = _words("text textrm textbf textit texttt textsf textsc mbox emph textsuperscript")
_SPACES = {r"\,", r"\;", r"\:", r"\!", r"\ ", r"\|", r"\%", r"\#", r"\&", r"\_", r"\$"}
_DELIMITERS = frozenset("()[]|/.") | _words(r"\| \{ \} \langle \rangle \lfloor \rfloor \lbrace \rbrace")
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
        return _Reader(spaced).read()
    except _Refused:
        return None


class _Refused(Exception):
    pass


class _Reader:
    """A recursive descent over the tokens, writing what it accepts."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    def read(self) -> str:
        text = self.list(0, "")
        if self.at < len(self.tokens) or not text.strip():
            raise _Refused
        return text.strip()

    def list(self, depth: int, end: str) -> str:
        """Read atoms with their scripts up to a token that closes; a nucleus takes one of each script."""
        if depth > _DEEPEST:
            raise _Refused
        parts: list[str] = []
        used = ""
        while (token := self.peek()) not in ("", end):
            if token in "^_":
                self.take()
                if token in used:
                    raise _Refused
                used += token
                parts.append(token + self.argument(depth))
            elif token == "'":
                self.take()
                if "^" in used:
                    raise _Refused
                parts.append("'")
            else:
                parts.append(self.atom(depth))
                used = used if token == " " else ""
        return "".join(parts)

    def atom(self, depth: int) -> str:
        if depth > _DEEPEST:  # \hat\hat\hat … nests without a brace
            raise _Refused
        token = self.take()
        if token == "{":
            return self.group(depth)
        if token in _CHARACTERS or token in _SPACES:
            return token
        if code := GREEK.get(token) or SYMBOLS.get(token):
            return f"{code} " if code[-1].isalpha() else code
        if token in (r"\{", r"\}"):  # BibTeX counts escaped braces, too
            return r"\lbrace " if token == r"\{" else r"\rbrace "
        return self.command(token, depth)

    def command(self, token: str, depth: int) -> str:
        name = token[1:]
        if token == r"\left":
            return self.fenced(depth)
        if name in _PLAIN:
            return f"{token} " if self.peek()[:1].isalpha() else token
        if name in _TEXT:
            return token + self.words()
        if name in _ONE and self.peek() not in ("[", "*"):
            return token + self.argument(depth)
        if name in _TWO:
            return token + self.argument(depth) + self.argument(depth)
        raise _Refused

    def fenced(self, depth: int) -> str:
        opening = self.delimiter()
        inside = self.list(depth + 1, r"\right")
        if self.take() != r"\right":
            raise _Refused
        return rf"\left{opening}{inside}\right{self.delimiter()}"

    def delimiter(self) -> str:
        token = self.take()
        if token not in _DELIMITERS:
            raise _Refused
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
            raise _Refused
        return f"{{{self.atom(depth + 1).strip()}}}"

    def group(self, depth: int) -> str:
        inside = self.list(depth + 1, "}")
        if self.take() != "}":
            raise _Refused
        return f"{{{inside}}}"

    def words(self) -> str:
        """Read the argument of a text command: plain words only."""
        if self.take() != "{":
            raise _Refused
        start = self.at
        while self.peek() not in ("", "}"):
            self.take()
        text = "".join(self.tokens[start : self.at])
        if self.take() != "}" or not _WORDS.fullmatch(text):
            raise _Refused
        return f"{{{text}}}"

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.at += 1
        return token
