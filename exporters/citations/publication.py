"""Where a paper was published, read from the line that its authors gave to arXiv."""

import re
from typing import Literal, NamedTuple


class Publication(NamedTuple):
    """A journal or a volume of proceedings, as far as a journal reference tells."""

    kind: Literal["article", "inproceedings"]
    container: str
    """Title of the journal or of the proceedings, with whatever else the reference says."""
    year: int
    pages: str | None
    """First and last page, "1-9"."""


_PAGES = re.compile(
    r",?\s*\b(?:pages?|pp?\.?)\s*([A-Za-z]?[0-9]+(?:\s*[-–—]+\s*[A-Za-z]?[0-9]+)?)(?![0-9])\.?"
    r"|(?<=\d\)),?:?\s*([0-9]+\s*[-–—]+\s*[0-9]+)\.?$"  # 3 (2024) 1--9
)
_YEAR = re.compile(r"(?<![0-9:.–-])(?:19|20)[0-9]{2}(?![0-9:–-])")
_BRACKETED = re.compile(r"[,;]?\s*\((?:[A-Za-z]+\.?\s)?((?:19|20)[0-9]{2})\)|,\s*((?:19|20)[0-9]{2})\s*\.?$")
_YEAR_OF_DOI = re.compile(r"/(?:v1/)?((?:19|20)[0-9]{2})\.")
_PROCEEDINGS = re.compile(
    r"(?ai:\b(?:proc|proceedings|conf|conference|workshop|symposium|congress|findings of|advances in neural)\b)"
    r"|\b(?:ACL|EMNLP|NAACL|EACL|COLING|LREC|NeurIPS|NIPS|ICML|ICLR|AISTATS|UAI|COLT|COLM|CVPR|ICCV|ECCV|WACV|BMVC"
    r"|AAAI|IJCAI|KDD|SIGIR|WWW|CIKM|WSDM|RecSys|INTERSPEECH|Interspeech|ICASSP|ISMIR|ICRA|IROS|CoRL|RSS|CHI|UIST"
    r"|SIGGRAPH|SIGMOD|ICSE|FSE|USENIX)\b",
    re.ASCII,
)
_JOURNALS = re.compile(
    r"\b(?:nat(?:l|ional)\.? acad|r(?:oyal)?\.? soc|of the ieee\b(?!/)|vldb endow|acm (?:on|program|hum|interact|j))"
    r"|\b(?:transactions|trans|journal|letters)\b",
    re.IGNORECASE | re.ASCII,
)
"""Journals that are called proceedings, and those that bear a conference's name."""


def publication(reference: str, doi: str | None) -> Publication | None:
    """Return what a journal reference says, None where it names no year: an article without one cannot be cited."""
    found = _PAGES.search(reference)
    rest = reference[: found.start()] + reference[found.end() :] if found else reference
    years = _YEAR.findall(rest) or _YEAR_OF_DOI.findall(doi or "")
    container = _BRACKETED.sub("", rest).strip(" ,;.")
    if not years or not any(map(str.isalpha, container)):
        return None
    is_proceedings = bool(_PROCEEDINGS.search(reference)) and not _JOURNALS.search(reference)
    kind: Literal["article", "inproceedings"] = "inproceedings" if is_proceedings else "article"
    return Publication(kind, container, int(years[-1]), _span(found[1] or found[2]) if found else None)


def _span(pages: str) -> str:
    return re.sub(r"\s*[-–—]+\s*", "-", pages)
