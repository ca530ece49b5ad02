"""The heading of a paper, where brackets and parentheses do not match, and where it breaks off."""

import pytest
from paperround.model.digest.titles import is_open, read, target_end

ARXIV = "https://arxiv.org/abs/2405.00001"
URL = "https://e.org/"


@pytest.mark.parametrize(
    ("written", "title", "target"),
    [
        (f"]({URL})", "", URL),
        (f"]({URL}) [T]({ARXIV})", f"]({URL}) T", ARXIV),
        (f"[T]({URL})b", "T b", URL),
        (f"[a [b]({URL})", "[a b", URL),
        (f"[[a]({URL})", "[ a", URL),
        (f"[ab [c] d]({URL})", "ab [c] d", URL),
        (f"[a [c] d]({URL})", "a [c] d", URL),
        (f"[A] b]({URL})[", "A] b [", URL),
        (f"A]({URL}) [b", "A [b", URL),
        (f"a [B] c]({URL})[", "a B] c [", URL),
        (f"[a [b]] c]] d]({URL})", "a [b]] c]] d", URL),
        (f"[a](]({ARXIV})", "a](", ARXIV),
        (f"[x]({URL}) [a)]({ARXIV})", f"[x]({URL}) a)", ARXIV),
        (f"[x]({URL}) [a](<{ARXIV}>)", f"[x]({URL}) a", f"<{ARXIV}>"),
        (f"[x]({URL}) [a]({ARXIV}X)", f"x [a]({ARXIV}X)", URL),
        (f"[a](b) {'[x](y) ' * 14}[T]({ARXIV})", f"[a](b) {'[x](y) ' * 14}T", ARXIV),
        (f"[a](b) {'[x](y) ' * 15}[T]({ARXIV})", f"a {'[x](y) ' * 15}[T]({ARXIV})", "b"),
    ],
)
def test_links(written: str, title: str, target: str) -> None:
    assert read(written) == (title, target, False)


@pytest.mark.parametrize(
    ("written", "title", "cut"),
    [("A [T](https://arx", "A T", True), ("[A [b]", "[A [b]", True), ("[A] b]", "[A] b]", False)],
)
def test_headings_without_a_link(written: str, title: str, cut: bool) -> None:
    assert read(written) == (title, None, cut)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[T](https://arx", True),
        ("[T](a_(b)", True),
        ("](x", True),
        ("1) [T](https://arx", True),
        ("[a)](b(c", True),
        ("[T", True),
        ("[T]() (x", False),
        ("[T](u) (x", False),
        ("[T](u)", False),
        ("[T]", False),
        ("T", False),
    ],
)
def test_a_heading_is_open_while_its_link_is(written: str, expected: bool) -> None:
    assert is_open(written) is expected


@pytest.mark.parametrize(
    ("text", "end"), [("b) c)", 1), ("a(b)", -1), ("a(b)) c)", 4), ("(a)(b)) )", 6), ("a", -1), (")", 0), ("()", -1)]
)
def test_a_target_ends_at_its_own_parenthesis(text: str, end: int) -> None:
    assert target_end(text, 0) == end
