"""Names as arXiv gives them, and the authors that they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperround.model import Author
from paperround.model.authors import displayed, mended, parted


def author(name: str) -> Author:
    (found,) = mended([displayed(name)])
    return found


def in_parts(*parts: str) -> Author:
    (found,) = mended([parted(*parts)])
    return found


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("  Ada\n  Quill ", "Ada Quill"),
        ("C. -P. Fen", "C.-P. Fen"),
        ("J. P. -L. Fen", "J. P.-L. Fen"),
        ("01. AI", "01.AI"),
        ("Dirk WÃ¼rm", "Dirk Würm"),
        ("André Fen", "André Fen"),
        ("Ł. Ôten", "Ł. Ôten"),
        ("김민수", "김민수"),
        ("Ben Tarn,", "Ben Tarn"),
        ("A\x07da\u2028Quill", "A da Quill"),
    ],
)
def test_a_name_is_put_in_order(written: str, name: str) -> None:
    assert author(written).name == name


@pytest.mark.parametrize("name", [
    "Tarn Team", "Team Quill", "The QUILL Collaboration", "Fen Lab", "o3 contributors", "Quill AI", "01.AI", "Tarn-AI",
    "OpenQuill", "QUILL", "Quill-3", "Fen Research Group", "LLM-QU", "Quill Inc.",
])  # fmt: skip
def test_groups(name: str) -> None:
    assert author(name) == Author(name=name, corporate=True)


@pytest.mark.parametrize("name", [
    "Ada Quill", "Plato", "McFen", "LeFen", "Ai Fen", "Fen Ai", "Wei Lo", "Xu AO", "J. P. Team-Fen", "Jean-Luc",
    "Quill AI Tarn", "Labelle", "MacTarn", "DeTarn", "Grouper Fen", "김민수", "王伟", "Li", "LI",
])  # fmt: skip
def test_persons(name: str) -> None:
    assert author(name) == Author(name=name)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("Quill", "Ada", ""), Author(name="Ada Quill", family="Quill", given="Ada")),
        (("Quill", "Neal J.", "II"), Author(name="Neal J. Quill II", family="Quill", given="Neal J.", suffix="II")),
        (("Quill,", "Sam", "Jr."), Author(name="Sam Quill Jr.", family="Quill", given="Sam", suffix="Jr.")),
        (("van der Fen", "W. M. P.", ""), Author(name="W. M. P. van der Fen", family="van der Fen", given="W. M. P.")),
        (("Fen", "Joost van den", ""), Author(name="Joost van den Fen", family="van den Fen", given="Joost")),
        (("Tarn", "José Quill y", ""), Author(name="José Quill y Tarn", family="Quill y Tarn", given="José")),
        (("Lo", "Ana da Fen e", ""), Author(name="Ana da Fen e Lo", family="da Fen e Lo", given="Ana")),
        (("Tarn", "José de Quill", ""), Author(name="José de Quill Tarn", family="Tarn", given="José de Quill")),
        (("Tarn", "Ana Quill da", ""), Author(name="Ana Quill da Tarn", family="da Tarn", given="Ana Quill")),
        (("Tarn", "José y", ""), Author(name="José y Tarn", family="y Tarn", given="José")),
        (("quill", "ada", ""), Author(name="ada quill", family="quill", given="ada")),
        (("quill", "ada b.", ""), Author(name="ada b. quill", family="quill", given="ada b.")),
        (("Fen", "C. -P.", ""), Author(name="C.-P. Fen", family="Fen", given="C.-P.")),
        (("Plato", "", ""), Author(name="Plato")),
        (("Tarn Team", "", ""), Author(name="Tarn Team", corporate=True)),
        (("The Quill Nine", "", ""), Author(name="The Quill Nine", corporate=True)),
        (("Team", "Tarn", ""), Author(name="Tarn Team", corporate=True)),
        (("Tarn", "Team", ""), Author(name="Team Tarn", corporate=True)),
        (("Collaboration", "QUILL", ""), Author(name="QUILL Collaboration", corporate=True)),
    ],
)
def test_a_name_in_parts(parts: tuple[str, str, str], expected: Author) -> None:
    assert in_parts(*parts) == expected


def test_a_colon_tells_a_group_and_goes() -> None:
    assert names(":", "Tarn", "Quill", ":", "Ada Fen", ":") == ["Tarn", "Quill (group)", "Ada Fen (group)"]
    assert mended([parted("Fen", "Ada", ""), parted(":", "", "")]) == (Author(name="Ada Fen", corporate=True),)


def test_what_holds_no_letter_goes() -> None:
    assert names("Ada Quill", ".", "-", "", "::", "Plato") == ["Ada Quill", "Plato"]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([("Wei", ["David"]), ("Lo", [])], ["Wei Lo"]),
        ([("Kuan-Chi", ["Jackson"]), ("Lo", ["Tarn Institute"])], ["Kuan-Chi Lo"]),
        ([("Ada Q.", ["Fen"]), ("Quill", [])], ["Ada Q. Quill"]),
        ([("Plato", ["David"]), ("Wei", ["David"]), ("Lo", [])], ["Plato", "Wei Lo"]),
        ([("Wei", ["David"]), ("Lo", ["Ann"]), ("Mei", ["Ann"]), ("Fen", [])], ["Wei Lo", "Mei Fen"]),
        ([("Wei", []), ("Lo", [])], ["Wei", "Lo"]),
        ([("Plato", ["Athens"]), ("Gorgias", ["Athens"])], ["Plato", "Gorgias"]),
        ([("Ada Quill", ["Fen"]), ("Plato", [])], ["Ada Quill", "Plato"]),
        ([("Plato", ["MIT"]), ("Gorgias", [])], ["Plato", "Gorgias"]),
        ([("Plato", ["Tarn Institute"]), ("Gorgias", [])], ["Plato", "Gorgias"]),
        ([("Plato", ["Athens", "Rome"]), ("Gorgias", [])], ["Plato", "Gorgias"]),
        ([("Wei", ["David"]), ("Ada Quill", [])], ["Wei", "Ada Quill"]),
        ([("TARN", ["Paris"]), ("Plato", [])], ["TARN (group)", "Plato"]),
        ([("Plato", ["Paris"]), ("TARN", [])], ["Plato", "TARN (group)"]),
    ],
)
def test_halves_of_a_name_are_joined(entries: list[tuple[str, list[str]]], expected: list[str]) -> None:
    assert shown(mended(displayed(name, behind) for name, behind in entries)) == expected


@given(st.lists(st.tuples(st.text(), st.lists(st.text(), max_size=2)), max_size=5))
def test_whatever_arxiv_names_is_taken(entries: list[tuple[str, list[str]]]) -> None:
    found = mended(displayed(name, behind) for name, behind in entries)
    assert all(any(map(str.isalnum, author.name)) for author in found)


@given(st.text(), st.text(), st.text())
def test_whatever_parts_there_are_make_a_name(family: str, first: str, suffix: str) -> None:
    for found in mended([parted(family, first, suffix)]):
        parts = [part for part in (found.given, found.family, found.suffix) if part]
        assert not parts or " ".join(parts) == found.name


def names(*written: str) -> list[str]:
    return shown(mended(map(displayed, written)))


def shown(authors: tuple[Author, ...]) -> list[str]:
    return [f"{author.name}{' (group)' * author.corporate}" for author in authors]
