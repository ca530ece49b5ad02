"""BibLaTeX: `@online` entries with a date, in BibLaTeX's own data model, for biber."""

from collections.abc import Iterator

from . import bibfile, latex
from .citation import Citation, CitationOptions, collect, periods
from .contract import Output, Write, exporter


@exporter(CitationOptions, files=("papers.biblatex.bib", "bib/{part}.biblatex.bib"), parts=periods)
def export(options: CitationOptions, output: Output) -> Iterator[Write]:
    """BibLaTeX library for biber: each paper once, at its first date."""
    name = f"bib/{output.part}.biblatex.bib" if output.part else "papers.biblatex.bib"
    with output.text(name) as file:

        def take(citation: Citation) -> None:
            kind = "online" if citation.url else "misc"
            file.write(bibfile.entry(kind, citation, _fields(citation, options)))

        yield from collect(output, name, take, options)


def _fields(citation: Citation, options: CitationOptions) -> Iterator[tuple[str, str]]:
    if citation.authors:
        yield "author", bibfile.author(citation, unicode=True)
    yield "title", latex.title(citation.title, unicode=True)
    yield "date", citation.date.iso
    if citation.arxiv_id:
        yield "eprint", citation.arxiv_id
        yield "eprinttype", "arXiv"  # its other name, archiveprefix, is none of the data model's
    if citation.arxiv_id and citation.categories:
        yield "eprintclass", citation.categories[0]
    if citation.doi:
        yield "doi", citation.doi
    if citation.url:
        yield "url", citation.url  # verbatim to biber, % and all
    yield from bibfile.extras(citation, options, unicode=True)
