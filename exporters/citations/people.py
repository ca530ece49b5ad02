"""Names of authors taken apart, as far as that is certain."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, TypeGuard

from ...model import Author
from ..contract.cache import PAPERS, once


class Name(NamedTuple):
    """An author's name: whole, and in parts where it has any.

    Without a family name it is one unit that no style may turn round or shorten: a group, a lone name, a name in a
    script that puts the family first.
    """

    whole: str
    """Display name, "Given Family, Suffix" as written."""
    family: str = ""
    """Family name with its particles ("van den Berg")."""
    given: str = ""
    suffix: str = ""
    """"Jr.", "III"."""
    known: bool = False
    """Whether the parts come from a record; else they were told by BibTeX's own rule, the letters' case."""


_UPPER = "A-ZÀ-ÖØ-Þ" + "".join(filter(str.isupper, map(chr, range(0x100, 0x180))))
_LOWER = "a-zß-öø-ÿ" + "".join(filter(str.islower, map(chr, range(0x100, 0x180))))
_PART = rf"[{_UPPER}][{_UPPER}{_LOWER}.']*+(?:-(?![{_LOWER}])[{_UPPER}{_LOWER}.']*+)*+"
_PERSON = rf"{_PART}(?: {_PART})++"
_ONE, _SEVERAL = re.compile(_PERSON), re.compile(rf"{_PERSON}(?:\n{_PERSON})*+")
_SUFFIX = re.compile(r"(?:,\s*|\s+)(Jr\.?|Sr\.?|II|III|IV)$")
_GROUPS = frozenset(
    """
    team teams group lab labs inc inc. llc ltd corp corporation company research university institute consortium
    collaboration contributors foundation project community initiative alliance center centre laboratory
    deepmind openai google meta microsoft nvidia
    """.split()  # noqa: SIM905  sixty lines of list are no better to read
)
_ODD = _GROUPS | {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "ai", "and", "others"}
_UNIT = re.compile(
    r"[0-9,;:/&@#$%{}\\\[\]|<>=+*~^_`\"\ufffd]"  # no person's name holds these
    r"|[\u1100-\u11ff\u3041-\u30ff\u3131-\u318e\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]"  # the family comes first
    r"|(?:^|\s)(?:AI|[Aa][Nn][Dd]|[Oo][Tt][Hh][Ee][Rr][Ss]|et al\.?)(?:\s|$)"
)


Authors = tuple[str, ...] | tuple[Author, ...]
"""A paper's authors, whom a digest names by one text each and a record in parts."""


@once(PAPERS)
def names(authors: Authors) -> tuple[Name, ...]:
    """Return the names of a paper's authors, made once for all the formats of a run."""
    return tuple(map(name_of, authors))


def are_displays(authors: Authors) -> TypeGuard[tuple[str, ...]]:
    """Tell whether authors are named by one text each."""
    return not authors or isinstance(authors[0], str)


def plain_only(authors: Authors) -> tuple[str, ...]:
    """Return the authors if all of them are plainly "Given Family", as most papers' are, else none.

    Such names hold Latin letters (of Unicode's first two blocks of them), single spaces, dots, hyphens and apostrophes,
    and the last space stands before the family name.
    """
    return authors if are_displays(authors) and _are_plain("\n".join(authors), _SEVERAL) else ()


def parted(plain: Sequence[str]) -> list[tuple[str, str]]:
    """Return the given and the family name of each plain name."""
    return [(given, family) for given, _, family in [display.rpartition(" ") for display in plain]]


def name_of(author: str | Author) -> Name:
    """Return the name of an author, whom a digest names by one text and a record in parts."""
    return split_name(author) if isinstance(author, str) else record_name(author)


@lru_cache(maxsize=1 << 12)
def split_name(display: str) -> Name:
    """Take a display name apart by the rule BibTeX uses: the last word is the family's, with what is lower case before.

    What is not plainly "Given Family" stays whole.
    """
    if _are_plain(display, _ONE):
        return _plain(display)
    whole = " ".join(display.split())
    suffix = _SUFFIX.search(whole)
    words = (whole[: suffix.start()] if suffix else whole).split()
    if len(words) < 2 or _is_unit(" ".join(words), words):
        return Name(whole)
    start = next((at for at, word in enumerate(words[1:-1], 1) if _is_lower(word)), len(words) - 1)
    return Name(whole, " ".join(words[start:]), " ".join(words[:start]), suffix[1] if suffix else "")


def record_name(author: Author) -> Name:
    """Return the name of an author of a record, in the record's own parts where it has them."""
    if author.corporate:
        return Name(_bare(author.name))
    family, given = _bare(author.family), _bare(author.given)
    if not family:
        return split_name(author.name)
    if not given:
        return Name(_bare(author.name))
    return Name(_bare(author.name), family, given, _bare(author.suffix), True)


def _bare(part: str | None) -> str:
    return " ".join(part.split()) if part else ""


def _are_plain(displays: str, form: re.Pattern[str]) -> bool:
    """Tell whether names look like persons'; false only sends them to a closer look."""
    return form.fullmatch(displays) is not None and _ODD.isdisjoint(displays.lower().split())


def _plain(display: str) -> Name:
    ((given, family),) = parted([display])
    return Name(display, family, given)


def _is_unit(text: str, words: list[str]) -> bool:
    return (
        _UNIT.search(text) is not None
        or _is_lower(words[0])
        or not {"(", ")"}.isdisjoint(words[-1])
        or not _GROUPS.isdisjoint(text.lower().split())
    )


def _is_lower(word: str) -> bool:
    return next((letter.islower() for letter in word if letter.isalpha()), False)
