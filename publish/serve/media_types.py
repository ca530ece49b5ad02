"""The media type of a published file: what a reader has to be told that does not look at names."""

import re

_TEXT = "; charset=utf-8"
_BY_ENDING = {
    "atom": f"application/atom+xml{_TEXT}",
    "bib": f"application/x-bibtex{_TEXT}",
    "css": f"text/css{_TEXT}",
    "csv": f"text/csv{_TEXT}",
    "epub": "application/epub+zip",
    "gif": "image/gif",
    "html": f"text/html{_TEXT}",
    "ico": "image/vnd.microsoft.icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": f"text/javascript{_TEXT}",
    "json": "application/json",
    "jsonl": f"application/jsonl{_TEXT}",
    "md": f"text/markdown{_TEXT}",
    "mjs": f"text/javascript{_TEXT}",
    "opml": f"text/x-opml{_TEXT}",
    "png": "image/png",
    "ris": f"application/x-research-info-systems{_TEXT}",
    "rss": f"application/rss+xml{_TEXT}",
    "svg": f"image/svg+xml{_TEXT}",
    "txt": f"text/plain{_TEXT}",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": f"application/xml{_TEXT}",
}
"""JSON has no charset: it is UTF-8 anyway (RFC 8259, section 11)."""

_OPDS = re.compile(rb"application/atom\+xml;profile=opds-catalog;kind=(?:acquisition|navigation)")
_SELF = re.compile(rb"<link\b[^>]*\brel=\"self\"[^>]*>")
_JSON_FEED = b'"https://jsonfeed.org/version/'
_OPDS_JSON = re.compile(r"(?:.*/)?opds(?:/[^/]+)?\.json")
_START = 4096
"""Bytes of a document in which it says what it is."""


def media_type(name: str, start: bytes) -> str:
    """Return the Content-Type of a file by its name and its first bytes.

    Files named .xml or .json may be of several types, and say themselves of which.
    """
    ending = name.rpartition(".")[2].lower()
    if ending == "xml" and (link := _SELF.search(start[:_START])) and (kind := _OPDS.search(link[0])):
        return kind[0].decode() + _TEXT
    if ending == "json" and _JSON_FEED in start[:_START]:
        return "application/feed+json"
    if _OPDS_JSON.fullmatch(name):
        return "application/opds+json"
    if name.endswith(".csl.json"):
        return "application/vnd.citationstyles.csl+json"
    return _BY_ENDING.get(ending, "application/octet-stream")
