"""Tables whose rows are papers: which column says what, by its head, else by what its cells hold."""

import re
from collections.abc import Sequence

from .. import dates, links, names
from . import labels, leads, titles
from .blocks import Block

_MORE = {
    "title": re.compile(
        r"paper|papers|name|paper name|article|work|논문|논문명|论文|论文名称?|名称|文章|論文", re.IGNORECASE | re.ASCII
    ),
    "summary": re.compile(
        r"(?:(?ai:abstract|summary|tl;?dr|description|key (?:points|findings)|overview|highlights?)"
        r"|초록|요약|설명|개요|핵심|주요 ?내용|摘要|简介|概要|要約"
        r"|总结|要点|内容|説明)(?:\s?\(.*\))?"
    ),
    "number": re.compile(
        r"#|no\.?|nr\.?|id|idx|index|rank|번호|순위|序号|编号|排名|番号|順位|number", re.IGNORECASE | re.ASCII
    ),
    "date": re.compile(r"day|when|일시|날|时间|時間|日", re.IGNORECASE | re.ASCII),
}
_BREAK = re.compile(r"\s*<[Bb][Rr]\s*/?>\s*|\s+(?=[●•▪‣])")
_BULLET = re.compile(r"^(?:[●•▪‣·]\s*|[*-]\s+)")
_END = re.compile(r"[.!?:。！？：]\W*$")
_TAIL = 8
"""Characters in which the end of a sentence is looked for."""
_TAGS = re.compile(
    r"</?(?:details|p|div|span|font|center|ul|li|small)\b[^<>]*>|<summary\b[^<>]*>.*?</summary>",
    re.IGNORECASE | re.ASCII,
)
_NOTHING = re.compile(r"\W*|(?ai:null|none|n/?a|nan)|-+")
_LOOKED_AT = 20
"""Rows that tell what a column holds."""


def columns(head: tuple[str, ...], rows: Sequence[Block]) -> tuple[str, ...]:
    """Return what each column is about, '' for what its head alone says; nothing for a table of other things."""
    found = named(head)
    sample = [row.cells for row in rows[:_LOOKED_AT]]
    held = [_held([cells[at] for cells in sample if at < len(cells)]) for at in range(len(head))]
    if "title" not in found:
        found = _with_title(found, held)
    for at, name in enumerate(found):
        if (
            not name
            and held[at] in ("date", "authors", "votes")
            and held[at] not in found
            and not _says_other(head[at])
        ):
            found[at] = held[at]
    return tuple(found) if "title" in found else ()


def named(head: tuple[str, ...]) -> list[str]:
    """Return what the words of a table's head say of each column, '' where they say nothing known."""
    return [_name(cell) for cell in head]


def _says_other(cell: str) -> bool:
    return cell.isascii() and len(cell) > 0


def points(cell: str) -> list[str]:
    """Return the points that a cell holds, each on a line of its own there."""
    written = [stripped for piece in _BREAK.split(_TAGS.sub(" ", cell)) if (stripped := piece.strip())]
    has_bullets = any(map(_BULLET.match, written))
    found: list[list[str]] = []
    for piece in written:
        bullet = _BULLET.match(piece)
        # A line that only a generator has broken goes on in small letters, or in a list without a bullet.
        goes_on = found and (piece[0].islower() or (has_bullets and not _END.search(found[-1][-1][-_TAIL:])))
        if goes_on and not bullet:
            found[-1].append(piece)
        else:
            found.append([piece[bullet.end() :] if bullet else piece])
    return [point for parts in found if (point := " ".join(parts)) and not labels.CAPTIONS.fullmatch(point)]


def titles_of(cell: str) -> list[str]:
    """Return the titles that a cell holds: the links of several papers, else the cell."""
    if cell.count("](") < 2:
        return [cell]
    found = [(words, target) for words, target in titles.links(cell) if not leads.is_label(words) and links.ids(target)]
    several = len({links.ids(target)[0] for _, target in found}) > 1
    return [f"[{words}]({target})" for words, target in found] if several else [cell]


def is_nothing(cell: str) -> bool:
    """Tell whether a cell says nothing."""
    return _NOTHING.fullmatch(cell.strip("*_` ")) is not None


def _name(cell: str) -> str:
    bare = titles.plain(cell).strip(" :：")
    for name, words in _MORE.items():
        if words.fullmatch(bare):
            return name
    if "/" in bare or "&" in bare:
        return next(filter(None, map(_name, re.split(r"\s*[/&]\s*", bare))), "")
    return labels.name_of(bare) or ""


def _held(cells: list[str]) -> str:
    """Return what most cells of a column hold: a date, votes, names, a link, a title with one, or text."""
    kinds = [_kind(cell) for cell in cells if not is_nothing(cell)]
    return max(sorted(set(kinds)), key=kinds.count) if kinds else ""


def _kind(cell: str) -> str:
    bare = leads.without_links(cell).strip("*_` ")
    if not re.search(r"[^\W_]", bare):
        return "link" if links.ids(cell) or "](" in cell else ""
    if len(bare) < 40 and len(dates.days(bare)) == 1:
        return "date"
    if re.fullmatch(r"\W*+[0-9][0-9,]*+\W*+", bare):
        return "number"
    if names.are_names(bare):
        return "authors"
    return "title" if links.ids(cell) else "text"


def _with_title(named: list[str], held: list[str]) -> list[str]:
    """Name the column that holds titles: the one with links to papers in its text, else the first one of text."""
    for kind in ("title", "text", "authors"):
        for at, name in enumerate(named):
            if held[at] == kind and name in ("", "link") and (kind != "authors" or held.count("authors") > 1):
                return [*named[:at], "title", *named[at + 1 :]]
    return named
