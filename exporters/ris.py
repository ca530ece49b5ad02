"""RIS: tagged lines that Zotero, EndNote, Mendeley and RefWorks import."""

from collections.abc import Iterator

from ..model import Author
from .citation import Citation, CitationOptions, collect, periods
from .contract import Output, Write, exporter
from .people import name_of
from .prose import as_unicode


@exporter(CitationOptions, files=("papers.ris", "ris/{part}.ris"), parts=periods)
def export(options: CitationOptions, output: Output) -> Iterator[Write]:
    """RIS library for Zotero, EndNote and Mendeley: each paper once, at its first date."""
    name = f"ris/{output.part}.ris" if output.part else "papers.ris"
    with output.text(name) as file:

        def take(citations: list[Citation]) -> None:
            file.write("".join([_reference(citation, options) for citation in citations]))

        yield from collect(output, options, take)


def _reference(citation: Citation, options: CitationOptions) -> str:
    lines = "".join([f"{tag}  - {value}\r\n" for tag, value in _fields(citation, options)])
    return f"{lines}ER  - \r\n\r\n"


def _fields(citation: Citation, options: CitationOptions) -> Iterator[tuple[str, str]]:
    """Yield tags in the order of the specification (2011); TY comes first.

    RIS has no type for preprints; as UNPB, an unpublished work, they lack no journal.
    """
    yield "TY", "UNPB"
    yield "ID", citation.key
    for author in citation.authors:
        yield "AU", _name(author)
    yield "TI", as_unicode(citation.title)
    yield "PY", str(citation.date.year)
    yield "DA", _date(citation)
    if citation.arxiv_id:
        yield "AN", f"arXiv:{citation.arxiv_id}"
        yield "DB", "arXiv"
        yield "PB", "arXiv"
    if citation.doi:
        yield "DO", citation.doi
    if citation.url:
        yield "UR", citation.url
    yield from _texts(citation, options)


def _texts(citation: Citation, options: CitationOptions) -> Iterator[tuple[str, str]]:
    if options.abstract and citation.abstract:
        yield "AB", as_unicode(citation.abstract)
    if options.keywords:
        for category in citation.categories:
            yield "KW", category
    if citation.journal:
        yield "N1", as_unicode(citation.journal)
    if note := citation.caution:
        yield "N1", note


def _name(author: str | Author) -> str:
    """Return "Family, Given, Suffix"; what is one unit has no comma that could be taken for that one."""
    name = name_of(author)
    if not name.family:
        return name.whole.replace(", ", " ").replace(",", " ")
    return ", ".join(filter(None, (name.family, name.given, name.suffix)))


def _date(citation: Citation) -> str:
    """Return YYYY/MM/DD/, with nothing between the slashes that is not known."""
    day = "" if citation.date.day is None else f"{citation.date.day:02}"
    return f"{citation.date.year:04}/{citation.date.month:02}/{day}/"
