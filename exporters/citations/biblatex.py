"""BibLaTeX: `@online` entries with a date, in BibLaTeX's own data model, for biber."""

from collections.abc import Iterator

from ..contract.format import Offer, Output, Write, exporter
from ..text import latex
from . import bibfile
from .bibfile import field
from .citation import Citation, CitationOptions, collect, periods


@exporter(
    CitationOptions,
    files=(Offer("papers.biblatex.bib", "BibLaTeX", "application/x-bibtex"), "bib/{part}.biblatex.bib"),
    parts=periods,
)
def export(options: CitationOptions, output: Output) -> Iterator[Write]:
    """BibLaTeX library for biber: each paper once, at its first date."""
    name = f"bib/{output.part}.biblatex.bib" if output.part else "papers.biblatex.bib"
    with output.text(name) as file:

        def take(citations: list[Citation]) -> None:
            file.write("".join([_entry(citation, options) for citation in citations]))

        yield from collect(output, options, take)


def _entry(citation: Citation, options: CitationOptions) -> str:
    names = field("author", bibfile.author(citation, unicode=True)) if citation.authors else ""
    title = latex.title(citation.title, unicode=True)
    doi = field("doi", citation.doi) if citation.doi else ""
    url = field("url", citation.url) if citation.url else ""  # verbatim to biber, % and all
    note = field("note", latex.running(citation.note, unicode=True)) if citation.note else ""
    # Zotero keeps it as a note; `annote`, which BibTeX styles leave out, is printed by biblatex-apa.
    comment = field("comment", citation.caution) if citation.caution else ""
    fields = (
        f"{names}  title = {{{title}}},\n{bibfile.place(citation.publication, 'journaltitle', unicode=True)}"
        f"  date = {{{citation.date.iso}}},\n{_eprint(citation)}{doi}{url}{note}{comment}"
        f"{bibfile.additions(citation, options.abstract, options.keywords, unicode=True)}"
    )
    return bibfile.entry(_kind(citation), citation.key, citation.caution, fields)


def _kind(citation: Citation) -> str:
    if citation.publication:
        return citation.publication.kind
    return "online" if citation.url else "misc"


def _eprint(citation: Citation) -> str:
    if not citation.arxiv_id:
        return ""
    # The other name of eprinttype, archiveprefix, is none of the data model's.
    eprint = f"  eprint = {{{citation.arxiv_id}}},\n  eprinttype = {{arXiv}},\n"
    primary = field("eprintclass", latex.escape(citation.categories[0], unicode=True)) if citation.categories else ""
    # A preprint's DOI and address would print its id two times more.
    return f"{eprint}{primary}{field('options', 'doi=false,url=false') if citation.is_preprint else ''}"
