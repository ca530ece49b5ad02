"""Pictures and videos: lines that are nothing else, and those that share their line with fields."""

import re

from . import titles

PICTURE = re.compile(r"\[?!\[([^\]]*)\]\(")
_WATCH = re.compile(r"\[(?:watch\s+)?(?:the\s+)?video\]\s*\(?\s*<?([^)\s>]+)>?\s*\)?", re.IGNORECASE | re.ASCII)
_TAGS = re.compile(
    r"(?:</?(?:div|video|source|img|center|figure|picture|p|a|br|span|details|summary)\b[^<>]*>(?:\s|&nbsp;)*)+",
    re.IGNORECASE | re.ASCII,
)
_MEDIA_TAG = re.compile(
    r"<(video|source|img)\b[^<>]*?\ssrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE | re.ASCII
)
_SHARING = re.compile(
    r"\[?!\[[^\[\]]*\]\((?:[^()\n]|\([^()\n]*\))*\)(?:\]\([^()\n]*\))?"
    r"|\[(?:watch\s+)?(?:the\s+)?video\]\s*\([^()\s]*\)|(?:</?(?:div|video|source|img|center|figure|picture)\b[^<>]*>\s*)+",
    re.IGNORECASE | re.ASCII,
)
"""A picture or video anywhere in a line."""


def target_of(line: str) -> tuple[str, bool] | None:
    """Return the address a media line names ('' for tags that name none) and whether it says that it is a video."""
    if found := PICTURE.match(line):
        end = titles.target_end(line, found.end())
        rest = line[end + 1 :]
        if end >= 0 and (not rest or (rest.startswith("](") and rest.endswith(")"))):
            return titles.without_title(line[found.end() : end]), False
    if found := _WATCH.fullmatch(line):
        return found[1], True
    if _TAGS.fullmatch(line):
        tag = _MEDIA_TAG.search(line)
        return (tag[2] or tag[3] or tag[4] or "", tag[1].lower() != "img") if tag else ("", False)
    return None


def parted(line: str) -> tuple[list[str], str]:
    """Return the pictures and videos of a line, each as if it were a line of its own, and what is left of the line."""
    if "![" not in line and "<" not in line and "ideo]" not in line:
        return [], line
    found = [match[0].strip() for match in _SHARING.finditer(line)]
    if not all(map(_has_address, found)):
        return [], line
    return found, " ".join(_SHARING.sub(" ", line).split()) if found else line


def _has_address(line: str) -> bool:
    """Tell whether a picture names an address, or a tag none at all; others may be names that look like tags."""
    target, _ = target_of(line) or ("?", False)
    return target.startswith(("http://", "https://", "/")) or not target
