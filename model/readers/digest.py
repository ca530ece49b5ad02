"""Digests, cut at their headings: most documents only need their bytes looked at to know which days they hold."""

import re
from collections.abc import Iterator

from .. import digest, fields
from ..diagnostics import Code
from ..digest import holds_paper
from ..paper import Issue
from ..repair import clean, is_plain, numbers, repaired
from ..structure import daily_date, daily_lines, heading_of, is_daily
from .contract import Document, Piece, Slice, reader

_BLANK = rb"[ \r\x0b\x0c]|\xef\xbb\xbf|\xe2\x80[\xa8\xa9]"
_BEFORE = re.compile(rb"(?:%b){0,9}" % _BLANK)
"""At least all that a heading may stand behind, before the parser has cleaned its line."""
_LONGEST_BEFORE = 28
"""Bytes of that, with the line end."""
_TOP_HEADING = re.compile(rb"#(?<!##)#?+[^#\n]")
_ANY_HEADING = re.compile(rb"\n(?:%b){0,9}#+[ \t\[]?" % _BLANK)
_PAPER_HEADING = re.compile(rb"#(?<=\n#)#(?:#[ \t\[]|[ \t]*\[)")
_HIDING = {mark[0]: re.compile(mark) for mark in (b"`(?=``)", b"~(?=~~)", b"<(?=!--)")}
"""What may hide a heading, by its first byte: a single one is found the fastest."""
_OF_PAPER = (b"\n### ", b"\n###\t", b"\n###[")


def _split(document: Document) -> Iterator[Slice]:
    """Cut a document at its Daily Papers headings."""
    raw = data = document.whole()
    if b"\n" not in data:
        data = raw.replace(b"\r", b"\n")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        document.tell(1, Code.NOT_UTF8, "the document is UTF-16, not UTF-8; left out")
        return
    hiding = any(byte in data and mark.search(data) for byte, mark in _HIDING.items())
    starts = _starts(data, hiding)
    ends = [start for start, _ in starts[1:]] + [len(data)]
    for (start, line), end in zip(starts, ends, strict=False):
        title = heading_of(_first_line(data, start)) or (0, "")
        date = fields.date(daily_date(*title) or "")
        if date is None:
            document.tell(line, Code.BAD_DATE, f"{fields.excerpt(title[1])} names no real date; left out")
        elif not _holds_paper(data[start:end], hiding):
            document.tell(line, Code.NO_PAPERS, f"the issue of {date} has no paper; left out")
        else:
            yield Slice(raw[start:end], start, line, date, len(_PAPER_HEADING.findall(data, start, end)))


@reader(seeks="'## Daily Papers (YYYY-MM-DD)' heading", split=_split)
def read(piece: Piece) -> Iterator[Issue]:
    """Digests: Markdown with a heading for each day and one for each paper."""
    text = piece.text()
    clean = (text, numbers(piece.line)) if is_plain(piece.data) else repaired(text, piece.line, piece.tell)
    return digest.read(*clean, piece.path, piece.tell)


def _holds_paper(data: bytes, hiding: bool) -> bool:
    """Know before parsing which issues there are, so that the neighbours of parts are true."""
    heading = _ANY_HEADING.search(data)
    plain = heading is not None and heading[0] in _OF_PAPER and not hiding
    return plain or holds_paper(data.decode("utf-8", "replace"))


def _starts(data: bytes, hiding: bool) -> list[tuple[int, int]]:
    """Return the offset and the line of each Daily Papers heading; most documents only need the bytes looked at."""
    tops = [start for match in _TOP_HEADING.finditer(data) if (start := _line_start(data, match.start())) is not None]
    found = [start for start in tops if is_daily(_first_line(data, start))]
    if not found:
        return []
    wanted: set[int] | None = None
    if hiding:
        lines = data.decode("utf-8", "replace").split("\n")
        wanted = daily_lines([clean(line.strip("\ufeff\r"))[0] for line in lines])
    line = 0
    starts = []
    for before, start in zip([0, *found], found, strict=False):
        line += data.count(b"\n", before, start)
        if wanted is None or line in wanted:
            starts.append((start, line + 1))
    return starts


def _line_start(data: bytes, heading: int) -> int | None:
    """Return where the line of a heading begins, None for number signs that more than blanks stand before."""
    start = data.rfind(b"\n", max(0, heading - _LONGEST_BEFORE), heading) + 1
    return start if _BEFORE.fullmatch(data, start, heading) else None


def _first_line(data: bytes, start: int) -> str:
    end = data.find(b"\n", start)
    line = data[start : end if end >= 0 else len(data)].decode("utf-8", "replace").strip("\ufeff\r")
    return clean(line)[0]
