"""Books through ebooklib, which writes the package document, the NCX and the container.

Three of its methods are overridden, each for what it gets wrong. The navigation document is a page of ours: ebooklib's
marks no languages, has no heading that its `nav` is labelled by, and shows the landmarks as a second list.

Import this only where a book is written.
"""

import datetime
import zipfile
from functools import cache
from importlib.resources import files
from typing import IO, Any

from ebooklib import epub

from .chapter import picture_name
from .content import Content
from .document import STYLE
from .kobo import with_spans
from .metadata import COVER_ID, XML_LANG, metadata
from .navigation import ContentsLine, entries, landmarks, nav
from .pages import COVER_PICTURE, cover_page
from .plan import BookPlan

LEVEL = 3
"""Of zlib: against its default, 6, pages are 2 % larger in seven eighths of the time."""

_JPEG = "image/jpeg"
_GUIDE = {"cover": "cover", "toc": "toc", "bodymatter": "text"}
"""Types of landmarks, as the guide of EPUB 2 names them."""


def write(plan: BookPlan, content: Content, modified: datetime.datetime, file: IO[bytes]) -> None:
    """Write a book; `modified` says when its text changed last."""
    options = {"mtime": modified.astimezone(datetime.UTC), "play_order": {"enabled": True, "start_from": 1}}
    _Writer(file, _book(plan, content), options).write()


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # ebooklib is untyped
    def write(self) -> None:
        """Write the members as ebooklib's own method does, but into an archive without the time of day."""
        with _Archive(self.file_name, "w") as self.out:
            self.out.writestr("mimetype", "application/epub+zip")
            self._write_container()
            self._write_opf()
            self._write_items()

    def _write_opf_file(self, root: Any) -> None:
        """Write the package document with its language, which ebooklib leaves out: DAISY's Ace asks for it."""
        root.set(XML_LANG, self.book.language)
        super()._write_opf_file(root)


class _Archive(zipfile.ZipFile):
    """Members are dated 1980, the first year that ZIP knows: the same book has the same bytes on any day."""

    def writestr(self, name: str, data: str | bytes) -> None:  # type: ignore[override]  # as ebooklib calls it
        info = zipfile.ZipInfo(name)
        info.external_attr = 0o644 << 16
        # The mimetype is stored (EPUB 3.3, OCF section 4.3); JPEG gets no smaller.
        packed = name != "mimetype" and not name.endswith(".jpg")
        super().writestr(info, data, zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED, LEVEL)


class _Page(epub.EpubHtml):  # type: ignore[misc]  # ebooklib is untyped
    def get_content(self, default: object = None) -> bytes:
        """Return the page as it is.

        ebooklib parses it again as HTML, which moves what stands before the first element, and leaves a page empty
        that it cannot parse; it takes as long as all the rest.
        """
        return self.content  # type: ignore[no-any-return]


def _book(plan: BookPlan, content: Content) -> epub.EpubBook:
    book = epub.EpubBook()
    _describe(book, plan, bool(content.pictures))
    toc = entries(plan)
    book.add_item(epub.EpubNcx())
    navigation = book.add_item(_page("nav", "nav.xhtml", nav(plan, toc)))
    navigation.properties.append("nav")
    book.add_item(epub.EpubItem("style", STYLE, "text/css", _style()))
    book.add_item(epub.EpubCover(COVER_ID, COVER_PICTURE)).set_content(content.cover.full)
    pages = [cover_page(plan), *content.pages] if plan.cover_page else content.pages
    shown = with_spans if plan.variant == "kobo" else str
    book.spine = [book.add_item(_page(f"p{place}", page.name, shown(page.text))) for place, page in enumerate(pages)]
    if plan.cover_page:
        book.spine[0].properties.append("svg")
    for stem, picture in content.pictures.items():
        book.add_item(epub.EpubItem(f"i{stem}", picture_name(stem), _JPEG, picture))
    book.toc = [_toc(entry) for entry in toc]
    book.guide = [{"type": _GUIDE[kind], "title": title, "href": name} for kind, title, name in landmarks(plan)]
    return book


def _describe(book: epub.EpubBook, plan: BookPlan, pictures: bool) -> None:
    book.metadata.clear()  # a random identifier, and the library's version as generator
    book.uid, book.title, book.language = plan.identifier, plan.title, plan.language
    for namespace, name, text, attributes in metadata(plan, pictures):
        book.add_metadata(namespace, name, text, attributes)
    book.set_template("ncx", _NCX.format(plan.language).encode())


_NCX = '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="{}"/>'
"""ebooklib's, with the language."""


def _page(identifier: str, name: str, text: str) -> _Page:
    return _Page(identifier, name, "application/xhtml+xml", text.encode())


def _toc(entry: ContentsLine) -> object:
    """Return a line of the table of contents as ebooklib's NCX takes it."""
    if entry.inside:
        return epub.Section(entry.title, entry.name), [_toc(inside) for inside in entry.inside]
    return epub.Link(entry.name, entry.title, f"toc-{entry.name.removesuffix('.xhtml')}")


@cache
def _style() -> bytes:
    return files(__package__).joinpath(STYLE).read_bytes()
