"""OPDS 2.0: JSON feeds of the Readium Web Publication Manifest's objects."""

import json
from collections.abc import Iterable, Iterator, Mapping

from ..series.identity import ARXIV_SCHEME
from .catalogue import CatalogueFeed, Group, Shortcut
from .shelf import Book, BookFile

EXTENSION = "json"

_CATALOGUE = "application/opds+json"
_JSON = json.JSONEncoder(ensure_ascii=False)


def write(document: CatalogueFeed) -> Iterator[bytes]:
    """Yield a document as an OPDS Catalog Feed: its head with a shortcut a line, its books page by page, its end."""
    role = "publications" if document.books else "navigation"
    metadata = {
        "title": document.title,
        "identifier": document.id,
        "modified": document.updated.isoformat(),
        "numberOfItems": len(document.books) if document.complete else None,
    }
    links = [_link(document, link.relation, link.stem) for link in document.links]
    head = _JSON.encode({"metadata": _known(metadata), "links": links})
    yield f'{head[:-1]}, "{role}": [\n{_lines(_shortcut(document, each) for each in document.shortcuts)}'.encode()
    before = ""
    for books in document.pages:
        yield (before + _lines(_book(document, book) for book in books)).encode()
        before = ",\n"
    yield f"\n]{_group(document, document.group) if document.group else ''}}}\n".encode()


def _group(document: CatalogueFeed, group: Group) -> str:
    """Return a row of books for the first page (section 2.2), which readers show with their covers."""
    links = [_link(document, "self", group.stem)]
    head = _JSON.encode({"metadata": {"title": group.title}, "links": links})
    return f', "groups": [{head[:-1]}, "publications": [\n{_lines(_book(document, book) for book in group.books)}\n]}}]'


def _lines(items: Iterable[Mapping[str, object]]) -> str:
    return ",\n".join(map(_JSON.encode, items))


def _shortcut(document: CatalogueFeed, shortcut: Shortcut) -> dict[str, object]:
    link = _link(document, shortcut.link.relation, shortcut.link.stem)
    return link | {"title": shortcut.title, "properties": {"numberOfItems": shortcut.books}}


def _book(document: CatalogueFeed, book: Book) -> dict[str, object]:
    metadata = {
        "@type": "http://schema.org/Book",
        "title": book.title,
        "identifier": book.identifier,
        "author": book.author,
        "publisher": book.publisher,
        "language": book.language,
        "published": book.issued.isoformat(),
        "modified": book.updated.isoformat(),
        "description": book.description,
        "subject": [{"name": subject, "code": subject, "scheme": ARXIV_SCHEME} for subject in book.subjects],
        "belongsTo": {"series": {"name": book.series, "position": book.position}},
    }
    links = [_file(document, file) for file in book.files if not file.is_picture]
    images = [_file(document, file) for file in book.files if file.is_picture]
    return _known({"metadata": _known(metadata), "links": links, "images": images})


def _link(document: CatalogueFeed, relation: str, stem: str) -> dict[str, object]:
    return {"rel": relation, "href": document.href(f"{stem}.{EXTENSION}"), "type": _CATALOGUE}


def _file(document: CatalogueFeed, file: BookFile) -> dict[str, object]:
    # Pictures, too, have a relation: KOReader and Thorium tell the thumbnail by it.
    return _known({"rel": file.relation, "href": document.href(file.name), "type": file.type, "title": file.title})


def _known(values: Mapping[str, object]) -> dict[str, object]:
    """Leave out what is not known: blank values should not be there (section 5.2)."""
    return {name: value for name, value in values.items() if value}
