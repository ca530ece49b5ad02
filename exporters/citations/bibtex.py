"""BibTeX: `@misc` entries that BibTeX styles, biber, Zotero and JabRef all keep whole."""

from collections.abc import Iterator

from ..contract.format import Offer, Output, Write, exporter
from ..text import latex
from . import bibfile
from .citation import Citation, CitationOptions, collect, periods


class BibtexOptions(CitationOptions):
    """Options of the bibtex format."""

    unicode: bool = False
    """Leave letters as they are, for biber and LuaLaTeX, instead of writing them as LaTeX commands in ASCII."""
    locator: bibfile.Locator | None = None
    """The one field that says where a preprint is found, for a style that would print several."""


@exporter(BibtexOptions, files=(Offer("papers.bib", "BibTeX", "application/x-bibtex"), "bib/{part}.bib"), parts=periods)
def export(options: BibtexOptions, output: Output) -> Iterator[Write]:
    """BibTeX library: each paper once, at its first date."""
    name = f"bib/{output.part}.bib" if output.part else "papers.bib"
    letters: set[str] = set()
    with output.text(name) as file:

        def take(citations: list[Citation]) -> None:
            written = [bibfile.bibtex_entry(each, options, options.unicode, options.locator) for each in citations]
            text = "".join(written)
            if not text.isascii():
                letters.update(letter for letter in text if letter > "\x7f")
            file.write(text)

        yield from collect(output, options, take)
        if letters and not options.unicode:
            file.write(f"@preamble{{{{{latex.fallback(letters)}}}}}\n")
