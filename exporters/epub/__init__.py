"""EPUB books for e-readers: one a day, a week or a month."""

from collections.abc import Iterator
from datetime import date

from ...model import Issue
from ..contract import Output, Write, exporter, part_of
from .options import EpubOptions

_FILES = {"epub": "epub/{series}-{part}.epub", "kindle": "epub/{series}-{part}-kindle.epub"}


def _parts(options: EpubOptions, day: date) -> tuple[str, ...]:
    return tuple(part_of(period, day) for period in dict.fromkeys(options.periods))


def _embeds(options: EpubOptions) -> bool:
    return options.images == "embed"


@exporter(EpubOptions, files=tuple(_FILES.values()), parts=_parts, pictures=_embeds)
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
    from .content import make_content
    from .plan import plan_book
    from .writer import write

    plan = plan_book(output.series, output.part, filled)
    content = make_content(plan, options, output)
    for variant in dict.fromkeys(options.variants):
        with output.binary(_FILES[variant].format(series=output.series.id, part=output.part)) as file:
            write(plan.in_variant(variant, options), content, file)
