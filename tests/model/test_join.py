"""Which record belongs to which paper."""

import datetime
import time
from typing import Any

import pytest
from hypothesis import given
from paperround.model import Author, Code, Diagnostic, Issue, Paper, Record, join

from ..strategies import papers, records

ID = "2405.00001"


def joined(paper: Paper, record: Record | None) -> tuple[Paper, list[Diagnostic]]:
    told: list[Diagnostic] = []
    issue = Issue(date=datetime.date(2024, 5, 3), title="Daily Papers (2024-05-03)", language="en", papers=(paper,))
    return join(issue, {ID: record}, told.append).papers[0], told


def paper(title: str, *authors: str, **values: Any) -> Paper:
    return Paper(arxiv_id=ID, title=title, authors=authors, path="a.md", line=7, **values)


def record(title: str, *authors: str) -> Record:
    return Record(title=title, authors=tuple(Author(name=name) for name in authors))


def outcome(paper: Paper, record: Record) -> tuple[bool, list[Code]]:
    found, told = joined(paper, record)
    return found.record == record, [diagnostic.code for diagnostic in told]


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ("Quills and  TARNS", "Quills and Tarns"),
        ("Quills: a Tarn", "Quills - A Tarn."),
        ("Quill–Tarn “X”", "Quill-Tarn ``X''"),
        ("Cafe\u0301 Šrámek Øbro Straße", "Caf\\'{e} \\v{S}r\\'amek {\\O}bro Stra{\\ss}e"),
        ("Naïve Bayes", 'Na\\"{\\i}ve Bayes'),
        ("α-Quills of Λ", "$\\alpha$-Quills of $\\Lambda$"),
        ("ϵ-Quills", "$\\varepsilon$-Quills"),
        ("H₂O at 10× in ℝ²", "H$_2$O at $10\\times$ in $\\mathbb{R}^2$"),
        ("\\textit{Quills} & Tarns", "Quills \\& \\emph{Tarns}"),
        ("**Quills** of `tarn`", "Quills of tarn"),
        ("ﬁne Quills", "fine Quills"),
        ("퀼", "\u110f\u1171\u11af"),
    ],
)
def test_forms_of_one_title_are_the_same(told: str, known: str) -> None:
    assert outcome(paper(told, "Ada Quill"), record(known, "Ada Quill")) == (True, [])


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ("Ada Quill", "Ada Quill"),
        ("Ada Quill", "A. Quill"),
        ("A. B. Quill", "Ada Bell Quill"),
        ("Quill, Ada", "Ada Quill"),
        ("Ada Quill", "Ada Bell Quill II"),
        ("Jose\u0301 Fen", "José Fen"),
        ("Lukasz Fen", "Łukasz Fen"),
        ("Cian O'Fen", "Cian O’Fen"),
        ("Kuan-Chi Lo", "Kuanchi Lo"),
        ("Tarn AI", "Tarn-AI"),
        ("Fen", "Wei Fen"),
        ("Wei Fen", "Fen"),
        ("김민수", "김민수"),
    ],
)
def test_forms_of_one_name_are_the_same(told: str, known: str) -> None:
    assert outcome(paper("T", "Nobody Else", told), record("T", "Some One", known)) == (True, [])


@pytest.mark.parametrize(
    ("told", "known"),
    [("Ada Quill", "Ben Quill"), ("Ada Quill", "B. Quill"), ("Ada Quill", "Ada Fen"), ("Tarn Team", "Quill Team")],
)
def test_names_that_are_alike_are_not_the_same(told: str, known: str) -> None:
    assert outcome(paper("T", told), record("T", known)) == (False, [Code.RECORD_SHARES_NO_AUTHOR])


@pytest.mark.parametrize(
    ("told", "known", "taken", "codes"),
    [
        (paper("Quills"), record("Quills", "Ada Quill"), True, []),
        (paper("Quills", "Ada Quill"), record("Quills"), False, [Code.RECORD_SHARES_NO_AUTHOR]),
        (paper("Quills", "Ada Quill"), record("Tarns", "Ada Quill", "B"), True, [Code.RECORD_TITLE_DIFFERS]),
        (paper("Quills", "Ada Quill", "B"), record("Tarns", "Ada Quill", "C"), True, [Code.RECORD_TITLE_DIFFERS]),
        (paper("Quills", "Ada Quill", "B", "D"), record("Tarns", "Ada Quill"), False, [Code.RECORD_SHARES_NO_AUTHOR]),
        (paper("Quills", "Ada Quill", "B", "D"), record("Quills", "Ada Quill"), True, []),
        (paper("Quills", "Ada Quill"), record("Tarns", "Ben Tarn"), False, [Code.RECORD_SHARES_NO_AUTHOR]),
        (paper("Quills", "Fen"), record("Tarns", "Wei Fen"), False, [Code.RECORD_SHARES_NO_AUTHOR]),
        (paper("On Quills"), record("On New Quills", "A"), True, [Code.RECORD_TITLE_DIFFERS]),
        (paper("On Quills"), record("Tarns, Fens and Los", "A"), False, [Code.RECORD_SHARES_NO_AUTHOR]),
        (paper("!"), record("?", "A"), True, []),
    ],
)
def test_what_is_taken_and_what_is_told(told: Paper, known: Record, taken: bool, codes: list[Code]) -> None:
    assert outcome(told, known) == (taken, codes)


def test_it_is_told_where_the_paper_stands() -> None:
    _, told = joined(paper("Quills", "Ada Quill"), record("Tarns", "Ada Quill", "Ben Tarn"))
    said = (
        "arXiv's record of 2405.00001, 'Tarns' by Ada Quill and others, has another title; "
        "the record was used, because the rest agrees"
    )
    assert told == [Diagnostic("a.md", 7, Code.RECORD_TITLE_DIFFERS, said)]


def test_it_is_told_how_many_authors_agree() -> None:
    _, told = joined(paper("Quills", "Ada Quill", "B C", "D E"), record("Tarns", "Ada Quill"))
    assert told[0].message.endswith("'Tarns' by Ada Quill, shares 1 of 3 authors with the digest; left out")


def test_an_unknown_id_is_told() -> None:
    found, told = joined(paper("Quills"), None)
    assert found == paper("Quills")
    assert told == [Diagnostic("a.md", 7, Code.UNKNOWN_ID, "arXiv does not know 2405.00001")]


def test_a_record_goes_before_the_one_that_the_paper_has_unless_it_is_refused() -> None:
    old, new, other = record("Quills", "Ada Quill"), record("Quills", "Ada Quill", "Ben"), record("X", "Y")
    has = paper("Quills", "Ada Quill", record=old)
    assert joined(has, new)[0].record == new
    assert joined(has, other)[0].record == old
    assert joined(has, None)[0].record == old


def test_other_papers_stay_as_they_are() -> None:
    for other in (paper("T").model_copy(update={"arxiv_id": None}), Paper(arxiv_id="2405.00002", title="T")):
        assert joined(other, record("T", "A")) == (other, [])


@given(papers, records)
def test_joining_again_changes_nothing(paper: Paper, record: Record) -> None:
    once, told = joined(paper.model_copy(update={"arxiv_id": ID}), record)
    assert joined(once, record) == (once, told)


def test_many_authors_take_little_time() -> None:
    told = paper("T", *(f"A{number} Fen" for number in range(10_000)))
    start = time.process_time()
    assert not outcome(told, record("T", *(f"B{number} Fen" for number in range(10_000))))[0]
    assert time.process_time() - start < 3
