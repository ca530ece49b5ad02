"""What the package document says about a book."""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence

from ..series.books import TITLES, book_author, book_description, book_subjects, series_name, series_position
from ..series.identity import issue_time, series_uuid
from .plan import BookPlan, Chapter

Meta = tuple[str | None, str, str | None, dict[str, str]]
"""(ebooklib's name of the namespace, element, text, attributes)."""

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
COVER_ID = "cover-picture"

_EARLIEST = datetime.date(1000, 1, 2)
"""Before it, in some offset, the year has no four digits, which EPUBCheck wants."""


def newest(plan: BookPlan) -> datetime.datetime:
    """Return the moment when the newest issue's day began."""
    return issue_time(plan.series, max(plan.days[-1].date, _EARLIEST)).astimezone(datetime.UTC)


def metadata(plan: BookPlan, pictures: bool) -> Iterator[Meta]:
    """Yield all metadata but dcterms:modified, in the order of EPUB 3.3, section 5.5."""
    yield from _dublin_core(plan)
    yield None, "meta", None, {"name": "cover", "content": COVER_ID}  # EPUB 2's way, which many devices still want
    yield from _series(plan)
    yield from _accessibility(plan, pictures)


def _dublin_core(plan: BookPlan) -> Iterator[Meta]:
    spoken = {XML_LANG: plan.language}
    yield "DC", "identifier", plan.identifier, {"id": "id"}
    yield "DC", "title", plan.title, spoken
    yield "DC", "language", plan.shelf_language or plan.language, {}
    yield "DC", "creator", book_author(plan.series), {"id": "creator", **spoken}
    yield "DC", "date", plan.days[0].date.isoformat(), {}
    yield "DC", "description", _description(plan.language, plan.chapters), spoken
    if plan.series.publisher:
        yield "DC", "publisher", plan.series.publisher, spoken
    if plan.series.rights:
        yield "DC", "rights", plan.series.rights, spoken
    for subject in book_subjects(_categories(plan.chapters)):
        yield "DC", "subject", subject, {}
    # calibre would sort "Daily Papers" under P.
    yield _refining("creator", "file-as", book_author(plan.series))


def _series(plan: BookPlan) -> Iterator[Meta]:
    """Name the series twice: as EPUB 3 has it, and as calibre and KOReader read it from all books."""
    name, position = series_name(plan.series, plan.period), f"{series_position(plan.period, plan.part)}"
    yield None, "meta", name, {"property": "belongs-to-collection", "id": "series"}
    yield _refining("series", "collection-type", "series")
    yield _refining("series", "group-position", position)
    yield _refining("series", "dcterms:identifier", series_uuid(plan.series, f"{plan.period} books"))
    yield None, "meta", None, {"name": "calibre:series", "content": name}
    yield None, "meta", None, {"name": "calibre:series_index", "content": position}


def _accessibility(plan: BookPlan, pictures: bool) -> Iterator[Meta]:
    """Say what EPUB Accessibility 1.1 asks for, section 2; no conformance is claimed that nobody has assessed.

    Pictures are named, not described: whoever reads with ears misses what they show.
    """
    summary = f"{plan.words.accessible} {plan.words.pictures_named}" if pictures else plan.words.accessible
    said = [
        ("accessMode", "textual"),
        *([("accessMode", "visual")] if pictures else []),
        ("accessModeSufficient", "textual,visual" if pictures else "textual"),
        ("accessibilityFeature", "displayTransformability"),
        ("accessibilityFeature", "readingOrder"),
        ("accessibilityFeature", "structuralNavigation"),
        ("accessibilityFeature", "tableOfContents"),
        ("accessibilityFeature", "unlocked"),
        ("accessibilityHazard", "none"),
    ]
    for name, value in said:
        yield None, "meta", value, {"property": f"schema:{name}"}
    yield None, "meta", summary, {"property": "schema:accessibilitySummary", XML_LANG: plan.words.language}


def _description(language: str, chapters: Sequence[Chapter]) -> str:
    return book_description(language, len(chapters), [chapter.title for chapter in chapters[:TITLES]])


def _categories(chapters: Sequence[Chapter]) -> Counter[str]:
    records = (chapter.paper.record for chapter in chapters)
    return Counter(category for record in records if record for category in record.categories)


def _refining(element: str, name: str, value: str) -> Meta:
    return None, "meta", value, {"refines": f"#{element}", "property": name}
