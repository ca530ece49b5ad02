"""DOIs: from what a record says, and from the links of publishers that put them into their addresses."""

import re
from urllib.parse import unquote

_RESOLVER = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/(10\.[^?#]+)")
_ANTHOLOGY = re.compile(
    r"https?://(?:www\.)?aclanthology\.org/(?:20[0-9]{2}\.[a-z0-9_-]+\.[0-9]+|[A-Z](?:1[6-9]|20)-[0-9]{4})(?=[/.]|$)"
)
_WITHOUT = re.compile(r"\.(?:lrec|coling|cl|tacl|paclic|ccl|amta|eamt|mtsummit|icon|ranlp|gwc|rocling|jlcl|lt4hala)\b")
"""Volumes of the Anthology without DOIs, or with those of another publisher."""
_SERVER = re.compile(
    r"https?://(?:www\.|connect\.)?(?:bio|med)rxiv\.org/content/(?:[a-z]+/early/[0-9/]+/)?(10\.[^?#]+)"
)
_VERSION = re.compile(
    r"(?:v[0-9]+)?(?:\.(?:full|abstract|article-info|supplementary-material)(?:-text)?)?(?:\.pdf)?/?$"
)
_DOI = re.compile(r"10\.[0-9]{4,9}/[!-~]+")


def sound(written: str) -> str | None:
    """Return the first DOI of those written, None if TeX would not take it as it is."""
    found = _DOI.fullmatch((written.split() or [""])[0])
    return found[0] if found and not set(found[0]) & set("{}\\%") else None


def from_link(url: str) -> str | None:
    """Return the DOI that a link names, if it is one of doi.org, the ACL Anthology, bioRxiv or medRxiv."""
    if found := _RESOLVER.match(url):
        return sound(unquote(found[1]))
    if found := _SERVER.match(url):
        return sound(_VERSION.sub("", found[1]))
    # Crossref has the Anthology's volumes since 2016 under one prefix.
    if (found := _ANTHOLOGY.match(url)) and not _WITHOUT.search(found[0]):
        return f"10.18653/v1/{found[0].rpartition('/')[2]}"
    return None
