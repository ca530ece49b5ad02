"""Our subclass of ebooklib's writer, which owns what that gets wrong. Import this only where a book is written.

ebooklib parses each page three times and drops what it cannot parse; its nav document has no stylesheet and no
landmarks that stay hidden; its package document is slow, and its archives hold the time of day. Here its book is used,
and all files are written as they are.
"""

from functools import cache
from importlib.resources import files
from typing import IO

from ebooklib import epub

from .archive import Archive
from .chapter import picture_name
from .content import Content
from .document import STYLE
from .metadata import COVER_ID, metadata, modified
from .navigation import entries, landmarks, nav, ncx
from .package import package
from .pages import COVER_PICTURE, cover_page
from .plan import Plan

_XHTML, _JPEG = "application/xhtml+xml", "image/jpeg"
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

    def _write_opf(self) -> None:
        self.out.writestr(f"{self.book.FOLDER_NAME}/content.opf", package(self.book, self.options["mtime"]))

    def _write_items(self) -> None:
        for item in self.book.items:
            self.out.writestr(f"{self.book.FOLDER_NAME}/{item.file_name}", item.content)


def _book(plan: Plan, content: Content) -> epub.EpubBook:
    book = epub.EpubBook()
    _describe(book, plan, bool(content.pictures))
    toc = entries(plan)
    book.add_item(epub.EpubItem("ncx", "toc.ncx", "application/x-dtbncx+xml", ncx(plan, toc).encode()))
    book.add_item(epub.EpubItem("nav", "nav.xhtml", _XHTML, nav(plan, toc).encode()))
    book.add_item(epub.EpubItem("style", STYLE, "text/css", _style()))
    book.add_item(epub.EpubItem(COVER_ID, COVER_PICTURE, _JPEG, content.cover.full))
    pages = [cover_page(plan), *content.pages] if plan.cover_page else content.pages
    for place, page in enumerate(pages):
        book.spine.append(book.add_item(epub.EpubItem(f"p{place}", page.name, _XHTML, page.text.encode())))
    for stem, picture in content.pictures.items():
        book.add_item(epub.EpubItem(f"i{stem}", picture_name(stem), _JPEG, picture))
    book.guide = [{"type": _GUIDE[kind], "title": title, "href": name} for kind, title, name in landmarks(plan)]
    return book


def _describe(book: epub.EpubBook, plan: Plan, pictures: bool) -> None:
    book.metadata.clear()  # a random identifier, and the library's version as generator
    book.uid, book.title, book.language = plan.identifier, plan.title, plan.language
    for namespace, name, text, attributes in metadata(plan, pictures):
        book.add_metadata(namespace, name, text, attributes)


@cache
def _style() -> bytes:
    return files(__package__).joinpath(STYLE).read_bytes()
