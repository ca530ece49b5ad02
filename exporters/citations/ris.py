"""RIS: tagged lines that Zotero, EndNote, Mendeley and RefWorks import."""

from collections.abc import Iterator

from ..contract.format import Offer, Output, Write, exporter
from ..text.prose import as_unicode
from .citation import Citation, CitationOptions, Day, collect, periods
from .people import Name, names, parted


@exporter(
    CitationOptions,
    files=(Offer("papers.ris", "RIS", "application/x-research-info-systems"), "ris/{part}.ris"),
    parts=periods,
)
def export(options: CitationOptions, output: Output) -> Iterator[Write]:
    """RIS library for Zotero, EndNote and Mendeley: each paper once, at its first date."""
    name = f"ris/{output.part}.ris" if output.part else "papers.ris"
    with output.text(name) as file:

        def take(citations: list[Citation]) -> None:
            file.write("".join([_reference(citation, options) for citation in citations]))

        yield from collect(output, options, take)


def _reference(citation: Citation, options: CitationOptions) -> str:
    """Return the lines in the order of the specification (2011); TY comes first.

    RIS has no type for preprints; as UNPB, an unpublished work, they lack no journal.
    """
    preprint = f"AN  - arXiv:{citation.arxiv_id}\r\nDB  - arXiv\r\nPB  - arXiv\r\n" if citation.arxiv_id else ""
    doi = _line("DO", citation.doi) if citation.doi else ""
    url = _line("UR", citation.url) if citation.url else ""
    return (
        f"TY  - UNPB\r\nID  - {citation.key}\r\n{_authors(citation)}TI  - {as_unicode(citation.title)}\r\n"
        f"PY  - {citation.date.year}\r\nDA  - {_date(citation.date)}\r\n"
        f"{preprint}{doi}{url}{_texts(citation, options)}ER  - \r\n\r\n"
    )


def _authors(citation: Citation) -> str:
    if citation.plain:
        return "".join([f"AU  - {family}, {given}\r\n" for given, family in parted(citation.plain)])
    return "".join([_line("AU", _name(name)) for name in names(citation.authors)])


def _texts(citation: Citation, options: CitationOptions) -> str:
    abstract = _line("AB", as_unicode(citation.abstract)) if options.abstract and citation.abstract else ""
    keywords = [_line("KW", category) for category in citation.categories] if options.keywords else []
    journal = _line("N1", as_unicode(citation.journal)) if citation.journal else ""
    caution = _line("N1", citation.caution) if citation.caution else ""
    return "".join([abstract, *keywords, journal, caution])


def _line(tag: str, value: str) -> str:
    return f"{tag}  - {value}\r\n"


def _name(name: Name) -> str:
    """Return "Family, Given, Suffix"; what is one unit has no comma that could be taken for that one."""
    if not name.family:
        return name.whole.replace(", ", " ").replace(",", " ")
    return ", ".join(filter(None, (name.family, name.given, name.suffix)))


def _date(date: Day) -> str:
    """Return YYYY/MM/DD/, with nothing between the slashes that is not known."""
    day = "" if date.day is None else f"{date.day:02}"
    return f"{date.year:04}/{date.month:02}/{day}/"
