"""Lists of authors, as a table of what is written and what is read."""

import pytest
from paperround.model import names


@pytest.mark.parametrize(
    ("written", "found", "complete"),
    [
        ("Mina Oh, Karl Brandt and Lucia Ferrante", ("Mina Oh", "Karl Brandt", "Lucia Ferrante"), True),
        ("Mina Oh & Karl Brandt", ("Mina Oh", "Karl Brandt"), True),
        ("Mina Oh · Karl Brandt", ("Mina Oh", "Karl Brandt"), True),
        ("Mina Oh | Karl Brandt", ("Mina Oh", "Karl Brandt"), True),
        ("Mina Oh; Karl Brandt; et al.", ("Mina Oh", "Karl Brandt"), False),
        ("Mina Oh et.al.", ("Mina Oh",), False),
        ("Mina Oh, Karl Brandt et al", ("Mina Oh", "Karl Brandt"), False),
        ("Mina Oh, Karl Brandt & 3 others", ("Mina Oh", "Karl Brandt"), False),
        ("Mina Oh, Karl Brandt, and 12 others", ("Mina Oh", "Karl Brandt"), False),
        ("Mina Oh, Karl Brandt 等 7 位作者", ("Mina Oh", "Karl Brandt"), False),
        ("张三, 李四等5人", ("张三", "李四"), False),
        ("Mina Oh, Karl Brandt 외 3명", ("Mina Oh", "Karl Brandt"), False),
        ("김철수, 이영희 등", ("김철수", "이영희"), False),
        ("김철수 외, + 12명", ("김철수",), False),
        ("山田太郎, 鈴木 他3名", ("山田太郎", "鈴木"), False),
        ("Mina Oh, Karl Brandt,", ("Mina Oh", "Karl Brandt"), False),
        ("Mina Oh<sup>1</sup>, Karl Brandt<sup>2,3</sup>", ("Mina Oh", "Karl Brandt"), True),
        ("Mina Oh¹, Karl Brandt²", ("Mina Oh", "Karl Brandt"), True),
        ("Mina Oh (KAIST, Korea), Karl Brandt (MIT)", ("Mina Oh", "Karl Brandt"), True),
        ("Wei (David) Chen, Mina Oh", ("Wei (David) Chen", "Mina Oh"), True),
        ("[[Mina Oh]], [[people/karl|Karl Brandt]]", ("Mina Oh", "Karl Brandt"), True),
        ("Mina Oh <mina@example.org>, Karl Brandt", ("Mina Oh", "Karl Brandt"), True),
        ("Mina Oh &amp; Karl Brandt", ("Mina Oh", "Karl Brandt"), True),
        ("Jos&eacute; Oh, Karl Brandt", ("José Oh", "Karl Brandt"), True),
        ("Mina Oh ... Karl Brandt", ("Mina Oh", "Karl Brandt"), False),
        ("Mina Oh; …; Karl Brandt", ("Mina Oh", "Karl Brandt"), False),
        ("Mina Oh, Karl Brandt...", ("Mina Oh", "Karl Brandt"), False),
        ("Mina Oh, Karl Brandt +", ("Mina Oh", "Karl Brandt"), False),
        ("Mina Oh, Karl Brandt, 5 more authors", ("Mina Oh", "Karl Brandt"), False),
        ("Mina Oh ほか", ("Mina Oh",), False),
        ("Mina Oh, Karl Brandt (+3)", ("Mina Oh", "Karl Brandt"), False),
        ("Mina Oh, Karl Brandt.", ("Mina Oh", "Karl Brandt"), True),
        ("Mina Oh<br>Karl Brandt", ("Mina Oh", "Karl Brandt"), True),
        ('"Mina Oh", "Karl Brandt"', ("Mina Oh", "Karl Brandt"), True),
        ("김철수·이영희", ("김철수", "이영희"), True),
        ("Vision and Language Team, Mina Oh", ("Vision and Language Team", "Mina Oh"), True),
    ],
)
def test_authors(written: str, found: tuple[str, ...], complete: bool) -> None:
    assert names.authors(written) == (found, complete, ())


@pytest.mark.parametrize(
    ("text", "are_names"),
    [
        ("Mina Oh, Karl Brandt", True),
        ("D. van den Berg, F. d'Alché", True),
        ("张三、李四", True),
        ("Brandt, Lucia Ferrante et al.", True),
        ("It floats.", False),
        ("it walks", False),
        ("Abstract", False),
        ("Lamps, which float, are cheap", False),
        ("[Mina Oh](https://example.org)", False),
    ],
)
def test_what_are_names(text: str, are_names: bool) -> None:
    assert names.are_names(text) is are_names


def test_brackets_that_a_formatter_has_escaped() -> None:
    """pandoc and mdformat write a list literal so."""
    assert names.authors("\\['Mina Oh', 'Karl Brandt'\\]") == (("Mina Oh", "Karl Brandt"), True, ())


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Cian O\\'Hanlon", "Cian O'Hanlon"),
        ("Daniel D\\'souza", "Daniel D'souza"),
        ("Cy d\\'Autume", "Cy d'Autume"),
        ("Eva L\\'opez", "Eva L\\'opez"),
    ],
)
def test_an_apostrophe_that_a_formatter_has_escaped(written: str, name: str) -> None:
    assert names.authors(f"Mina Oh, {written}").names == ("Mina Oh", name)
