"""Values: whatever the model refuses of one field is told, and costs that field alone."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperround.model import Code, Media, Paper, values

HOSTILE = st.one_of(
    st.none(),
    st.integers(),
    st.text(st.characters(), max_size=9),
    st.sampled_from(["\x00", "\ud800", "a\nb", "http://xn--a/", "data:,x", "2405.0000\uff11"]),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
)


@given(st.dictionaries(st.sampled_from([*Paper.model_fields, "other"]), HOSTILE))
def test_no_field_costs_the_paper(fields: dict[str, Any]) -> None:
    said: list[tuple[int, Code, str]] = []
    paper = values.paper(fields, 3, lambda *words: said.append(words))
    assert paper.title
    assert {line for line, _, _ in said} <= {3}
    assert all(message.isprintable() or "\ufffd" in message for _, _, message in said)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("votes", -1, Code.ODD_VOTES),
        ("url", "ftp://example.org", Code.ODD_LINK),
        ("arxiv_id", "2405", Code.ODD_LINK),
        ("authors", ("Mina Oh", "\x07"), Code.ODD_AUTHORS),
        ("media", {"kind": "image", "url": "data:,x"}, Code.ODD_MEDIA),
        ("summary", ({"text": "\x00"},), Code.BAD_ENTRY),
    ],
)
def test_the_others_stay(field: str, value: object, code: Code) -> None:
    media = Media(kind="image", url="https://example.org/x.png")
    good = {"title": "Tides", "url": "https://example.org/", "votes": 3, "authors": ("Mina Oh",), "media": media}
    said: list[Code] = []
    paper = values.paper({**good, "authors_complete": True, field: value}, 1, lambda _, code, __: said.append(code))
    assert said == [code]
    expected = {**good, "authors_complete": field != "authors", field: Paper.model_fields[field].get_default()}
    assert {name: getattr(paper, name) for name in expected} == expected


def test_a_title_has_a_stand_in() -> None:
    said: list[Code] = []
    named = values.paper({"title": "", "url": "https://example.org/"}, 1, lambda _, code, __: said.append(code))
    bare = values.paper({"title": "\x00"}, 1, lambda _, code, __: said.append(code))
    assert (named.title, bare.title, said) == ("https://example.org/", "Untitled", [Code.NO_TITLE] * 2)
