"""Which link targets are links, and how they are spelled: RFC 3986, and what EPUBCheck and browsers accept of it."""

import re
from functools import lru_cache
from urllib.parse import quote

_WEB = re.compile(r"(https?)://([^/?#]*)(?:([^#]*))(?:#(.*))?", re.IGNORECASE | re.ASCII | re.DOTALL)
_MAIL = re.compile(r"mailto:([A-Za-z0-9._+-]{1,64})@([^/?#]*)(\?[^#]*)?", re.IGNORECASE | re.ASCII | re.DOTALL)
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*+\.?")
_NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)\.?")
_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_IPV4 = re.compile(rf"{_OCTET}(?:\.{_OCTET}){{3}}")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PCHARS = "/:@!$&'()*+,;=-._~%"
"""What a path may hold unescaped (RFC 3986 section 3.3); queries and fragments add the question mark."""
_UNRESERVED = re.compile(r"[A-Za-z0-9/._~-]*+")


def href(target: str) -> str | None:
    """Return a link target as a valid URI, None for what is not a whole http, https or mailto address.

    User information is refused: it serves only to disguise where a link goes.
    """
    if match := _WEB.fullmatch(target):
        return _web(*match.groups())
    if match := _MAIL.fullmatch(target):
        return _mail(*match.groups())
    return None


def _web(scheme: str, authority: str, rest: str, fragment: str | None) -> str | None:
    host, colon, port = authority.partition(":")
    name = _host(host)
    if name is None or (colon and not _is_port(port)) or rest[:1] not in ("", "/", "?"):
        return None
    end = "" if fragment is None else f"#{_quoted(fragment)}"
    return f"{scheme.lower()}://{name}{colon}{port}{_quoted(rest)}{end}"


def _mail(user: str, host: str, query: str | None) -> str | None:
    name = _host(host)
    return None if name is None else f"mailto:{user}@{name}{_quoted(query or '')}"


@lru_cache(maxsize=256)
def _host(host: str) -> str | None:
    """Return a host in ASCII; one whose last label is a number must be an IPv4 address (WHATWG URL, host parsing)."""
    if len(host) > 253:
        return None
    name = _punycode(host) if not host.isascii() or "xn--" in host.lower() else host
    if not _NAME.fullmatch(name):
        return None
    return None if _NUMERIC.fullmatch(name) and not _IPV4.fullmatch(name) else name


def _punycode(host: str) -> str:
    """Return an international name in ASCII, "" for one that is not its own spelling: faß.de would become fass.de."""
    try:
        name = host.encode("idna").decode("ascii")
        spelled = name.encode("ascii").decode("idna")
    except UnicodeError:
        return ""
    return name if host.lower() in (spelled, name.lower()) else ""


def _is_port(port: str) -> bool:
    return port.isascii() and port.isdecimal() and len(port) <= 5 and int(port) <= 65535


def _quoted(text: str) -> str:
    """Percent-encode what a path, query or fragment cannot hold; escapes that stand there already stay."""
    if _UNRESERVED.fullmatch(text):
        return text
    return _STRAY_PERCENT.sub("%25", quote(text, safe=_PCHARS + "?", errors="replace"))
