"""Dates and papers without a heading or a list, made into those before papers are looked for.

A date alone in a paragraph or an item heads what follows, and so does a title alone in bold. A paragraph that begins
with a title and links to its paper is an item, and what follows it until the next one stands in that item: right below
a date, or beside others of its kind. Callouts and terms with a definition are such paragraphs, too.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .. import links
from . import labels, leads, titles
from .blocks import SUMMARY_LEVEL, Block
from .days import day_of, is_dated
from .fences import with_rows

_LEVEL = 6
"""Of a date that is no heading: below all headings that are."""
_LONGEST = 30
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*\n]+)(?<=\S)\1")
_CALLOUT = re.compile(r"\[!\w[\w-]*(?:\|[\w-]*)?\][+-]?\s*")
_SENTENCE_END = re.compile(r"[.!?。！？:：,;]\W*$")


def shaped(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of a document with such dates and titles as headings and such paragraphs as items."""
    bare = [part for block in with_rows(blocks) for part in _lines_with_links(_without_callout(block))]
    return list(_with_items(list(_with_titles(list(_with_dates(bare))))))


def _with_dates(blocks: Sequence[Block]) -> Iterator[Block]:
    counts = _dates_by_heading(blocks)
    heading, item = -1, -1  # the item of a date that blocks stand in
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            heading, item = at, -1
        if item >= 0 and block.depth <= blocks[item].depth:
            item = -1
        is_top = heading < 0 or blocks[heading].level == 1 or counts.get(heading, 0) > 1
        if _is_date(block) and (_heads(blocks, at) if block.kind == "item" else is_top):
            item = at if block.kind == "item" else -1
            yield Block("heading", block.at, (block.text.strip("*_ "),), 0, _LEVEL)
        else:
            yield block._replace(depth=block.depth - blocks[item].depth - 1) if item >= 0 else block


def _dates_by_heading(blocks: Sequence[Block]) -> dict[int, int]:
    counts: dict[int, int] = {}
    heading = -1
    for at, block in enumerate(blocks):
        heading = at if block.kind == "heading" else heading
        counts[heading] = counts.get(heading, 0) + (block.kind == "text" and _is_date(block))
    return counts


def _is_date(block: Block) -> bool:
    """Tell whether a paragraph or an item is nothing but a date."""
    text = block.text
    if block.kind not in ("text", "item") or len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return False
    found = day_of(text)
    return found is not None and bool(found.year) and ":" not in text and not labels.fields_of(text)


def _heads(blocks: Sequence[Block], at: int) -> bool:
    return at + 1 < len(blocks) and blocks[at + 1].kind == "item" and blocks[at + 1].depth > blocks[at].depth


def _with_titles(blocks: Sequence[Block]) -> Iterator[Block]:
    """Make headings of titles that stand alone in bold, where each of a section's has one paper below."""
    for heading, section in _sections(blocks):
        named = {at: title for at, block in enumerate(section) if (title := _title_of(block))}
        bold = list(named)
        holding = [at for at, end in pairwise([*bold, len(section)]) if len(_ids(section[at:end])) == 1]
        is_one = heading is None or heading.level == 1 or is_dated(heading.text)
        has_own = heading is not None and links.ids(heading.text)
        before = _ids(section[: bold[0]]) if bold else []
        are_titles = bold and bold == holding and not has_own and not before and (is_one or len(bold) > 1)
        if heading is not None:
            yield heading
        for at, block in enumerate(section):
            is_title = are_titles and at in holding
            if not is_title:
                yield block
                continue
            yield Block("heading", block.at, (named[at],), 0, SUMMARY_LEVEL)
            if len(block.lines) > 1:
                yield block._replace(kind="text", at=block.at + 1, lines=block.lines[1:])


def _sections(blocks: Sequence[Block]) -> Iterator[tuple[Block | None, Sequence[Block]]]:
    """Yield each heading with the blocks between it and the next one, None for those above the first."""
    starts = [at for at, block in enumerate(blocks) if block.kind == "heading"]
    yield None, blocks[: starts[0]] if starts else blocks
    for start, end in pairwise([*starts, len(blocks)]):
        yield blocks[start], blocks[start + 1 : end]


def _ids(blocks: Sequence[Block]) -> list[str]:
    return list(dict.fromkeys(id_ for block in blocks for id_ in links.ids(block.text)))


def _title_of(block: Block) -> str:
    """Return the title that a paragraph in bold or a first field says, '' for any other block."""
    if block.kind not in ("text", "item") or block.depth:
        return ""
    first = labels.fields_of(block.lines[0])
    if len(first) == 1 and first[0].name == "title":
        return first[0].value
    is_bold = block.kind == "text" and len(block.lines) == 1 and _BOLD.fullmatch(block.text)
    return _BOLD.sub(r"\2", block.text) if is_bold and not _is_caption(titles.plain(block.text)) else ""


def _is_caption(text: str) -> bool:
    return bool(
        leads.is_label(text) or labels.PARTS.fullmatch(text) or labels.name_of(text) or labels.CAPTIONS.fullmatch(text)
    )


# ---------------------------------------------------------------------------------------------- items


def _with_items(blocks: Sequence[Block]) -> Iterator[Block]:
    """Make items of paragraphs that begin with a title, right below a date or beside others."""
    for heading, section in _sections(blocks):
        items = {at: item for at, block in enumerate(section) if (item := _item(block))}
        if heading is not None:
            yield heading
            if links.ids(heading.text) or not (is_dated(heading.text) or len(items) > 1):
                items = {}
        elif len(items) < 2:
            items = {}
        inside = False
        for at, block in enumerate(section):
            inside = block.kind not in ("row", "head") and (inside or at in items)
            yield items.get(at) or (block._replace(depth=block.depth + 1) if inside else block)


def _item(block: Block) -> Block | None:
    """Return a paragraph that begins with a title and links to its paper as an item, None for any other block."""
    if block.kind != "text" or block.depth or not links.ids(block.text) or labels.fields_of(block.lines[0]):
        return None
    text = titles.plain(block.lines[0])
    definition = block.lines[1].startswith(": ") if len(block.lines) > 1 else False
    is_marked = block.lines[0].startswith("**") or text.startswith(("[", "**", "__"))
    if not definition and not is_marked and not _is_above_link(block.lines):
        return None
    title = leads.read(text).title
    if not title or leads.is_label(title) or labels.POINT.match(text):
        return None
    return block._replace(kind="item", lines=(text, *(line.removeprefix(": ") for line in block.lines[1:])))


def _is_above_link(lines: Sequence[str]) -> bool:
    """Tell whether a line of text stands right above one that is nothing but a link to a paper."""
    if len(lines) < 2 or links.ids(lines[0]) or _SENTENCE_END.search(lines[0][-8:]):
        return False
    return bool(links.ids(lines[1])) and not any(map(str.isalnum, leads.without_links(lines[1])))


def _lines_with_links(block: Block) -> Iterator[Block]:
    """Yield an item for each line of a paragraph whose lines all are a title and a link to its paper."""
    lines = block.lines
    each = block.kind == "text" and not block.depth and len(lines) > 1 and all(map(_is_linked_line, lines))
    if not each or len(_ids([block])) < len(lines):
        yield block
        return
    for at, line in enumerate(lines):
        yield block._replace(kind="item", at=block.at + at, lines=(line,))


def _is_linked_line(line: str) -> bool:
    title = leads.without_links(line).rstrip(":： -–—|")
    return (
        len(links.ids(line)) == 1
        and not leads.is_label(title)
        and not labels.fields_of(line)
        and not _SENTENCE_END.search(title[-8:])
    )


def _without_callout(block: Block) -> Block:
    """Drop the sign of a callout, as Obsidian and GitHub write it in a quote, before its title."""
    if block.kind != "text" or not (found := _CALLOUT.match(block.lines[0])):
        return block
    title = block.lines[0][found.end() :].strip()
    return (
        block._replace(lines=(f"**{title}**" if title[:1] not in "[*_" else title, *block.lines[1:]))
        if title
        else block
    )
