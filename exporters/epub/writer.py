"""Our subclasses of ebooklib's builder, which own what it gets wrong. Import this only where a book is written.

ebooklib parses each page three times and drops what it cannot parse, writes the day's clock into the archive, and its
nav document has no landmarks that stay hidden and no stylesheet.
"""

import zipfile
from functools import cache
from importlib.resources import files
from typing import IO

from ebooklib import epub

from .content import Content
from .metadata import COVER_ID, author, metadata, modified
from .navigation import landmarks, nav, ncx
from .pages import COVER_PICTURE, STYLE, Page, cover_page, picture_name
from .plan import Plan

_XHTML = "application/xhtml+xml"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_GUIDE = {"cover": "cover", "toc": "toc", "bodymatter": "text"}
"""Types of landmarks, as the guide of EPUB 2 names them."""


def write(plan: Plan, content: Content, file: IO[bytes]) -> None:
    """Write a book to a file that can seek."""
    _Writer(file, _book(plan, content), {"mtime": modified(plan)}).write()


class _Html(epub.EpubHtml):  # type: ignore[misc]  # ebooklib is untyped
    """A page whose content is final: nothing parses it again."""

    def __init__(self, uid: str, page: Page) -> None:
        super().__init__(uid, page.name, _XHTML, page.text.encode(), page.title)

    def get_content(self, default: object = None) -> bytes:
        return bytes(self.content)


class _Nav(epub.EpubNav):  # type: ignore[misc]
    """The nav document, written by us."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title=title)
        self.content = text.encode()


class _Archive(zipfile.ZipFile):
    """An archive without clock: every member has the same date, and no extra field."""

    def writestr(  # type: ignore[override]  # ebooklib gives names, and a type for mimetype only
        self, name: str, data: str | bytes, compress_type: int | None = None
    ) -> None:
        info = zipfile.ZipInfo(name, _EPOCH)
        stored = compress_type == zipfile.ZIP_STORED or name.endswith(".jpg")  # which does not get smaller
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        info.create_system = 3
        super().writestr(info, data, compresslevel=self.compresslevel)


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    """Writes the same bytes for the same book, on any day and machine."""

    def write(self) -> None:
        with _Archive(self.file_name, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as self.out:
            # First and stored: Kobo takes anything else for a protected book.
            self.out.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()

    def _write_opf_file(self, root: object) -> None:
        root.set(_XML_LANG, self.book.language)  # type: ignore[attr-defined]
        super()._write_opf_file(root)

    def _get_nav(self, item: _Nav) -> bytes:
        return bytes(item.content)

    def _get_ncx(self) -> bytes:
        return bytes(self.book.get_item_with_id("ncx").content)


def _book(plan: Plan, content: Content) -> epub.EpubBook:
    book = epub.EpubBook()
    _describe(book, plan, bool(content.pictures))
    pages = [cover_page(plan), *content.pages] if plan.cover_page else content.pages
    book.add_item(_ncx(plan))
    book.add_item(_Nav(plan.title, nav(plan)))
    book.add_item(epub.EpubItem("style", STYLE, "text/css", _style()))
    book.add_item(_cover(content.cover))
    book.spine = [book.add_item(_Html(f"p{place}", page)) for place, page in enumerate(pages)]
    for stem, picture in content.pictures.items():
        book.add_item(epub.EpubItem(f"i{stem}", picture_name(stem), "image/jpeg", picture))
    book.guide = [{"type": _GUIDE[kind], "title": title, "href": name} for kind, title, name in landmarks(plan)]
    return book


def _ncx(plan: Plan) -> epub.EpubNcx:
    item = epub.EpubNcx()
    item.content = ncx(plan, author(plan.series)).encode()
    return item


def _cover(picture: bytes) -> epub.EpubCover:
    item = epub.EpubCover(COVER_ID, COVER_PICTURE)
    item.content = picture
    return item


def _describe(book: epub.EpubBook, plan: Plan, pictures: bool) -> None:
    book.metadata.clear()  # a random identifier, and the library's version as generator
    book.uid, book.title, book.language = plan.identifier, plan.title, plan.language
    for namespace, name, text, attributes in metadata(plan, pictures):
        book.add_metadata(namespace, name, text, attributes)


@cache
def _style() -> bytes:
    return files(__package__).joinpath(STYLE).read_bytes()
