"""OPDS 1.2: Atom feeds. Importing this module imports lxml: import it where a document is written."""

from collections.abc import Iterator

from lxml.etree import Element, SubElement, _Element, tostring

from ..series.identity import ARXIV_SCHEME
from .catalogue import CatalogueFeed, Shortcut, is_navigation
from .shelf import Book, BookFile

EXTENSION = "xml"

_ATOM = "{http://www.w3.org/2005/Atom}"
_DC = "{http://purl.org/dc/terms/}"
_HISTORY = "{http://purl.org/syndication/history/1.0}"
_SCHEMA = "{http://schema.org}"  # without a slash at its end: what Thorium looks for
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

_CATALOGUE = "application/atom+xml;profile=opds-catalog;kind="


def write(document: CatalogueFeed) -> Iterator[bytes]:
    """Yield a document as an OPDS Catalog Feed Document: its head, its books page by page, its end."""
    feed = _feed(document)
    _text(feed, f"{_ATOM}id", document.id)
    _text(feed, f"{_ATOM}title", document.title)
    _text(feed, f"{_ATOM}updated", document.updated.isoformat())
    _author(feed, document.author)
    _text(feed, f"{_ATOM}icon", document.series.icon)
    for link in document.links:
        _link(feed, document, link.relation, link.stem)
    if document.complete:
        SubElement(feed, f"{_HISTORY}complete")
    for shortcut in document.shortcuts:
        _shortcut(SubElement(feed, f"{_ATOM}entry"), document, shortcut)
    opening, inside, end = _written(feed)
    # Double quotes: KOReader's scanner knows no others, and reads on to the next one.
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n' + opening + inside
    for books in document.pages:
        feed = _feed(document)
        for book in books:
            _book(SubElement(feed, f"{_ATOM}entry"), document, book)
        yield _written(feed)[1]
    yield end


def _feed(document: CatalogueFeed) -> _Element:
    return Element(f"{_ATOM}feed", {_LANGUAGE: document.language}, _namespaces(document))


def _written(feed: _Element) -> tuple[bytes, bytes, bytes]:
    """Return a feed's first line, what stands in it, and its last line."""
    opening, inside = tostring(feed, encoding="UTF-8", pretty_print=True).split(b"\n", 1)
    end = inside.rindex(b"<")
    return opening + b"\n", inside[:end], inside[end:]


def _namespaces(document: CatalogueFeed) -> dict[str, str]:
    used: dict[str, str] = {None: _ATOM}  # type: ignore[dict-item]  # lxml's stubs know no default namespace
    if document.books:
        used |= {"dc": _DC, "schema": _SCHEMA}
    if document.complete:
        used["fh"] = _HISTORY
    return {prefix: namespace.strip("{}") for prefix, namespace in used.items()}


def _shortcut(entry: _Element, document: CatalogueFeed, shortcut: Shortcut) -> None:
    _text(entry, f"{_ATOM}id", shortcut.id)
    _text(entry, f"{_ATOM}title", shortcut.title)
    _text(entry, f"{_ATOM}updated", shortcut.updated.isoformat())
    _text(entry, f"{_ATOM}content", shortcut.about, type="text")
    _link(entry, document, shortcut.link.relation, shortcut.link.stem)


def _book(entry: _Element, document: CatalogueFeed, book: Book) -> None:
    """Fill a complete catalogue entry; there are no partial ones, which would need a document for each book."""
    _text(entry, f"{_ATOM}id", book.id)
    _text(entry, f"{_ATOM}title", book.title)
    _text(entry, f"{_ATOM}updated", book.updated.isoformat())
    _author(entry, book.author)
    _text(entry, f"{_DC}identifier", book.identifier)
    _text(entry, f"{_DC}language", book.language)
    _text(entry, f"{_DC}publisher", book.publisher)
    _text(entry, f"{_DC}issued", book.issued.isoformat())
    _text(entry, f"{_ATOM}rights", book.rights)
    for subject in book.subjects:
        SubElement(entry, f"{_ATOM}category", term=subject, scheme=ARXIV_SCHEME)
    SubElement(entry, f"{_SCHEMA}Series", {f"{_SCHEMA}name": book.series, f"{_SCHEMA}position": f"{book.position}"})
    # Not a summary: Atom wants content in an entry that has no page of its own.
    _text(entry, f"{_ATOM}content", book.description, type="text")
    for file in book.files:
        _file(entry, document, file)


def _file(entry: _Element, document: CatalogueFeed, file: BookFile) -> None:
    link = {"rel": file.relation, "href": document.href(file.name), "type": file.type, "length": f"{file.length}"}
    SubElement(entry, f"{_ATOM}link", link | ({"title": file.title} if file.title else {}))


def _link(parent: _Element, document: CatalogueFeed, relation: str, stem: str) -> None:
    media_type = _CATALOGUE + ("navigation" if is_navigation(stem) else "acquisition")
    SubElement(parent, f"{_ATOM}link", rel=relation, href=document.href(f"{stem}.{EXTENSION}"), type=media_type)


def _author(parent: _Element, name: str) -> None:
    _text(SubElement(parent, f"{_ATOM}author"), f"{_ATOM}name", name)


def _text(parent: _Element, tag: str, text: str | None, **attributes: str) -> None:
    if text:
        SubElement(parent, tag, attributes).text = text
