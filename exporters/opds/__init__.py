"""An OPDS catalogue of the books, in both syntaxes: OPDS 1.2 and OPDS 2.0."""

import datetime
from collections.abc import Iterator

from ...model import Issue
from ..contract.format import Offer, Options, Output, Write, exporter, part_of
from .catalogue import catalogue, month
from .shelf import IssueFacts, issue_facts

_STEMS = (
    "opds/newest",
    "opds/newest-{part}",
    "opds/by-month",
    "opds/{part}",
    "opds/weekly",
    "opds/weekly-{part}",
    "opds/monthly",
    "opds/monthly-{part}",
    "opds/all",
)
_FILES: tuple[str | Offer, ...] = (
    Offer("opds.xml", "OPDS", "application/atom+xml;profile=opds-catalog;kind=navigation"),
    Offer("opds.json", "OPDS 2.0", "application/opds+json"),
    *(f"{stem}.{end}" for stem in _STEMS for end in ("xml", "json")),
)


class OpdsOptions(Options):
    """The `[opds]` table."""

    unfinished: bool = False
    """List weekly and monthly books at once; without it, when a later week or month has an issue."""


def _parts(options: OpdsOptions, day: datetime.date) -> tuple[str, ...]:
    return part_of("month", day), ""


@exporter(OpdsOptions, files=_FILES, parts=_parts, after=1)
def export(options: OpdsOptions, output: Output) -> Iterator[Write]:
    """An OPDS catalogue, from which e-readers browse and fetch the books.

    It lists the books that are published: newest first, by month, by week, and all in one document for crawlers.
    Books of a week or a month are listed when it is over. Without books there is no catalogue.
    """
    issues: list[IssueFacts] = []

    def write(issue: Issue) -> None:
        if issue.papers:
            issues.append(issue_facts(output.series, issue))

    yield write
    from . import opds1, opds2

    documents = month(output, issues) if output.part else catalogue(output, issues, options.unfinished)
    for document in documents:
        names = [f"{document.stem}.{syntax.EXTENSION}" for syntax in (opds1, opds2)]
        with output.binary(names[0]) as first, output.binary(names[1]) as second:
            for one, other in zip(opds1.write(document), opds2.write(document), strict=True):
                first.write(one)
                second.write(other)
