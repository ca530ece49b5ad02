"""Mathematics as Unicode: the cases of mathematics.cases, and what holds for any formula."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from paperround.exporters.text import formula, mathematics, symbols

from . import cases

CASES = cases.read("mathematics.cases")
TOKENS = [
    *(
        "x",
        "y",
        "10",
        "2",
        "가",
        " ",
        "+",
        "-",
        "=",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "^",
        "_",
        "'",
        "|",
        ",",
        "<",
        "&",
        "$",
    ),
    *(rf"\{name}" for name in ("frac", "sqrt", "alpha", "leq", "times", "sum", "log", "hat", "bar", "mathbb", "text")),
    *(
        rf"\{name}"
        for name in ("mathbf", "left", "right.", "{", "}", ",", "\\", "not", "unknown", "operatorname", "bf")
    ),
]
formulas = st.lists(st.sampled_from(TOKENS), max_size=30).map("".join)


@pytest.mark.parametrize("case", CASES, ids=[case.text for case in CASES])
def test_case(case: cases.Case) -> None:
    assert (mathematics.html(case.text), mathematics.plain(case.text)) == (case.html, case.plain or case.html)


@given(formulas)
def test_html_is_well_formed_and_holds_nothing_but_its_elements(tex: str) -> None:
    root = etree.fromstring(f"<div>{mathematics.html(tex)}</div>")
    assert {element.tag for element in root.iter()} <= {"div", "i", "strong", "sup", "sub", "code"}
    assert not any(element.attrib for element in root.iter())


@given(formulas)
def test_both_forms_say_the_same_letters(tex: str) -> None:
    rendering = mathematics.rendered(tex)
    if rendering:
        shown = "".join(etree.fromstring(f"<div>{rendering.html}</div>").itertext())
        assert _letters(rendering.plain) == _letters(shown)


@given(st.lists(st.sampled_from([token for token in TOKENS if token != "$"]), max_size=30).map("".join))
def test_plain_holds_no_dollar_of_ours(tex: str) -> None:
    assert "$" not in mathematics.plain(tex)


@given(st.text(st.sampled_from("xy12+-=(), "), min_size=1).filter(str.strip))
def test_simple_formulas_keep_every_sign(tex: str) -> None:
    shown = mathematics.plain(tex).replace("−", "-")
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", tex)


@pytest.mark.parametrize("name", sorted(symbols.ORDINARY | symbols.BINARY | symbols.RELATIONS | symbols.BIG))
def test_every_sign_can_be_said(name: str) -> None:
    assert mathematics.rendered(rf"x\{name} y"), name


@pytest.mark.parametrize("name", sorted(symbols.ACCENTS | symbols.ALPHABETS))
def test_every_command_over_a_letter_can_be_said(name: str) -> None:
    assert mathematics.plain(rf"\{name}{{R}}") != "R"


def test_signs_stand_in_one_table_each() -> None:
    tables = [symbols.ORDINARY, symbols.BINARY, symbols.RELATIONS, symbols.BIG, symbols.NAMES, symbols.ACCENTS]
    names = [name for table in tables for name in table]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("opening", ["{", "x^{", r"\frac{", r"\hat", r"\sqrt[", r"\text{", r"\mathbf{", r"\not"])
def test_deep_nesting_is_shown_as_written(opening: str) -> None:
    assert mathematics.html(opening * 5000).startswith("<code>")


def test_nested_scripts_are_said() -> None:
    levels = formula.DEPTH // 2
    root = etree.fromstring(f"<div>{mathematics.html('x^{' * levels + 'y' + '}' * levels)}</div>")
    assert len(root.findall(".//sup")) == levels


def _letters(text: str) -> list[str]:
    return [letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum()]
