"""Inline Markdown as XHTML and plain text: the cases of markup.cases, and what holds for any text."""

import re
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from paperround.exporters.text import inline, markup, uris
from paperround.model import Line, Point, Url
from pydantic import TypeAdapter

from . import cases


def split(text: str, between: str | None = None) -> list[str]:
    return text.split(between)


CASES = cases.read("markup.cases")
MARKS = split(
    "* ** *** _ __ ~~ ~ ` `` [ ] ( ) ![ < > ' '' \" & ^ ^{ _{ { } : // . , ! 가 나다 漢字 かな abc X 12 é “ … 𝒪"
)
ADDRESSES = split("https://a.example/b_c <https://a.example> ]( ](https://a.example/d) ](javascript:e) <f@g.example>")
LATEX = split(
    r"$ $$ \( \) \[ \] \ \textbf{ \emph{ {\bf \alpha \frac{ \begin{a} \hat \text{ \left \href{ \url{ \foo C:\ \" \' \%"
)
letters = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029\ufffe\uffff")
words = st.text(letters, max_size=4)
hangul = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)


def texts(pieces: list[str]) -> st.SearchStrategy[str]:
    some = st.sampled_from([" ", *pieces])
    return st.lists(st.one_of(some, some, some, words), max_size=30).map("".join)


@pytest.mark.parametrize("case", CASES, ids=[case.text for case in CASES])
def test_case(case: cases.Case) -> None:
    plain = case.text if case.plain is None else case.plain
    assert (markup.html(case.text), markup.plain(case.text)) == (case.html, plain)


@given(texts(MARKS + ADDRESSES + LATEX))
def test_html_is_well_formed_and_holds_nothing_but_its_elements(text: str) -> None:
    TypeAdapter(Line).validate_python(text)
    for element in tree(text).iter():
        assert element.tag in ("div", "strong", "em", "s", "code", "a", "sup", "sub", "i")
        assert element.keys() == (["href"] if element.tag == "a" else [])
        assert element.tag != "a" or all(parent.tag != "a" for parent in element.iterancestors())


@given(texts(MARKS + ADDRESSES + LATEX))
def test_links_go_where_a_model_url_may_go(text: str) -> None:
    for link in tree(text).iter("a"):
        href = link.get("href", "")
        assert uris.href(href) == href
        if not href.startswith("mailto:"):
            TypeAdapter(Url).validate_python(href)


@given(texts(MARKS))
def test_every_letter_stays_in_its_place(text: str) -> None:
    assert alphanumeric(shown(text)) == alphanumeric(text)
    assert alphanumeric(markup.plain(text)) == alphanumeric(text)


@given(texts(MARKS + ADDRESSES))
def test_only_link_targets_are_hidden(text: str) -> None:
    visible = re.sub(r"\]\(\S*?\)", "", text)
    for seen in (shown(text), markup.plain(text)):
        assert is_part(alphanumeric(visible), alphanumeric(seen))
        assert is_part(alphanumeric(seen), alphanumeric(text))


@given(st.lists(st.sampled_from(split(r"\ 가 D 12 : . $ $5 ($6) , \n \d+")), max_size=20).map(" ".join))
def test_paths_patterns_and_prices_lose_nothing(text: str) -> None:
    assert alphanumeric(markup.plain(text)) == alphanumeric(text)


@given(texts(MARKS + ADDRESSES + LATEX))
def test_the_quick_way_for_texts_without_marks_is_the_long_way(text: str) -> None:
    if inline.is_plain(text):
        assert "".join(getattr(event, "text", "?") for event in inline.parse(text)) == text


@given(st.sampled_from(["강조", "(강조)", '"강조"', "강조.", "100%", "A*", "`b`"]), hangul)
def test_a_particle_may_follow_strong_text(strong: str, particle: str) -> None:
    assert markup.html(f"앞 **{strong}**{particle}") == f"앞 <strong>{markup.html(strong)}</strong>{particle}"


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("HTTPS://Example.org", "https://Example.org"),
        (
            "https://example.org/가?나=다#라#마",
            "https://example.org/%EA%B0%80?%EB%82%98=%EB%8B%A4#%EB%9D%BC%23%EB%A7%88",
        ),
        ("https://example.org/%41%zz{}|[x]", "https://example.org/%41%25zz%7B%7D%7C%5Bx%5D"),
        ("https://한국.example:8080/", "https://xn--3e0b707e.example:8080/"),
        ("https://192.0.2.1/", "https://192.0.2.1/"),
        ("mailto:a@example.org?subject=가", "mailto:a@example.org?subject=%EA%B0%80"),
        *(
            (target, None)
            for target in split("https:// https://192.0.2 https://a:65536/ https://a..b/ https://-a/ ftp://a")
        ),
        *(
            (target, None)
            for target in split("https://a@b/ https://faß.example/ https://xn--a.example/ mailto:a //a/b #c")
        ),
        (f"https://{'a.' * 200}example/", None),
    ],
)
def test_targets_become_valid_uris_or_none(target: str, href: str | None) -> None:
    assert uris.href(target) == href


UNITS = split(
    r"*;**;***;*a ;a*;**a;_a ;~~a;[;];[a];[a](;[](;[a](b ;[a](x(;](;`;` ;`a ;``a `b ;`a' ;$;$a ;$$a$;$ a;\(;\(a;\[a=;"
    r"<;https://;https://a;https://가;https://a.b/(;https://a.b) ;{;};\textbf{;\textbf{a};"
    r"\frac{;\frac{a;\frac{{a};\alpha;\alpha{a};\hat;\hat{;^{;a^{;a^{b};a_{;$x^;$\frac;$x_1^2$;\\;\"a;';`';``a'';{\bf ;"
    r'[a](https://b.c);](https://b);[a](https://b ";*_;*a _b* c_ ;\left;\sqrt[;&;:// ;\href{;\href{a}{;<a@b.c;$a\$',
    ";",
)
NESTED = [
    ("*a ", "*"),
    ("[", "](https://a.b)"),
    (r"\textbf{", "}"),
    ("**", "**"),
    ("$x^{", "}$"),
    ("(", ")"),
    ("{", "}"),
]
opening_ids = [opening for opening, _ in NESTED]


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_length(unit: str) -> None:
    assert ratio(lambda size: unit * (size // len(unit))) < 9


@settings(max_examples=15)
@given(st.lists(st.sampled_from(UNITS), min_size=2, max_size=3).map("".join))
def test_time_grows_with_the_length_of_mixtures(unit: str) -> None:
    assert ratio(lambda size: unit * (size // len(unit))) < 9


@pytest.mark.parametrize(("opening", "closing"), NESTED, ids=opening_ids)
def test_time_grows_with_the_depth(opening: str, closing: str) -> None:
    assert ratio(lambda size: nested(opening, closing, size // 8)) < 9


def test_backtick_runs_of_every_length() -> None:
    assert ratio(lambda size: " ".join("`" * run for run in range(1, int((2 * size) ** 0.5)))) < 9


@pytest.mark.parametrize(("opening", "closing"), NESTED, ids=opening_ids)
def test_depth_stays_below_what_xml_parsers_take(opening: str, closing: str) -> None:
    elements = tree(nested(opening, closing, 3000)).iter()
    assert max(sum(1 for _ in element.iterancestors()) for element in elements) <= inline.DEPTH + 1


def test_points_nest_inside_their_item() -> None:
    points = (
        Point(heading="What's New", text="**굵게** <b>", points=(Point(text="하나"), Point(heading="둘", text=""))),
        Point(text="끝"),
    )
    assert markup.blocks(points) == (
        "<ul><li><strong>What's New</strong>: <strong>굵게</strong> &lt;b&gt;"
        "<ul><li>하나</li><li><strong>둘</strong></li></ul></li><li>끝</li></ul>"
    )
    assert markup.blocks(()) == ""


def test_points_below_the_deepest_level_are_kept() -> None:
    point = Point(text="0")
    for depth in range(1, 300):
        point = Point(text=str(depth), points=(point,))
    items = etree.fromstring(markup.blocks((point,))).iter("li")
    assert [item.text for item in items] == [str(depth) for depth in reversed(range(300))]


def tree(text: str) -> etree._Element:
    return etree.fromstring(f"<div>{markup.html(text)}</div>")


def shown(text: str) -> str:
    return "".join(str(piece) for piece in tree(text).itertext())


def alphanumeric(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFC", text) if letter.isalnum())


def is_part(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(letter in rest for letter in part)


def nested(opening: str, closing: str, depth: int) -> str:
    return opening * depth + "x" + closing * depth


def ratio(text: Callable[[int], str]) -> float:
    """Return how much longer four times the text takes: about 4 when linear, 16 when quadratic; the best of four."""
    small, large = text(3000), text(12000)
    for _ in range(4):
        found = seconds(large) / max(seconds(small), 0.0005)
        if found < 6:
            break
    return found


def seconds(text: str) -> float:
    markup._events.cache_clear()
    start = time.process_time()
    markup.html(text)
    return time.process_time() - start
