"""Hypothesis strategies for values of the model: whatever the model admits, and what markup makes trouble with."""

import datetime

from hypothesis import strategies as st
from paperround.model import Author, Issue, Media, Paper, Point, Record

CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff"
)

FRAGMENTS = (
    "<think>", "</think>", "</b>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<<", ">", "]]>",
    "<!--", "&", "&amp;", "&lt;b&gt;", "&#60;", "&copy", "&2", "AT&T", '"', "'", "**", "***", "__", "`", "``", "~~",
    "[a](javascript:alert(1))", "[a](https://example.org/x?y=1&z=2)", "![](https://example.org/p.png)", "](", "[[",
    "$x^2$", "$$", "$", r"$\frac{a}{b}$", r"\textit{x}", "\\", "{", "}", "_", "^",
    "https://example.org/코드에서", "https://", "한국어", "漢字かな", "e\u0301", "👩\u200d🔬", "\u202e", "\ufeff",
    "\ufffd", "\ufdd0", "\U0001ffff", "\u00a0", "\u3000", "\u200b", "  ", "- ", "1. ", "#", "|", "Ã©", "a" * 200,
)  # fmt: skip
"""What breaks naive writers of XML, HTML, Markdown, LaTeX and tables."""

texts = st.lists(st.sampled_from(FRAGMENTS) | st.text(CHARACTERS, max_size=12) | st.just(" "), max_size=6).map("".join)
"""A `Line`."""

filled = texts.filter(bool)
"""A `Line` of at least one character, maybe a space."""

arxiv_ids = st.from_regex(
    r"(?:[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}|[a-z]{2,8}(?:-[a-z]{2})?/[0-9]{7})", fullmatch=True
)

urls = st.sampled_from(
    (
        "https://example.org",
        "http://example.org/a_b/(c)?d=1&e='2'*3#f",
        "https://[2001:db8::1]:8080/%7Efile.PNG",
        "https://huggingface.co/papers/2405.01234",
    )
)

media = st.builds(
    Media,
    kind=st.sampled_from(["image", "video"]),
    url=urls | st.sampled_from(["https://example.org/a.png", "https://example.org/b.mp4?x=y&z"]),
)

points = st.recursive(
    st.builds(Point, heading=st.none() | texts, text=texts),
    lambda inner: st.builds(
        Point, heading=st.none() | texts, text=texts, points=st.lists(inner, max_size=3).map(tuple)
    ),
    max_leaves=6,
)

authors = st.builds(
    Author,
    name=filled,
    family=st.none() | texts,
    given=st.none() | texts,
    suffix=st.none() | st.sampled_from(["Jr.", "III"]),
    corporate=st.booleans(),
)

records = st.builds(
    Record,
    title=texts,
    authors=st.lists(authors, max_size=4).map(tuple),
    categories=st.lists(st.sampled_from(["cs.CL", "cs.AI", "hep-th"]), max_size=3, unique=True).map(tuple),
    abstract=st.none() | texts,
    doi=st.none() | st.just("10.1103/PhysRevD.76.044016"),
    journal_ref=st.none() | texts,
    comment=st.none() | texts,
    published=st.none() | st.dates(datetime.date(1991, 8, 14), datetime.date(2099, 12, 31)),
    updated=st.none() | st.dates(datetime.date(1991, 8, 14), datetime.date(2099, 12, 31)),
)

papers = st.builds(
    Paper,
    arxiv_id=st.none() | arxiv_ids,
    title=filled,
    url=st.none() | urls,
    votes=st.none() | st.integers(min_value=0),
    authors=st.lists(filled, max_size=5, unique=True).map(tuple),
    authors_complete=st.booleans(),
    authors_ordered=st.booleans(),
    media=st.none() | media,
    summary=st.lists(points, max_size=3).map(tuple),
    path=texts,
    line=st.integers(min_value=0),
    record=st.none() | records,
    group=st.none() | filled,
)

issues = st.builds(
    Issue,
    date=st.dates(datetime.date(1991, 8, 14), datetime.date(2099, 12, 31)),
    title=texts,
    language=st.sampled_from(["ko", "en", "ja", "zh", "pt-BR"]),
    papers=st.lists(papers, max_size=4).map(tuple),
)

archives = st.lists(issues, max_size=4, unique_by=lambda issue: issue.date)
"""Issues of different dates, in any order."""


# ---------------------------------------------------------------------------------------------- all that pydantic takes

languages = st.from_regex(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?", fullmatch=True)
any_urls = urls | st.from_regex(
    r"https?://(?:[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
    r"(?:[/?#](?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?",
    fullmatch=True,
)
any_ids = arxiv_ids | st.from_regex(r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z]+(?:-[a-z]+)*/[0-9]{7})", fullmatch=True)
any_dates = st.dates()

any_records = st.builds(
    Record,
    title=texts,
    authors=st.lists(authors, max_size=4).map(tuple),
    categories=st.lists(texts, max_size=3).map(tuple),
    abstract=st.none() | texts,
    doi=st.none() | texts,
    journal_ref=st.none() | texts,
    comment=st.none() | texts,
    published=st.none() | any_dates,
    updated=st.none() | any_dates,
)

any_papers = st.builds(
    Paper,
    arxiv_id=st.none() | any_ids,
    title=filled,
    url=st.none() | any_urls,
    votes=st.none() | st.integers(min_value=0),
    authors=st.lists(filled, max_size=5).map(tuple),
    authors_complete=st.booleans(),
    authors_ordered=st.booleans(),
    media=st.none() | st.builds(Media, kind=st.sampled_from(["image", "video"]), url=any_urls),
    summary=st.lists(points, max_size=3).map(tuple),
    path=texts,
    line=st.integers(min_value=0),
    record=st.none() | any_records,
    group=st.none() | filled,
)

any_archives = st.lists(
    st.builds(
        Issue, date=any_dates, title=texts, language=languages, papers=st.lists(any_papers, max_size=4).map(tuple)
    ),
    max_size=4,
    unique_by=lambda issue: issue.date,
)
"""Whatever pydantic admits, also what no parser of ours would make: the year 1, an id of month 99, names twice."""
