"""CSL-JSON: what citation processors read, and the one format that Zotero imports as preprints."""

from collections.abc import Iterator
from json.encoder import encode_basestring

from ..contract.format import Offer, Output, Write, exporter
from ..text.prose import as_unicode
from .citation import Citation, CitationOptions, Day, collect, periods
from .people import Name, names, parted


@exporter(
    CitationOptions,
    files=(Offer("papers.csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json"), "csl/{part}.csl.json"),
    parts=periods,
)
def export(options: CitationOptions, output: Output) -> Iterator[Write]:
    """CSL-JSON library for Zotero and pandoc: each paper once, at its first date."""
    name = f"csl/{output.part}.csl.json" if output.part else "papers.csl.json"
    with output.text(name) as file:
        before = "[\n"

        def take(citations: list[Citation]) -> None:
            nonlocal before
            if citations:
                file.write(before + ",\n".join([_item(citation, options) for citation in citations]))
                before = ",\n"

        yield from collect(output, options, take)
        file.write("[]\n" if before == "[\n" else "\n]\n")


def _item(citation: Citation, options: CitationOptions) -> str:
    """Return an item in CSL 1.0.2's words, where "article" is a preprint; empty values are left out.

    Only texts are left to the library, whose encoder takes three times as long over an object. Keys and arXiv's ids
    hold nothing that JSON escapes.
    """
    title = _member("title", as_unicode(citation.title))
    authors = f', "author": [{_authors(citation)}]' if citation.authors else ""
    preprint = _preprint(citation.arxiv_id) if citation.arxiv_id else ""
    return (
        f'{{"id": "{citation.key}", "type": "article"{title}{authors}, "issued": {_date(citation.date)}{preprint}'
        f"{_member('DOI', citation.doi)}{_member('URL', citation.url)}{_texts(citation, options)}}}"
    )


def _preprint(arxiv_id: str) -> str:
    return f', "publisher": "arXiv", "number": "arXiv:{arxiv_id}", "genre": "preprint"'


def _texts(citation: Citation, options: CitationOptions) -> str:
    abstract = _member("abstract", as_unicode(citation.abstract)) if options.abstract and citation.abstract else ""
    keywords = _member("keyword", ", ".join(citation.categories)) if options.keywords else ""
    return abstract + keywords + _member("note", _note(citation))


def _member(name: str, text: str | None) -> str:
    """Return a member that is not the first, "" for an empty text."""
    return f', "{name}": {encode_basestring(text)}' if text else ""


def _note(citation: Citation) -> str | None:
    if citation.journal is None:
        return citation.caution
    return " ".join(filter(None, (as_unicode(citation.journal), citation.caution)))


def _date(date: Day) -> str:
    day = "" if date.day is None else f", {date.day}"
    return f'{{"date-parts": [[{date.year}, {date.month}{day}]]}}'


def _authors(citation: Citation) -> str:
    if citation.plain:  # nothing in them is escaped in JSON
        parts = parted(citation.plain)
        return ", ".join([f'{{"family": "{family}", "given": "{given}"}}' for given, family in parts])
    return ", ".join([_name(name) for name in names(citation.authors)])


def _name(name: Name) -> str:
    """Return a person in parts, so that styles can sort and shorten; what is one unit, as a literal."""
    if not name.family:
        return f'{{"literal": {encode_basestring(name.whole)}}}'
    given = f', "given": {encode_basestring(name.given)}' if name.given else ""
    suffix = f', "suffix": {encode_basestring(name.suffix)}' if name.suffix else ""
    return f'{{"family": {encode_basestring(name.family)}{given}{suffix}}}'
