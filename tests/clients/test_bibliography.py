"""TeX and reference managers: BibTeX, biber, LaTeX, pybtex, bibtexparser, Better BibTeX, citation-js, rispy, pandoc."""

import json
import random
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase
from typing import Any

import bibtexparser
import pytest
import rispy
from paperround.exporters import load
from paperround.exporters.citations.people import listed
from paperround.exporters.series.identity import arxiv_doi
from paperround.exporters.testing import run
from paperround.exporters.text.latex import fallback, running, title
from paperround.exporters.text.running_text import as_unicode, from_markdown
from paperround.model import Author, Issue, Paper, Record
from pybtex.database import Person, parse_string

from ..exporters.citations.library import NASTY, READER, issue, letters, paper
from .conftest import Archive, missing, need

HERE = Path(__file__).parent
BIBTEX = r"""
\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern,amsmath,amssymb%s}
\begin{document}
\nocite{*}
\bibliographystyle{%s}
\bibliography{library}
\end{document}
"""
BIBLATEX = r"""
\documentclass{article}
\usepackage{amsmath,amssymb,hyperref}
\usepackage[backend=biber]{biblatex}
\addbibresource{library.bib}
\begin{document}
\nocite{*}
\printbibliography
\end{document}
"""
TRUE = Record(
    title=r"The $\Sigma$ of {Schr\"odinger} and \emph{others}: 100\% true",
    authors=(
        Author(name="Ludwig van der Berg Jr.", family="van der Berg", given="Ludwig", suffix="Jr."),
        Author(name="DeepSeek-AI", corporate=True),
        Author(name="Zoë Šťastná", family="Šťastná", given="Zoë"),
        Author(name="Research and Development", corporate=True),
    ),
    categories=("cs.CL", "cs.AI"),
    abstract=r"Half of $\alpha_1$ is 50% of {\it all}.",
    doi="10.1007/978-1-4020-6348-0_12",
    journal_ref="Phys. Rev. D 76 (2007) & more",
    published="2024-04-30",
)
HOSTILE = issue(
    *[
        paper(f"A{sign}z {sign}b", (f"A{sign}z {sign}", f"Given {sign} Family"), arxiv_id=f"2405.{number:05}")
        for number, sign in enumerate(NASTY)
        if len(sign) < 100  # natbib's labels, two names each, hold 500 bytes
    ],
    paper("long" * 300, arxiv_id="2405.10000"),
    paper("The others", ("others", "Ann and Bob", "Lin, Yingyan", "A and"), arxiv_id="2405.10001"),
    paper("Digest", record=TRUE, arxiv_id="2405.10002"),
    paper("No author of (2024) at [all]", (), arxiv_id="2405.10003"),
    paper("Elsewhere", arxiv_id=None, url="https://example.org/a%20b?x=1&y=2#c_d~e"),
    paper("Nowhere", arxiv_id=None),
)
PAIRS = [f"{first}{second}" for first in ascii_uppercase for second in ascii_lowercase]
CROWD = issue(paper("A crowd", tuple(f"{given} {family}ć" for given in PAIRS[:100] for family in PAIRS[:100])))
"""10,000 authors; BibTeX's own styles hold 200,000 bytes of names."""

MANAGERS = [
    ("better-bibtex", "papers.bib"),
    ("better-bibtex", "papers.biblatex.bib"),
    ("citation-js", "papers.bib"),
    ("citation-js", "papers.biblatex.bib"),
    ("citation-js", "papers.ris"),
    ("citation-js", "papers.csl.json"),
]


@pytest.mark.parametrize(
    ("style", "packages"), [("plain", ""), ("plainnat", ",natbib,hyperref"), ("abbrv", ",url"), ("ieeetr", "")]
)
def test_bibtex_and_pdflatex_compile_hostile_entries(style: str, packages: str, tmp_path: Path) -> None:
    compile_with_bibtex(library(HOSTILE), tmp_path, style, packages)


def test_bibtex_and_pdflatex_compile_every_entry(archive: Archive, tmp_path: Path) -> None:
    compile_with_bibtex((archive.folder / "papers.bib").read_bytes(), tmp_path)


def test_bibtex_and_pdflatex_compile_ten_thousand_authors(tmp_path: Path) -> None:
    compile_with_bibtex(library(CROWD), tmp_path)


def test_pdflatex_compiles_any_text(tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311
    pieces = [
        *NASTY,
        *"aZ9 {}$^_\\'",
        " ",
        " ",
        "$",
        "x_1",
        r"\frac",
        r"\text{a}",
        r"\left(",
        r"\right)",
        "α",
        "ễ",
        "ℝ",
    ]
    texts = ["".join(chance.choices(pieces, k=chance.randint(1, 12))) for _ in range(3000)]
    shown = [title(from_markdown(text)) + "\n\n" + running(text) for text in texts]
    letters_used = {letter for text in shown for letter in text if letter > "\x7f"}
    body = "\n\n".join([fallback(letters_used), *shown])
    document = BIBTEX.replace("\\nocite{*}", "\\sloppy @BODY@").replace("\\bibliography", "%\\bibliography")
    latex("pdflatex", tmp_path, document.replace("{%s}", "{plain}").replace("%s", "").replace("@BODY@", body))


@pytest.mark.parametrize("options", [{"name": "biblatex"}, {"name": "bibtex", "unicode": True}])
def test_biber_and_lualatex_compile_hostile_entries(options: dict[str, Any], tmp_path: Path) -> None:
    compile_with_biber(library(HOSTILE, **options), tmp_path)


def test_biber_and_lualatex_compile_every_entry(archive: Archive, tmp_path: Path) -> None:
    compile_with_biber((archive.folder / "papers.biblatex.bib").read_bytes(), tmp_path)


def test_biber_finds_the_data_model_respected(archive: Archive) -> None:
    check_data_model(archive.folder / "papers.biblatex.bib")


def test_biber_finds_the_data_model_respected_by_hostile_entries(tmp_path: Path) -> None:
    path = tmp_path / "library.bib"
    path.write_bytes(library(HOSTILE, name="biblatex", abstract=True, keywords=True))
    check_data_model(path)


@dataclass(frozen=True)
class Known:
    """What a reader has to find out about a paper."""

    title: str
    authors: list[str]
    others: bool
    year: str
    eprint: str | None
    doi: str | None


def test_pybtex_agrees(archive: Archive) -> None:
    library = parse_string((archive.folder / "papers.bib").read_text(encoding="utf-8"), "bibtex")
    for entry, expected in zip(library.entries.values(), known(archive), strict=True):
        names = [display(person) for person in entry.persons.get("author", [])]
        assert names == [*map(letters, expected.authors), *["others"] * expected.others]
        check(expected, entry.fields)


def test_bibtexparser_agrees(archive: Archive) -> None:
    library = bibtexparser.parse_string((archive.folder / "papers.bib").read_text(encoding="utf-8"))
    assert not library.failed_blocks
    for entry, expected in zip(library.entries, known(archive), strict=True):
        check(expected, {field.key: field.value for field in entry.fields})


@pytest.mark.parametrize(("reader", "name"), MANAGERS)
def test_reference_managers_agree(archive: Archive, reader: str, name: str) -> None:
    for entry, expected in zip(javascript(reader, archive.folder / name), known(archive), strict=True):
        names = [letters(author) for author in entry["authors"]]
        others = ["others"] * (expected.others and name.endswith(".bib"))
        assert sorted(names) == sorted(map(letters, expected.authors + others))
        if "$" not in expected.title:  # each shows mathematics in its own way
            assert letters(entry["title"]) == letters(expected.title)
        assert (entry["year"], entry["doi"]) == (expected.year, expected.doi)
        assert entry["eprint"] in (expected.eprint, None)


def test_rispy_agrees(archive: Archive) -> None:
    references = rispy.loads((archive.folder / "papers.ris").read_text(encoding="utf-8"))
    for reference, expected in zip(references, known(archive), strict=True):
        assert letters(reference["title"]) == letters(as_unicode(expected.title))
        assert len(reference.get("authors", [])) == len(expected.authors)
        assert (reference["year"], reference.get("doi")) == (expected.year, expected.doi)
        assert reference.get("accession_number") == (expected.eprint and f"arXiv:{expected.eprint}")


def test_pandoc_cites_every_entry(archive: Archive, tmp_path: Path) -> None:
    program = need("pandoc")
    path = archive.folder / "papers.csl.json"
    items = json.loads(path.read_text(encoding="utf-8"))
    text = tmp_path / "paper.md"
    text.write_text("".join(f"[@{item['id']}]\n\n" for item in items), encoding="utf-8")
    result = subprocess.run(
        [program, "--citeproc", "--bibliography", path, "--to", "plain", "--wrap", "none", text],
        capture_output=True,
        encoding="utf-8",
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert "???" not in result.stdout
    shown = letters(result.stdout).casefold()
    titles = [
        item["title"] for item in items if "<" not in item["title"]
    ]  # CSL has some HTML, pandoc takes it for more
    assert [title for title in titles if letters(title).casefold() not in shown] == []


def test_zotero_loses_nothing(archive: Archive) -> None:
    """Read as its translator does: it knows no @preprint, needs eprinttype, and stops at a bare %."""
    for name, kind in (("papers.bib", "misc"), ("papers.biblatex.bib", "online")):
        text = (archive.folder / name).read_text(encoding="utf-8")
        entries = re.findall(r"^@(\w+)\{(.*?)^\}", text, re.M | re.S)
        assert {kind} <= {found for found, _ in entries} <= {kind, "misc"}
        for _, fields in entries:
            assert ("  eprint = {" in fields) == ("  eprinttype = {arXiv},\n" in fields)
            assert not re.search(r"(?<!\\)%", re.sub(r"^  url = .*$", "", fields, flags=re.M))
            # It takes the last word for the family name where no comma stands, and keeps these two fields as notes.
            (authors,) = re.findall(r"^  author = \{(.*)\},$", fields, re.M) or [""]
            assert not re.search(r"(?:^| and )[^,{}]+ (?:van|von|de|da|der) [^,{}]+(?: and |$)", authors)
            assert ("not known" in fields or "may not be" in fields) == bool(
                re.search("  (?:annote|comment) = ", fields)
            )


@pytest.mark.parametrize("dialect", ["plain", "excel"])
def test_libreoffice_sees_the_table(dialect: str, tmp_path: Path) -> None:
    program = need("soffice")
    data = run(load("csv"), [HOSTILE], dialect=dialect)["papers.csv"]
    (tmp_path / "papers.csv").write_bytes(data)
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    filters = ["--infilter=CSV:44,34,UTF8", "--convert-to", "fods"]  # comma, double quote
    words = [program, home, "--headless", *filters, "--outdir", tmp_path, tmp_path / "papers.csv"]
    subprocess.run(words, check=True, capture_output=True)
    sheet = (tmp_path / "papers.fods").read_text(encoding="utf-8")
    rows = re.findall(r"<table:table-row\b.*?</table:table-row>", sheet, re.S)
    filled = [row for row in rows if "<text:p>" in row]
    assert len(filled) == 1 + len(HOSTILE.papers)
    formulas = sheet.count("table:formula=")
    assert formulas == 0 or dialect == "plain"
    if dialect == "excel":
        assert filled[1].count("<text:p>arXiv:2405.00000</text:p>") == 1


def library(*issues: Issue, name: str = "bibtex", **options: object) -> bytes:
    (data,) = run(load(name), issues, **options).values()
    return data


def compile_with_bibtex(text: bytes, folder: Path, style: str = "plain", packages: str = "") -> None:
    (folder / "library.bib").write_bytes(text)
    document = BIBTEX % (packages, style)
    latex("pdflatex", folder, document)
    output = done([need("bibtex"), "paper"], folder)
    assert "Warning" not in output
    latex("pdflatex", folder, document)
    items = (folder / "paper.bbl").read_bytes().count(b"\\bibitem")
    assert items == len(re.findall(rb"^@misc\{", text, re.M))


def compile_with_biber(text: bytes, folder: Path) -> None:
    (folder / "library.bib").write_bytes(text)
    latex("lualatex", folder, BIBLATEX)
    output = done([need("biber"), "paper"], folder)
    assert not re.search("WARN|ERROR", output)
    latex("lualatex", folder, BIBLATEX)
    entries = (folder / "paper.bbl").read_bytes().count(b"\\entry{")
    assert entries == len(re.findall(rb"^@(?:misc|online)\{", text, re.M))


def latex(engine: str, folder: Path, document: str) -> None:
    """Compile a document; nothing may be wrong with it but references that another run resolves."""
    (folder / "paper.tex").write_text(document, encoding="utf-8")
    done([need(engine), "-interaction=nonstopmode", "-halt-on-error", "paper"], folder)
    log = (folder / "paper.log").read_text(encoding="utf-8", errors="replace")
    assert not re.search(r"^! ", log, re.M)
    warnings = re.findall(r"^.*Warning: .*$", log, re.M)
    assert [
        line
        for line in warnings
        if not re.search("[Rr]erun|undefined|Empty bibliography|have changed|has changed|on the file", line)
    ] == []


def done(words: list[str], folder: Path) -> str:
    result = subprocess.run(words, cwd=folder, capture_output=True, encoding="utf-8", errors="replace")
    assert result.returncode == 0, result.stdout[-3000:]
    return result.stdout


def check_data_model(path: Path) -> None:
    output = done(
        [need("biber"), "--tool", "--validate-datamodel", "--output-file", "/dev/null", str(path)], path.parent
    )
    assert "INFO - This is Biber" in output
    found = re.findall("^(?:WARN|ERROR).*$", output, re.M)
    assert [line for line in found if "Field 'comment' invalid" not in line] == []


def known(archive: Archive) -> list[Known]:
    """Return what the digests say of each paper, oldest first."""
    entries = sorted(archive.entries(), key=lambda entry: (entry.issue.date, entry.position))
    return [known_of(entry.issue, entry.paper) for entry in entries]


def known_of(issue: Issue, paper: Paper) -> Known:
    digits = (paper.arxiv_id or "").rpartition("/")[2]
    year = int(digits[:2] or 0)
    return Known(
        title=from_markdown(paper.title),
        authors=list(listed(paper.authors)[0]),
        others=bool(paper.authors) and not paper.authors_complete,
        year=str((1900 if year > 90 else 2000) + year) if digits else str(issue.date.year),
        eprint=paper.arxiv_id,
        doi=arxiv_doi(paper.arxiv_id) if paper.arxiv_id else None,
    )


def check(expected: Known, fields: dict[str, str]) -> None:
    shown = READER.latex_to_text(fields["title"])
    assert letters(shown) == letters(as_unicode(expected.title))
    assert (fields["year"], fields.get("eprint"), fields.get("doi")) == (expected.year, expected.eprint, expected.doi)


def display(person: Person) -> str:
    """Return a name as pybtex took it apart, put together again."""
    parts = [
        *person.first_names,
        *person.middle_names,
        *person.prelast_names,
        *person.last_names,
        *person.lineage_names,
    ]
    return letters(READER.latex_to_text(" ".join(parts)))


def javascript(reader: str, path: Path) -> list[dict[str, str]]:
    node = need("node")
    if not (HERE / "node_modules" / "@citation-js").is_dir():
        missing("citation-js and Better BibTeX's parser are not installed: tests/clients/install brings them")
    output = done([node, str(HERE / "bibliography.mjs"), reader, str(path)], HERE)
    return [json.loads(line) for line in output.splitlines()]
