"""Our subclass of ebooklib's writer, which owns what that gets wrong. Import this only where a book is written.

ebooklib parses each page three times and drops what it cannot parse; its nav document has no stylesheet and no
landmarks that stay hidden; its archives hold the time of day. Here its book and its package document are used, and
all files are written as they are.
"""

import zipfile
import zlib
from functools import cache
from importlib.resources import files
from typing import IO

from ebooklib import epub
from lxml.etree import _Element

from ..books import book_author
from .chapter import picture_name
from .content import Content
from .document import STYLE
from .metadata import COVER_ID, XML_LANG, metadata, modified
from .navigation import landmarks, nav, ncx
from .pages import COVER_PICTURE, cover_page
from .plan import Plan

_XHTML = "application/xhtml+xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 3
"""Of zlib: against its default, 6, pages are 4 % larger in three quarters of the time."""
_GUIDE = {"cover": "cover", "toc": "toc", "bodymatter": "text"}
"""Types of landmarks, as the guide of EPUB 2 names them."""


def write(plan: Plan, content: Content, file: IO[bytes]) -> None:
    """Write a book to a file that can seek."""
    _Writer(file, _book(plan, content), {"mtime": modified(plan)}).write()


class _Archive(zipfile.ZipFile):
    """An archive without clock: every member has the same date, and no extra field.

    A member is written in one piece, which zipfile would open, write, close and go back to for its header.
    """

    def writestr(  # type: ignore[override]  # ebooklib gives names, and a type for mimetype only
        self, name: str, data: str | bytes, compress_type: int | None = None
    ) -> None:
        data = data.encode() if isinstance(data, str) else data
        stored = compress_type == zipfile.ZIP_STORED or name.endswith(".jpg")  # which does not get smaller
        info = zipfile.ZipInfo(name, _EPOCH)
        info.external_attr = 0o644 << 16
        info.create_system = 3
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        packed = data if stored else zlib.compress(data, _LEVEL, -zlib.MAX_WBITS)
        info.CRC, info.file_size, info.compress_size = zlib.crc32(data), len(data), len(packed)
        info.header_offset = self.start_dir
        self.start_dir += self.fp.write(info.FileHeader(False) + packed)  # type: ignore[union-attr]  # None once closed
        self.filelist.append(info)
        self.NameToInfo[name] = info


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # ebooklib is untyped
    """Writes the same bytes for the same book, on any day."""

    def write(self) -> None:
        with _Archive(self.file_name, "w") as self.out:
            # First and stored: Kobo takes anything else for a protected book.
            self.out.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()

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
    _add(book, epub.EpubNcx(), ncx(plan, book_author(plan.series)).encode())
    _add(book, epub.EpubNav(), nav(plan).encode())
    _add(book, epub.EpubItem("style", STYLE, "text/css"), _style())
    _add(book, epub.EpubCover(COVER_ID, COVER_PICTURE), content.cover.full)
    pages = [cover_page(plan), *content.pages] if plan.cover_page else content.pages
    for place, page in enumerate(pages):
        book.spine.append(_add(book, epub.EpubHtml(f"p{place}", page.name, _XHTML), page.text.encode()))
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
