"""What the lines of a document are, before anything is read from them: headings, sections, code fences."""

import re

Lines = list[tuple[int, str]]
"""Lines of a document or a part of it, each with its number in the document."""

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t\u00a0\u3000]+|(?=\[)|$)")
"""CommonMark's, and with the spaces that a Korean or Japanese keyboard gives, and without one before a link."""

_DAILY = re.compile(r"[*_\s]*daily\s+papers\s*[*_:]*\s*[(（]+([^()（）]*[0-9][^()（）]*)", re.IGNORECASE)
_FENCE = re.compile(r"\s*(?:[-*+]\s+)?(`{3,}|~{3,})(?!.*(?:```|~~~))")
_PAPER = re.compile(r" {0,3}###(?!#).*\[")


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


def without_comments(lines: Lines) -> Lines:
    """Return the lines with those of HTML comments that go over several lines emptied.

    One that opens again before it closes was none, so that no more than a comment gets lost.
    """
    kept = list(lines)
    opening: int | None = None
    for at, (_, line) in enumerate(lines):
        start = line.rfind("<!--")
        if start >= 0:
            opening = at if not line[:start].strip() and "-->" not in line else None
        elif opening is not None and "-->" in line:
            kept[opening : at + 1] = [(number, "") for number, _ in lines[opening : at + 1]]
            kept[at] = (lines[at][0], line.partition("-->")[2])
            opening = None
    return kept


def has_fences(text: str) -> bool:
    """Tell whether a text may hold code fences."""
    return ("`" in text and "```" in text) or ("~" in text and "~~~" in text)  # one character is found far faster


def fence_ends(lines: Lines) -> dict[int, int]:
    """Map the positions of code fences to where they close.

    In a section, a fence that is still open at the next paper's heading is no fence: models forget to close them.
    Elsewhere it may hold headings, for a README shows what a digest looks like.
    """
    ends: dict[int, int] = {}
    opening, mark = 0, ""
    in_section = False
    for at, (_, line) in enumerate(lines):
        if not mark:
            found = _FENCE.match(line)
            opening, mark = at, found[1] if found else ""
            in_section = _is_in_section(line, in_section)
        elif (bare := line.strip()).startswith(mark) and not bare.strip(mark[0]):
            ends[opening] = at
            mark = ""
        elif in_section and (_PAPER.match(line) or is_daily(line)):
            mark = ""
    return ends


def daily_lines(lines: list[str]) -> set[int]:
    """Return the positions of the Daily Papers headings that stand in no code fence and no comment."""
    shown = without_comments(list(enumerate(lines)))
    fenced: set[int] = set()
    for start, end in fence_ends(shown).items():
        fenced.update(range(start, end))
    return {at for at, line in shown if at not in fenced and is_daily(line)}


def _is_in_section(line: str, before: bool) -> bool:
    found = heading_of(line)
    if not found or found[0] > 2:
        return before
    return daily_date(*found) is not None
