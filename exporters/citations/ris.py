"""RIS: tagged lines that Zotero, EndNote, Mendeley and RefWorks import."""

from collections.abc import Iterator

from ..contract.format import Offer, Output, Write, exporter
from ..text.running_text import as_unicode
from .citation import Citation, CitationOptions, PartialDate, collect, periods
from .people import Name, names, parted
from .publication import Publication

_KINDS = {"article": "JOUR", "inproceedings": "CPAPER"}


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

    RIS has no type for preprints, and none that Zotero takes for one. As UNPB, an unpublished work, they lack no
    journal in EndNote and Mendeley; as a manuscript (MANSCPT) they would lose the DOI in Zotero, where that type has
    none.
    """
    kind, container = _container(citation.publication) if citation.publication else ("UNPB", "")
    publisher = "PB  - arXiv\r\n" if citation.is_preprint else ""
    preprint = f"AN  - arXiv:{citation.arxiv_id}\r\nDB  - arXiv\r\n{publisher}" if citation.arxiv_id else ""
    doi = _line("DO", citation.doi) if citation.doi else ""
    url = _line("UR", citation.url) if citation.url else ""
    return (
        f"TY  - {kind}\r\nID  - {citation.key}\r\n{_authors(citation)}TI  - {as_unicode(citation.title)}\r\n{container}"
        f"PY  - {citation.date.year}\r\nDA  - {_date(citation.date)}\r\n"
        f"{preprint}{doi}{url}{_texts(citation, options)}ER  - \r\n\r\n"
    )


def _container(publication: Publication) -> tuple[str, str]:
    """Return the type of what was published, and the lines that say where."""
    first, _, last = (publication.pages or "").partition("-")
    pages = f"{_line('SP', first) if first else ''}{_line('EP', last) if last else ''}"
    return _KINDS[publication.kind], _line("T2", as_unicode(publication.container)) + pages


def _authors(citation: Citation) -> str:
    if citation.plain:
        return "".join([f"AU  - {family}, {given}\r\n" for given, family in parted(citation.plain)])
    return "".join([_line("AU", _name(name)) for name in names(citation.authors)])


def _texts(citation: Citation, options: CitationOptions) -> str:
    abstract = _line("AB", as_unicode(citation.abstract)) if options.abstract and citation.abstract else ""
    keywords = [_line("KW", category) for category in citation.categories] if options.keywords else []
    note = _line("N1", as_unicode(citation.note)) if citation.note else ""
    caution = _line("N1", citation.caution) if citation.caution else ""
    return "".join([abstract, *keywords, note, caution])


def _line(tag: str, value: str) -> str:
    return f"{tag}  - {value}\r\n"


def _name(name: Name) -> str:
    """Return "Family, Given, Suffix"; what is one unit has no comma that could be taken for that one.

    EndNote parts the words of a group unless a comma stands behind it (its help, "Author and Editor Names").
    """
    if not name.family:
        whole = name.whole.replace(", ", " ").replace(",", " ")
        return f"{whole}," if " " in whole.strip() else whole
    return ", ".join(filter(None, (name.family, name.given, name.suffix)))


def _date(date: PartialDate) -> str:
    """Return YYYY/MM/DD/, with nothing between the slashes that is not known."""
    month, day = ("" if number is None else f"{number:02}" for number in (date.month, date.day))
    return f"{date.year:04}/{month}/{day}/"
