"""Citation keys: the same for ever by default, and patterns for those who want them readable."""

import datetime
import hashlib
import re
import unicodedata
from functools import lru_cache

from ...model import Paper
from ..contract.format import Series
from ..series import identity
from ..text.running_text import as_unicode, from_markdown
from .people import name_of

PATTERN = r"^(?:[A-Za-z0-9.:_-]|\{(?:author|year|word|id)\})+$"
"""What a pattern is made of: what keys may hold, and fields in braces."""

_FOLDED = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d"}
)
_SKIPPED = frozenset(
    re.findall("[a-z]+", "a an the on of in for to and with from by is are at as do does can how what why when via")
)
_FIELD = re.compile(r"\{([a-z]+)\}")


def citation_key(series: Series, date: datetime.date, paper: Paper) -> str:
    """Return the key that a paper is cited by, the same for ever: arxiv.2405.01234, arxiv.hep-th.9901001.

    A paper that is not on arXiv is named by a digest of its permanent id. All of it is lower-case ASCII letters,
    digits, dots and hyphens, which TeX, biber, pandoc and file systems take as they are.
    """
    return f"{'arxiv' if paper.arxiv_id else 'paper'}.{_id(series, date, paper)}"


def year_of(date: datetime.date, paper: Paper) -> int:
    """Return the year that the arXiv id names, else the issue's; a record changes neither."""
    found = id_month(paper.arxiv_id or "")
    return found[0] if found else date.year


def id_month(arxiv_id: str) -> tuple[int, int] | None:
    """Read YYMM, which begins every id since April 2007 and the number of those before it, from 1991 on."""
    return _month(arxiv_id.rpartition("/")[2][:4])


@lru_cache(maxsize=1 << 10)
def _month(digits: str) -> tuple[int, int] | None:
    if not digits or not 1 <= int(digits[2:]) <= 12:
        return None
    year = int(digits[:2])
    return (1900 + year if year > 90 else 2000 + year), int(digits[2:])


class Keys:
    """Makes the keys of one file.

    A pattern's key ends in the paper's id unless it holds it or `short` says that it may do without; then papers that
    would share a key get letters in the order they come, so that one that comes between renames those behind it.
    """

    def __init__(self, series: Series, pattern: str | None, short: bool) -> None:
        self.series = series
        self.pattern = pattern if pattern is None or short or "{id}" in pattern else f"{pattern}.{{id}}"
        self.provisional = 0
        """How many keys fell back to the default because the first author is not known yet."""
        self.used: set[str] | None = set() if pattern and short and "{id}" not in pattern else None

    def key(self, date: datetime.date, paper: Paper) -> str:
        if self.pattern is None:
            return citation_key(self.series, date, paper)
        fields = dict.fromkeys(_FIELD.findall(self.pattern), "")
        for name in fields:
            fields[name] = self._field(name, date, paper)
            if not fields[name]:
                self.provisional += name == "author" and paper.arxiv_id is not None and paper.record is None
                return citation_key(self.series, date, paper)
        return self._distinct(self.pattern.format_map(fields))

    def _field(self, name: str, date: datetime.date, paper: Paper) -> str:
        if name == "id":
            return _id(self.series, date, paper)
        if name == "year":
            return str(year_of(date, paper))
        return _word(paper) if name == "word" else _author(paper)

    def _distinct(self, key: str) -> str:
        """Return the key with as many letters behind it as make it new; BibTeX takes A and a for the same."""
        if self.used is None:
            return key
        found, count = key, 0
        while found.lower() in self.used:
            count += 1
            found = key + _letters(count)
        self.used.add(found.lower())
        return found


def _id(series: Series, date: datetime.date, paper: Paper) -> str:
    if paper.arxiv_id:
        return paper.arxiv_id.replace("/", ".")
    return hashlib.sha256(identity.entry_id(series, date, paper).encode()).hexdigest()[:16]


def _author(paper: Paper) -> str:
    """Return the first author's family name in small ASCII letters; only a record knows who that is."""
    if paper.record and paper.record.authors:
        name = name_of(paper.record.authors[0])
    elif paper.authors and paper.authors_ordered:
        name = name_of(paper.authors[0])
    else:
        return ""
    return _ascii(name.family or name.whole)


def _word(paper: Paper) -> str:
    """Return the title's first word that means something; the digest's title, so that a record changes nothing."""
    words = re.findall(r"[^\W_]+", as_unicode(from_markdown(paper.title)))
    return next((word for word in map(_ascii, words) if word and word not in _SKIPPED), "")


def _ascii(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.translate(_FOLDED)).lower()
    return "".join(letter for letter in folded if letter.isascii() and letter.isalnum())


def _letters(count: int) -> str:
    """Count in letters: a, b … z, aa, ab …"""
    text = ""
    while count:
        count, rest = divmod(count - 1, 26)
        text = chr(97 + rest) + text
    return text
