"""Digests, cut at their headings: most documents only need their bytes looked at to know which days they hold."""

import re
from bisect import bisect
from collections.abc import Iterator

from .. import digest, fields
from ..diagnostics import Code
from ..digest import holds_paper
from ..paper import Issue
from ..repair import clean, doubts, numbers, repaired
from ..structure import daily_date, daily_lines, heading_of
from ..text import holds
from .contract import Document, Piece, Slice, reader

_BLANK = rb"[ \r\x0b\x0c]|\xef\xbb\xbf|\xe2\x80[\xa8\xa9]"
_BEFORE = re.compile(rb"(?:%b){0,9}" % _BLANK)
"""At least all that a heading may stand behind, before the parser has cleaned its line."""
_LONGEST_BEFORE = 28
"""Bytes of that, with the line end."""
_TOP_HEADING = re.compile(rb"(?<!#)##?+[^#\n]")
_ANY_HEADING = re.compile(rb"\n(?:%b){0,9}#+[ \t\[]?" % _BLANK)
_PAPER_HEADING = re.compile(rb"(?<=\n)##(?:#[ \t\[]|[ \t]*\[)")
_USUAL_PAPER = b"\n### ["
_OF_PAPER = (b"\n### ", b"\n###\t", b"\n###[")


def _split(document: Document) -> Iterator[Slice]:
    """Cut a document at its Daily Papers headings."""
    raw = data = document.whole()
    if b"\n" not in data:
        data = raw.replace(b"\r", b"\n")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        document.tell(1, Code.NOT_UTF8, "the document is UTF-16, not UTF-8; left out")
        return
    hiding = holds(data, b"<!--") or holds(data, b"```") or holds(data, b"~~~")
    tops, papers = _headings(data)
    days = _days(data, tops, hiding)
    ends = [start for start, _, _ in days[1:]] + [len(data)]
    for (start, line, title), end in zip(days, ends, strict=False):
        date = fields.date(daily_date(1, title) or "")
        if date is None:
            document.tell(line, Code.BAD_DATE, f"{fields.excerpt(title)} names no real date; left out")
        elif not _holds_paper(data[start:end], hiding):
            document.tell(line, Code.NO_PAPERS, f"the issue of {date} has no paper; left out")
        else:
            yield Slice(raw[start:end], start, line, date, bisect(papers, end) - bisect(papers, start))


@reader(seeks="'## Daily Papers (YYYY-MM-DD)' heading", split=_split)
def read(piece: Piece) -> Iterator[Issue]:
    """Digests: Markdown with a heading for each day and one for each paper."""
    text = piece.text()
    found = doubts(piece.data)
    clean = repaired(text, piece.line, piece.tell, found) if found else (text, numbers(piece.line))
    return digest.read(*clean, piece.path, piece.tell)


def _holds_paper(data: bytes, hiding: bool) -> bool:
    """Know before parsing which issues there are, so that the neighbours of parts are true."""
    heading = _ANY_HEADING.search(data)
    plain = heading is not None and heading[0] in _OF_PAPER and not hiding
    return plain or holds_paper(data.decode("utf-8", "replace"))


def _headings(data: bytes) -> tuple[list[int], list[int]]:
    """Return where lines begin that may be Daily Papers headings, and where the headings of papers are.

    From one number sign to the next, for a single byte is found many times faster than a pattern.
    """
    tops, papers = [], []
    at = data.find(b"#")
    while at >= 0:
        if data.startswith(_USUAL_PAPER, at - 1):
            papers.append(at)
            at += 2
        else:
            if _TOP_HEADING.match(data, at) and (start := _line_start(data, at)) is not None:
                tops.append(start)
            if _PAPER_HEADING.match(data, at):
                papers.append(at)
        at = data.find(b"#", at + 1)
    return tops, papers


def _days(data: bytes, tops: list[int], hiding: bool) -> list[tuple[int, int, str]]:
    """Return the offset, the line and the title of each Daily Papers heading."""
    titles = {start: title for start in tops if (title := _daily_title(data, start)) is not None}
    wanted: set[int] | None = None
    if titles and hiding:
        lines = data.decode("utf-8", "replace").split("\n")
        wanted = daily_lines([clean(line.strip("\ufeff\r"))[0] for line in lines])
    line = before = 0
    days = []
    for start, title in titles.items():
        line += data.count(b"\n", before, start)
        before = start
        if wanted is None or line in wanted:
            days.append((start, line + 1, title))
    return days


def _line_start(data: bytes, heading: int) -> int | None:
    """Return where the line of a heading begins, None for number signs that more than blanks stand before."""
    start = data.rfind(b"\n", max(0, heading - _LONGEST_BEFORE), heading) + 1
    return start if _BEFORE.fullmatch(data, start, heading) else None


def _daily_title(data: bytes, start: int) -> str | None:
    """Return the text of a Daily Papers heading, None for any other line."""
    end = data.find(b"\n", start)
    line = data[start : end if end >= 0 else len(data)].decode("utf-8", "replace").strip("\ufeff\r")
    found = heading_of(clean(line)[0])
    return found[1] if found and daily_date(*found) is not None else None
