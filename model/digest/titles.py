"""What a heading, an item or a cell says of a paper: its title, its link, and what stands beside them."""

import re
from itertools import islice
from typing import NamedTuple

from .. import fields

DAILY = re.compile(r"[*_\s]*daily\s+papers\s*[*_:]*\s*[(（]+([^()（）]*[0-9][^()（）]*)", re.IGNORECASE | re.ASCII)
"""The heading of a digest, with its date; it is the first choice of what says when a paper is of."""

_NUMBERED = re.compile(
    r"[*_]{0,3}(?:(?:No\.|Paper|논문|论文|論文)\s?#?[0-9]{1,3}\s?[.):：]?\s+|#?[0-9]{1,3}\s?[.)、．]\s+|[0-9]{1,3}[.)](?=[\[*])"
    r"|\[[0-9]{4}\.[0-9]{4,5}(?:v[0-9]{1,2})?\]\s+|\([0-9]{1,3}\)\s+|[①-⑳]\s*|[0-9]\ufe0f?\u20e3\s*)(?=\S)"
)
_WRAPPED = re.compile(r"(\*{1,3}|_{1,3}|_\*\*|\*\*_)(?=\S)(.*\S)(?:\1|\*\*_|_\*\*)")
_LOOSE_LINK = re.compile(
    r"(.*[\])])?[(<]?((?:https?://|(?:www\.)?arxiv\.org/|arxiv:)[^\s)>]+)[)>]?", re.IGNORECASE | re.ASCII
)
_LINK_TITLE = re.compile(r"""\s+(?:"[^"]*"|'[^']*')\s*$""")
_ANCHOR = re.compile(
    r"<[Aa]\s[^<>]*?(?ai:href)\s*=\s*[\"']?([^\"'\s>]+)[\"']?[^<>]*>((?:(?!</?[Aa][\s>]).)*)</[Aa]>", re.DOTALL
)
_LINK = re.compile(
    r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(<?([^()\s>]*(?:\([^()\s]*\)[^()\s>]*)*)>?(?:\s+[\"'][^\"']*[\"'])?\)"
    r"|(?ai:((?:https?://|arxiv:\s?)[^\s<>()\[\]|]+[^\s<>()\[\]|.,;:'\"!?]))"
)
"""A link or a picture, or a bare address."""
_TAGS = re.compile(r"</?(?ai:b|strong|i|em|font|span|a|u|code|small|p|details|summary|div|center|sub)\b[^<>]*>")

_MOST_LINKS = 16
"""Links looked at in one heading, which keeps hostile ones linear."""


class Title(NamedTuple):
    """A title, the link's target as written (None for no link), and whether the heading breaks off."""

    title: str
    target: str | None
    cut: bool = False


def read(text: str) -> Title:
    """Read the text behind a heading's number signs."""
    text = text.strip()
    if "<a" in text:
        text = _ANCHOR.sub(r"[\2](\1)", text)
    if "<" in text:
        text = _TAGS.sub("", text).strip()
    text = _unwrapped(_unnumbered(text))
    opening = _link_start(text)
    if opening >= 0:
        return _linked(text, opening)
    start = text.rfind(" ") + 1
    if loose := _LOOSE_LINK.fullmatch(text, start):
        return Title(_bare(text[: loose.start(2)].rstrip("(<")), loose[2])
    return Title(_bare(text), None, is_open(text))


def links(text: str) -> list[tuple[str, str]]:
    """Return the text and the target of each link, in their order, bare addresses with no text."""
    if "<a" in text:
        text = _ANCHOR.sub(r"[\2](\1)", text)
    return [(found[2] or "", found[4] or found[3]) for found in _LINK.finditer(text) if not found[1]]


def anchored(text: str) -> str:
    """Return a text with HTML's links as Markdown's."""
    return _ANCHOR.sub(r"[\2](\1)", text) if "<a" in text else text


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


def plain(text: str) -> str:
    """Return a title without tags, numbers and emphasis around it."""
    return _unwrapped(_unnumbered(_TAGS.sub("", text).strip()))


def _unnumbered(text: str) -> str:
    """Drop a number before a title that is a link or bold, or that a bracket or a dot parts from it."""
    found = _NUMBERED.match(text)
    if not found:
        return text
    marks = found[0][: len(found[0]) - len(found[0].lstrip("*_"))]
    return marks + text[found.end() :]


def _linked(text: str, opening: int) -> Title:
    start = _title_start(text, opening)
    before, title, end = text[: max(start, 0)], text[start + 1 : opening], target_end(text, opening + 2)
    if end == -1:
        return Title(_joined(before, title), None, True)
    target = without_title(text[opening + 2 : end])
    whole = _WRAPPED.fullmatch(text)
    if whole and "](" in whole[2] and start == len(whole[1]):  # **[title](link)** with more bold inside
        before = ""
    return Title(_joined(before, title, text[end + 1 :]), target or None)


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
    return whole[2].strip() if whole and whole[1] not in whole[2] else text
