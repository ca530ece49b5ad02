"""The language of a text: what short cuts tell is what counting every letter tells."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from paperround.model import language_of

LETTERS = st.text(st.sampled_from("가힣퟿ㄱᄀあアﾞ、漢㐀䷀豈Aé1 .\u3000\U00020000\U0001f600\ud800\u2028"), max_size=60)


@given(LETTERS | st.text())
@example("a" * 9 + "가")
@example("a" * 10 + "가")
@example("a가" + "1" * 99)
@example("あ" + "漢" * 19)
def test_short_cuts_tell_what_counting_tells(text: str) -> None:
    assert language_of(text) == counted(text)


def counted(text: str) -> str:
    """Return the language by the shares of the letters, one character after the other."""
    letters = sum(c.isalnum() and not c.isdecimal() for c in text)
    shares = {
        "ko": (0.10, lambda c: "\u1100" <= c <= "\u11ff" or "\u3131" <= c <= "\u318e" or "가" <= c <= "힣"),
        "ja": (0.05, lambda c: "\u3041" <= c <= "\u3096" or "\u30a1" <= c <= "\u30fa" or "\uff66" <= c <= "\uff9f"),
        "zh": (0.30, lambda c: "\u3400" <= c <= "\u4dbf" or "\u4e00" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff"),
    }
    for language, (share, belongs) in shares.items():
        if letters and sum(map(belongs, text)) >= share * letters:
            return language
    return "en"


@pytest.mark.parametrize(("text", "language"), [("요약 " + "word " * 4, "ko"), ("word " * 9_000, "en"), ("", "en")])
def test_texts_of_any_length(text: str, language: str) -> None:
    assert language_of(text) == language
