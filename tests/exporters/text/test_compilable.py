"""Mathematics that is kept compiles: random formulas through pdfLaTeX, many in one document.

`PAPERROUND_PROPERTIES=long`, which `make reliability` sets, tries twenty thousand.
"""

import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from paperround.exporters.text import symbols
from paperround.exporters.text.texmath import compilable

COUNT = 20_000 if os.environ.get("PAPERROUND_PROPERTIES") == "long" else 600
TABLES = (symbols.ORDINARY, symbols.BINARY, symbols.RELATIONS, symbols.BIG, symbols.NAMES, symbols.OPENING)
KNOWN = {name for table in TABLES for name in table} | symbols.ARGUMENTS.keys()
COMMANDS = sorted(f"\\{name}" for name in KNOWN)
SIGNS = [
    "x",
    "1",
    "+",
    "-",
    "=",
    "(",
    ")",
    "[",
    "]",
    "|",
    "'",
    ",",
    " ",
    "α",
    "≤",
    "ℝ",
    "\\ ",
    "\\,",
    "\\{",
    "\\}",
    "\\|",
]
SHAPES = ["{%s}", "^{%s}", "_{%s}", "^%s", "_%s", "\\left(%s\\right)", "\\left\\{%s\\right.", "%s%s", "%s %s", "%s'"]
DOCUMENT = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern,amsmath,amssymb}
\begin{document}
%s
\end{document}
"""


def formula(chance: random.Random, depth: int = 0) -> str:
    """Return mathematics as a stranger may write it, most of it sound."""
    kind = chance.random()
    if depth > 3 or kind < 0.3:
        return chance.choice(SIGNS)
    if kind < 0.55:
        return chance.choice(COMMANDS) + chance.choice([" ", "", "\\ "])
    inside = [formula(chance, depth + 1) for _ in range(2)]
    if kind < 0.75:
        arguments = ["{%s}", "{%s}{%s}", "[%s]{%s}", " %s", "\\ "]
        return chance.choice(COMMANDS) + chance.choice(arguments).replace("%s", inside[0])
    shape = chance.choice(SHAPES)
    return shape.replace("%s", inside[0], 1).replace("%s", inside[1])


def kept(seed: int) -> Iterator[str]:
    chance = random.Random(seed)  # noqa: S311
    while True:
        source = "".join(formula(chance) for _ in range(chance.randint(1, 4)))
        if (code := compilable(source)) is not None:
            yield code


def test_every_command_compiles(tmp_path: Path) -> None:
    codes = [compilable(rf"x \{name}{'{y}' * symbols.ARGUMENTS.get(name, 0)} z") for name in sorted(symbols.LATEX)]
    assert not complaints([code for code in codes if code], tmp_path)
    assert None not in codes


@pytest.mark.parametrize(
    "source",
    [
        r"x^\ y",
        r"\frac\ x",
        r"\hat\ x",
        r"x\ ",
        r"\dots\boldsymbol{\mathfrak{y}}",
        r"\sqrt\ {x}",
        r"\text{a\ }\ ",
        r"\sqrt[3]{x}",
    ],
)
def test_samples(source: str, tmp_path: Path) -> None:
    code = compilable(source)
    assert code is not None
    assert not complaints([code], tmp_path)


def test_random_mathematics_compiles(tmp_path: Path) -> None:
    stream = kept(0 if COUNT < 1000 else random.SystemRandom().randrange(1 << 32))
    for start in range(0, COUNT, 2000):
        codes = [next(stream) for _ in range(min(2000, COUNT - start))]
        assert not complaints(codes, tmp_path)


def complaints(codes: list[str], folder: Path) -> list[str]:
    """Return the formulas at which pdfLaTeX complains, and what it says of them."""
    if shutil.which("pdflatex") is None:
        pytest.skip("pdflatex is not installed")
    body = "\n\n".join(f"\\typeout{{:::{at}}}${code}$" for at, code in enumerate(codes))
    (folder / "maths.tex").write_text(DOCUMENT % body, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-draftmode", "maths"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=280)
    found, at = [], -1
    for line in done.stdout.decode("latin-1").splitlines():
        if line.startswith(":::"):
            at = int(line[3:])
        elif line.startswith("!"):
            found.append(f"${codes[at]}$: {line}")
    return found
