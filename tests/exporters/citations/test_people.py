"""Names of authors: what is one, what is several, and what belongs to the family."""

import pytest
from paperround.exporters.citations.people import Name, listed, record_name, split_name
from paperround.model import Author


@pytest.mark.parametrize(
    ("displays", "names", "is_cut"),
    [
        (("Ada Quill et al.",), ("Ada Quill",), True),
        (("Ada Quill", "et.al."), ("Ada Quill",), True),
        (("Ada Quill and others",), ("Ada Quill",), True),
        (("Others",), (), True),
        (("Ada Quill and Ben Tarn",), ("Ada Quill", "Ben Tarn"), False),
        (("Ada Quill & Ben Tarn",), ("Ada Quill", "Ben Tarn"), False),
        (("Ada Quill", "Ben Tarn and Cy Dorn"), ("Ada Quill", "Ben Tarn", "Cy Dorn"), False),
        (("A. Quill, and B. van Tarn",), ("A. Quill", "B. van Tarn"), False),
        (("Procter and Gamble", "Institute of Tarns and Quills"),) * 2 + (False,),
        (("Ada Quill", "Jr."), ("Ada Quill, Jr.",), False),
        ((" ", "Ada  Quill"), ("Ada Quill",), False),
        (("Ada Quill and colleagues",), ("Ada Quill",), True),
        (("Ada Quill and team",), ("Ada Quill",), True),
        (("Ada Quill and the Tarn Team",), ("Ada Quill and the Tarn Team",), False),
        (("Ada Quill", "…"), ("Ada Quill",), True),
        (("Ada Quill", "Ph.D.", "Ben Tarn"), ("Ada Quill", "Ben Tarn"), False),
        (("Tarn Research", "Inc.", "Ada Quill"), ("Tarn Research, Inc.", "Ada Quill"), False),
        ((r"Jos\'e Quill", r"Mart{\'\i} Tarn"), ("José Quill", "Martí Tarn"), False),
    ],
)
def test_lists(displays: tuple[str, ...], names: tuple[str, ...], is_cut: bool) -> None:
    assert listed(displays) == (names, is_cut)


@pytest.mark.parametrize(
    ("display", "family", "given"),
    [
        ("Lauro van der Tarn", "van der Tarn", "Lauro"),
        ("João da Silva Quill", "da Silva Quill", "João"),
        ("Lauro Van Der Tarn", "Van Der Tarn", "Lauro"),
        ("Blas Tarn y Quill", "Tarn y Quill", "Blas"),
        ("Lauro De Tarn", "De Tarn", "Lauro"),
        ("Di Tarn", "Tarn", "Di"),
        ("Ada Quill†", "Quill", "Ada"),
        ("Ada Quill *", "Quill", "Ada"),
        ("Ada Quill1,2", "Quill", "Ada"),
        ("Ada Quill<sup>1</sup>,<sup>*</sup>", "Quill", "Ada"),
        (r"Ada Quill$^{\dagger}$", "Quill", "Ada"),
        ("Ada Quill¹²", "Quill", "Ada"),
        ("Ada Quill#", "Quill", "Ada"),
        ("Ada Quill, Ph.D.", "Quill", "Ada"),
        ("Ada Quill PhD", "Quill", "Ada"),
        ("Prof. Dr. Ada Quill", "Quill", "Ada"),
        ("Ada Quill (equal contribution)", "Quill", "Ada"),
        ("Vincent van 't Tarn", "van 't Tarn", "Vincent"),
        ("Pieter op den Tarn", "op den Tarn", "Pieter"),
        ("Brian O’Tarn", "O’Tarn", "Brian"),
        ("Ada-Marie Quill-Tarn", "Quill-Tarn", "Ada-Marie"),
    ],
)
def test_persons(display: str, family: str, given: str) -> None:
    for name in (split_name(display), record_name(Author(name=display))):
        assert (name.family, name.given) == (family, given)


@pytest.mark.parametrize(
    "display",
    [
        "BLOOM Workshop",
        "The Quill Team",
        "Tarn Network",
        "Quill Organizers",
        "Tarn 2",
        "Quill3",
        "*",
        "†‡",
        "Quill, Ada",
        "山田太郎",
        "王 小明",
        "김민수",
        "University of Tarn, Department of Quills",
        "Tarn Corp., Inc.",
        "Google DeepMind",
        "ada quill",
    ],
)
def test_units(display: str) -> None:
    assert split_name(display) == Name(display)


def test_letters_of_the_snapshot_are_read() -> None:
    name = record_name(Author(name=r"Jos{\'e} Mart{\'i}nez", family=r"Mart{\'i}nez", given=r"Jos{\'e}"))
    assert (name.whole, name.family, name.given) == ("José Martínez", "Martínez", "José")
