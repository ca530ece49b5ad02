"""Headings of topics with a single paper below: whether that row or item is the paper, or the heading."""

import re
from collections.abc import Sequence

from .. import links
from . import leads, tables, titles
from .blocks import Block

_POINT = re.compile(r"(\*{1,3}|_{1,2})[^*_]+(?:\1\s*[:：]|[:：]\s*\1)")
"""How a point of a summary begins, "**Idea**: ..."."""


def is_group_of_one(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether a heading without a link is a topic, and the one row or item with a link below it is the paper.

    A row is where its table has a column of titles, an item where it stands alone below the heading and begins with a
    title: a link's words or bold text. Else the heading names the paper, and what stands below is its link and summary.
    """
    if links.ids(blocks[at].text):
        return False
    below = _below(blocks, at)
    entry = next((block for block in below if block.kind in ("row", "item") and links.ids(block.text)), None)
    if entry is None:
        return False
    title = _title_of_row(below, entry) if entry.kind == "row" else _title_of_item(below, entry)
    return bool(title) and title.casefold() != titles.read(blocks[at].text).title.casefold()


def _below(blocks: Sequence[Block], at: int) -> Sequence[Block]:
    end = at + 1
    while end < len(blocks) and blocks[end].kind != "heading":
        end += 1
    return blocks[at + 1 : end]


def _title_of_row(below: Sequence[Block], row: Block) -> str:
    head = next((block for block in reversed(below[: below.index(row)]) if block.kind == "head"), None)
    named = zip(tables.named(head.cells) if head else (), row.cells, strict=False)
    cell = next((cell for name, cell in named if name == "title"), "")
    lead = leads.read(cell)
    return "" if leads.is_label(lead.title) else lead.title


def _title_of_item(below: Sequence[Block], item: Block) -> str:
    first = next((block for block in below if block.text), None)
    if first is not item or any(block.depth == 0 for block in below if block is not item):
        return ""
    text = titles.plain(item.lines[0])
    if _POINT.match(text) or not (titles.links(text)[:1] if text.startswith("[") else text.startswith(("**", "__"))):
        return ""
    lead = leads.read(text)
    return "" if leads.is_label(lead.title) else lead.title
