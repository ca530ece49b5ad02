"""Values that the tests of bibliographies and tables share."""

import datetime
import unicodedata
from typing import Any

from hypothesis import strategies as st
from paperround.model import Author, Issue, Media, Paper, Point, Record

NASTY = (
    "{", "}", "\\", "%", "#", "&", "$", "_", "^", "~", "@", '"', "'", "`", ",", ";", "|", "=", "<", ">",
    r"\input{/etc/passwd}", r"\write18{id}", "@misc{x,", "} @preamble{", " and ", "others", "$x^2$", r"$\alpha$",
    "$a^b^c$", r"$\input{x}$", "--", "``", "''", "한글", "漢字", "é", "e\u0301", "x\u0302", "ł", "ß", "Ω", "ϵ",
    "²", "🤗", "\u200d", "\ufe0f", "\u00a0", "BERT", "iPhone", "the", "Van", "de", "a" * 300, "- ",
    "=1+1", "+", "\u202e",
)  # fmt: skip

plain = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff"), max_size=20
)
text = st.lists(st.sampled_from(NASTY) | plain | st.just(" "), max_size=8).map("".join)
filled = text.filter(lambda value: value.strip() != "")
maybe = st.none() | filled
ids = st.none() | st.from_regex(r"(?:[01][0-9][01][0-9]\.[0-9]{5}|hep-th/9[0-9]0[1-9][0-9]{3})", fullmatch=True)
urls = st.none() | st.sampled_from(["https://example.org/a?b=1&c=%20#d", "https://example.org/~x/(y)_z"])
points = st.recursive(
    st.builds(Point, heading=maybe, text=text),
    lambda inner: st.builds(Point, heading=maybe, text=text, points=st.lists(inner, max_size=2).map(tuple)),
    max_leaves=4,
)
records = st.builds(
    Record,
    title=filled,
    authors=st.lists(
        st.builds(Author, name=filled, family=maybe, given=maybe, suffix=maybe, corporate=st.booleans()), max_size=4
    ).map(tuple),
    categories=st.lists(st.sampled_from(["cs.CL", "cs.AI", "hep-th"]), max_size=2, unique=True).map(tuple),
    abstract=maybe,
    doi=st.none() | st.just("10.1103/PhysRevD.76.044016"),
    journal_ref=maybe,
    comment=maybe,
    published=st.none() | st.dates(datetime.date(1991, 8, 1), datetime.date(2030, 1, 1)),
    updated=st.none() | st.dates(datetime.date(1991, 8, 1), datetime.date(2030, 1, 1)),
)
papers = st.builds(
    Paper,
    arxiv_id=ids,
    title=filled,
    url=urls,
    votes=st.none() | st.integers(0, 9999),
    authors=st.lists(filled, max_size=5, unique=True).map(tuple),
    authors_complete=st.booleans(),
    authors_ordered=st.booleans(),
    media=st.none()
    | st.builds(Media, kind=st.sampled_from(["image", "video"]), url=st.just("https://e.org/a.png?b;c")),
    summary=st.lists(points, max_size=3).map(tuple),
    path=text,
    line=st.integers(0, 99),
    record=st.none() | records,
)
issues = st.builds(
    Issue,
    date=st.dates(datetime.date(2023, 1, 1), datetime.date(2025, 12, 31)),
    title=text,
    language=st.sampled_from(["ko", "en"]),
    papers=st.lists(papers, max_size=4).map(tuple),
)
archives = st.lists(issues, min_size=1, max_size=3, unique_by=lambda issue: issue.date)


def issue(*papers: Paper, date: str = "2024-05-03") -> Issue:
    return Issue(date=datetime.date.fromisoformat(date), title=f"Daily Papers ({date})", language="ko", papers=papers)


def paper(title: str = "A Title", authors: tuple[str, ...] = ("Ada Lovelace",), **values: Any) -> Paper:
    values = {"arxiv_id": "2405.01234", "authors_complete": True} | values
    return Paper(title=title, authors=authors, **values)


def same(value: str) -> str:
    """Fold what LaTeX makes no difference between: composition, kinds of spaces, quotes and dashes."""
    value = unicodedata.normalize("NFKC", value)
    for kind in "“”„«»‟":
        value = value.replace(kind, '"')
    for kind in "‘’`":
        value = value.replace(kind, "'")
    for kind in "–—‐‑":
        value = value.replace(kind, "-")
    value = "".join(letter for letter in value if unicodedata.category(letter) not in ("Zs", "Cf"))
    return value.replace("''", '"').replace("---", "-").replace("--", "-")
