"""Values that the tests of bibliographies and tables share."""

import datetime
import unicodedata
from typing import Any

from hypothesis import strategies as st
from paperround.exporters import Exporter, Series
from paperround.exporters.testing import MemoryOutput
from paperround.model import Author, Issue, Paper, Record
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from ... import strategies

KNOWN = get_default_latex_context_db()
KNOWN.add_context_category(
    "braces",
    prepend=True,
    macros=[
        MacroTextSpec("textbraceleft", "{"),
        MacroTextSpec("textbraceright", "}"),
        MacroTextSpec("textasciicircum", "^"),
    ],
)
READER = LatexNodes2Text(latex_context=KNOWN, keep_comments=True)
"""Reads LaTeX as bibtexparser does, and knows three commands more."""

NASTY = (
    "{", "}", "\\", "%", "#", "&", "$", "_", "^", "~", "@", '"', "'", "`", ",", ";", "|", "=", "<", ">",
    r"\input{/etc/passwd}", r"\write18{id}", "@misc{x,", "} @preamble{", " and ", "others", "$x^2$", r"$\alpha$",
    "$a^b^c$", r"$\input{x}$", "--", "``", "''", "한글", "漢字", "é", "e\u0301", "x\u0302", "ł", "ß", "Ω", "ϵ",
    "²", "🤗", "\u200d", "\ufe0f", "\u00a0", "BERT", "iPhone", "the", "Van", "de", "a" * 300, "- ",
    "=1+1", "+", "\u202e",
)  # fmt: skip

fragments = st.lists(st.sampled_from(NASTY) | st.text(strategies.CHARACTERS, max_size=8), min_size=1, max_size=8)
hostile = fragments.map("".join).filter(bool)
names = st.lists(hostile, max_size=5, unique=True).map(tuple)
records = st.builds(
    Record,
    title=hostile,
    authors=st.lists(
        st.builds(Author, name=hostile, family=st.none() | hostile, given=st.none() | hostile), max_size=3
    ).map(tuple),
    abstract=hostile,
    journal_ref=hostile,
)
papers = st.builds(
    Paper,
    arxiv_id=strategies.arxiv_ids,
    title=hostile,
    authors=names,
    authors_complete=st.booleans(),
    record=st.none() | records,
)
issues = st.builds(
    Issue,
    date=st.dates(datetime.date(2023, 1, 1), datetime.date(2025, 12, 31)),
    title=hostile,
    language=st.just("ko"),
    papers=st.lists(papers, max_size=4).map(tuple),
)
archives = (strategies.archives | st.lists(issues, max_size=3, unique_by=lambda issue: issue.date)).filter(bool)
"""Whatever the model admits, and what LaTeX, BibTeX and tables make trouble with."""


def issue(*papers: Paper, date: str = "2024-05-03") -> Issue:
    return Issue(date=datetime.date.fromisoformat(date), title=f"Daily Papers ({date})", language="ko", papers=papers)


def paper(title: str = "A Title", authors: tuple[str, ...] = ("Ada Lovelace",), **values: Any) -> Paper:
    values = {"arxiv_id": "2405.01234", "authors_complete": True} | values
    return Paper(title=title, authors=authors, **values)


def articles(exporter: Exporter[Any], *papers: Paper) -> str:
    """Return what a format writes of papers with `published`, which `run` takes for itself."""
    output = MemoryOutput(Series(), exporter.files)
    with exporter.bind("tested", {"published": True}).open(output) as write:
        write(issue(*papers))
    (data,) = output.files.values()
    return data.decode()


def same(value: str) -> str:
    """Fold what LaTeX makes no difference between: composition, kinds of spaces, quotes and dashes."""
    value = unicodedata.normalize("NFKC", value)
    for kind in "“”„«»‟":
        value = value.replace(kind, '"')
    for kind in "‘’`":
        value = value.replace(kind, "'")
    for kind in "–—‐‑":
        value = value.replace(kind, "-")
    value = "".join(letter for letter in value if unicodedata.category(letter) not in ("Zs", "Cf"))
    return value.replace("''", '"').replace("---", "-").replace("--", "-")


def letters(text: str) -> str:
    """Return what must survive even in mathematics, where spaces and signs are the reader's to choose."""
    signs = (unicodedata.normalize("NFKC", sign) for sign in unicodedata.normalize("NFC", text))
    return "".join(letter for sign in signs for letter in sign if letter.isalnum())
