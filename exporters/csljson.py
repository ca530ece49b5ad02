"""CSL-JSON: what citation processors read, and the one format that Zotero imports as preprints."""

import json
from collections.abc import Iterator

from ..model import Author
from .citation import Citation, CitationOptions, collect, periods
from .contract import Output, Write, exporter
from .people import name_of
from .prose import as_unicode

_JSON = json.JSONEncoder(ensure_ascii=False)


@exporter(CitationOptions, files=("papers.csl.json", "csl/{part}.csl.json"), parts=periods)
def export(options: CitationOptions, output: Output) -> Iterator[Write]:
    """CSL-JSON library for Zotero and pandoc: each paper once, at its first date."""
    name = f"csl/{output.part}.csl.json" if output.part else "papers.csl.json"
    with output.text(name) as file:
        before = ",\n" if file.tell() else "[\n"

        def take(citations: list[Citation]) -> None:
            nonlocal before
            if citations:
                file.write(before + ",\n".join([_JSON.encode(_item(citation, options)) for citation in citations]))
                before = ",\n"

        yield from collect(output, options, take)
        file.write("[]\n" if before == "[\n" else "\n]\n")


def _item(citation: Citation, options: CitationOptions) -> dict[str, object]:
    """Return an item in CSL 1.0.2's words, where "article" is a preprint; empty values are left out."""
    values: dict[str, object] = {
        "id": citation.key,
        "type": "article",
        "title": as_unicode(citation.title),
        "author": [_name(author) for author in citation.authors],
        "issued": {"date-parts": [[part for part in citation.date if part is not None]]},
        "publisher": "arXiv" if citation.arxiv_id else None,
        "number": f"arXiv:{citation.arxiv_id}" if citation.arxiv_id else None,
        "genre": "preprint" if citation.arxiv_id else None,
        "DOI": citation.doi,
        "URL": citation.url,
        "abstract": as_unicode(citation.abstract) if options.abstract and citation.abstract else None,
        "keyword": ", ".join(citation.categories) if options.keywords else None,
        "note": " ".join(filter(None, [citation.journal and as_unicode(citation.journal), citation.caution])),
    }
    return {name: value for name, value in values.items() if value}


def _name(author: str | Author) -> dict[str, str]:
    """Return a person in parts, so that styles can sort and shorten; what is one unit, as a literal."""
    name = name_of(author)
    if not name.family:
        return {"literal": name.whole}
    parts = {"family": name.family}
    if name.given:
        parts["given"] = name.given
    if name.suffix:
        parts["suffix"] = name.suffix
    return parts
