"""Write model/digest/latex-commands.txt: commands of LaTeX that a JSON escape may damage.

Of its kernel, amsmath and textcomp.

It needs a TeX distribution (`kpsewhich`). Names of TeX's primitives stand here, for no file defines them.
"""

import re
import subprocess
from pathlib import Path

TARGET = Path(__file__).parents[1] / "model" / "digest" / "latex-commands.txt"
FILES = [
    "latex.ltx",
    "fontmath.ltx",
    "amsmath.sty",
    "amstext.sty",
    "amsopn.sty",
    "amsbsy.sty",
    "textcomp.sty",
    "ts1enc.def",
    "t1enc.def",
    "omsenc.def",
]
PRIMITIVES = [
    "newlinechar",
    "noalign",
    "noboundary",
    "noexpand",
    "noindent",
    "nolimits",
    "nonscript",
    "nonstopmode",
    "nulldelimiterspace",
    "nullfont",
    "number",
    "radical",
    "raise",
    "read",
    "relax",
    "right",
    "righthyphenmin",
    "rightskip",
    "romannumeral",
    "ref",
    "tabskip",
    "textfont",
    "textstyle",
    "the",
    "thickmuskip",
    "thinmuskip",
    "time",
    "toks",
    "topmark",
    "topskip",
    "tracingonline",
    "therefore",
]
_DEFINED = re.compile(
    r"\\(?:(?:e|g|x)?def|let|(?:math)?chardef|(?:re)?newcommand|providecommand|Declare\w+|New\w+Command|Provide\w+Command\w*)"
    r"\*?\s*\{?\s*\\([A-Za-z]+)(?![A-Za-z@:_])"
)
_COMMENT = re.compile(r"(?<!\\)%.*")
HEAD = """\
# Commands of LaTeX that begin with t, r or n: an escape of JSON turns their backslash into a TAB, a CR or an LF.
# Taken from the definitions in LaTeX's kernel (2022-11-01), amsmath (2.17n) and textcomp by .ci/latex_commands.py.
# Those files stand under the LaTeX Project Public License 1.3c; names alone are taken.
"""


def main() -> None:
    names = {name for file in FILES for name in _DEFINED.findall(_COMMENT.sub("", _text(file)))} | set(PRIMITIVES)
    kept = sorted(name for name in names if name[0] in "trn" and len(name) > 1)
    TARGET.write_text(HEAD + "".join(f"{name}\n" for name in kept), encoding="utf-8")


def _text(file: str) -> str:
    found = subprocess.run(["kpsewhich", file], capture_output=True, text=True, check=True).stdout.strip()
    return Path(found).read_text(encoding="latin-1")


if __name__ == "__main__":
    main()
