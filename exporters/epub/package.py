"""The package document (EPUB 3.3, section 5) of ebooklib's book, byte for byte as ebooklib writes it.

ebooklib makes an element of every line first, which takes five times as long.
"""

import datetime
from collections.abc import Iterator, Mapping
from html import escape
from typing import Protocol

from .metadata import COVER_ID, XML_LANG

_PREFIXES = {"http://purl.org/dc/elements/1.1/": "dc:", None: ""}
_NAMES = {XML_LANG: "xml:lang"}
_PROPERTIES = {"nav": ' properties="nav"', COVER_ID: ' properties="cover-image"'}


class Item(Protocol):
    """A file of the book, as ebooklib describes it."""

    id: str
    file_name: str
    media_type: str


class Book(Protocol):
    """What ebooklib's book holds for its package document."""

    language: str
    items: list[Item]
    spine: list[Item]
    guide: list[dict[str, str]]
    metadata: Mapping[str | None, Mapping[str, list[tuple[str | None, Mapping[str, str]]]]]
    """(text, attributes) by namespace and name."""


def package(book: Book, modified: datetime.datetime) -> str:
    """Return the whole document."""
    manifest = [
        f'    <item href="{item.file_name}" id="{item.id}" media-type="{item.media_type}"'
        f"{_PROPERTIES.get(item.id, '')}/>\n"
        for item in book.items
    ]
    spine = [f'    <itemref idref="{item.id}"/>\n' for item in book.spine]
    guide = [f"    <reference{_attributes(reference)}/>\n" for reference in book.guide]
    return f"""<?xml version='1.0' encoding='utf-8'?>
<package xmlns="http://www.idpf.org/2007/opf" unique-identifier="id" version="3.0" xml:lang="{book.language}">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
    <meta property="dcterms:modified">{modified:%Y-%m-%dT%H:%M:%SZ}</meta>
{"".join(_metadata(book))}  </metadata>
  <manifest>
{"".join(manifest)}  </manifest>
  <spine toc="ncx">
{"".join(spine)}  </spine>
  <guide>
{"".join(guide)}  </guide>
</package>
"""


def _metadata(book: Book) -> Iterator[str]:
    for namespace, named in book.metadata.items():
        prefix = _PREFIXES[namespace]
        for name, values in named.items():
            tag = prefix + name
            for text, attributes in values:
                inside = "/>" if text is None else f">{escape(text, quote=False)}</{tag}>"
                yield f"    <{tag}{_attributes(attributes)}{inside}\n"


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join([f' {_NAMES.get(name, name)}="{_quoted(value)}"' for name, value in attributes.items()])


def _quoted(value: str) -> str:
    return escape(value, quote=False).replace('"', "&quot;")
