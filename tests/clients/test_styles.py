"""What styles of BibTeX and biblatex print of a library, and the recipes of the documentation."""

import re
from pathlib import Path

import pytest

from ..exporters.citations.library import issue, paper
from .conftest import need
from .test_bibliography import BIBLATEX, TRUE, compile_with_bibtex, done, latex, library

HERE = Path(__file__).parent
TEN = issue(
    *[
        paper(f"A {word} of Tarns", ("Ada Quill", "Ben Tarn"), arxiv_id=f"2405.006{at:02}")
        for at, word in enumerate("ABCDE")
    ],
    paper("With a Record", record=TRUE, arxiv_id="2405.00610"),
    paper("A Lone Name", arxiv_id="hep-th/9901001"),
    paper("A Group", ("ATLAS Collaboration", "Ada Quill"), arxiv_id="2405.00612"),
    paper("At a Publisher", arxiv_id=None, url="https://doi.org/10.1145/3600006.9999999"),
    paper("Elsewhere", arxiv_id=None, url="https://example.org/a_b"),
)
PLAIN_STYLES = dict.fromkeys(("plain", "abbrv", "unsrt", "alpha", "ieeetr", "acm", "siam", "amsplain"), "") | {
    "apalike": "",
    "chicago": ",chicago",
}
"""Styles that know neither eprint nor doi nor url, and the packages that they need."""


@pytest.mark.parametrize("style", PLAIN_STYLES)
def test_every_style_prints_each_identifier_once(style: str, tmp_path: Path) -> None:
    compile_with_bibtex(library(TEN), tmp_path, style, PLAIN_STYLES[style])
    printed = re.sub(r"\{(?:arxiv|paper)\.[^{}]*\}", "", (tmp_path / "paper.bbl").read_text("latin-1"))  # keys
    for cited in TEN.papers:
        identifier = cited.arxiv_id or str(cited.url).removeprefix("https://doi.org/")
        assert re.sub(r"\s|\\(?=_)", "", printed).count(identifier) == 1, printed
    assert "not known" not in printed


@pytest.mark.parametrize(
    ("locator", "style"),
    [
        *[("howpublished", style) for style in ("plain", "plainnat", "unsrtnat", "abbrvnat", "IEEEtran", "splncs04")],
        *[("eprint", style) for style in ("ACM-Reference-Format", "plainurl", "apsrev4-2", "elsarticle-num")],
    ],
)
def test_a_locator_makes_other_styles_print_each_identifier_once(locator: str, style: str, tmp_path: Path) -> None:
    (tmp_path / "library.bib").write_bytes(library(TEN, locator=locator))
    aux = f"\\relax\n\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{library}}\n"
    (tmp_path / "paper.aux").write_text(aux, encoding="ascii")
    done([need("bibtex"), "paper"], tmp_path)
    written = re.sub(r"%\n|\s", "", (tmp_path / "paper.bbl").read_text("latin-1"))
    printed = re.sub(r"\{(?:arxiv|paper)\.[^{}]*\}|\\(?:href|Eprint)\{[^{}]*\}", "", written)  # keys, targets of links
    for cited in TEN.papers:
        identifier = cited.arxiv_id or str(cited.url).removeprefix("https://doi.org/")
        assert re.sub(r"\\(?=_)", "", printed).count(identifier) == 1, printed


def test_biblatex_prints_each_identifier_once(tmp_path: Path) -> None:
    (tmp_path / "library.bib").write_bytes(library(TEN, name="biblatex"))
    document = BIBLATEX.replace("hyperref", "lmodern,url").replace(
        "\\documentclass", "\\pdfcompresslevel0\\documentclass"
    )
    latex("pdflatex", tmp_path, document)
    done([need("biber"), "paper"], tmp_path)
    latex("pdflatex", tmp_path, document)
    shown = re.sub(r"\s", "", done([need("pdftotext"), "-layout", "paper.pdf", "-"], tmp_path))
    for cited in TEN.papers:
        if cited.arxiv_id:
            assert shown.count(cited.arxiv_id) == 1


def test_the_recipes_of_the_documentation_compile_with_mathematics(tmp_path: Path) -> None:
    page = (HERE.parents[1] / "docs" / "how-to" / "latex.md").read_text(encoding="utf-8")
    mathematical = issue(paper(r"$\mathbb{Z}_2$-Graded Tarns", arxiv_id="2106.09685", record=None))
    recipes = re.findall(r"```tex\n(.*?)```", page, re.S)
    for recipe, engine, program in zip(recipes, ("pdflatex", "lualatex"), ("bibtex", "biber"), strict=True):
        folder = tmp_path / engine
        folder.mkdir()
        (folder / "papers.bib").write_bytes(library(mathematical))
        (folder / "papers.biblatex.bib").write_bytes(library(mathematical, name="biblatex"))
        latex(engine, folder, recipe)
        done([need(program), "paper"], folder)
        latex(engine, folder, recipe)
