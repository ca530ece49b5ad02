"""The fields of a paper, each read from the text that a digest gives for it.

Every function returns a clean value or None; what is odd is said by raising Odd, which the parser turns into a
diagnostic and an empty field.
"""

import datetime
import re
import unicodedata
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

_HUGGING_FACE = "https://huggingface.co/"
_ID = r"(?P<id>[0-9]{4}\.[0-9]{4,5}|(?P<archive>[a-z]+(?:-[a-z]+)*)(?:\.[a-z]{2})?/(?P<number>[0-9]{7}))"
_ARXIV = re.compile(
    r"(?:(?:https?:)?//)?(?:"
    r"(?:[a-z0-9-]+\.)*(?:arxiv|ar5iv)\.org/(?:abs|pdf|html|format|ps|e-print|src)/"
    r"|(?:www\.)?alphaxiv\.org/(?:abs|pdf|overview)/"
    r"|(?:(?:www\.)?huggingface|hf)\.co/papers/"
    r"|(?:dx\.)?doi\.org/10\.48550/arxiv\."
    r")" + _ID + r"(?:v[0-9]+)?(?:\.pdf)?/?[.,;]*(?:[?#].*)?",
    re.IGNORECASE,
)
_BARE_ID = re.compile(r"(?:arxiv:\s*)?" + _ID + r"(?:v[0-9]+)?", re.IGNORECASE)
_SCHEMELESS = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/:?#]|$)", re.IGNORECASE)
_CLEAN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/[A-Za-z0-9._~/-]*")
"""An address that nothing needs to be done to, as nearly all are."""

_DEFAULT_PORT = {"http": ":80", "https": ":443"}
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_HOST = re.compile(r"(?:[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
VIDEO_ENDINGS = (".mp4", ".webm", ".qt", ".mov", ".m4v", ".ogv", ".avi", ".mkv", ".gifv")
_TRUNCATED = re.compile(
    r"\+[0-9\W]*(?:(?:more|others?|authors?|명|인)\W*)*|(?:and |& )?et\.? al\.?|(?:and|&) others|\.{3}|…", re.IGNORECASE
)
_TRUNCATION_STARTS = "+&.…aAeE"
_AND = re.compile(r"^(?:and|&)\s+")
_NAME = r"(?:(?![AEae](?i:nd|t)\b)[^\W_][\w.' -]*+(?<![ -])|\+)"
_USUAL_NAMES = re.compile(rf"(?!(?i:none|unknown)\Z){_NAME}(?:, {_NAME})*+")
"""Names and the sign that some were left out, with nothing to be repaired, as nearly all lists are."""
_ASCII_NAMES = re.compile(_USUAL_NAMES.pattern.replace(r"[^\W_]", "[A-Za-z0-9]").replace(r"\w", "A-Za-z0-9_"))
"""The same of ASCII alone, found twice as fast."""
_QUOTED = {quotes: re.compile(rf"([{quotes}])((?:(?!\1)[^\\]|\\.)*+)(\1?)") for quotes in ("'\"", "'", '"')}
_ESCAPED = re.compile(r"\\(.)")
_LINKED = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_VOTES = re.compile(r"\W*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})\W*")
_NO_VOTES = re.compile(r"\W*|n/?a|none|null", re.IGNORECASE)
_NO_AUTHORS = re.compile(r"\s*(?:[-–—]|\[\s*\]|n/?a|none|unknown)?\s*", re.IGNORECASE)
_DATE = re.compile(r"([0-9]{4})(?:[-./]|[.년]\s)([0-9]{1,2})(?:[-./]|[.월]\s)([0-9]{1,2})")
_LONGEST_NAME = 300


class Odd(Exception):
    """A field's text cannot be read; the message says why, quoting it briefly."""


class Authors(NamedTuple):
    """Names as written, without repeats, whether that is everybody, and what was dropped from the list."""

    names: tuple[str, ...]
    complete: bool
    dropped: tuple[str, ...]


def date(text: str) -> datetime.date | None:
    """Read the date that a heading names, None for none or one that does not exist."""
    found = _DATE.search(text)
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def arxiv_id(target: str) -> str | None:
    """Return the bare id that a link names: without version, and old ids without their subject class.

    `math.GT/0309136` and `math/0309136` are one paper; arXiv's records and DOIs use the short form.
    """
    found = _ARXIV.fullmatch(target) or _BARE_ID.fullmatch(target)
    if not found:
        return None
    if found["archive"]:
        return f"{found['archive'].lower()}/{found['number']}"
    return found["id"]


def url(target: str) -> str | None:
    """Return a link target as an absolute http(s) URL in RFC 3986's characters, None for an empty one.

    Two spellings of one address give one (RFC 3986 section 6.2.2 and 6.2.3, without dot segments): it becomes an id.
    Raises Odd for other schemes and for what cannot be an address.
    """
    if _CLEAN.fullmatch(target):
        return target
    target = target.strip().strip("<>").strip()
    if not target:
        return None
    if _BARE_ID.fullmatch(target):
        return f"https://arxiv.org/abs/{arxiv_id(target)}"
    if _SCHEMELESS.match(target):
        target = "https://" + target
    return _absolute(target)


def media_kind(address: str) -> str:
    """Tell "video" from "image" by the file name's extension."""
    path = address.partition("?")[0].partition("#")[0]
    return "video" if path.lower().endswith(VIDEO_ENDINGS) else "image"


def is_portrait(address: str) -> bool:
    """Tell whether a picture is somebody's avatar on Hugging Face."""
    if "avatars" not in address:
        return False
    parts = urlsplit(address)
    return parts.netloc.startswith("cdn-avatars.") or "/avatars/" in parts.path


def votes(text: str) -> int | None:
    """Read a vote count; `-` and nothing are None. Raises Odd for what is not a count."""
    found = _VOTES.fullmatch(text)
    if found and not text.lstrip().startswith("-"):
        return int(found[1].replace(",", ""))
    if _NO_VOTES.fullmatch(text):
        return None
    raise Odd(f"{excerpt(text)} is not a number of votes")


def authors(text: str) -> Authors:
    """Read a list of names: separated by commas or semicolons, or a Python list literal."""
    if usual := usual_authors(text):
        return Authors(*usual, ())
    names: dict[str, str] = {}
    dropped: list[str] = []
    complete = True
    for part in [] if _NO_AUTHORS.fullmatch(text) else _name_parts(text.strip()):
        first = part[0]
        if first in _TRUNCATION_STARTS and _TRUNCATED.fullmatch(part):
            complete = False
        elif len(part) > _LONGEST_NAME or not (first.isalnum() or any(map(str.isalnum, part))):
            dropped.append(part)
        else:
            name = _AND.sub("", part) if first in "a&" else part
            if name[0] == "+":  # a comma is missing behind it
                name, complete = name.lstrip("+ "), False
            names.setdefault(name if name.isascii() else unicodedata.normalize("NFC", name), name)
    return Authors(tuple(names.values()), complete and bool(names), tuple(dropped))


def usual_authors(text: str) -> tuple[tuple[str, ...], bool] | None:
    """Return the names and whether that is everybody of a list with nothing unusual in it, None for any other list."""
    if text[:1] != "[":
        names = text.split(", ")
    elif text.startswith("['") and text.endswith("']"):
        names = text[2:-2].split("', '")
        text = ", ".join(names)
        if "'" in text or text.count(",") >= len(names):
            return None
    else:
        return None
    is_ascii = text.isascii()
    if not (_ASCII_NAMES if is_ascii else _USUAL_NAMES).fullmatch(text) or "  " in text:
        return None
    if len(text) > _LONGEST_NAME < max(map(len, names)) or not (is_ascii or unicodedata.is_normalized("NFC", text)):
        return None
    if "+" in text:
        return tuple([name for name in dict.fromkeys(names) if name != "+"]), False
    return tuple(names if len(set(names)) == len(names) else dict.fromkeys(names)), True


def excerpt(text: str) -> str:
    """Quote a text for a message, cut to a few words' length."""
    return repr(text if len(text) <= 60 else text[:57] + "...")


def _absolute(written: str) -> str:
    try:
        parts = urlsplit(urljoin(_HUGGING_FACE, written) if written.startswith("/") else written)
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise Odd(f"{excerpt(written)} is not an address") from None
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        raise Odd(f"{excerpt(written)} is not an http(s) address")
    host = host.lower().removesuffix(_DEFAULT_PORT[parts.scheme])
    path = quote(_percent(parts.path), safe="/~:@!$&'()*+,;=%") or "/"
    query = quote(_percent(parts.query), safe="/~:@!$&'()*+,;=?%")
    fragment = quote(_percent(parts.fragment), safe="/~:@!$&'()*+,;=?%")
    return f"{parts.scheme}://{host}{path}{query and '?' + query}{fragment and '#' + fragment}"


def _percent(text: str) -> str:
    """Escape each % that starts no escape, and spell escapes in the one normal way."""
    return _ESCAPE.sub(_normal_escape, text)


def _normal_escape(match: re.Match[str]) -> str:
    if match[1] is None:
        return "%25"
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _name_parts(text: str) -> list[str]:
    if "](" in text:
        text = _LINKED.sub(r"\1", text)
    if "*" in text:
        text = text.replace("*", "")
    parts = _listed(text[1:-1]) if text.startswith("[") and text.endswith("]") else _separated(text)
    if "  " in text or "\\" in text or not text.isprintable():
        parts = [" ".join(part.split()) for part in parts]
    return [name for part in parts if (name := part.strip())]


def _listed(text: str) -> list[str]:
    """Read the inside of a Python list, or of what looks like one."""
    names = text[1:-1].split("', '")
    if text.startswith("'") and text.endswith("'") and text.count("'") == 2 * len(names) and "\\" not in text:
        return names
    names, outside = _quoted(text)
    if sum(map(len, names)) + 4 * len(names) - 2 == len(text):  # nothing but quotes and `, ` between them
        return [_ESCAPED.sub(r"\1", name) for name in names] if "\\" in text else names
    if any(map(str.isalnum, outside)):
        return [part.strip(" '\"") for part in _separated(text)]
    return [_ESCAPED.sub(r"\1", name) for name in names]


def _quoted(text: str) -> tuple[list[str], str]:
    """Return what stands in quotes and what stands outside.

    Behind a quote that nothing closes no other of its kind is closed: to look for one would take quadratic time.
    """
    names: list[str] = []
    outside: list[str] = []
    at, quotes = 0, "'\""
    while quotes and (found := _QUOTED[quotes].search(text, at)):
        if found[3]:
            names.append(found[2])
            outside.append(text[at : found.start()])
            at = found.end()
        else:
            quotes = quotes.replace(found[1], "")
            outside.append(text[at : found.start()])
            at = found.start() + 1
    return names, "".join([*outside, text[at:]])


def _separated(text: str) -> list[str]:
    if ";" in text or "；" in text:
        return re.split("[;；]", text)
    return re.split("[,，、]", text) if "，" in text or "、" in text else text.split(",")
