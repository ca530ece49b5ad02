"""BibTeX: `@misc` entries that BibTeX styles, biber, Zotero and JabRef all keep whole."""

from collections.abc import Iterator

from . import latex
from .citation import Citation, CitationOptions, collect, periods
from .contract import Output, Write, exporter
from .names import Name

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

        def take(citation: Citation) -> None:
            text = entry(citation, options)
            if not text.isascii():
                letters.update(letter for letter in text if letter > "\x7f")
            file.write(text)

        yield from collect(output, name, take)
        if letters and not options.unicode:
            file.write(f"@preamble{{{{{latex.fallback(letters)}}}}}\n")


def entry(citation: Citation, options: BibtexOptions) -> str:
    """Return one entry, with a comment above it where its authors are not to be trusted."""
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(citation, options) if value)
    return f"{_comment(citation)}@misc{{{citation.key},\n{fields}}}\n\n"


def _comment(citation: Citation) -> str:
    if citation.ordered or not citation.authors:
        return ""
    cut = "" if citation.complete else ", and the list is cut short"
    return f"% The order of these authors is not known{cut}.\n"


def _fields(citation: Citation, options: BibtexOptions) -> Iterator[tuple[str, str]]:
    title = f"{{{latex.title(citation.title, options.unicode)}}}"
    if citation.authors:
        yield "author", f"{{{authors(citation, options.unicode)}}}"
    else:
        yield "key", title  # plain.bst sorts by it and warns without it
    yield "title", title
    yield "year", f"{{{citation.date.year}}}"
    yield "month", _MONTHS[citation.date.month - 1]
    yield from eprint(citation)
    if citation.doi:
        yield "doi", f"{{{citation.doi}}}"
    if citation.url:
        yield "url", f"{{{citation.url.replace('%', chr(92) + '%')}}}"
    if citation.journal:
        yield "note", f"{{{latex.running(citation.journal, options.unicode)}}}"
    if options.abstract and citation.abstract:
        yield "abstract", f"{{{latex.running(citation.abstract, options.unicode)}}}"
    if options.keywords and citation.categories:
        yield "keywords", f"{{{', '.join(citation.categories)}}}"


def eprint(citation: Citation) -> Iterator[tuple[str, str]]:
    """Yield the fields that name an arXiv paper, in BibTeX's words and in BibLaTeX's.

    Zotero reads `eprint` only beside `eprinttype`; BibTeX styles and JabRef know `archiveprefix`.
    """
    if citation.arxiv_id:
        yield "eprint", f"{{{citation.arxiv_id}}}"
        yield "archiveprefix", "{arXiv}"
        yield "eprinttype", "{arXiv}"
        if citation.categories:
            yield "primaryclass", f"{{{citation.categories[0]}}}"
            yield "eprintclass", f"{{{citation.categories[0]}}}"


def authors(citation: Citation, unicode: bool) -> str:
    """Return the author field: names joined by " and ", with "others" in the end where some are missing."""
    names = [_name(name, unicode) for name in citation.authors]
    return " and ".join(names if citation.complete else [*names, "others"])


def _name(name: Name, unicode: bool) -> str:
    """Write a name so that BibTeX's own rules take it apart where it was meant to be."""
    if not name.family:
        return f"{{{latex.escape(name.whole, unicode)}}}"
    if not (name.known or name.suffix):
        return latex.escape(name.whole, unicode)
    return ", ".join(_part(part, unicode) for part in (name.family, name.suffix, name.given) if part)


def _part(part: str, unicode: bool) -> str:
    escaped = latex.escape(part, unicode)
    return f"{{{escaped}}}" if "," in part or " and " in f" {part.lower()} " else escaped
