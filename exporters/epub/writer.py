"""Our subclass of ebooklib's writer, which owns what that gets wrong. Import this only where a book is written.

ebooklib parses each page three times and drops what it cannot parse; its nav document has no stylesheet and no
landmarks that stay hidden; its archives hold the time of day. Here its book and its package document are used, and
all files are written as they are.
"""

from functools import cache
from importlib.resources import files
from typing import IO

from ebooklib import epub
from lxml.etree import _Element

from .archive import Archive
from .chapter import picture_name
from .content import Content
from .document import STYLE
from .metadata import COVER_ID, XML_LANG, metadata, modified
from .navigation import entries, landmarks, nav, ncx
from .pages import COVER_PICTURE, cover_page
from .plan import Plan

_XHTML = "application/xhtml+xml"
_GUIDE = {"cover": "cover", "toc": "toc", "bodymatter": "text"}
"""Types of landmarks, as the guide of EPUB 2 names them."""


def write(plan: Plan, content: Content, file: IO[bytes]) -> None:
    """Write a book."""
    _Writer(file, _book(plan, content), {"mtime": modified(plan)}).write()


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # ebooklib is untyped
    """Writes the same bytes for the same book, on any day."""

    def write(self) -> None:
        self.out = Archive(self.file_name)
        self.out.writestr("mimetype", "application/epub+zip")  # first: Kobo takes anything else for a protected book
        self._write_container()
        self._write_opf()
        self._write_items()
        self.out.close()

    def _write_opf_file(self, root: _Element) -> None:
        root.set(XML_LANG, self.book.language)
        del root.attrib["prefix"]  # of a vocabulary that no book uses
        super()._write_opf_file(root)

    def _write_items(self) -> None:
        for item in self.book.items:
            self.out.writestr(f"{self.book.FOLDER_NAME}/{item.file_name}", item.content)


def _book(plan: Plan, content: Content) -> epub.EpubBook:
    book = epub.EpubBook()
    _describe(book, plan, bool(content.pictures))
    toc = entries(plan)
    _add(book, epub.EpubNcx(), ncx(plan, toc).encode())
    _add(book, epub.EpubNav(), nav(plan, toc).encode())
    _add(book, epub.EpubItem("style", STYLE, "text/css"), _style())
    _add(book, epub.EpubCover(COVER_ID, COVER_PICTURE), content.cover.full)
    pages = [cover_page(plan), *content.pages] if plan.cover_page else content.pages
    for place, page in enumerate(pages):
        book.spine.append(_add(book, epub.EpubItem(f"p{place}", page.name, _XHTML), page.text.encode()))
    for stem, picture in content.pictures.items():
        _add(book, epub.EpubItem(f"i{stem}", picture_name(stem), "image/jpeg"), picture)
    book.guide = [{"type": _GUIDE[kind], "title": title, "href": name} for kind, title, name in landmarks(plan)]
    return book


def _add(book: epub.EpubBook, item: epub.EpubItem, content: bytes) -> epub.EpubItem:
    item.content = content
    return book.add_item(item)


def _describe(book: epub.EpubBook, plan: Plan, pictures: bool) -> None:
    book.metadata.clear()  # a random identifier, and the library's version as generator
    book.uid, book.title, book.language = plan.identifier, plan.title, plan.language
    for namespace, name, text, attributes in metadata(plan, pictures):
        book.add_metadata(namespace, name, text, attributes)


@cache
def _style() -> bytes:
    return files(__package__).joinpath(STYLE).read_bytes()
