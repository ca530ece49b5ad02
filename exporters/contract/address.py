"""The address that a series is published under, as people write it and as files need it."""

import re
from urllib.parse import quote, urlsplit

EXAMPLE = "https://example.org/papers"

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?|[0-9a-f:.]*:[0-9a-f:.]*")


def published_address(written: object) -> object:
    """Return an address with its scheme and host in small ASCII letters and its path in those of RFC 3986.

    Raises ValueError, in words for whoever wrote it, for what no name of a file can be put behind.
    """
    if not isinstance(written, str):
        return written
    scheme, separator, _ = written.strip().partition("://")
    if not separator or scheme.lower() not in ("http", "https"):
        raise _wrong("with https:// or http:// before the host")
    parts = urlsplit(written.strip())
    if parts.query or parts.fragment or written.strip().endswith(("?", "#")):
        raise _wrong("without '?' and '#', for names of files follow it")
    if "@" in parts.netloc:
        raise _wrong("without a user")
    return f"{scheme.lower()}://{_host(parts.hostname or '')}{_port(parts.netloc)}{_path(parts.path)}"


def _wrong(form: str) -> ValueError:
    return ValueError(f"write it like {EXAMPLE}, {form}")


def _host(host: str) -> str:
    """Return a host in ASCII: 정원.example is xn--sp5b7w.example in files (RFC 3492)."""
    try:
        name = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        name = ""
    if not _HOST.fullmatch(name):
        raise _wrong("with the name of a host behind ://")
    return f"[{name}]" if ":" in name else name


def _port(netloc: str) -> str:
    found = re.search(r":([^:\]]*)$", netloc)
    if found is None or not found[1]:
        return ""
    if not re.fullmatch("[0-9]{1,5}", found[1]) or int(found[1]) > 65535:
        raise _wrong("with a port of at most 65535 behind the host, if with any")
    return f":{found[1]}"


def _path(path: str) -> str:
    if re.search(r"[\s\x00-\x1f\\]", path):
        raise _wrong("without spaces and backslashes")
    return re.sub("%(?![0-9A-Fa-f]{2})", "%25", quote(path, safe="/~!$&'()*+,;=:@%-._"))
