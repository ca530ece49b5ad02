"""What stands below a paper's heading: its picture, votes, authors and other fields, and the points of its summary."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .. import fields, links, names
from ..diagnostics import Code, Tell
from . import labels, leads, media, name_lines, titles
from .blocks import Block

PORTRAIT = "a portrait is not a picture of the paper; left out"
_COMMENT = re.compile(r"\s*<!--(?:(?!-->).)*-->\s*")
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,}|>[>\s]*|\|[\s|:-]*)")
_LEADS = re.compile(
    r"(?:(\*{2,3})([^*]+)\1\s*[:：]|(\*{2,3})([^*]+?)[:：]\s*\3|__([^_]+)__\s*[:：]|__([^_]+?)[:：]\s*__"
    r"|_\*\*([^*]+)\*\*_\s*[:：]|_\*\*([^*]+?)[:：]\s*\*\*_|\*\*_([^_*]+)_\*\*\s*[:：]|\*\*_([^_*]+?)[:：]\s*_\*\*)\s*(.*)"
)
_ALL_BOLD = re.compile(r"(\*{2,3})([^*]+)\1")
_NUMBER = re.compile(r"^[0-9]{1,3}[.)]\s+")
_LINKS_BEFORE = re.compile(r"(?:\[[^\[\]]*\]\([^()\s]*\)[\s|·,]*)+")
"""Links before fields on one line."""
_SUMMARY_BEHIND = re.compile(r"\s+(?:[-–—•]\s+)?(?=(\*{1,3})(?=[^\W\d_])[^*]+(?:[:：]\s*\1|\1\s*[:：]))")
_BLANKS = re.compile(r"[ \t]{2,}|\t")
_VOTES_THEN_TEXT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})\s+(?=[^\W\d_])(.+)")
_OTHER_FIELD = re.compile(r"[^\w\n]*\w[\w /-]{0,30}\W{0,4}[:：]")
_DOI = re.compile(r"(?<![\w./])10\.[0-9]{4,9}/[^\s<>()\[\]\"']+[^\s<>()\[\]\"'.,;]", re.ASCII)
_WORDS = re.compile(r"[^\W\d_]{2,}")


@dataclass(slots=True)
class _PointDraft:
    """A point under construction."""

    text: str
    heading: str | None = None
    children: "list[_PointDraft]" = field(default_factory=list)


@dataclass(slots=True)
class _BodyReader:
    tell: Tell
    numbers: Sequence[int]
    linked: bool
    """Whether the heading itself has the paper's link."""
    names_alone: bool
    """Whether a first line of names in italics or bold is the authors'."""
    values: dict[str, object] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    complete: bool = True
    roots: list[_PointDraft] = field(default_factory=list)
    group: _PointDraft | None = None
    nodes: list[_PointDraft] = field(default_factory=list)
    label: str | None = None
    """What the heading above is about, where it is a field's label."""


def read(
    blocks: Sequence[Block], numbers: Sequence[int], linked: bool, tell: Tell, names_alone: bool = False
) -> dict[str, object]:
    """Return the fields of a paper that stand below its heading, as `Paper` names them, its link as `target`.

    Where `names_alone`, a first line of names in italics or bold needs no label.
    """
    body = _BodyReader(tell, numbers, linked, names_alone)
    head: tuple[str, ...] = ()
    for block in blocks:
        label, body.label = body.label, None
        if block.kind == "heading":
            _heading(body, block.text)
        elif block.kind in ("row", "head"):
            head = _row(body, block, head)
        elif block.kind == "code":
            _attach(body, block.depth, " ".join(block.lines))
        elif block.kind == "item":
            _item(body, block)
        elif not (label and _value(body, block, label)):
            _paragraph(body, block)
    names_ = tuple(body.names)
    complete = body.complete and bool(names_)
    authors = {"authors": names_, "authors_complete": complete, "authors_ordered": False}
    return {**body.values, **authors, "summary": _points(body.roots)}


def elsewhere(field: labels.Field) -> str | None:
    """Return the address in a field that links to a paper which is not on arXiv: a page's, or a DOI's."""
    if field.name != "link" or links.ids(field.value):
        return None
    if doi := _DOI.search(field.value):
        return f"https://doi.org/{doi[0]}"
    return next((target for _, target in titles.links(field.value) if target.startswith("http")), None)


def is_invisible(text: str) -> bool:
    """Tell whether a line, without space around it, shows nothing: a comment, a thematic break, a table's rule."""
    if text[-1] not in "-*_>|:=" or text[0] not in "-*_<>|=":
        return False
    return bool(_COMMENT.fullmatch(text) if text.startswith("<!--") else _RULE.fullmatch(text))


def point(text: str, points: tuple[object, ...] = (), heading: str | None = None) -> dict[str, object] | None:
    """Return the values of a point with these below it, None for a bullet that holds nothing."""
    if "  " in text or "\t" in text:
        text = _BLANKS.sub(" ", text)
    text, lead = text.strip(), None
    if text.startswith(("**", "__", "_**")):
        lead, text = _split(text)
        if lead is None and points and (bold := _ALL_BOLD.fullmatch(text)):
            lead, text = bold[2].strip(), ""
    heading = heading or lead
    return {"heading": heading, "text": text, "points": points} if heading or text or points else None


# ---------------------------------------------------------------------------------------------- blocks


def _heading(body: _BodyReader, text: str) -> None:
    body.group, body.nodes = None, []
    body.label = labels.name_of(text)
    is_caption = labels.CAPTIONS.fullmatch(text) is not None
    if text and body.label is None and not is_caption:
        _attach(body, 0, "", _BLANKS.sub(" ", text))
        body.group, body.nodes = body.roots[-1], []


def _value(body: _BodyReader, block: Block, label: str) -> bool:
    """Take a paragraph below a heading that is a field's label."""
    return _is_plausible(label, block.text) and _take(body, block.at, labels.Field(label, block.text))


def _row(body: _BodyReader, block: Block, head: tuple[str, ...]) -> tuple[str, ...]:
    """Take a row of a table of fields, or keep it as a point; return the head that the next one stands below."""
    cells = block.cells
    name = labels.name_of(cells[0]) if len(cells) == 2 else None
    if name and _is_plausible(name, cells[1]) and _take(body, block.at, labels.Field(name, cells[1])):
        return ()
    if head and len(head) == len(cells):
        given = [(labels.name_of(above), cell) for above, cell in zip(head, cells, strict=True)]
        if all(name and _is_plausible(name, cell) for name, cell in given):
            for name, cell in given:
                _take(body, block.at, labels.Field(name or "", cell))
            body.roots.pop()
            return ()
    if any(cells):
        _attach(body, block.depth, block.text)
    return cells if block.kind == "head" else ()


def _item(body: _BodyReader, block: Block) -> None:
    if not body.linked and _is_link(body, block):
        return
    written = block.text
    text = written if body.roots else _without_media(body, block.at, written)
    if not text and written:
        return
    found = labels.fields_of(_NUMBER.sub("", text)) if text and _are_fields(body) else []
    if found and (not body.roots or all(_is_plausible(*one[:2]) for one in found)):
        rest = [one for one in found if not _take(body, block.at, one)]
        if not rest:
            body.nodes = body.nodes[: block.depth]
            return
    if text != written:
        _attach(body, block.depth, text)
        return
    lines = [line for line in block.lines[1:] if not (line[:1] in tuple("![<") and _media(body, block.at, line))]
    _attach(body, block.depth, " ".join([block.lines[0], *lines]))


def _are_fields(body: _BodyReader) -> bool:
    """Tell whether all points until now read like fields of unknown names, "Score: 9", so that more may follow."""
    return all(_OTHER_FIELD.match(node.text) for node in body.roots)


def _paragraph(body: _BodyReader, block: Block) -> None:
    """Take the lines of a paragraph: pictures, fields, and text, which is one point."""
    if not body.linked and _is_link(body, block):
        return
    text: list[str] = []
    used = -1
    for at, line in enumerate(block.lines):
        if at <= used or not line:
            continue
        if is_invisible(line):
            _flush(body, block, text)
            continue
        if line[0] in "![<" and _media(body, block.at + at, line):
            continue
        line = line if text else _without_media(body, block.at + at, line)
        if all(map(_OTHER_FIELD.match, text)) and (found := _fields(body, line)):
            _flush(body, block, text)
            used = _read_fields(body, block, at, found)
        elif body.names_alone and not text and not body.roots and not body.names and (listed := _marked_names(line)):
            _take_authors(body, block.at + at, listed)
        elif line:
            if text and name_lines.ALONE.match(line):
                _flush(body, block, text)
            text.append(line)
    _flush(body, block, text)


def _marked_names(line: str) -> str:
    """Return the names that a line in italics or bold consists of: several, for a heading may read like one."""
    plain = titles.plain(line)
    return plain if plain != line and names.are_several(plain) else ""


def _flush(body: _BodyReader, block: Block, text: list[str]) -> None:
    if text:
        _attach(body, block.depth, " ".join(text))
        text.clear()


def _is_link(body: _BodyReader, block: Block) -> bool:
    """Take a paragraph of nothing but links, one of which is the paper's; the others are its PDF, its code."""
    text = block.text
    if not links.ids(text) and not text.lstrip("*_ ").startswith(("[", "http", "<http")):
        return False
    found = titles.links(text)
    rest = text
    for words, target in found:
        rest = rest.replace(target, "").replace(f"[{words}]", "")
    ours = [target for _, target in found if fields.arxiv_id(target)]
    words_left = _WORDS.findall(rest)
    if not ours or len(words_left) > 3:
        return False
    says_which = [leads.is_label(word) for word in words_left]
    if any(says_which) or not words_left or not body.roots:  # "See also" below a summary names another paper
        body.values.setdefault("target", ours[0])
    return all(says_which)


# ---------------------------------------------------------------------------------------------- fields


def _fields(body: _BodyReader, line: str) -> list[labels.Field]:
    """Return the fields of a line; below the summary's start each only once."""
    found = labels.fields_of(line)
    if found and not _are_fields(body) and any(_is_known(body, one.name) for one in found):
        return []
    return found


def _without_media(body: _BodyReader, at: int, line: str) -> str:
    """Take the pictures and links that share their line with fields; return the rest of the line."""
    found, rest = media.parted(line)
    before = _LINKS_BEFORE.match(rest) if "](" in rest else None
    if before and labels.fields_of(rest[before.end() :]):
        if len(links.ids(before[0])) < before[0].count("]("):
            _attach(body, 0, before[0].strip(" |·,"))
        line = rest = rest[before.end() :]
    if found and (not rest or labels.fields_of(rest)):
        for one in found:
            _media(body, at, one)
        return rest
    return line


def _is_known(body: _BodyReader, name: str) -> bool:
    return name in body.values or (name == "authors" and bool(body.names))


def _is_plausible(name: str, value: str) -> bool:
    """Tell whether a value is what its label says, where a point of a summary may begin with the same word."""
    if name == "authors":
        return names.are_names(value) or value.startswith("[")
    if name == "votes":
        try:
            return fields.votes(value) is not None or not value
        except fields.Odd:
            return False
    if name == "link":
        return bool(links.ids(value) or fields.arxiv_id(value) or titles.links(value))
    if name == "title":
        return bool(value)
    return name == "date" and len(value) < 60 and any(map(str.isdigit, value))


def _read_fields(body: _BodyReader, block: Block, at: int, found: list[labels.Field]) -> int:
    """Read the fields of a line into the body; return the last line that they use, for a list of names goes on."""
    *others, last = found
    if last.name == "authors":
        below = block.lines[at + 1 :]
        more = name_lines.count(last.value, below)
        last = last._replace(value=" ".join([last.value, *below[:more]]))
        at += more
        body.complete &= not (below[more:] and name_lines.may_be_cut(below[more]))
    if left := [one.written for one in (*others, last) if not _take(body, block.at + at, one)]:
        _attach(body, block.depth, " ".join(left))
    return at


def _take(body: _BodyReader, at: int, found: labels.Field) -> bool:
    """Take a field's value; return whether it has gone anywhere."""
    name, value = found.name, found.value
    if name == "authors":
        _take_authors(body, at, value)
    elif name == "votes":
        _take_votes(body, at, value)
    elif name == "link":
        return _take_link(body, value)
    elif name == "title":
        body.values.setdefault("title", value)
        return False
    elif name == "date":
        if body.linked and "date" not in body.values:
            return False
        body.values.setdefault("date", value)
    else:
        return False
    return True


def _take_link(body: _BodyReader, value: str) -> bool:
    target = next((target for _, target in titles.links(value) if fields.arxiv_id(target)), None)
    if target is None and fields.arxiv_id(value.strip("`* ")):
        target = value.strip("`* ")
    if target is None and not body.linked and (other := elsewhere(labels.Field("link", value))):
        body.values.setdefault("elsewhere", other)
        return False
    if target is None or (body.linked and "target" not in body.values):
        return False
    body.values.setdefault("target", target)
    return True


def _take_votes(body: _BodyReader, at: int, value: str) -> None:
    try:
        votes = fields.votes(value)
    except fields.Odd as odd:
        if then := _VOTES_THEN_TEXT.fullmatch(value):
            body.values.setdefault("votes", fields.votes(then[1]))
            _attach(body, 0, then[2])
        else:
            body.tell(body.numbers[at], Code.ODD_VOTES, f"{odd}; left empty")
    else:
        body.values["votes"] = votes if body.values.get("votes") is None else body.values["votes"]


def _take_authors(body: _BodyReader, at: int, value: str) -> None:
    """Add the names of one line to those of lines above; a bold heading behind them starts the summary."""
    if "*" in value and (behind := _SUMMARY_BEHIND.search(value)):
        _attach(body, 0, value[behind.end() :])
        value = value[: behind.start()]
    found, complete, dropped = names.authors(value)
    if dropped:
        what = ", ".join(map(fields.excerpt, dropped[:3]))
        body.tell(body.numbers[at], Code.ODD_AUTHORS, f"{what} cannot be a name; left out")
    body.names |= dict.fromkeys(found)
    body.complete &= complete or not found
    body.values["authors"] = None


def _media(body: _BodyReader, at: int, line: str) -> bool:
    """Take a line that is nothing but a picture or a video; a second one of another address becomes a point."""
    found = media.target_of(line)
    if found is None:
        return False
    target, video = found
    try:
        address = fields.url(target)
    except fields.Odd as odd:
        body.tell(body.numbers[at], Code.ODD_MEDIA, f"{odd}; the picture was left out")
        return True
    if address is None:
        return True
    shown = {"kind": "video" if video else fields.media_kind(address), "url": address}
    if fields.is_portrait(address):
        body.tell(body.numbers[at], Code.PORTRAIT, PORTRAIT)
    elif "media" not in body.values:
        body.values["media"] = shown
    elif body.values["media"] != shown:
        alt = media.PICTURE.match(line)
        _attach(body, 0, f"![{alt[1] if alt else ''}]({address})")
    return True


# ---------------------------------------------------------------------------------------------- points


def _attach(body: _BodyReader, depth: int, text: str, heading: str | None = None) -> None:
    """Put a point below the last one that its list stands in."""
    node = _PointDraft(text, heading)
    body.nodes = body.nodes[:depth]
    above = body.nodes[-1] if body.nodes else body.group
    (above.children if above else body.roots).append(node)
    body.nodes.append(node)


def _points(nodes: list[_PointDraft]) -> tuple[dict[str, object], ...]:
    """Return points with those below them; they nest at most as deep as blocks do."""
    return tuple(filter(None, [point(node.text, _points(node.children), node.heading) for node in nodes]))


def _split(text: str) -> tuple[str | None, str]:
    """Split a bold lead and its colon from a point's text."""
    found = _LEADS.fullmatch(text)
    lead = (found[2] or found[4] or found[5] or next(filter(None, found.groups()[5:-1]), "")).strip() if found else ""
    return (lead, found[found.re.groups]) if found and lead else (None, text)
