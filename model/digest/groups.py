"""Headings of topics with a single paper below: whether that row or item is the paper, or the heading."""

import re
from collections.abc import Mapping, Sequence

from .. import links
from . import labels, leads, tables, titles
from .blocks import Block

_SENTENCE = re.compile(r"[.!?。:：]\s+\S|[.!?。:：]$|\b(?ai:see|says?|in|the|an?|at|of|on|by|from|with|this|is)$")
_MOST_WORDS = 4
"""A topic has fewer."""


def groups(blocks: Sequence[Block], entries: Mapping[int, int]) -> set[int]:
    """Return the headings with one row or item of a paper below that are topics, of all with their numbers of those."""
    of_several = {blocks[at].level for at, count in entries.items() if count > 1}
    return {
        at
        for at, count in entries.items()
        if count == 1 and _is_group_of_one(blocks, at, blocks[at].level in of_several)
    }


def _is_group_of_one(blocks: Sequence[Block], at: int, is_beside_groups: bool) -> bool:
    """Tell whether a heading without a link is a topic, and the one row or item with a link below it is the paper.

    A row is where its table has a column of titles, an item where it stands alone below the heading and begins with a
    title: a link's words or bold text. Plain text is one where other headings of the level are topics, or at least
    where the heading has fewer words. Else the heading names the paper, and what stands below is its link and summary.
    """
    if links.ids(blocks[at].text):
        return False
    below = _below(blocks, at)
    entry = next((block for block in below if block.kind in ("row", "item") and links.ids(block.text)), None)
    if entry is None:
        return False
    heading = titles.read(blocks[at].text).title
    title = _title_of_row(below, entry) if entry.kind == "row" else _title_of_item(below, entry)
    if not title and entry.kind == "item":
        title = _plain_title(below, entry)
        if not is_beside_groups and (
            title[:1].islower() or len(heading.split()) >= min(len(title.split()), _MOST_WORDS)
        ):
            return False
    return bool(title) and title.casefold() != heading.casefold()


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
    date, text = leads.dated(titles.plain(item.lines[0]))
    is_title = bool(titles.links(text)[:1]) if text.startswith("[") else text.startswith(("**", "__"))
    return _title(text) if (date or is_title) and _is_alone(below, item) else ""


def _plain_title(below: Sequence[Block], item: Block) -> str:
    """Return the text before an item's link, '' for a sentence or a field."""
    text = titles.plain(item.lines[0])
    is_field = labels.fields_of(text) or _SENTENCE.search(leads.without_links(text))
    return "" if is_field or not _is_alone(below, item) else _title(text)


def _is_alone(below: Sequence[Block], item: Block) -> bool:
    first = next((block for block in below if block.text), None)
    return first is item and not any(block.depth == 0 for block in below if block is not item)


def _title(text: str) -> str:
    lead = leads.read(text)
    return "" if labels.POINT.match(text) or leads.is_label(lead.title) else lead.title
