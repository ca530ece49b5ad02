"""BibLaTeX: `@online` entries with a date, in BibLaTeX's own data model, for biber."""

from collections.abc import Iterator

from . import bibfile, latex
from .bibfile import field
from .citation import Citation, CitationOptions, collect, periods
from .contract import Output, Write, exporter


@exporter(CitationOptions, files=("papers.biblatex.bib", "bib/{part}.biblatex.bib"), parts=periods)
def export(options: CitationOptions, output: Output) -> Iterator[Write]:
    """BibLaTeX library for biber: each paper once, at its first date."""
    name = f"bib/{output.part}.biblatex.bib" if output.part else "papers.biblatex.bib"
    with output.text(name) as file:

        def take(citations: list[Citation]) -> None:
            file.write("".join([_entry(citation, options) for citation in citations]))

        yield from collect(output, options, take)


def _entry(citation: Citation, options: CitationOptions) -> str:
    return bibfile.entry("online" if citation.url else "misc", citation, _fields(citation, options))


def _fields(citation: Citation, options: CitationOptions) -> Iterator[str]:
    if citation.authors:
        yield field("author", bibfile.author(citation, unicode=True))
    yield field("title", latex.title(citation.title, unicode=True))
    yield field("date", citation.date.iso)
    if citation.arxiv_id:
        yield field("eprint", citation.arxiv_id)
        yield field("eprinttype", "arXiv")  # its other name, archiveprefix, is none of the data model's
    if citation.arxiv_id and citation.categories:
        yield field("eprintclass", latex.escape(citation.categories[0], unicode=True))
    if citation.doi:
        yield field("doi", citation.doi)
    if citation.url:
        yield field("url", citation.url)  # verbatim to biber, % and all
    yield from bibfile.extras(citation, options, unicode=True)
