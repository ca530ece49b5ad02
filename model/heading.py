"""The heading of a paper: its title and its link, in every shape that digests write them."""

import re
from itertools import islice
from typing import NamedTuple

from . import fields

_NUMBERED = re.compile(r"\A[0-9]{1,3}[.)]\s+(?=\[)")
_WRAPPED = re.compile(r"(\*{1,3}|__)(?=\S)(.*\S)\1")
_LOOSE_LINK = re.compile(r"(.*[\])])?[(<]?((?:https?://|(?:www\.)?arxiv\.org/|arxiv:)[^\s)>]+)[)>]?", re.IGNORECASE)
_LINK_TITLE = re.compile(r"""\s+(?:"[^"]*"|'[^']*')\s*$""")

_MOST_LINKS = 16
"""Links looked at in one heading, which keeps hostile ones linear."""


class Heading(NamedTuple):
    """A title, the link's target as written (None for no link), and whether the heading breaks off."""

    title: str
    target: str | None
    cut: bool = False


def read(text: str) -> Heading:
    """Read the text behind a heading's number signs."""
    text = _unwrapped(_NUMBERED.sub("", text.strip()) if text[:1].isdigit() else text.strip())
    opening = _link_start(text)
    if opening >= 0:
        return _linked(text, opening)
    start = text.rfind(" ") + 1
    if loose := _LOOSE_LINK.fullmatch(text, start):
        return Heading(_bare(text[: loose.start(2)].rstrip("(<")), loose[2])
    return Heading(_bare(text), None, is_open(text))


def is_open(text: str) -> bool:
    """Tell whether a heading starts a link that it does not end: its next line may, or it was cut."""
    text = text.strip()
    opening = _link_start(text)
    if opening >= 0:
        return target_end(text, opening + 2) == -1
    return text.startswith("[") and text.count("[") > text.count("]")


def target_end(text: str, start: int) -> int:
    """Return where the parenthesis around a link target closes, -1 where it does not."""
    first = text.find(")", start)
    if "(" not in text[start:first]:
        return first
    depth = 1
    for at in range(start, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            return at
    return -1


def without_title(target: str) -> str:
    """Return a link target without the quoted title behind it."""
    return _LINK_TITLE.sub("", target).strip() if target.endswith(("'", '"')) else target.strip()


def _linked(text: str, opening: int) -> Heading:
    start = _title_start(text, opening)
    before, title, end = text[: max(start, 0)], text[start + 1 : opening], target_end(text, opening + 2)
    if end == -1:
        return Heading(_joined(before, title), None, True)
    target = without_title(text[opening + 2 : end])
    return Heading(_joined(before, title, text[end + 1 :]), target or None)


def _link_start(text: str) -> int:
    """Return where the `](` of the paper's own link stands: the first to arXiv, else the first one, else -1."""
    first = text.find("](")
    if text.count("](") < 2:
        return first
    found = [match.start() for match in islice(re.finditer(r"\]\(", text), _MOST_LINKS)]
    for opening in found:
        end = target_end(text, opening + 2)
        if fields.arxiv_id(text[opening + 2 : end].strip("<> ")):
            return opening
    return first


def _title_start(text: str, closing: int) -> int:
    """Return the bracket that matches the closing one, the first one where they do not balance, -1 for none at all."""
    if text.startswith("[") and "[" not in text[1:closing]:
        return 0
    depth = 0
    for at in range(closing, -1, -1):
        depth += (text[at] == "]") - (text[at] == "[")
        if depth == 0:
            return at
    return text[:closing].find("[")


def _joined(*parts: str) -> str:
    return _unwrapped(" ".join(part.strip() for part in parts if part.strip()))


def _bare(text: str) -> str:
    """Drop the brackets of a link that has no target, and emphasis around the whole."""
    text = _unwrapped(text.strip())
    inside = text[1:-1]
    if text.startswith("[") and text.endswith("]") and "[" not in inside and "]" not in inside:
        return inside.strip()
    return text.removeprefix("[") if "]" not in text else text


def _unwrapped(text: str) -> str:
    whole = _WRAPPED.fullmatch(text) if text.startswith(("*", "_")) else None
    return whole[2] if whole and whole[1] not in whole[2] else text
