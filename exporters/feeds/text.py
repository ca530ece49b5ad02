"""Text for feeds: characters that every reader and validator takes, and titles that no reader takes for markup."""

import html
import re

from ...model import Point
from .. import markup

# U+FFFD counts as a sign of broken encoding for the W3C validator (BadCharacters), noncharacters are
# errors in the HTML of an entry (HTML 13.2.3.5).
_LAST = "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
_BAD = re.compile(f"[\ufffd\ufdd0-\ufdef{_LAST}]")
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|&#?\w+;?")
_ZERO_WIDTH_SPACE = "\u200b"


def clean(text: str) -> str:
    """Replace characters that validators reject by a box; they stand for nothing a reader could see."""
    return _BAD.sub("\u25a1", text)


def plain(text: str) -> str:
    """Return inline Markdown as the text a reader sees, on one line, without space around it."""
    return clean(markup.plain(text)).strip()


def inert(text: str) -> str:
    """Keep text from being taken for markup, by a zero-width space in each `<think>` and `&lt;`.

    Nothing says whether the title of an RSS item is text or HTML; readers differ, and those that take it
    for HTML drop "<think>". With the space both kinds show it, and the W3C validator's warnings ContainsHTML
    and CharacterData do not apply.
    """
    return _MARKUP.sub(_defuse, text) if "<" in text or "&" in text else text


def excerpt(points: tuple[Point, ...], limit: int) -> str:
    """Return the first points as plain text of at most `limit` characters, cut at a word."""
    text = ""
    for sentence in _sentences(points):
        text = f"{text} {sentence}" if text else sentence
        if len(text) > limit:
            return shorten(text, limit)
    return text


def shorten(text: str, limit: int) -> str:
    """Cut text to `limit` characters, at a space where there is one in its second half, and say so with "…"."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = text[:limit].rfind(" ")
    return (cut[:space] if space > limit // 2 else cut).rstrip() + "…"


def _defuse(match: re.Match[str]) -> str:
    found = match.group()
    word = found[1:].rstrip(";")
    if found == "<" or html.unescape(found) != found or not word.isalpha():
        return found[0] + _ZERO_WIDTH_SPACE + found[1:]
    return found


def _sentences(points: tuple[Point, ...]) -> list[str]:
    found: list[str] = []
    for point in points:
        found += filter(None, [plain(point.text)])
        found += _sentences(point.points)
    return found
