"""Files for Kobo's own reader: every sentence in a span of its own, and nothing else changed."""

import re

from lxml import etree
from paperround.exporters.epub.kobo import with_spans
from paperround.model import Point

from .book_cases import XHTML, an_issue, books, members

PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head><body>
<h1>One. Two</h1>
<ul><li><strong>Lead</strong>: first! Second<ul><li>이것은 문장이다. 다음</li></ul>behind</li></ul>
<p>文。句。<a href="x.xhtml">link</a> <img src="a.jpg" alt="b"/></p>
</body></html>"""


def spans(page: str) -> list[tuple[str | None, str | None]]:
    found = etree.fromstring(page.encode()).iter(f"{XHTML}span")
    return [(span.get("id"), span.text) for span in found if span.get("class") == "koboSpan"]


def test_each_sentence_has_a_span_numbered_by_paragraph() -> None:
    assert [text for _, text in spans(with_spans(PAGE))] == [
        *("One. ", "Two", "Lead", ": first! ", "Second", "이것은 문장이다. ", "다음", "behind", "文。", "句。", "link")
    ]
    numbers = [str(number) for number, _ in spans(with_spans(PAGE))]
    assert numbers[:2] == ["kobo.1.1", "kobo.1.2"]
    assert len(set(numbers)) == len(numbers)


def test_nothing_but_spans_and_divisions_is_added() -> None:
    page = with_spans(PAGE)
    bare = re.sub(r'</?span[^>]*>|<div id="book-(?:columns|inner)">|</div>', "", page)
    assert re.sub(r"\s+", "", bare) == re.sub(r"\s+", "", PAGE)
    body = etree.fromstring(page.encode()).find(f"{XHTML}body")
    assert body is not None
    assert [child.get("id") for child in (body[0], body[0][0])] == ["book-columns", "book-inner"]


def test_a_kobo_file_is_the_book_with_spans() -> None:
    found = books([an_issue()], variants=["kobo", "epub"])
    kobo, epub = (members(found[f"epub/daily-papers-2024-05-03{end}"]) for end in (".kepub.epub", ".epub"))
    assert kobo.keys() == epub.keys()
    assert kobo["EPUB/nav.xhtml"] == epub["EPUB/nav.xhtml"]
    assert kobo["EPUB/content.opf"] != epub["EPUB/content.opf"], "an identifier of its own"
    for name in ("EPUB/20240503-01.xhtml", "EPUB/contents.xhtml"):
        assert kobo[name].decode() == with_spans(epub[name].decode())
        assert spans(kobo[name].decode())


def test_a_long_text_takes_time_in_proportion() -> None:
    issue = an_issue()
    paper = issue.papers[1].model_copy(update={"summary": (Point(text="word " * 40_000),)})
    found = books([issue.model_copy(update={"papers": (paper,)})], variants=["kobo"])
    assert max(map(len, members(*found.values()).values())) < 300_000
