"""EPUB books for e-readers: one a day, a week or a month."""

from collections.abc import Iterator
from datetime import date

from ...model import Issue
from ..contract.format import Output, Write, exporter, part_of
from ..series.books import COVER, EPUB, KINDLE, KOBO, THUMBNAIL, book_file
from .options import EpubOptions, Variant

_ENDINGS: dict[Variant, str] = {"epub": EPUB, "kindle": KINDLE, "kobo": KOBO}
_FILES = tuple(f"epub/{{series}}-{{part}}{ending}" for ending in (*_ENDINGS.values(), COVER, THUMBNAIL))


def _parts(options: EpubOptions, day: date) -> tuple[str, ...]:
    return tuple(part_of(period, day) for period in dict.fromkeys(options.periods))


def _embeds(options: EpubOptions) -> bool:
    return options.images == "embed"


def _keep(options: EpubOptions) -> int | None:
    return options.keep


@exporter(EpubOptions, files=_FILES, parts=_parts, pictures=_embeds, keep=_keep)
def export(options: EpubOptions, output: Output) -> Iterator[Write]:
    """EPUB books for e-readers: one a day, a week or a month.

    EPUB 3.3 with a drawn cover, tables of contents for old and new readers, a page of votes and authors, and a
    chapter for each paper.
    """
    issues: list[Issue] = []
    yield issues.append
    filled = [issue for issue in issues if issue.papers]
    if not filled:
        return
    from .content import for_kindle, make_content
    from .metadata import newest
    from .plan import plan_book
    from .revision import text_fingerprint
    from .writer import write

    plan = plan_book(output.series, output.part, filled)
    content = make_content(plan, options, output)
    text = text_fingerprint(plan, options.abstract, content.pictures)
    for variant in dict.fromkeys(options.variants):
        name = book_file(output.series, output.part, _ENDINGS[variant])
        modified = output.modified(name, text, newest(plan))
        shown = for_kindle(content, output) if variant == "kindle" else content
        with output.binary(name) as file:
            write(plan.in_variant(variant, options), shown, modified, file)
    if options.covers:
        for ending, picture in ((COVER, content.cover.full), (THUMBNAIL, content.cover.thumbnail)):
            with output.binary(book_file(output.series, output.part, ending)) as file:
                file.write(picture)
