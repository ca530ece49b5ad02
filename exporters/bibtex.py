"""BibTeX: `@misc` entries that BibTeX styles, biber, Zotero and JabRef all keep whole."""

from collections.abc import Iterator

from . import bibfile, latex
from .bibfile import field
from .citation import Citation, CitationOptions, collect, periods
from .contract import Output, Write, exporter

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class BibtexOptions(CitationOptions):
    """Options of the bibtex format."""

    unicode: bool = False
    """Leave letters as they are, for biber and LuaLaTeX, instead of writing them as LaTeX commands in ASCII."""


@exporter(BibtexOptions, files=("papers.bib", "bib/{part}.bib"), parts=periods)
def export(options: BibtexOptions, output: Output) -> Iterator[Write]:
    """BibTeX library: each paper once, at its first date."""
    name = f"bib/{output.part}.bib" if output.part else "papers.bib"
    letters: set[str] = set()
    with output.text(name) as file:

        def take(citations: list[Citation]) -> None:
            text = "".join([bibfile.entry("misc", citation, _fields(citation, options)) for citation in citations])
            if not text.isascii():
                letters.update(letter for letter in text if letter > "\x7f")
            file.write(text)

        yield from collect(output, options, take)
        if letters and not options.unicode:
            file.write(f"@preamble{{{{{latex.fallback(letters)}}}}}\n")


def _fields(citation: Citation, options: BibtexOptions) -> Iterator[str]:
    title = latex.title(citation.title, options.unicode)
    if citation.authors:
        yield field("author", bibfile.author(citation, options.unicode))
    else:
        yield field("key", f"{{{title}}}")  # plain.bst warns without it; natbib trips over brackets outside of braces
    yield field("title", title)
    yield f"  year = {{{citation.date.year}}},\n  month = {_MONTHS[citation.date.month - 1]},\n"
    if citation.arxiv_id:
        yield _eprint(citation.arxiv_id, citation.categories)
    if citation.doi:
        yield field("doi", citation.doi)
    if citation.url:
        yield field("url", citation.url.replace("%", "\\%"))  # as hyperref and Zotero read it; a bare % can end a field
    yield from bibfile.extras(citation, options, options.unicode)


def _eprint(arxiv_id: str, categories: tuple[str, ...]) -> str:
    """Return the fields that name an arXiv paper, in BibTeX's words and in BibLaTeX's.

    Zotero reads `eprint` only beside `eprinttype`; BibTeX styles and JabRef know `archiveprefix`.
    """
    eprint = f"  eprint = {{{arxiv_id}}},\n  archiveprefix = {{arXiv}},\n  eprinttype = {{arXiv}},\n"
    if not categories:
        return eprint
    return eprint + field("primaryclass", categories[0]) + field("eprintclass", categories[0])
