"""Entries of .bib files: BibTeX's own, and what it has in common with BibLaTeX's."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from . import latex
from .citation import Citation, CitationOptions
from .people import Name, is_plain, name_of

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def misc(citation: Citation, options: CitationOptions, unicode: bool = False) -> str:
    """Return a paper's BibTeX entry: `@misc`, which BibTeX styles, biber, Zotero and JabRef all keep whole."""
    return entry("misc", citation, _fields(citation, options, unicode))


def entry(kind: str, citation: Citation, fields: Iterable[str]) -> str:
    """Return an entry of lines that `field` made, with a comment above where the authors are not to be trusted."""
    caution = citation.caution
    comment = f"% {caution}\n" if caution else ""
    return f"{comment}@{kind}{{{citation.key},\n{''.join(fields)}}}\n\n"


def field(name: str, value: str) -> str:
    """Return a field, its value in braces."""
    return f"  {name} = {{{value}}},\n"


def author(citation: Citation, unicode: bool) -> str:
    """Return the author field: names joined by " and ", with "others" in the end where some are missing."""
    write = _unicode if unicode else _ascii
    names = [write(name) if isinstance(name, str) else _written(name_of(name), unicode) for name in citation.authors]
    return " and ".join(names if citation.complete else [*names, "others"])


def extras(citation: Citation, options: CitationOptions, unicode: bool) -> Iterator[str]:
    """Yield what an entry ends with: where it was published, and what the options add."""
    if citation.journal:
        yield field("note", latex.running(citation.journal, unicode))
    if options.abstract and citation.abstract:
        yield field("abstract", latex.running(citation.abstract, unicode))
    if options.keywords and citation.categories:
        yield field("keywords", latex.escape(", ".join(citation.categories), unicode))


def _fields(citation: Citation, options: CitationOptions, unicode: bool) -> Iterator[str]:
    title = latex.title(citation.title, unicode)
    if citation.authors:
        yield field("author", author(citation, unicode))
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
    yield from extras(citation, options, unicode)


def _eprint(arxiv_id: str, categories: tuple[str, ...]) -> str:
    """Return the fields that name an arXiv paper, in BibTeX's words and in BibLaTeX's.

    Zotero reads `eprint` only beside `eprinttype`; BibTeX styles and JabRef know `archiveprefix`.
    """
    eprint = f"  eprint = {{{arxiv_id}}},\n  archiveprefix = {{arXiv}},\n  eprinttype = {{arXiv}},\n"
    if not categories:
        return eprint
    primary = latex.escape(categories[0])
    return eprint + field("primaryclass", primary) + field("eprintclass", primary)


@lru_cache(maxsize=1 << 12)
def _ascii(display: str) -> str:
    return display if is_plain(display) else _written(name_of(display), False)


@lru_cache(maxsize=1 << 12)
def _unicode(display: str) -> str:
    return display if is_plain(display) else _written(name_of(display), True)


def _written(name: Name, unicode: bool) -> str:
    """Write a name so that BibTeX's own rules take it apart where it was meant to be."""
    if name.family and (name.known or name.suffix or _has_small_part(name.whole)):
        family = _part(name.family, unicode, name.family[0].isupper() and _has_small_part(name.family))
        return ", ".join([family, *(_part(part, unicode) for part in (name.suffix, name.given) if part)])
    escaped = latex.escape(name.whole, unicode)
    return escaped if name.family and (unicode or _has_initials(escaped)) else f"{{{escaped}}}"


def _has_initials(escaped: str) -> bool:
    """Tell whether BibTeX can shorten a name: of a word that begins with a letter outside ASCII it takes a byte."""
    return escaped.isascii() or all(word[0].isascii() for word in escaped.split())


def _has_small_part(text: str) -> bool:
    """A hyphen parts words for BibTeX, which would make Wen of the house of tau of Wen-tau Yih."""
    return any(part[:1].islower() for part in re.split("[-‐‑]", text)[1:])


def _part(part: str, unicode: bool, braced: bool = False) -> str:
    escaped = latex.escape(part, unicode)
    return f"{{{escaped}}}" if braced or "," in part or " and " in f" {part.lower()} " else escaped
