"""What an item of a list, a cell or a `<summary>` says of a paper on one line: title, link, authors, and more."""

import re
from typing import NamedTuple

from .. import dates, fields, links, names
from ..text import BLANKS
from . import labels, titles

_LABEL_LINK = re.compile(
    r"\W*+(?:(?ai:(?:read |full |the )?(?:paper|pdf|abs(?:tract)?|links?|html|code|hf|github"
    r"|project(?: page)?|web(?:site|page)?|blog|tweet|read more|here|doi|url|source|details|more|view|open"
    r"|alphaxiv|page))|(?ai:read |full |the )?(?:(?ai:arxiv)(?:\W*(?ai:id))?|(?ai:hugging)\s?(?ai:face))"
    r"|논문|링크|원문|원문 보기|보기|바로가기|论文|原文|链接|查看\w*|详情|論文|リンク"
    r"|(?:(?ai:arxiv):\s?)?[0-9]{4}\.[0-9]{4,5}(?:[Vv][0-9]+)?)?\W*+"
)
_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+[\"'][^\"']*[\"'])?\)")
_LABEL_BEFORE = re.compile(
    r"[,;|·]?\s*(?<![\w-])(?:paper|pdf|arxiv|code|project|link|论文|논문|論文)s?\s*[:：]\s*(?:\*\*)?(?=\[|<?https?://)",
    re.IGNORECASE | re.ASCII,
)
"""What a list says before a link that has only its address for words."""
_BARE = re.compile(r"<?(?:https?://|arxiv:\s?(?=[0-9a-z]))[^\s<>()\[\]|]+>?", re.IGNORECASE | re.ASCII)
_OPENING, _CLOSING = r"(（\[【", r")）\]】"
_HOLLOW = re.compile(
    rf"[{_OPENING}](?<![{_OPENING}].)[{_OPENING}]*+"
    rf"(?:[^\w{_OPENING}{_CLOSING}]|\b(?:read|more|on|or|and|at|see|via|in|arxiv|paper|pdf|link|code)\b)*+[{_CLOSING}]++",
    re.IGNORECASE | re.ASCII,
)
"""Brackets with nothing in them. A match begins at the first of several brackets and never goes back: to try each of
them again took minutes for a thousand."""
_BOLD = re.compile(r"(\*\*\*|\*\*|__|\*)(?=\S)(.+?)(?<=\S)\1(?![*_\w])")
_SPLIT = re.compile(r"\s*<[Bb][Rr]\s*/?>\s*|\s{2,}|\s*\n\s*")
_SEPARATORS = f"{BLANKS}-–—:：|·•,;/"
_OPEN_END = f"{_SEPARATORS}([【"
_DASH = re.compile(r"\s+(?:[-–—|·•]|--)\s+|(?<=\S)[:：]\s+")
_DATE = re.compile(
    r"[\[(（【*_`~]+([0-9A-Za-z년월일年月日号 .,/-]{5,24}?)[\])）】*_`~]+[\s:：|,，\-–—]*(?=\S)"
    r"|([0-9][0-9년월일年月日./-]{7,14}|[01][0-9]-[0-3][0-9](?=[ :：]))[\s:：|,，\-–—]+(?=\S)"
)
_BADGE = re.compile(r"\[!\[[^\[\]]*\]\([^()\s]*\)\]\(([^()\s]*)\)")
"""A picture as a link: what it leads to, a badge says."""
_CHECK_BOX = re.compile(r"\[[ xX✓✔-]\]\s+")
_BY = re.compile(r"by:?\s+", re.IGNORECASE | re.ASCII)
_SENTENCE = re.compile(r"(?<=[^\W\d_]{2})[.]\s+")
_VENUE = re.compile(r",\s+((?:[A-Z][\w-]*|arXiv)(?:\s[A-Z][\w-]*){0,3}[\s,']+(?:20)?[0-9]{2})\.?\s*$")
_MOST_COMMAS = 8
_STRONG = re.compile(r"</?(?:strong|b)>", re.IGNORECASE | re.ASCII)


class Lead(NamedTuple):
    """A title, the target of its link, the rest of the text, authors that stood in it, and a date before it."""

    title: str
    target: str | None
    rest: tuple[str, ...]
    authors: str = ""
    date: dates.Day | None = None


def read(text: str) -> Lead:
    """Read a text that begins with a paper's title, or has a date before it."""
    text = titles.plain(_STRONG.sub("**", titles.anchored(_BADGE.sub(r"[](\1)", text))))
    date, text = dated(text)
    target = own_target(text)
    title, rest = _title(text)
    pieces = [piece for part in _SPLIT.split(rest) if (piece := _trimmed(part))]
    for at, piece in enumerate(pieces):
        for part in (piece, *_DASH.split(piece)):
            listed = _BY.sub("", part, count=1).rstrip(" .")
            if names.are_names(listed) and not labels.PARTS.fullmatch(listed):
                others = [_trimmed(other) for other in piece.split(part)]
                rest_ = (*pieces[:at], *filter(_says_anything, others), *pieces[at + 1 :])
                return Lead(title, target, rest_, listed, date)
    return Lead(title, target, tuple(filter(_says_anything, pieces)), "", date)


def dated(text: str) -> tuple[dates.Day | None, str]:
    """Part a date before everything else but a check box, maybe in brackets or bold, from the rest."""
    text = _CHECK_BOX.sub("", text)
    found = _DATE.match(text)
    written = (found[1] or found[2]) if found else ""
    days = dates.days(written) or dates.short_days(written)
    return (days[0], text[found.end() :]) if found and len(days) == 1 else (None, text)


def own_target(text: str) -> str | None:
    """Return the target of the first link to a paper on arXiv, else of the first link."""
    found = [target for _, target in titles.links(text)]
    ours = next((target for target in found if fields.arxiv_id(target.strip("<> "))), None)
    if ours is None and (named := links.ids(text)):
        return f"https://arxiv.org/abs/{named[0]}"
    return ours or next((target for target in found if target.startswith("http")), None)


def is_label(text: str) -> bool:
    """Tell whether the words of a link only say what it leads to."""
    return text.startswith(("http://", "https://")) or _LABEL_LINK.fullmatch(text) is not None


def without_links(text: str) -> str:
    """Return a text without links that only say what they lead to, and without what such links leave behind."""
    if ":" in text:
        text = _LABEL_BEFORE.sub("", text)
    if "](" in text:
        text = _LINK.sub(lambda found: "" if is_label(found[1]) else found[0], text)
    text = _BARE.sub("", text)
    return _HOLLOW.sub("", text).strip()


def _title(text: str) -> tuple[str, str]:
    """Part a title from what follows it: a link or bold text at the start, else all before a link, a break or a gap."""
    if (link := _LINK.match(text)) and not is_label(link[1]) and link[0][0] != "!":
        return _clean(link[1]), without_links(text[link.end() :])
    named = next((link for link in _LINK.finditer(text) if not is_label(link[1]) and fields.arxiv_id(link[2])), None)
    if (bold := _BOLD.match(text)) and not is_label(bold[2]) and not _is_longer(named, bold):
        inner = _LINK.search(bold[2])
        title = inner[1] if inner and not is_label(inner[1]) else without_links(bold[2])
        return _clean(title), without_links(text[bold.end() :])
    if named and link is None:
        before, after = text[: named.start()], text[named.end() :]
        return _clean(named[1]), without_links(f"{before} {after}")
    bare = without_links(text).lstrip(" -–—:：|·•,;")
    gap = _SPLIT.search(bare)
    title, rest = (bare[: gap.start()], bare[gap.end() :]) if gap else (bare, "")
    if not gap and len(parts := _DASH.split(title, maxsplit=1)) == 2 and _follows_title(parts[1]):
        title, rest = parts
    if cited := _cited(title):
        title, rest = cited[0], "\n".join(filter(None, (*cited[1:], rest)))
    parts = _SENTENCE.split(title, maxsplit=1)
    if len(parts) == 2 and names.are_names(_SENTENCE.split(parts[1])[0].rstrip(". ")):
        title, rest = parts[0], "\n".join(filter(None, (parts[1], rest)))
    return _clean(title), rest


def _cited(text: str) -> tuple[str, str, str] | None:
    """Part a title from the names and the venue behind it: "Lamps, Mina Oh et al., ICML 2024".

    A title may have commas, too. So nothing is parted without a venue, and names are as many parts as can be, for a
    title of at least two words.
    """
    if not (venue := _VENUE.search(text)):
        return None
    parts = text[: venue.start()].split(", ")
    for at in range(1, min(len(parts), _MOST_COMMAS)):
        title, listed = ", ".join(parts[:at]), ", ".join(parts[at:])
        if " " in title and names.are_names(listed):
            return title, listed, venue[1]
    return None


def _is_longer(named: re.Match[str] | None, bold: re.Match[str]) -> bool:
    """Tell whether a link to a paper behind bold text is its title, as the longer one: the other says who or where."""
    return named is not None and named.start() >= bold.end() and len(named[1]) > len(bold[2])


def _follows_title(text: str) -> bool:
    return names.are_names(_DASH.split(text)[0])


def _clean(title: str) -> str:
    return titles.plain(title.lstrip(_SEPARATORS).rstrip(_OPEN_END)).strip()


def _trimmed(text: str) -> str:
    return text.strip(_SEPARATORS)


def _says_anything(text: str) -> bool:
    return re.search(r"[^\W_]", text) is not None
