"""Digests as nearly all are written, read paper by paper with one pattern and a few splits.

What is read here is what digest.py and body.py would read line by line. Where anything could be said about a line, or
it could be read in two ways, there is no answer here, and they are asked.
"""

import re
from typing import NamedTuple

from . import body, fields

_SECTION = re.compile(r"## (Daily Papers \([0-9]{4}-[0-9]{2}-[0-9]{2}\))\n*")
_ADDRESS = r"(https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/[A-Za-z0-9._~/-]*)"
_PAPER = re.compile(
    r"\[([^][*_\s][^][\n]*)\]\((https?://arxiv\.org/abs/([0-9]{4}\.[0-9]{4,5}))\)(?:\n+|\Z)"
    rf"(?:!\[\]\({_ADDRESS}\)\n+"
    rf"|<video src='{_ADDRESS}'></video>\n+"
    rf"|\[Watch Video\]\(?{_ADDRESS}\)?\n+(?:<div><video controls src=\"\6\" muted=\"false\"></video></div>\n+)?)?"
    r"(?:Vote: (?:([0-9]{1,9})|-)\n+)?"
    r"(?:Authors: ([^*\s][^\n]*\S)\n+)?"
)
_BULLETS = re.compile(r"\n- (?:\*\*([^*\s][^*\n]*)\*\*: )?(?![-\s*_])(.*\S)")
_NESTED = re.compile(r"\n(  )?- (?![-\s])(.*\S)")
_HEADING = re.compile(r"\n {0,3}#")


class Block(NamedTuple):
    """A paper: the position of its heading among the lines, its text, and its fields if they are as usual."""

    at: int
    text: str
    values: dict[str, object] | None


def section(text: str) -> tuple[str, list[Block]] | None:
    """Return the title of the only section of a text, and its papers, if headings stand nowhere else in it."""
    above, *papers = text.split("\n### ")
    title = _SECTION.fullmatch(above)
    if not (title and papers) or ("<" in text and "<!--" in text):
        return None
    blocks, at = [], above.count("\n") + 1
    for paper in papers:
        found = _PAPER.match(paper)
        if not found or ("#" in paper and _HEADING.search(paper)):
            return None
        blocks.append(Block(at, paper, _values(found)))
        at += paper.count("\n") + 1
    return title[1], blocks


def _values(found: re.Match[str]) -> dict[str, object] | None:
    title, url, arxiv_id, picture, tagged, linked, votes, names = found.groups()
    summary = _summary(found.string[found.end() - 1 :])
    authors, complete, dropped = fields.authors(names or "")
    media = picture or tagged or linked
    if not summary or dropped or (media and fields.is_portrait(media)):
        return None
    kind = "video" if not picture or fields.media_kind(picture) == "video" else "image"
    return {
        "arxiv_id": arxiv_id,
        "title": " ".join(title.split()),
        "url": url,
        "votes": int(votes) if votes else None,
        "authors": authors,
        "authors_complete": complete,
        "authors_ordered": complete and len(authors) == 1,
        "media": {"kind": kind, "url": media} if media else None,
        "summary": summary,
    }


def _summary(text: str) -> tuple[dict[str, object], ...]:
    """Read bullets at the margin and two columns to its right; return nothing if there is anything else."""
    text = text.rstrip()
    lines, bullets = text.count("\n"), _BULLETS.findall(text)
    if lines > len(bullets):
        lines -= text.count("\n\n")
    if lines > len(bullets) or "  " in text or "\t" in text:
        return _nested(_NESTED.findall(text), lines)
    if not bullets or _may_be_field(": ".join(filter(None, bullets[0]))):
        return ()
    return tuple([{"heading": lead.rstrip() or None, "text": text, "points": ()} for lead, text in bullets])


def _nested(bullets: list[tuple[str, str]], lines: int) -> tuple[dict[str, object], ...]:
    if lines > len(bullets) or not bullets or bullets[0][0] or _may_be_field(bullets[0][1]):
        return ()
    points: list[tuple[str, list[object]]] = []
    for indent, text in bullets:
        if indent:
            points[-1][1].append(body.point(text, ()))
        else:
            points.append((text, []))
    return tuple(filter(None, [body.point(text, tuple(below)) for text, below in points]))


def _may_be_field(text: str) -> bool:
    return (":" in text or "：" in text) and body.named(text) is not None
