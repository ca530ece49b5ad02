"""What the lines of a document are, before anything is read from them: headings, sections, code fences."""

import re

Lines = list[tuple[int, str]]
"""Lines of a document or a part of it, each with its number in the document."""

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|(?=\[)|$)")
_DAILY = re.compile(r"[*_\s]*daily\s+papers\s*[*_:]*\s*[(（]([^()（）]*)", re.IGNORECASE)
_FENCE = re.compile(r"\s*(?:[-*+]\s+)?(?:```|~~~)(?!.*(?:```|~~~))")


def heading_of(line: str) -> tuple[int, str] | None:
    """Return the level and the text of a heading in number signs, None for any other line."""
    found = _HEADING.match(line)
    if not found:
        return None
    text = line[found.end() :].strip()
    bare = text.rstrip("#")
    return len(found[1]), (bare.rstrip() if not bare or bare[-1] in " \t" else text)


def daily_date(level: int, text: str) -> str | None:
    """Return what a Daily Papers heading gives as its date, None for any other heading."""
    daily = _DAILY.match(text) if level <= 2 else None
    return daily[1] if daily else None


def is_daily(line: str) -> bool:
    """Tell whether a line is a Daily Papers heading."""
    found = heading_of(line)
    return found is not None and daily_date(*found) is not None


def has_fences(text: str) -> bool:
    """Tell whether a text may hold code fences."""
    return "```" in text or "~~~" in text


def fence_ends(lines: Lines) -> dict[int, int]:
    """Map the positions of code fences to where they close.

    In a section, a fence that is still open at the next paper's heading is no fence: models forget to close them.
    Elsewhere it may hold headings, for a README shows what a digest looks like.
    """
    ends: dict[int, int] = {}
    opening: int | None = None
    in_section = False
    for at, (_, line) in enumerate(lines):
        if opening is None:
            opening = at if _FENCE.match(line) else None
            in_section = _is_in_section(line, in_section)
        elif line.strip() in ("```", "~~~"):
            ends[opening] = at
            opening = None
        elif in_section and (line.startswith("### ") or is_daily(line)):
            opening = None
    return ends


def daily_lines(lines: list[str]) -> set[int]:
    """Return the positions of the Daily Papers headings that are none inside a code fence."""
    fenced: set[int] = set()
    for start, end in fence_ends(list(enumerate(lines))).items():
        fenced.update(range(start, end))
    return {at for at, line in enumerate(lines) if at not in fenced and is_daily(line)}


def _is_in_section(line: str, before: bool) -> bool:
    found = heading_of(line)
    if not found or found[0] > 2:
        return before
    return daily_date(*found) is not None
