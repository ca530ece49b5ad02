"""Digests as nearly all are written, read paper by paper with a few patterns.

What is read here is what digest.py and body.py would read line by line. Where anything else could be said about a line,
or it could be read in two ways, there is no answer here, and they are asked.
"""

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from . import body, fields, trusted
from .diagnostics import Code, Tell
from .paper import Media, Paper, Point
from .text import holds

_SECTION = re.compile(r"## (Daily Papers \([0-9]{4}-[0-9]{2}-[0-9]{2}\))\n*")
_PAPER_START = "\n### ["
"""With a character at its end that is rare elsewhere, it is found the fastest."""
_ADDRESS = r"https?://[a-z0-9-]++(?:\.[a-z0-9-]++)++/[A-Za-z0-9._~/-]*+"
_PAPER = re.compile(
    r"([^][*_\s][^][\n]*+(?<!\s))\]\((https?://arxiv\.org/abs/([0-9]{4}\.[0-9]{4,5}))\)(?:\n+|\Z)"
    rf"(?:!\[\]\(({_ADDRESS}|/avatars/[0-9a-z]++\.[a-z]++)\)\n+"
    rf"|<video src='({_ADDRESS})'></video>\n+"
    rf"|\[Watch Video\]\(?({_ADDRESS})\)?\n+(?:<div><video controls src=\"\6\" muted=\"false\"></video></div>\n+)?)?"
    r"(?:Vote: (?:([0-9]{1,9})|-)\n+)?"
    r"(?:Authors: ([^*\s][^\n]*\S)\n+)?"
)
_BULLETS = re.compile(r"\n(  |)- (?:(\*\*\*?)([^*:\s][^*:\n]*+(?<!\s))(?:\2: |:\2 )|)(?![-\s*_:：])(.*\S)")
_WRAPPED = re.compile(r"\n(?<=\S\n)(?=[^\W\d_]|\\)")
"""Where a line goes on with the bullet above it: nothing else begins with a letter or a command of LaTeX there."""
_FIELD = re.compile(r"votes?|upvotes?|authors?|저자|투표", re.IGNORECASE)
_HEADING = re.compile(r"\n {0,3}#")


Head = tuple[int, int, re.Match[str]]
"""A paper whose heading is usual: its position among the lines, how many it has, and what stands before its summary."""


class Section(NamedTuple):
    """The only section of a document, and how many lines the document has."""

    title: str
    date: datetime.date
    heads: list[Head]
    lines: int


def section(text: str) -> Section | None:
    """Cut a clean text that is one section into its papers, if headings stand nowhere else in it."""
    above, *papers = text.split(_PAPER_START)
    title = _SECTION.fullmatch(above)
    date = fields.date(title[1]) if title and papers else None
    if not title or not date or holds(text, "<!--"):
        return None
    heads: list[Head] = []
    at = above.count("\n") + 1
    for paper in papers:
        found = _PAPER.match(paper)
        if not found or ("#" in paper and _HEADING.search(paper)):
            return None
        lines = paper.count("\n") + 1
        heads.append((at, lines, found))
        at += lines
    return Section(title[1], date, heads, at)


def lines(head: Head) -> list[str]:
    """Return the lines of a paper, the first one without its number signs."""
    return f"[{head[2].string}".split("\n")


def paper(head: Head, numbers: Sequence[int], path: str, tell: Tell) -> Paper | None:
    """Read a paper; `numbers` are those of the document's lines, `path` is where it stands, which the model takes."""
    at, lines, found = head
    title, url, arxiv_id, picture, tagged, linked, votes, names = found.groups()
    summary = _summary(found.string, found.end() - 1, lines)
    authors, complete = (fields.usual_authors(names) or _authors(names)) if names else _NOBODY
    if not summary or authors is None:
        return None
    address = picture or tagged or linked
    if address and "avatars" in address and fields.is_portrait(address):
        tell(numbers[at + found.string.count("\n", 0, found.start(4))], Code.PORTRAIT, body.PORTRAIT)
        address = None
    return trusted.paper(
        arxiv_id=arxiv_id,
        title=title if title.isprintable() and "  " not in title else " ".join(title.split()),
        url=url,
        votes=int(votes) if votes else None,
        authors=authors,
        authors_complete=complete,
        authors_ordered=False,
        media=_media(address, picture is None) if address else None,
        summary=summary,
        path=path,
        line=numbers[at],
    )


def _authors(text: str) -> tuple[tuple[str, ...] | None, bool]:
    """Read a list of names that is not usual; return none where one has to be told of."""
    authors, complete, dropped = fields.authors(text)
    return None if dropped else authors, complete


def _media(address: str, is_video: bool) -> Media:
    video = is_video or address.lower().endswith(fields.VIDEO_ENDINGS)
    return trusted.media("video" if video else "image", address)


def _summary(text: str, start: int, lines: int) -> tuple[Point, ...]:
    """Read bullets at the margin and two columns to its right; return nothing if there is anything else."""
    bullets = _BULLETS.findall(text, start)
    others = lines - 1 - text.count("\n", 0, start) - text.endswith("\n") - len(bullets)
    if others and others != text.count("\n\n", start):
        text, bullets = _unwrapped(text[start:].rstrip())
        start = 0
    if not bullets or "\t" in text:
        return ()
    _, _, lead, first = bullets[0]
    if _FIELD.match(lead or first) and body.named(f"{lead}: {first}" if lead else first):
        return ()
    if text.rfind("  ", start) >= 0:
        indents = sum([bool(indent) for indent, _, _, _ in bullets])
        return _nested(bullets) if text.count("  ", start) == indents else ()
    point = trusted.point
    return tuple([point(lead or None, text, ()) for _, _, lead, text in bullets])


def _unwrapped(text: str) -> tuple[str, list[tuple[str, str, str, str]]]:
    """Return a text whose bullets go on over several lines with each on one, and the bullets, if there is no more."""
    text = _WRAPPED.sub(" ", text)
    bullets = _BULLETS.findall(text)
    return text, bullets if len(bullets) == text.count("\n") - text.count("\n\n") else []


def _nested(bullets: list[tuple[str, str, str, str]]) -> tuple[Point, ...]:
    """Read bullets from the last one on, so that those of a point are there before it."""
    points: list[Point] = []
    below: list[Point] = []
    for indent, _, lead, text in reversed(bullets):
        if indent:
            below.append(trusted.point(lead or None, text, ()))
        else:
            points.append(trusted.point(lead or None, text, tuple(below[::-1])))
            below.clear()
    return () if below else tuple(points[::-1])


_NOBODY: tuple[tuple[str, ...], bool] = ((), False)
