"""Entries of .bib files: BibTeX's own, and what it has in common with BibLaTeX's."""

import re
from functools import lru_cache
from typing import Literal

from ..contract.cache import PAPERS, cache
from ..text import latex
from .citation import Citation, CitationOptions
from .people import Authors, Name, are_displays, names, split_name
from .publication import Publication

_COMMAND = re.compile(r"\A\{(\\[A-Za-z]{4,})\}")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


Locator = Literal["howpublished", "eprint"]
"""A field that says where a paper is found."""


def bibtex_entry(
    citation: Citation, options: CitationOptions, unicode: bool = False, locator: Locator | None = None
) -> str:
    """Return a paper's BibTeX entry; with a locator, that field is the only one to say where a preprint is found.

    A preprint is `@misc`, which BibTeX styles, biber, Zotero and JabRef all keep whole.
    """
    return _bibtex_entry(citation, options.abstract, options.keywords, unicode, locator)


def entry(kind: str, key: str, caution: str | None, fields: str) -> str:
    """Return an entry of lines that `field` made, with a comment above where the authors are not to be trusted."""
    comment = f"% {caution}\n" if caution else ""
    return f"{comment}@{kind}{{{key},\n{fields}}}\n\n"


def field(name: str, value: str) -> str:
    """Return a field, its value in braces."""
    return f"  {name} = {{{value}}},\n"


def author(citation: Citation, unicode: bool) -> str:
    """Return the author field: names joined by " and ", with "others" in the end where some are missing."""
    written = " and ".join(citation.plain)
    if not (written and (unicode or written.isascii())):
        written = " and ".join(_authors(citation.authors, unicode))
    return written if citation.complete else f"{written} and others"


def place(publication: Publication | None, journal: str, unicode: bool) -> str:
    """Return where an article appeared; `journal` is what the field of journals is called."""
    if publication is None:
        return ""
    name = journal if publication.kind == "article" else "booktitle"
    pages = field("pages", publication.pages.replace("-", "--")) if publication.pages else ""
    return field(name, latex.running(publication.container, unicode)) + pages


def additions(citation: Citation, abstract: bool, keywords: bool, unicode: bool) -> str:
    """Return the fields that options add."""
    summary = field("abstract", latex.running(citation.abstract, unicode)) if abstract and citation.abstract else ""
    subjects = latex.escape(", ".join(citation.categories), unicode) if keywords else ""
    return f"{summary}{field('keywords', subjects) if subjects else ''}"


@cache(PAPERS)
def _bibtex_entry(citation: Citation, abstract: bool, keywords: bool, unicode: bool, locator: Locator | None) -> str:
    """Make an entry once: pages show it, too."""
    title, date = latex.title(citation.title, unicode), citation.date
    names = field("author", author(citation, unicode)) if citation.authors else _sort_key(citation.title, unicode)
    month = "" if date.month is None else f"  month = {_MONTHS[date.month - 1]},\n"
    note = field("note", latex.running(citation.note, unicode)) if citation.note else ""
    # A note in Zotero, Better BibTeX and JabRef, and in no BibTeX style's output.
    caution = citation.caution
    annote = f"  annote = {{{caution}}},\n" if caution else ""
    fields = (
        f"{names}  title = {{{title}}},\n{place(citation.publication, 'journal', unicode)}  year = {{{date.year}}},\n"
        f"{month}{_whereabouts(citation, unicode, locator)}{note}{annote}"
        f"{additions(citation, abstract, keywords, unicode) if abstract or keywords else ''}"
    )
    return entry(citation.publication.kind if citation.publication else "misc", citation.key, caution, fields)


def _sort_key(title: str, unicode: bool) -> str:
    """Return the field by which styles sort a paper without authors: the name before a colon, else four words.

    plain.bst warns without it; natbib's labels and ACM-Reference-Format print it where the authors would stand. natbib
    trips over brackets outside of braces.
    """
    start = " ".join(title.partition(": ")[0].split()[:4])
    return field("key", f"{{{latex.title(title if '$' in start else start, unicode)}}}")


def _whereabouts(citation: Citation, unicode: bool, locator: Locator | None) -> str:
    """Return the fields that say where a paper is found.

    Styles print `howpublished` and whatever else they know. `eprint` stays beside it: reference managers know a paper
    by it, and the styles that want a locator of "howpublished" do not print it.
    """
    howpublished, eprint = _howpublished(citation, unicode), _eprint(citation)
    if locator and not citation.publication:
        return eprint if eprint and locator == "eprint" else howpublished + eprint
    doi = field("doi", citation.doi) if citation.doi else ""
    # Verbatim, % and all, as url.sty, hyperref, biber and Zotero take it; url.sty and biber show the backslash of \%.
    url = field("url", citation.url) if citation.url else ""
    return f"{howpublished}{eprint}{doi}{url}"


def _howpublished(citation: Citation, unicode: bool) -> str:
    """Return the field that says where a paper is found in styles that know neither eprint nor doi nor url.

    Those are plain, abbrv, unsrt, alpha, ieeetr, acm, siam, apalike, amsplain and chicago; all print `howpublished`.
    """
    if citation.publication:
        return ""
    if citation.arxiv_id:
        # Every field that biblatex prints would say the id again.
        return f"  howpublished = {{arXiv:{citation.arxiv_id}}},\n  options = {{doi=false,url=false}},\n"
    if citation.doi:
        return field("howpublished", f"doi:{latex.escape(citation.doi, unicode)}")
    return field("howpublished", latex.escape(citation.url, unicode)) if citation.url else ""


def _eprint(citation: Citation) -> str:
    """Return the fields that name an arXiv paper, in BibTeX's words and in BibLaTeX's.

    Zotero reads `eprint` only beside `eprinttype`; BibTeX styles and JabRef know `archiveprefix`.
    """
    if not citation.arxiv_id:
        return ""
    eprint = f"  eprint = {{{citation.arxiv_id}}},\n  archiveprefix = {{arXiv}},\n  eprinttype = {{arXiv}},\n"
    if not citation.categories:
        return eprint
    primary = latex.escape(citation.categories[0])
    return eprint + field("primaryclass", primary) + field("eprintclass", primary)


def _authors(authors: Authors, unicode: bool) -> list[str]:
    if are_displays(authors):
        return [_display(display, unicode) for display in authors]
    return [_written(name, unicode) for name in names(authors)]


@lru_cache(maxsize=1 << 12)
def _display(display: str, unicode: bool) -> str:
    return _written(split_name(display), unicode)


def _written(name: Name, unicode: bool) -> str:
    """Write a name so that BibTeX's own rules take it apart where it was meant to be.

    Zotero takes all but the last word for given names unless a comma says otherwise.
    """
    if name.family and (name.known or name.suffix or " " in name.family or _has_small_part(name.whole)):
        family = _part(name.family, unicode, name.family[0].isupper() and _has_small_part(name.family))
        return ", ".join([family, *(_part(part, unicode) for part in (name.suffix, name.given) if part)])
    escaped = latex.escape(name.whole, unicode)
    if name.family and (unicode or _has_initials(escaped)):
        return escaped
    # biber takes an unmatched brace for the initial of a name that begins with {\textbackslash}.
    whole = _COMMAND.sub(r"\1{}", escaped)
    return f"{{{whole}}}"


def _has_initials(escaped: str) -> bool:
    """Tell whether BibTeX can shorten a name: of a word that begins with a letter outside ASCII it takes a byte."""
    return escaped.isascii() or all(word[0].isascii() for word in escaped.split())


def _has_small_part(text: str) -> bool:
    """A hyphen parts words for BibTeX, which would make Wen of the house of tau of Wen-tau Yih."""
    if "-" not in text and text.isascii():
        return False
    return any(part[:1].islower() for part in re.split("[-‐‑]", text)[1:])


def _part(part: str, unicode: bool, braced: bool = False) -> str:
    escaped = latex.escape(part, unicode)
    return f"{{{escaped}}}" if braced or "," in part or " and " in f" {part.lower()} " else escaped
