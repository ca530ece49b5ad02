"""The fields of a paper, each read from the text that a digest gives for it.

Every function returns a clean value or None; what is odd is said by raising Odd, which the parser turns into a
diagnostic and an empty field.
"""

import re
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
    re.IGNORECASE | re.ASCII,
)
_BARE_ID = re.compile(r"(?:arxiv:\s*)?" + _ID + r"(?:v[0-9]+)?", re.IGNORECASE | re.ASCII)
_SCHEMELESS = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/:?#]|$)", re.IGNORECASE | re.ASCII)
_CLEAN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/[A-Za-z0-9._~/-]*")
"""An address that nothing needs to be done to, as nearly all are."""

_DEFAULT_PORT = {"http": ":80", "https": ":443"}
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_HOST = re.compile(r"(?:[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
VIDEO_ENDINGS = (".mp4", ".webm", ".qt", ".mov", ".m4v", ".ogv", ".avi", ".mkv", ".gifv")
_VOTES = re.compile(
    r"\W*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})\W*(?:(?ai:(?:up)?votes?|likes?)|표|개|명|票|次|赞|人|件)?\W*"
)
_NO_VOTES = re.compile(r"\W*|(?ai:n/?a|none|null)")


class Odd(Exception):
    """A field's text cannot be read; the message says why, quoting it briefly."""


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
