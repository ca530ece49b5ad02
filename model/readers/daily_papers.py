"""Saved answers of Hugging Face's `api/daily_papers`: a JSON list of papers, with true authors and abstracts.

Answers of 2024 say in `publishedAt` when a paper was put on the list; since then `paper.submittedOnDailyAt` says the
list's day, and `publishedAt` is near arXiv's time.
"""

import datetime
import json
import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from .. import fields
from ..authors import displayed, mended
from ..diagnostics import Code, Tell
from ..digest import issue_language
from ..paper import Issue, Media, Paper, Point
from ..text import line_of, plural
from .contract import Document, Piece, Slice, reader

_LIST = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{")
_ENTRY = re.compile(rb'"paper"\s*:\s*\{')
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:$|[T ])")
_HUGGING_FACE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_SPACE = re.compile(r"[ \t\r\n]*")

Values = dict[str, object]


class _Element(NamedTuple):
    """An element of the list: where it stands in the text, its line, and its value, or why it has none."""

    start: int
    end: int
    line: int
    value: object
    broken: str | None = None


class _JsonEntry(NamedTuple):
    """Where an entry stands, and its day, or why it is none."""

    start: int
    end: int
    line: int
    date: datetime.date | None
    problem: str | None


def _sniff(head: bytes) -> bool:
    return _LIST.match(head) is not None


def _split(document: Document) -> Iterator[Slice]:
    """Cut an answer into runs of entries of one day; nearly every answer is one."""
    data = document.whole()
    if not _ENTRY.search(data):
        return
    # JSON's own signs are ASCII: as Latin-1, a character is a byte, and every offset is the file's.
    entries = [_entry(element) for element in _elements(data.decode("latin-1"), data.index(b"[") + 1, 1)]
    if not any(entry.date or entry.problem for entry in entries):
        return
    for entry in entries:
        if entry.date is None:
            document.tell(entry.line, Code.BAD_ENTRY, f"{entry.problem or 'an entry is no paper'}; left out")
    for date, run in groupby((entry for entry in entries if entry.date), key=lambda entry: entry.date):
        same_day = list(run)
        start, end = same_day[0].start, same_day[-1].end
        yield Slice(data[start:end], start, same_day[0].line, date, len(same_day))


@reader(seeks="answer of Hugging Face's daily_papers", sniff=_sniff, split=_split, supplement=True)
def read(piece: Piece) -> Iterator[Issue]:
    """Saved answers of Hugging Face's daily_papers: authors in their order, abstracts, votes, thumbnails."""
    papers, day = [], None
    for element in _elements(piece.text(), 0, piece.line):
        entry, values = _entry(element), element.value
        if entry.date and isinstance(values, dict):
            day = entry.date
            papers.append(_paper(values, values["paper"], piece, element.line))
    if day:
        title = f"Daily Papers ({day})"
        yield Issue(date=day, title=title, language=issue_language(tuple(papers)), papers=tuple(papers))


# ------------------------------------------------------------------------------------------------ entries


def _elements(text: str, at: int, line: int) -> Iterator[_Element]:
    """Yield the elements of a JSON list, from behind its bracket to its end or the text's."""
    decoder, counted = json.JSONDecoder(strict=False), 0
    while True:
        at = _space_end(text, at)
        if at == len(text) or text[at] == "]":
            return
        line += text.count("\n", counted, at)
        counted = at
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            reason = "nests too deep" if isinstance(error, RecursionError) else "is cut or broken"
            yield _Element(at, len(text), line, None, f"the list {reason} from here on")
            return
        yield _Element(at, end, line, value)
        at = _space_end(text, end)
        if text[at : at + 1] == ",":
            at += 1
        elif text[at : at + 1] not in ("]", ""):
            here = line + text.count("\n", counted, at)
            yield _Element(at, len(text), here, None, "the list is cut or broken from here on")
            return


def _space_end(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _entry(element: _Element) -> _JsonEntry:
    date, problem = None, element.broken
    values = element.value
    if isinstance(values, dict) and isinstance(paper := values.get("paper"), dict):
        date = _day(paper.get("submittedOnDailyAt") or values.get("submittedOnDailyAt") or values.get("publishedAt"))
        if date is None:
            problem = "an entry names no day"
        elif not (_title(values, paper) or _address(paper)):
            date, problem = None, "an entry has neither title nor id"
    return _JsonEntry(element.start, element.end, element.line, date, problem)


def _day(written: object) -> datetime.date | None:
    found = _DAY.match(written) if isinstance(written, str) else None
    try:
        return datetime.date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


# ------------------------------------------------------------------------------------------------ papers


def _paper(entry: Values, values: Values, piece: Piece, line: int) -> Paper:
    tell = piece.tell
    url = _address(values)
    title = _title(entry, values)
    if url is None:
        tell(line, Code.NO_LINK, f"{fields.excerpt(title)} has no id that an address can be made of")
    if not title:
        title = url or ""
        tell(line, Code.NO_TITLE, f"a paper has no title; {title} is shown instead")
    abstract = line_of(values.get("summary")) or line_of(entry.get("summary"))
    if not abstract:
        tell(line, Code.NO_SUMMARY, f"{fields.excerpt(title)} has no abstract")
    names, complete = _authors(values.get("authors"), line, tell)
    return piece.paper(
        line,
        arxiv_id=fields.arxiv_id(url) if url else None,
        title=title,
        url=url,
        votes=_votes(values.get("upvotes"), line, tell),
        authors=names,
        authors_complete=complete,
        authors_ordered=bool(names),
        media=_media(entry, line, tell),
        summary=(Point(text=abstract),) if abstract else (),
    )


def _title(entry: Values, values: Values) -> str:
    return line_of(values.get("title")) or line_of(entry.get("title"))


def _address(values: Values) -> str | None:
    """Return the address of a paper's abstract on arXiv, on Hugging Face for an id that is not arXiv's."""
    written = line_of(values.get("id"))
    if arxiv_id := fields.arxiv_id(written):
        return f"https://arxiv.org/abs/{arxiv_id}"
    return f"https://huggingface.co/papers/{written}" if _HUGGING_FACE_ID.fullmatch(written) else None


def _votes(written: object, line: int, tell: Tell) -> int | None:
    if written is None or (type(written) is int and 0 <= written < 10**9):
        return written
    tell(line, Code.ODD_VOTES, f"{fields.excerpt(str(written))} is not a number of votes; left empty")
    return None


def _authors(written: object, line: int, tell: Tell) -> tuple[tuple[str, ...], bool]:
    """Return the names in their order, repeats dropped, and whether they are all."""
    if written is None:
        return (), False
    listed = written if isinstance(written, list) else [written]
    given = [line_of(author.get("name")) if isinstance(author, dict) else "" for author in listed]
    read = [displayed(name) for name in given]
    if odd := sum(named is None for named in read):
        tell(line, Code.ODD_AUTHORS, f"{odd} of {plural(len(listed), 'author')} cannot be a name; left out")
    names = tuple(dict.fromkeys(author.name for author in mended(read)))
    return names, bool(names) and not odd


def _media(entry: Values, line: int, tell: Tell) -> Media | None:
    written = entry.get("thumbnail")
    try:
        if written is not None and not isinstance(written, str):
            raise fields.Odd("a thumbnail is no address")
        address = fields.url(written or "")
    except fields.Odd as odd:
        tell(line, Code.ODD_MEDIA, f"{odd}; the picture was left out")
        return None
    kind = "video" if address and fields.media_kind(address) == "video" else "image"
    return Media(kind=kind, url=address) if address and not fields.is_portrait(address) else None
