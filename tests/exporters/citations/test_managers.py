"""What reference managers make of authors, titles and cautions, by readings shaped like theirs."""

import re

import pytest
from paperround.exporters.citations import bibtex, ris
from pybtex.bibtex.utils import split_tex_string

from .library import READER, articles, paper

Read = tuple[str, str]
"""Family name and given names; a unit has no given ones."""


def zotero_bibtex(author: str) -> Read:
    """Braces make a unit; behind the last comma stand the given names; else the last word is the family's."""
    if author.startswith("{") and author[1] != "\\":
        return plain(author[1:-1]), ""
    family, comma, given = author.rpartition(", ")
    if not comma:
        given, _, family = author.rpartition(" ")
    return plain(family), plain(given)


def jabref_bibtex(author: str) -> Read:
    """BibTeX's own rule: before the first comma the family, behind the last one the given names, a suffix between."""
    if author.startswith("{") and author[1] != "\\":
        return plain(author[1:-1]), ""
    if "," in author:
        return plain(author.split(",")[0]), plain(author.split(",")[-1])
    words = split_tex_string(author)
    start = next((at for at, word in enumerate(words[:-1]) if word[0].islower()), len(words) - 1)
    return plain(" ".join(words[start:])), plain(" ".join(words[:start]))


def zotero_ris(author: str) -> Read:
    """Commas part the family from the given names, and these from a suffix."""
    family, given, *_ = [*re.split(r"\s*,\s*", author), ""]
    return family, given


def endnote_ris(author: str) -> Read:
    """Without a comma the last word is the family's; a comma in the end makes a unit of a corporate author."""
    if "," in author:
        return zotero_ris(author)
    given, _, family = author.rpartition(" ")
    return family, given


def plain(text: str) -> str:
    shown: str = READER.latex_to_text(text)
    return shown.strip()


NAMES = [
    ("Ada Quill", "Quill", "Ada"),
    ("Lauro van der Tarn", "van der Tarn", "Lauro"),
    ("Lauro Van Tarn", "Van Tarn", "Lauro"),
    ("João da Silva Quill", "da Silva Quill", "João"),
    ("Sara al-Tarn", "al-Tarn", "Sara"),
    ("Wen-tau Quill", "Quill", "Wen-tau"),
    ("Brian O'Tarn", "O'Tarn", "Brian"),
    ("Ada B. C. Quill-Tarn", "Quill-Tarn", "Ada B. C."),
    ("Łucja Štarná", "Štarná", "Łucja"),
    ("Ada Quill†", "Quill", "Ada"),
    ("Ada Quill, Ph.D.", "Quill", "Ada"),
    ("Tarn", "Tarn", ""),
    ("山田太郎", "山田太郎", ""),
    ("김민수", "김민수", ""),
    ("ATLAS Collaboration", "ATLAS Collaboration", ""),
    ("Google DeepMind", "Google DeepMind", ""),
    ("Procter and Gamble", "Procter and Gamble", ""),
]


@pytest.mark.parametrize(("display", "family", "given"), NAMES)
def test_every_manager_reads_the_same_name(display: str, family: str, given: str) -> None:
    cited = paper(authors=(display, "Ben Tarn"))
    (field,) = re.findall(r"^  author = \{(.*)\},$", articles(bibtex.export, cited), re.M)
    author = split_tex_string(field, " and ")[0]
    (line,) = re.findall(r"AU  - (.*)\r\n", articles(ris.export, cited))[:1]
    readings = [zotero_bibtex(author), jabref_bibtex(author), zotero_ris(line), endnote_ris(line)]
    assert readings == [(family, given)] * 4


@pytest.mark.parametrize(
    ("display", "family", "given", "suffix"),
    [("Ada Quill, Jr.", "Quill", "Ada", "Jr."), ("Lauro van Tarn III", "van Tarn", "Lauro", "III")],
)
def test_suffixes_stand_where_managers_look(display: str, family: str, given: str, suffix: str) -> None:
    cited = paper(authors=(display,))
    assert f"  author = {{{family}, {suffix}, {given}}},\n" in articles(bibtex.export, cited)
    assert f"AU  - {family}, {given}, {suffix}\r\n" in articles(ris.export, cited)


@pytest.mark.parametrize(
    ("written", "shown", "in_bibtex"),
    [
        ("Tarns &amp; Quills", "Tarns & Quills", r"Tarns \& Quills"),
        ("Tarns -- 1--10 Quills", "Tarns – 1–10 Quills", "Tarns -- 1--10 Quills"),
        ("A ``Tarn'' and `Quill'", "A “Tarn” and ‘Quill’", "A ``{Tarn}'' and `{Quill}'"),
        ('A "Tarn"', 'A "Tarn"', "A ``{Tarn}''"),
        ("Is It True? The Case: 100% of Tarns", "Is It True? The Case: 100% of Tarns", None),
        (r"Erd\H{o}s & \emph{Quill}", "Erdős & Quill", r"Erd{\H{o}}s \& Quill"),
        ("$O(n^2)$ Tarns", "O(n²) Tarns", "{$O(n^{2})$} Tarns"),
    ],
)
def test_titles_are_text_everywhere(written: str, shown: str, in_bibtex: str | None) -> None:
    cited = paper(written)
    assert f"TI  - {shown}\r\n" in articles(ris.export, cited)
    expected = in_bibtex or r"Is It True? {The} Case: 100\% of Tarns"
    assert f"  title = {{{expected}}},\n" in articles(bibtex.export, cited)


def test_an_address_with_a_percent_sign_is_the_address() -> None:
    cited = paper(arxiv_id=None, url="https://example.org/a%20b_c?x=1&y#z")
    assert "  url = {https://example.org/a%20b_c?x=1&y#z},\n" in articles(bibtex.export, cited)
    assert "UR  - https://example.org/a%20b_c?x=1&y#z\r\n" in articles(ris.export, cited)


def test_a_caution_survives_an_import() -> None:
    cited = paper(authors=("Ada Quill",))
    caution = "This author may not be the only one."
    assert f"  annote = {{{caution}}},\n" in articles(bibtex.export, cited)
    assert f"N1  - {caution}\r\n" in articles(ris.export, cited)
