"""Dates and papers without a heading or a list, made into those before papers are looked for.

A date alone in a paragraph or an item heads what follows; a paragraph that begins with a title and links to its paper,
right below a date, is an item, and what follows it until the next one stands in that item.
"""

from collections.abc import Iterator, Sequence

from .. import links
from . import labels, leads, titles
from .blocks import Block
from .days import day_of, is_dated

_LEVEL = 6
"""Of a date that is no heading: below all headings that are."""
_LONGEST = 30


def shaped(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of a document with such dates as headings and such paragraphs as items."""
    return list(_with_items(list(_with_dates(blocks))))


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


def _with_items(blocks: Sequence[Block]) -> Iterator[Block]:
    """Make items of paragraphs that begin with a title, right below a dated heading."""
    below_date = inside = False
    for block in blocks:
        if block.kind == "heading":
            below_date, inside = is_dated(block.text), False
            yield block
        elif below_date and block.kind == "text" and block.depth == 0 and _begins_with_title(block):
            inside = True
            yield block._replace(kind="item")
        elif inside and block.kind in ("row", "head"):
            inside = False
            yield block
        else:
            yield block._replace(depth=block.depth + 1) if inside else block


def _begins_with_title(block: Block) -> bool:
    text = titles.plain(block.lines[0])
    if not links.ids(block.text) or not text.startswith(("[", "**", "__")) or labels.fields_of(text):
        return False
    title = leads.read(text).title
    return bool(title) and not leads.is_label(title)
