"""Text for feeds: characters that every reader and validator takes, and titles that no reader takes for markup."""

import html
import re
from collections.abc import Iterator

from ...model import Point
from . import markup

# U+FFFD counts as a sign of broken encoding for the W3C validator (BadCharacters), noncharacters are
# errors in the HTML of an entry (HTML 13.2.3.5).
_RARE = re.compile("[\ufdd0-\U0010ffff]")
"""The range that holds all of them: looking for it costs a tenth of looking for each."""
_LAST = "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
_BAD = re.compile(f"[\ufffd\ufdd0-\ufdef{_LAST}]")
_ENTITY = re.compile(r"&#?\w+;?")
_MARKUP = re.compile(rf"<(?=[A-Za-z/!?])|{_ENTITY.pattern}")
_ZERO_WIDTH_SPACE = "\u200b"


def clean(text: str) -> str:
    """Replace characters that validators reject by a box; they stand for nothing a reader could see."""
    if text.isascii() or not _RARE.search(text):
        return text
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


def is_doubtful(text: str) -> bool:
    """Tell whether plain text holds an end tag or an entity, which validators take for HTML that was not declared."""
    return "</" in text or ("&" in text and any(map(_is_entity, _ENTITY.findall(text))))


def excerpt(points: tuple[Point, ...], size: int) -> str:
    """Return the first points as plain text of at most `size` bytes."""
    text = ""
    for sentence in _sentences(points):
        text = f"{text} {sentence}" if text else sentence
        if len(text) > size or len(text.encode()) > size:
            break
    return shorten(text, size)


def shorten(text: str, size: int) -> str:
    """Cut text to `size` bytes of UTF-8, at a space where there is one in its second half, and say so with "…"."""
    encoded = text[: size + 1].encode()  # a character is a byte at least
    if len(encoded) <= size:
        return text
    cut = encoded[: size - len("…".encode())].decode(errors="ignore")
    space = cut.rfind(" ")
    return (cut[:space] if space > len(cut) // 2 else cut).rstrip() + "…"


def _defuse(match: re.Match[str]) -> str:
    found = match.group()
    return found[0] + _ZERO_WIDTH_SPACE + found[1:] if found == "<" or _is_entity(found) else found


def _is_entity(found: str) -> bool:
    return html.unescape(found) != found or not found[1:].rstrip(";").isalpha()


def _sentences(points: tuple[Point, ...]) -> Iterator[str]:
    for point in points:
        if text := plain(point.text):
            yield text
        yield from _sentences(point.points)
