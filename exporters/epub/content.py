"""What all variants of a book hold: its cover, its pages and its pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...model import Code, Diagnostic
from ..contract.format import Output
from .cover import Cover, draw_cover
from .options import EpubOptions
from .pages import Page, make_pages
from .pictures import BadPicture, shrink
from .plan import Chapter, Plan


@dataclass(frozen=True, slots=True)
class Content:
    """The parts of a book that its metadata and its tables of contents are put around."""

    cover: Cover
    pages: Sequence[Page]
    """In reading order, without the cover."""
    pictures: Mapping[str, bytes]
    """By the stem of their chapter."""


def make_content(plan: Plan, options: EpubOptions, output: Output) -> Content:
    """Draw, write and gather what a book holds, and report what could not be had."""
    reporter = _Reporter(output, _speaks(plan, options))
    pictures = _pictures(plan, options.grey, output, reporter) if options.images == "embed" else {}
    return Content(draw_cover(plan, reporter.lacking), make_pages(plan, pictures, options.abstract), pictures)


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


def _speaks(plan: Plan, options: EpubOptions) -> bool:
    """Return whether this book is the one to report: a paper's day, week and month would all say the same."""
    shortest = min(options.periods, key=("day", "week", "month").index)
    return plan.period == shortest


def _pictures(plan: Plan, grey: bool, output: Output, reporter: _Reporter) -> dict[str, bytes]:
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
