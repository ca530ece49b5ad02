"""What all variants of a book hold: its cover, its pages and its pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ...model import Code, Diagnostic
from ..contract.format import Output
from .cover import Cover, draw_cover
from .options import EpubOptions
from .pages import BookPage, make_pages
from .pictures import BadPicture, shrink, smaller
from .plan import BookPlan, Chapter

KINDLE_MOST = 50_000_000
"""Bytes of a file that Amazon takes by e-mail."""
_PACKED = 2
"""How many times smaller pages get at least."""
_LEAST = 8_000
"""Bytes below which a picture shows nothing any more."""


@dataclass(frozen=True, slots=True)
class Content:
    """The parts of a book that its metadata and its tables of contents are put around."""

    cover: Cover
    pages: Sequence[BookPage]
    """In reading order, without the cover."""
    pictures: Mapping[str, bytes]
    """By the stem of their chapter."""


def make_content(plan: BookPlan, options: EpubOptions, output: Output) -> Content:
    """Draw, write and gather what a book holds, and report what could not be had."""
    reporter = _Reporter(output, _speaks(plan, options))
    pictures = _pictures(plan, options.grey, output, reporter) if options.images == "embed" else {}
    return Content(draw_cover(plan, reporter.lacking), make_pages(plan, pictures, options.abstract), pictures)


def for_kindle(content: Content, output: Output) -> Content:
    """Return what a kindle file holds: pictures small enough for Send to Kindle, which takes no larger files.

    Reports a book that is too large all the same.
    """
    pages = sum(len(page.text.encode()) for page in content.pages) // _PACKED
    room = KINDLE_MOST - pages - len(content.cover.full)
    taken = sum(map(len, content.pictures.values()))
    if taken <= room:
        return content
    share = max(room, 0) / max(taken, 1)
    pictures = {stem: smaller(data, max(int(share * len(data)), _LEAST)) for stem, data in content.pictures.items()}
    if sum(map(len, pictures.values())) > room:
        message = (
            f"the kindle file of {output.part} is over {KINDLE_MOST / 1e6:g} MB, which Send to Kindle does not take; "
            "make books of shorter periods, or leave pictures out"
        )
        output.report(Diagnostic("", 0, Code.BOOK_TOO_LARGE, message))
    return replace(content, pictures=pictures)


@dataclass(frozen=True)
class _Reporter:
    output: Output
    speaks: bool

    def lacking(self, chapter: Chapter | None, characters: str) -> None:
        whose = "a title" if chapter else "the series' title"
        how = f"{whose} without {characters!r}, which its fonts lack"
        if any(map(str.isalnum, characters)):
            how = f"another {'title' if chapter else 'name'} for {whose} with {characters!r}, which its fonts lack"
        self.tell(chapter, Code.MISSING_GLYPH, f"the cover shows {how}")

    def tell(self, chapter: Chapter | None, code: Code, message: str) -> None:
        if self.speaks:
            place = (chapter.paper.path, chapter.paper.line) if chapter else ("", 0)
            self.output.report(Diagnostic(*place, code, message))


def _speaks(plan: BookPlan, options: EpubOptions) -> bool:
    """Return whether this book is the one to report: a paper's day, week and month would all say the same."""
    shortest = min(options.periods, key=("day", "week", "month").index)
    return plan.period == shortest


def _pictures(plan: BookPlan, grey: bool, output: Output, reporter: _Reporter) -> dict[str, bytes]:
    found = {}
    for chapter in plan.chapters:
        if chapter.paper.media and chapter.paper.media.kind == "image":
            url = chapter.paper.media.url
            if data := output.picture(url):  # what is not there, the run has told
                try:
                    found[chapter.stem] = shrink(data, grey)
                except BadPicture as error:
                    reporter.tell(chapter, Code.ODD_PICTURE, f"{url}: {error}; the book links to it")
    return found
