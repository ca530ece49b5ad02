"""The lines below a paper's heading: its picture, votes, authors, and the points of its summary."""

import re
from dataclasses import dataclass, field

from . import fields
from .diagnostics import Code, Tell
from .heading import target_end, without_title
from .structure import Lines, fence_ends, heading_of

_FIELD = re.compile(
    r"\s{0,3}(?:\*\*|__)?(votes?|upvotes?|authors?|저자|투표)(?:\*\*|__)?\s*[:：](?:\*\*|__)?(.*)", re.IGNORECASE
)
_PICTURE = re.compile(r"\[?!\[([^\]]*)\]\(")
_WATCH = re.compile(r"\[(?:watch\s+)?(?:the\s+)?video\]\s*\(?\s*<?([^)\s>]+)>?\s*\)?", re.IGNORECASE)
_TAGS = re.compile(
    r"(?:</?(?:div|video|source|img|center|figure|picture|p|a|br|span)\b[^<>]*>(?:\s|&nbsp;)*)+", re.IGNORECASE
)
_MEDIA_TAG = re.compile(r"<(video|source|img)\b[^<>]*?\ssrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_COMMENT = re.compile(r"\s*<!--(?:(?!-->).)*-->\s*")
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|>[>\s]*|\|[\s|:-]*)")
_BULLET = re.compile(r"([-*+•·‣▪●○◦–—])(?:\s+|$)(.*)")
_ALONE = re.compile(r"[0-9]{1,3}[.)]\s+\S|\||\[\^?[^\[\]]+\]:")
"""What no line above goes on with: a numbered point, a row of a table, a footnote."""
_QUOTE = re.compile(r"(?:>\s?)+")
_LEAD = re.compile(
    r"(?:(\*{2,3})([^*]+)\1\s*[:：]|(\*{2,3})([^*]+?)[:：]\s*\3|__([^_]+)__\s*[:：]|__([^_]+?)[:：]\s*__)\s*(.*)"
)
_ALL_BOLD = re.compile(r"(\*{2,3})([^*]+)\1")
_BLANKS = re.compile(r"[ \t]{2,}|\t")
_DEEPEST = 8
PORTRAIT = "a portrait is not a picture of the paper; left out"
_USUAL_FIELDS = {"Vote": "votes", "Authors": "authors"}
"""Names of fields as nearly all digests write them."""


@dataclass(slots=True)
class _Node:
    """A point under construction; `indent` decides what nests in it, `pieces` are its text's further lines."""

    indent: int
    text: str
    heading: str | None = None
    children: "list[_Node] | None" = None
    pieces: list[str] | None = None


@dataclass(slots=True)
class _Body:
    values: dict[str, object] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    complete: bool = True
    roots: list[_Node] = field(default_factory=list)
    group: _Node | None = None
    stack: list[_Node] = field(default_factory=list)
    blank: bool = True


def read(lines: Lines, fenced: bool, tell: Tell) -> dict[str, object]:
    """Return the fields of a paper that stand below its heading, as `Paper` names them.

    `fenced` says that the document has code fences, which most have not.
    """
    body, fences = _Body(), fence_ends(lines) if fenced else {}
    used = -1
    for at, (number, line) in enumerate(lines):
        if at <= used:
            continue
        text = line.strip()
        if not text or is_invisible(text):
            body.blank = True
        elif at in fences:
            used = fences[at]
            _content(body, " ".join([inside.strip() for _, inside in lines[at : used + 1]]))
        elif text.startswith("- ") and (body.roots or not _field(body, text[2:])):
            _attach(body, _Node(0 if line[0] == "-" else _indent(line), text[2:].lstrip()))
            body.blank = False
        elif not (text[0] in "![<" and _media(body, number, text, tell)):
            if found := _field(body, text[2:] if text.startswith("- ") else line):
                used = _read_field(body, lines, at, *found, tell)
            else:
                _content(body, line)
            body.blank = found is not None
    authors = _authors(tuple(body.names), body.complete)
    return {**body.values, **authors, "summary": _points(body.roots)}


def is_invisible(text: str) -> bool:
    """Tell whether a line, without space around it, shows nothing: a comment, a thematic break, a table's rule."""
    if text[-1] not in "-*_>|:" or text[0] not in "-*_<>|":
        return False
    return bool(_COMMENT.fullmatch(text) if text.startswith("<!--") else _RULE.fullmatch(text))


def point(text: str, points: tuple[object, ...], heading: str | None = None) -> dict[str, object] | None:
    """Return the values of a point with these below it, None for a bullet that holds nothing."""
    if "  " in text or "\t" in text:
        text = _BLANKS.sub(" ", text)
    text, lead = text.strip(), None
    if text.startswith(("**", "__")):
        lead, text = _split(text)
        if lead is None and points and (bold := _ALL_BOLD.fullmatch(text)):
            lead, text = bold[2].strip(), ""
    heading = heading or lead
    return {"heading": heading, "text": text, "points": points} if heading or text or points else None


def named(line: str) -> tuple[str, str] | None:
    """Return what a line `Vote:` or `Authors:` is about, as `Paper` calls it, and what it says; None for any other."""
    name, colon, text = line.partition(": ")
    if colon and name in _USUAL_FIELDS:
        return _USUAL_FIELDS[name], text
    found = _FIELD.fullmatch(line)
    if not found:
        return None
    return "authors" if found[1].lower().startswith(("author", "저자")) else "votes", found[2]


# ---------------------------------------------------------------------------------------------- fields


def _media(body: _Body, number: int, line: str, tell: Tell) -> bool:
    """Take a line that is nothing but a picture or a video; a second one of another address becomes a point."""
    found = _media_target(line)
    if found is None:
        return False
    target, video = found
    try:
        address = fields.url(target)
    except fields.Odd as odd:
        tell(number, Code.ODD_MEDIA, f"{odd}; the picture was left out")
        return True
    if address is None:
        return True
    kind = "video" if video else fields.media_kind(address)
    media = {"kind": kind, "url": address}
    if fields.is_portrait(address):
        tell(number, Code.PORTRAIT, PORTRAIT)
    elif "media" not in body.values:
        body.values["media"] = media
    elif body.values["media"] != media:
        alt = _PICTURE.match(line)
        _attach(body, _Node(0, f"![{alt[1] if alt else ''}]({address})"))
    return True


def _media_target(line: str) -> tuple[str, bool] | None:
    """Return the address a media line names ('' for tags that name none) and whether it says that it is a video."""
    if found := _PICTURE.match(line):
        end = target_end(line, found.end())
        rest = line[end + 1 :]
        if end >= 0 and (not rest or (rest.startswith("](") and rest.endswith(")"))):
            return without_title(line[found.end() : end]), False
    if found := _WATCH.fullmatch(line):
        return found[1], True
    if _TAGS.fullmatch(line):
        tag = _MEDIA_TAG.search(line)
        return (tag[2] or tag[3] or tag[4] or "", tag[1].lower() != "img") if tag else ("", False)
    return None


def _field(body: _Body, line: str) -> tuple[str, str] | None:
    """Take the name and the text of a field; below the summary's start each only once, and after a blank line."""
    found = named(line)
    if found and body.roots and (not body.blank or found[0] in body.values):
        return None
    return found


def _read_field(body: _Body, lines: Lines, at: int, name: str, text: str, tell: Tell) -> int:
    """Read a field into the body; return the last line that it used, for a list goes on after a comma."""
    number, text = lines[at][0], text.strip()
    if name == "votes":
        _read_votes(body, number, text, tell)
        return at
    while text.endswith(",") and at + 1 < len(lines) and _is_plain(lines[at + 1][1]):
        at += 1
        text += " " + lines[at][1].strip()
    _read_authors(body, number, text, tell)
    return at


def _is_plain(line: str) -> bool:
    text = line.strip()
    return bool(text) and not (_BULLET.match(text) or named(line) or _media_target(text) or heading_of(line))


def _read_votes(body: _Body, number: int, text: str, tell: Tell) -> None:
    try:
        votes = fields.votes(text)
    except fields.Odd as odd:
        tell(number, Code.ODD_VOTES, f"{odd}; left empty")
    else:
        body.values["votes"] = votes if body.values.get("votes") is None else body.values["votes"]


def _read_authors(body: _Body, number: int, text: str, tell: Tell) -> None:
    """Add the names of one line to those of lines above."""
    names, complete, dropped = fields.authors(text)
    if dropped:
        tell(number, Code.ODD_AUTHORS, f"{', '.join(map(fields.excerpt, dropped[:3]))} cannot be a name; left out")
    body.names |= dict.fromkeys(names)
    body.complete &= complete or not names
    body.values["authors"] = None


def _authors(names: tuple[str, ...], complete: bool) -> dict[str, object]:
    complete = complete and bool(names)
    return {"authors": names, "authors_complete": complete, "authors_ordered": False}


# ---------------------------------------------------------------------------------------------- summary


def _content(body: _Body, line: str) -> None:
    """Take a line of the summary: a bullet, a heading inside it, a paragraph, or more of the line before."""
    if "#" in line[:4] and (inner := heading_of(line)):
        body.group, body.stack = None, []
        if inner[1]:
            _attach(body, _Node(0, "", _BLANKS.sub(" ", inner[1])))
            body.group, body.stack = body.roots[-1], []
        return
    text = line.strip()
    text = _QUOTE.sub("", text, count=1) if text[0] == ">" and (text + " ")[1] in " >" else text
    bullet = _BULLET.fullmatch(text)
    if bullet or _ALONE.match(text) or body.blank or not body.stack:
        _attach(body, _Node(_indent(line), bullet[2].strip() if bullet else text))
    else:
        above = body.stack[-1]
        above.pieces = above.pieces or []
        above.pieces.append(text)


def _indent(line: str) -> int:
    line = line.expandtabs(4)
    return len(line) - len(line.lstrip())


def _attach(body: _Body, node: _Node) -> None:
    """Nest a point under the last one that stands at least two columns to its left (CommonMark's rule for `-`)."""
    while body.stack and (node.indent < body.stack[-1].indent + 2 or len(body.stack) >= _DEEPEST):
        body.stack.pop()
    above = body.stack[-1] if body.stack else body.group
    if above is None:
        body.roots.append(node)
    elif above.children is None:
        above.children = [node]
    else:
        above.children.append(node)
    body.stack.append(node)


def _points(nodes: list[_Node]) -> tuple[dict[str, object], ...]:
    points = []
    for node in nodes:
        text = " ".join([node.text, *node.pieces]) if node.pieces else node.text
        points.append(point(text, _points(node.children) if node.children else (), node.heading))
    return tuple(filter(None, points))


def _split(text: str) -> tuple[str | None, str]:
    """Split a bold lead and its colon from a point's text."""
    found = _LEAD.fullmatch(text)
    lead = (found[2] or found[4] or found[5] or found[6]).strip() if found else None
    return (lead, found[7]) if found and lead else (None, text)
