"""What Kobo's own reader wants of a book, for the pages left in a chapter, its statistics and its highlights.

Kobo finds places by spans around sentences, numbered by paragraph and sentence, inside two divisions. Kobo does not say
so anywhere; it is what its shop's books have, and what kepubify (pgaskin/kepubify, kepub/transform.go) makes.
"""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

_XHTML = "{http://www.w3.org/1999/xhtml}"
_SPAN, _DIV = f"{_XHTML}span", f"{_XHTML}div"
_PARAGRAPHS = {f"{_XHTML}{name}" for name in ("p", "li", "h1", "h2", "figure", "ul", "ol")}
_LEFT = {"{http://www.w3.org/2000/svg}svg", f"{_XHTML}img"}
_SENTENCE = re.compile(r".+?(?:[.!?…]['\"”’)]*\s+|[。！？]|$)", re.DOTALL)


def with_spans(page: str) -> str:
    """Return a page with Kobo's spans and divisions."""
    root = etree.fromstring(page.encode())
    body = root.find(f"{_XHTML}body")
    if body is not None:
        _Spans().wrap(body)
        inner = etree.Element(_DIV, id="book-inner")
        inner.extend(list(body))
        etree.SubElement(body, _DIV, id="book-columns").append(inner)
    written = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{written}\n'


class _Spans:
    """Numbers the spans of a page."""

    def __init__(self) -> None:
        self._paragraph = self._sentence = 0

    def wrap(self, element: _Element) -> None:
        """Put spans around the sentences in an element, where none of its own is around them yet."""
        if element.tag in _PARAGRAPHS:
            self._paragraph += 1
            self._sentence = 0
        children = list(element)
        spans = self._spans(element.text)
        if spans:
            element.text = None
        for child in children:
            if child.tag not in _LEFT:
                self.wrap(child)
            spans.append(child)
            if following := self._spans(child.tail):
                child.tail = None
                spans += following
        element[:] = spans

    def _spans(self, text: str | None) -> list[_Element]:
        return list(self._each(text)) if text and text.strip() else []

    def _each(self, text: str) -> Iterator[_Element]:
        for sentence in _SENTENCE.findall(text):
            self._sentence += 1
            span = etree.Element(_SPAN, {"class": "koboSpan", "id": f"kobo.{self._paragraph}.{self._sentence}"})
            span.text = sentence
            yield span
