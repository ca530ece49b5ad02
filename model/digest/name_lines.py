"""Lists of authors that a formatter has wrapped: in how many lines below its label a list goes on.

A wrap may stand inside a name ("Cyprien de" / "Masson d'Autume"), so a line alone does not tell. All lines that may be
names are taken together, and the list that they make with the label's own line is judged; what spoils its end is given
back.
"""

import re
from collections.abc import Sequence

from .. import names
from . import labels, media

ALONE = re.compile(r"[0-9]{1,3}[.)]\s+\S|\||\[\^?[^\[\]]+\]:")
"""What no line above goes on with: a numbered point, a row of a table, a footnote."""
_UNCASED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_COMMA = re.compile(r"(?:[,，、;；&+]|\s(?:and|et))\s*$")
_NUMBERED_GROUP = re.compile(r"[0-9]{1,3}\.\s*[A-Z][\w-]*\s*(?:,|$)")
"""A group's name that looks like a numbered point: "01. AI"."""
_OTHER = re.compile(
    r"\W*(?:code|tags?|venue|status|year|keywords?|categor(?:y|ies)|subjects?|comments?|journal|institutions?"
    r"|affiliations?|project(?: page)?|github|score|rating|topics?|source|type|summary|abstract|tl;?dr)\W{0,3}[:：]",
    re.IGNORECASE | re.ASCII,
)
"""Fields that no list goes on with."""
_SMALL = frozenset("and et al al. more others other authors".split())  # noqa: SIM905
_GIVEN_BACK = 3
"""Lines at most that are given back one by one, which keeps long texts linear."""


def count(value: str, lines: Sequence[str]) -> int:
    """Return in how many of the lines below a label's own line its list of names goes on."""
    if value.startswith(("[", "\\[")) and "]" not in value:
        return next((at for at, line in enumerate(lines, 1) if "]" in line), 0)
    end = 0
    while end < len(lines) and _may_be_names(value if not end else lines[end - 1], lines[end]):
        end += 1
    for given_back in range(min(end, _GIVEN_BACK + 1)):
        if names.is_list(" ".join([value, *lines[: end - given_back]]), names.authors(value).names):
            return end - given_back
    return 0


def may_be_cut(line: str) -> bool:
    """Tell whether the line below a list may be more of it, though too little in it looks like names."""
    return not _is_other(line) and names.hold_a_name(line)


def _may_be_names(above: str, line: str) -> bool:
    """Tell whether a line may be of a list, by its words; a sentence has too many in small letters."""
    if _is_other(line) or line.rstrip()[-1:] in "!?。:：" or "](" in line or "://" in line:
        return bool(_NUMBERED_GROUP.match(line)) and _COMMA.search(above) is not None
    if _UNCASED.search(line) and not _UNCASED.search(above) and not _COMMA.search(above):
        return False
    words = line.split()
    small = sum(word[0].islower() and not names.is_particle(word) and word not in _SMALL for word in words)
    return small * 3 <= len(words) or (len(words) < 4 and _COMMA.search(line) is not None)


def _is_other(line: str) -> bool:
    return bool(
        labels.fields_of(line)
        or _OTHER.match(line)
        or line[:1] in tuple("!#|><")
        or media.target_of(line)
        or ALONE.match(line)
    )
