"""Authors as arXiv names them, with what its own parser breaks put right.

arXiv keeps the authors of a paper as one line of text and takes it apart at commas, colons, "and" and parentheses
(arXiv/arxiv-base, `arxiv/authors`). What that does to some names is certain, and is undone here: a colon behind a
group's name becomes an author of its own, "Wei (David) Chen" becomes two, "J.-P." becomes "J. -P.", "van den Berg"
leaves "van den" with the given names.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from .paper import Author
from .text import one_line

_SPACED_DOT = re.compile(r"(?<=\w)\. (?=-\w)|(?<=[0-9])\. (?=\w)")
_GROUP_ENDINGS = re.compile(
    "collaborations?|consortium|teams?|group|contributors|labs?|laborator(?:y|ies)|initiative|committee|foundation"
    r"|institute|university|inc\.?|corporation|company|community|project|organization",
    re.IGNORECASE | re.ASCII,
)
_INNER_CAPITAL = re.compile(r"(?!(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|Fitz)[A-Z])[A-Za-z]*[a-z][A-Z]")


class Affiliated(NamedTuple):
    """An author, and what stood in parentheses behind the name, which arXiv takes for affiliations."""

    author: Author
    behind: tuple[str, ...] = ()


def displayed(name: str, behind: Iterable[str] = ()) -> Affiliated | None:
    """Return the author of a display name, "Given Family"; None for a name without a letter, but for a lone colon."""
    return _named(_tidy(name), behind)


def parted(family: str, given: str, suffix: str, behind: Iterable[str] = ()) -> Affiliated | None:
    """Return the author of a name in parts, as `displayed` does.

    Without given names it is a group of several words, for which arXiv's parser has a rule, or a lone name.
    """
    family, given, suffix = _tidy(family), _tidy(given), _tidy(suffix)
    if not given:
        found = _named(" ".join(filter(None, (family, suffix))), behind)
        return found and (_group(found) if " " in family else found)
    family, given = _with_particles(family, given)
    found = _named(" ".join(filter(None, (given, family, suffix))), behind)
    if found is None or found.author.corporate:
        return found
    parts = {"family": family, "given": given, "suffix": suffix or None}
    return found._replace(author=found.author.model_copy(update=parts))


def mended(names: Iterable[Affiliated | None]) -> tuple[Author, ...]:
    """Return a paper's authors: colons tell groups and go, halves of one name become one."""
    kept: list[Affiliated] = []
    for named in names:
        if named is None:
            continue
        if named.author.name == ":":
            kept[-1:] = map(_group, kept[-1:])
        elif kept and _are_halves(kept[-1], named):
            kept[-1] = _whole(kept[-1], named)
        else:
            kept.append(named)
    return tuple(named.author for named in kept)


def _tidy(name: str) -> str:
    return _SPACED_DOT.sub(".", _decoded(one_line(name)).strip(" ,;"))


def _decoded(name: str) -> str:
    """Undo UTF-8 that was read as Latin-1, which the API gives for some names ("WÃ¼bben")."""
    try:
        decoded = name.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return name
    return decoded if decoded.isprintable() else name


def _named(name: str, behind: Iterable[str]) -> Affiliated | None:
    if name != ":" and not any(map(str.isalnum, name)):
        return None
    return Affiliated(Author(name=name, corporate=_is_group(name)), tuple(behind))


def _is_group(name: str) -> bool:
    """Tell a group by its words ("Kimi Team", "Team GLM") or, of a lone word, by its letters ("OpenAI", "NVIDIA")."""
    words = name.split()
    if len(words) > 1:
        return _GROUP_ENDINGS.fullmatch(words[-1]) is not None or words[-1] == "AI" or words[0] == "Team"
    return (
        (name.isupper() and name.isascii() and len(name) > 2)
        or name.endswith("AI")
        or any(map(str.isdigit, name))
        or _INNER_CAPITAL.match(name) is not None
    )


def _with_particles(family: str, given: str) -> tuple[str, str]:
    """Move particles that end the given names to the family name; "y" and "e" take the name before them along."""
    words = given.split()
    start = len(words)
    while start > 1 and words[start - 1].isalpha() and words[start - 1].islower():
        start -= 2 if words[start - 1] in ("y", "e") and start > 2 else 1
    return " ".join([*words[start:], family]), " ".join(words[:start])


def _group(named: Affiliated) -> Affiliated:
    return named._replace(author=Author(name=named.author.name, corporate=True))


def _are_halves(first: Affiliated, second: Affiliated) -> bool:
    """Tell whether two neighbours are a name that was split at a nickname in parentheses.

    The first is a lone name, or ends in an initial, and has a single name behind it, which arXiv also gives to those
    before it; the second is a lone name.
    """
    if first.author.corporate or second.author.corporate or " " in second.author.name:
        return False
    if len(first.behind) != 1 or first.behind == second.behind or not _is_nickname(first.behind[0]):
        return False
    words = first.author.name.split()
    return len(words) == 1 or len(words[-1].rstrip(".")) == 1


def _is_nickname(text: str) -> bool:
    letters = text.replace("-", "").replace("'", "")
    return letters.isalpha() and letters[0].isupper() and not letters.isupper()


def _whole(first: Affiliated, second: Affiliated) -> Affiliated:
    family, given = second.author.name, first.author.name
    return Affiliated(Author(name=f"{given} {family}", family=family, given=given))
