"""Names of authors taken apart, as far as that is certain."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, TypeGuard

from ...model import Author
from ..contract.cache import PAPERS, cache
from ..text import commands


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
"""Words of Latin letters with a capital first. A small letter behind a hyphen (Wen-tau) means a closer look: BibTeX
parts words at hyphens, and takes what begins small for a particle."""
_ONE, _SEVERAL = re.compile(_PERSON), re.compile(rf"{_PERSON}(?:\n{_PERSON})*+")
_SUFFIX = re.compile(r"(?:,\s*|\s+)(Jr\.?|Sr\.?|II|III|IV)$")
_GROUPS = frozenset(
    """
    team teams group groups lab labs inc inc. llc ltd corp corporation company research university institute consortium
    collaboration contributors foundation project community initiative alliance center centre laboratory workshop
    network council committee department school college society association organization organizers participants
    academy agency programme program
    deepmind openai google meta microsoft nvidia
    """.split()  # noqa: SIM905  sixty lines of list are no better to read
)
_PARTICLES = frozenset("van der de la von del della da mac ter dem di".split())  # noqa: SIM905
"""What belongs to the family name behind it by arXiv's own rules (`PREFIX_MATCH` of arxiv-base's authors.py).

They made the parts that its snapshot gives; its API gives whole names.
"""
_ODD = (
    _GROUPS
    | _PARTICLES
    | {
        "phd",
        "ph.d.",
        "m.d.",
        "msc",
        "bsc",
        "prof.",
        "dr.",
        "jr",
        "jr.",
        "sr",
        "sr.",
        "ii",
        "iii",
        "iv",
        "ai",
        "and",
        "others",
    }
)
_MARKS = " ,†‡§¶∗⋆✝✉*"
"""Signs behind a name that lead to a footnote: an address, an equal contribution."""
_RAISED = (("<sup>", "</sup>"), ("$^", "$"), ("^{", "}"))
_FOOTNOTE = re.compile(r"\{?(?:[0-9a-z†‡§¶∗⋆*,\s]{1,8}|\\[a-z]+)\}?")
_NUMBERED = re.compile(rf"({_PERSON})(?:[\s,]*[0-9¹²³⁴⁵⁶⁷⁸⁹⁰#]{{1,2}})+")
_CONJUNCTION = re.compile(r",?\s+(?:and|&|und|et)\s+", re.ASCII)
_REST = re.compile(
    r"(?:^|[\s,]+)(?:(?:and|&)\s+)?(?:et\.?\s*al\.?|et coll\.?|others|\.{3}|…)$"
    r"|\s+(?:and|&)\s+(?:colleagues|co-?authors|co-?workers|team)$",
    re.IGNORECASE | re.ASCII,
)
_ONLY_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|Inc|Ltd|LLC|Corp|Co|GmbH)\.?")
_DEGREE = r"(?:Ph\.?\s?D\.?|M\.D\.|[MB]\.?Sc\.?)"
_ONLY_DEGREE = re.compile(_DEGREE)
_TITLES = re.compile(r"^(?:(?:Prof|Dr)\.\s*)+(?=\w+\.?\s+\w)")
_ASIDE = re.compile(
    rf"(?:,?\s+{_DEGREE}|\s*\((?:equal|joint|co-?first|corresponding|lead|project|internship|intern)\b[^()]*\))$"
)
"""What stands around a name and is none of it: styles would print PhD as the family name."""
# A style shortens the given names of what it takes for a person: "Team, Q." where a group is not known as one, and
# "Min-su, K." where the family name stands first. In doubt a name is a unit, which all styles print as it is.
_UNIT = re.compile(
    r"[0-9,;:/&@#$%{}\\\[\]|<>=+*~^_`\"\ufffd]"  # no person's name holds these
    r"|[\u1100-\u11ff\u3041-\u30ff\u3131-\u318e\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]"  # the family comes first
    r"|(?:^|\s)(?:AI|[Aa][Nn][Dd]|[Oo][Tt][Hh][Ee][Rr][Ss]|et al\.?)(?:\s|$)"
)


Authors = tuple[str, ...] | tuple[Author, ...]
"""A paper's authors, whom a digest names by one text each and a record in parts."""


@cache(PAPERS)
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


def listed(displays: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """Return a digest's authors with those apart whom "and" joins, and whether the list says that there are more.

    Only persons are parted, so that "Procter and Gamble" stays one. A suffix that a comma has cut off goes back, a
    degree goes away.
    """
    names: list[str] = []
    is_cut = False
    for display in displays:
        whole = _bare(display)
        shown = _REST.sub("", whole)
        is_cut = is_cut or shown != whole
        if names and _ONLY_SUFFIX.fullmatch(shown):
            names[-1] += f", {shown}"
        elif shown and not _ONLY_DEGREE.fullmatch(shown):
            names += _apart(shown)
    return tuple(names), is_cut


def _apart(whole: str) -> list[str]:
    """Part "Ada Quill and Ben Tarn"; a first piece that is none is what "Ben Tarn and Cy Dorn" leaves of ", and"."""
    pieces = [piece.removeprefix("and ") for piece in _CONJUNCTION.split(whole)]
    are_persons = all(name.family and name.given for name in map(split_name, pieces))
    return pieces if are_persons else [whole]


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
    whole = _unmarked(" ".join(display.split()))
    suffix = _SUFFIX.search(whole)
    words = (whole[: suffix.start()] if suffix else whole).split()
    if len(words) < 2 or _is_unit(" ".join(words), words):
        return Name(whole)
    start = next((at for at, word in enumerate(words[1:-1], 1) if _is_lower(word)), _family_start(words))
    start -= start > 1 and words[start] in ("y", "e", "i")  # join two family names: Blas Tarn y Quill
    return Name(whole, " ".join(words[start:]), " ".join(words[:start]), suffix[1] if suffix else "")


def record_name(author: Author) -> Name:
    """Return the name of an author of a record, in the record's own parts where it has them."""
    if author.corporate:
        return Name(_bare(author.name))
    family, given = _unmarked(_bare(author.family)), _bare(author.given)
    if not family:
        return split_name(author.name)
    if not given:
        return Name(_bare(author.name))
    return Name(_bare(author.name), family, given, _bare(author.suffix), True)


def _bare(part: str | None) -> str:
    r"""Return a part with single spaces; the snapshot writes some letters as submitted, Mart{\'i}nez."""
    if not part:
        return ""
    read = commands.ANY_LETTER.sub(lambda found: commands.letter(found[0]), part) if "\\" in part else part
    return " ".join(read.split())


def _are_plain(displays: str, form: re.Pattern[str]) -> bool:
    """Tell whether names look like persons'; false only sends them to a closer look."""
    return form.fullmatch(displays) is not None and _ODD.isdisjoint(displays.lower().split())


def _plain(display: str) -> Name:
    ((given, family),) = parted([display])
    return Name(display, family, given)


def _unmarked(whole: str) -> str:
    """Return a name without marks of footnotes; only a person's name has no number of its own."""
    shown = _ASIDE.sub("", _TITLES.sub("", whole)).rstrip(_MARKS)
    while (at := _raised(shown)) > 0:
        shown = shown[:at].rstrip(_MARKS)
    if numbered := _NUMBERED.fullmatch(shown):
        shown = numbered[1]
    return shown if any(map(str.isalnum, shown)) else whole


def _raised(name: str) -> int:
    """Return where the raised mark at a name's end begins, -1 where there is none."""
    for opening, closing in _RAISED:
        if name.endswith(closing):
            at = name.rfind(opening, 0, -len(closing))
            if at >= 0 and _FOOTNOTE.fullmatch(name, at + len(opening), len(name) - len(closing)):
                return at
    return -1


def _family_start(words: list[str]) -> int:
    """Return where the family name begins: at the last word, or at one or two particles in front of it."""
    start = len(words) - 1
    for _ in range(2):
        if start > 1 and words[start - 1].lower() in _PARTICLES:
            start -= 1
    return start


def _is_unit(text: str, words: list[str]) -> bool:
    return (
        _UNIT.search(text) is not None
        or _is_lower(words[0])
        or not {"(", ")"}.isdisjoint(words[-1])
        or not _GROUPS.isdisjoint(text.lower().split())
    )


def _is_lower(word: str) -> bool:
    return next((letter.islower() for letter in word if letter.isalpha()), False)
