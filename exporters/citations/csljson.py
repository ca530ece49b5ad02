"""CSL-JSON: what citation processors read, and the one format that Zotero imports as preprints."""

from collections.abc import Iterator
from json.encoder import encode_basestring

from ..contract.format import Offer, Output, Write, exporter
from ..text.running_text import as_unicode
from .citation import Citation, CitationOptions, PartialDate, collect, periods
from .people import Name, names, parted

_KINDS = {"article": "article-journal", "inproceedings": "paper-conference"}


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
    kind, whereabouts = _whereabouts(citation)
    return (
        f'{{"id": "{citation.key}", "type": "{kind}"{title}{authors}, "issued": {_date(citation.date)}{whereabouts}'
        f"{_member('DOI', citation.doi)}{_member('URL', citation.url)}{_texts(citation, options)}}}"
    )


def _whereabouts(citation: Citation) -> tuple[str, str]:
    """Return the type, and the members that say where a paper appeared."""
    if citation.publication:
        kind, container, _, pages = citation.publication
        members = _member("container-title", as_unicode(container)) + _member("page", pages)
        return _KINDS[kind], members + (_member("archive", "arXiv") if citation.arxiv_id else "")
    if citation.arxiv_id:
        return "article", f', "publisher": "arXiv", "number": "arXiv:{citation.arxiv_id}", "genre": "preprint"'
    return "article", ""


def _texts(citation: Citation, options: CitationOptions) -> str:
    abstract = _member("abstract", as_unicode(citation.abstract)) if options.abstract and citation.abstract else ""
    keywords = _member("keyword", ", ".join(citation.categories)) if options.keywords else ""
    return abstract + keywords + _member("note", _note(citation))


def _member(name: str, text: str | None) -> str:
    """Return a member that is not the first, "" for an empty text."""
    return f', "{name}": {encode_basestring(text)}' if text else ""


def _note(citation: Citation) -> str | None:
    eprint = f"arXiv:{citation.arxiv_id}" if citation.publication and citation.arxiv_id else None
    where = ", ".join(filter(None, (as_unicode(citation.note or ""), eprint)))
    return f"{where}. {citation.caution}" if where and citation.caution else where or citation.caution


def _date(date: PartialDate) -> str:
    month, day = ("" if number is None else f", {number}" for number in (date.month, date.day))
    return f'{{"date-parts": [[{date.year}{month}{day}]]}}'


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
