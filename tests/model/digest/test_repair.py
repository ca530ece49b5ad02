"""Damaged characters: what their bytes alone tell of a text is what a look at each line tells."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from paperround.model.diagnostics import Code
from paperround.model.digest import repair

PIECES = ["\n", "\r", "\t", "\tau", "\ta", "$", "$x\nabla y$", "\nu", "\x08eta", "\x00", "\x0b", "\x1f", "\x7f", "\x80"]
PIECES += [
    "\x85",
    "\u00a0",
    "¡",
    "\u2027",
    "\u2028",
    "\u2029",
    "\ufeff",
    "\n\ufeff",
    "\ufffd",
    "\ufffe",
    "\uffff",
    "글",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=8).map("".join)


def changes(text: str) -> tuple[bool, list[tuple[int, Code, str]]]:
    said: list[tuple[int, Code, str]] = []
    found, _ = repair.repaired(text, 1, lambda *told: said.append(told))
    return found != text, said


@given(TEXTS)
@example("\u2028")
@example("a\ufffe")
@example("$\nabla$")
def test_nothing_is_done_to_a_plain_text(text: str) -> None:
    if not repair.doubts(text.encode()):
        assert changes(text) == (False, [])


@given(st.sampled_from(PIECES), st.sampled_from(["", "a", "글 "]))
def test_what_is_not_plain_has_a_reason(piece: str, around: str) -> None:
    text = around + piece + around
    plain = not repair.doubts(text.encode())
    assert plain or any(sign in text for sign in "\r\x00\x08\x0b\x1f\x7f\x80\x85\u2028\u2029\ufeff\ufffe\uffff$\t")


@given(TEXTS)
def test_a_text_is_repaired_whatever_its_bytes_tell(text: str) -> None:
    said: list[tuple[int, Code, str]] = []
    found, _ = repair.cleaned(text, 1, lambda *told: said.append(told))
    assert found == repair.repaired(text, 1, lambda *told: None)[0]
    assert (found != text, said) == changes(text)
    assert not any(character in found for character in "\r\x00\x08\x0b\x1f\x7f\x80\x85\u2028\u2029\ufffe\uffff")


@pytest.mark.parametrize(
    ("line", "repaired"),
    [
        ("a\textsuperscript{2}", r"a\textsuperscript{2}"),
        ("a \textbackslash b", r"a \textbackslash b"),
        ("\tfrac12", r"\tfrac12"),
        ("$a \to b$ and a\to b", "$a \\to b$ and a\to b"),
        (r"\$5 a" + "\to b", r"\$5 a" + "\to b"),
        ("\tag{1}", r"\tag{1}"),
        ("$a \rule b$, $a \raise b$", r"$a \rule b$, $a \raise b$"),
        ("a\rightarrow b", r"a\rightarrow b"),
        ("one\tthe other\table to\tangle", "one\tthe other\table to\tangle"),
        ("name\ttitle\ttype", "name\ttitle\ttype"),
        ("a\textile b", "a\textile b"),
    ],
)
def test_commands_of_latex_s_kernel(line: str, repaired: str) -> None:
    assert repair.clean(line)[0].replace("\ufffd", "") == repaired


def test_a_line_break_that_was_a_command_s() -> None:
    assert repair.repaired("$a\noindent b$", 1, lambda *told: None)[0] == r"$a\noindent b$"
    assert repair.repaired("a\noindent b", 1, lambda *told: None)[0] == "a\noindent b"
