"""LaTeX escaping, protected capitals and kept mathematics, case by case."""

import pytest
from paperround.exporters.text import latex
from paperround.exporters.text.running_text import as_unicode, from_markdown, from_tex
from paperround.exporters.text.texmath import compilable


@pytest.mark.parametrize(
    ("text", "latex_text"),
    [
        (r"100% #1 a_b & $5 ~ ^ \x {y}", r"100\% \#1 a\_b \& \$5 {\textasciitilde} {\textasciicircum} {\textbackslash}x"
         r" {\textbraceleft}y{\textbraceright}"),
        ("<think>|x| <<y>>", "<think>|x| <{}<y>{}>"),
        ("it's 'a' ('b') 'em and '90s", "it's `a' (`b') 'em and '90s"),
        ("“a” ‘b’ \"c\" (\"d\") – — … it's", "``a'' `b' ``c'' (``d'') -- --- {\\textellipsis} it's"),
        ("Vulić Łukasz Nguyễn Çelik Štrný ĳ", r"Vuli{\'c} {\L}ukasz Nguyễn {\c{C}}elik {\v{S}}trn{\'y} ij"),
        ("e\u0301 x\u0302 \u1e69", r"{\'e} {\^x} ṩ"),
        ("α Σ ϵ ² ₃ × ℝ", r"{$\alpha$} {$\Sigma$} {$\epsilon$} {$^{2}$} {$_{3}$} {$\times$} ℝ"),
        ("λόγος αβ", r"λόγος {$\alpha$}{$\beta$}"),
        ("}\u0300 %\u0301", "{\\textbraceright}\u0300 \\%\u0301"),
        ("user@example", "user{@}example"),
        ("a\u00a0b\u2009c", "a~b c"),
        ("한글 🤗 Ж Ⅱ", "한글 🤗 Ж Ⅱ"),
    ],
)  # fmt: skip
def test_escape(text: str, latex_text: str) -> None:
    assert latex.escape(text) == latex_text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("BERT: The GPT-4 of an iPhone", "{BERT}: The {GPT-4} of an {iPhone}"),
        ("A T5 and I in Text-to-3D with LLaMA-2-70B", "A {T5} and {I} in Text-to-{3D} with {LLaMA-2-70B}"),
        ("Q&A of McEval, v1 and O'Reilly's 'No' U.S.", r"{Q\&A} of {McEval}, v1 and {O'Reilly's} `{No}' {U}.{S}."),
        ("Video-LLaVA The Thing Über", r"{Video-LLaVA} The Thing {\"U}ber"),
        (r"M$^{2}$UGen and $\Sigma$", r"{M}{$^{2}$}{UGen} and {$\Sigma$}"),
        ("costs $5 and $10", r"costs \$5 and \$10"),
        (r"a $\input{x}$ $x^2^3$ $open", r"a \${\textbackslash}input{\textbraceleft}x{\textbraceright}\$"
         r" \$x{\textasciicircum}2{\textasciicircum}3\$ \$open"),
    ],
)  # fmt: skip
def test_title(text: str, title: str) -> None:
    assert latex.title(text) == title


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("x^2_i", "x^{2}_{i}"),
        ("x' ^2", "x'^{2}"),
        (r"\frac12 \sqrt{x}", r"\frac{1}{2} \sqrt{x}"),
        (r"\left(\{a\}\right]", r"\left(\lbrace a\rbrace \right]"),
        (r"\text{a b} \mathbb R", r"\text{a b} \mathbb{R}"),
        ("α≤β", r"\alpha \leq \beta"),
        (r"10\%", r"10\%"),
        (r"O(n \log n)", r"O(n \log n)"),
    ],
)
def test_kept_mathematics(source: str, kept: str) -> None:
    assert compilable(source) == kept


@pytest.mark.parametrize(
    "source",
    [
        "", " ", "x^", "_", "x^2^3", "x_1_2", "x^2'", "{", "}", "{x}}", r"\foo", r"\mod", r"\input{x}", r"\write18",
        "a & b", "x'_1^2", "#1",
        "50%", r"\left( x", r"\right)", r"\frac{1}", r"\text{$x$}", r"\text{\foo}", r"\sqrt[3", r"\bm{x}", "한", r"\\",
        "\\", "$x$", "~", "{" * 40 + "}" * 40,
    ],
)  # fmt: skip
def test_refused_mathematics(source: str) -> None:
    assert compilable(source) is None


@pytest.mark.parametrize("opening", [r"\frac", r"\hat", r"\left(", "{", "x^", r"\sqrt{"])
def test_deep_mathematics_is_refused(opening: str) -> None:
    assert compilable(opening * 5000 + "x") is None


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("M$^{2}$UGen *a* `b_c` [d](https://e.org)", "M$^{2}$UGen a b_c d"),
        ("[x](https://e.org/$y$)", "x"),
        (r"\texttt{Complex}: $\alpha$ and $\beta$", r"Complex: $\alpha$ and $\beta$"),
        ("two  spaces ", "two spaces"),
    ],
)
def test_from_markdown(markdown: str, text: str) -> None:
    assert from_markdown(markdown) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"Schr\"odinger {\'e} \'{\i} \v{s} {\v s} \c c {\o}re \L{}d Stra\ss e", "Schrödinger é í š š ç øre Łd Straße"),
        (r"{BERT} {\em x} \emph{y} \texttt{z} 100\% a\_b", "BERT x y z 100% a_b"),
        ("``q'' and `r' of~A* a_b ~100", "“q” and ‘r’ of A* a_b ~100"),
        ("Quills' 1--9 --- it's `so", "Quills' 1–9 — it's ‘so"),
        (r"$\alpha_{1}$ {K}\"ahler $x$", r"$\alpha_{1}$ Kähler $x$"),
        (r"\unknown{x} {y}", r"\unknown{x} {y}"),
        ("{open", "{open"),
    ],
)  # fmt: skip
def test_from_tex(tex: str, text: str) -> None:
    assert from_tex(tex) == text


def test_as_unicode() -> None:
    assert as_unicode(r"M$^{2}$UGen, $\Sigma$ and $5") == "M²UGen, Σ and $5"
