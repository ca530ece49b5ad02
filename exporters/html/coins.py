"""COinS: a citation in the title of a span, which Zotero's connector and others find on a page.

OpenURL 1.0 (ANSI/NISO Z39.88-2004) as key/encoded-value pairs, in the Dublin Core format: of the formats Zotero reads
it is the only one with a type of its own choice, and so the only one that arrives as a preprint.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from ...model import Author
from ..citation import Citation
from ..people import name_of
from ..prose import as_unicode

_START = "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Adc&rft.type="
_RESERVED = re.compile(r"[^A-Za-z0-9._~ -]")
_CREATOR, _DOI, _URL = "&rft.creator=", "&rft_id=info%3Adoi%2F", "&rft_id="


def context_object(citation: Citation) -> str:
    """Return the value of the span's title, not yet escaped for HTML."""
    title = as_unicode(citation.title) if "$" in citation.title else citation.title
    kind = "preprint&rft.publisher=arXiv" if citation.arxiv_id else "document"  # Zotero's own names of types
    more = "".join([f"&{key}={_remembered(value)}" for key, value in _pairs(citation)])
    return f"{_START}{kind}&rft.title={_quoted(title)}{more}{_identifiers(citation)}{_creators(citation)}"


def _pairs(citation: Citation) -> Iterator[tuple[str, str]]:
    """Yield what many papers have in common.

    Dublin Core has no first author, so an order that is not known is said in words.
    """
    yield "rft.date", citation.date.iso
    for category in citation.categories:
        yield "rft.subject", category
    if citation.caution:
        yield "rft.description", citation.caution


def _identifiers(citation: Citation) -> str:
    doi = _DOI + _ends(citation.doi, "10.48550/arXiv.") if citation.doi else ""
    return doi + _URL + _ends(citation.url, "https://arxiv.org/abs/") if citation.url else doi


def _ends(value: str, start: str) -> str:
    """Percent-encode a text whose start nearly all have, and only once what that is."""
    return _remembered(start) + _quoted(value[len(start) :]) if value.startswith(start) else _quoted(value)


def _creators(citation: Citation) -> str:
    """Return the authors, encoded all in one go: nearly all names are simple, and there are very many."""
    names = [author if isinstance(author, str) else _inverted(author) for author in citation.authors]
    return "".join([_CREATOR + name for name in _quoted("\n".join(names)).split("%0A")]) if names else ""


@lru_cache(maxsize=256)
def _remembered(value: str) -> str:
    return _quoted(value)


def _quoted(value: str) -> str:
    """Percent-encode UTF-8; for ASCII a pattern takes a fraction of the time that `quote` takes."""
    if not value.isascii():
        return quote(value, safe="")
    return _RESERVED.sub(_escaped, value).replace(" ", "%20")


def _escaped(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"


def _inverted(author: Author) -> str:
    """Return a name with its family first where a record tells which that is."""
    name = name_of(author)
    return f"{name.family}, {name.given}" if name.known else name.whole
