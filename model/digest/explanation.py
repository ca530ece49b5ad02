"""How a document was read, for the person who wrote it: where its papers were found, and what says their dates."""

from collections import Counter
from collections.abc import Iterator

from .. import dates
from ..diagnostics import silence
from ..text import plural
from . import DigestReader, dated_places, places, until_end
from .blocks import SUMMARY_LEVEL
from .mending import mended
from .repair import cleaned
from .shapes import shaped

_LONGEST = 60
_KINDS = {"row": "row of a table", "item": "item of a list"}


def explain(text: str, path: str) -> Iterator[str]:
    """Yield sentences on where the papers of a document stand, which columns they have, and what says their dates."""
    document = DigestReader(mended(*cleaned(text, 1, silence)), path, silence)
    found = list(_sections(document)) if document.days else [places.find(shaped(document.blocks), daily=False)]
    papers = [place for section in found for place in section.places]
    if not papers:
        yield "papers: none"
        return
    levels = {block.at: block.level for block in document.blocks if block.kind == "heading"}
    kinds = Counter(_KINDS.get(place.kind) or _heading_kind(levels.get(place.at, 3)) for place in papers)
    yield f"papers: {', '.join(f'{count:,} × {kind}' for kind, count in kinds.most_common())}"
    columns = next((place.cells for place in papers if place.cells), ())
    if columns:
        yield "columns: " + ", ".join(f"{_quoted(head)} is {name or 'text'}" for name, head, _ in columns)
    if groups := sorted({place.group for place in papers if place.group}):
        yield f"groups: {plural(len(groups), 'heading')}, such as {_quoted(groups[0])}"
    dated = dated_places(papers)
    sources = [_date_source(document, place, dated) for place in papers]
    examples = {source: example for source, example in reversed(sources) if example}
    counts = Counter(source for source, _ in sources).most_common()
    parts = (f"{count:,} from {source}{examples.get(source, '')}" for source, count in counts)
    yield f"dates: {', '.join(parts)}"


def _sections(document: DigestReader) -> Iterator[places.Found]:
    for start, end in zip(document.days, [*document.days[1:], len(document.blocks)], strict=True):
        level = document.blocks[start].level
        inside, _ = until_end(document.blocks[start + 1 : end], level)
        yield places.find(inside, daily=True, above=level)


def _date_source(document: DigestReader, place: places.Place, dated: dates.Dated) -> tuple[str, str]:
    """Return what dates a paper, and an example of it."""
    if document.days:
        return "Daily Papers headings", f" such as {_quoted(document.blocks[document.days[0]].text)}"
    _, source = document.date_of(place, dated)
    return source, f" such as {_quoted(place.when.title)}" if place.when and place.when.title else ""


def _heading_kind(level: int) -> str:
    return f"heading of level {level}" if level < SUMMARY_LEVEL else "<summary>, or title in bold or in a field"


def _quoted(text: str) -> str:
    return repr(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
