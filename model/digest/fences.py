"""Code fences that hold CSV or TSV with a row for each paper, as rows of a table."""

import csv
import re
from collections.abc import Iterator, Sequence

from .. import links
from . import tables
from .blocks import Block

_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})\s*(\w*)")
_LARGEST_FIELD = csv.field_size_limit()


def with_rows(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks with rows of papers instead of such fences; any other code stays."""
    for block in blocks:
        rows = _rows(block) if block.kind == "code" and links.ids(block.text) else []
        yield from rows or (block,)


def _rows(block: Block) -> list[Block]:
    """Return the head and the rows of a fence whose first line names a column of titles, nothing for another one."""
    fence = _FENCE.match(block.lines[0])
    start = 1 if fence else 0
    lines = [line for line in block.lines[start:] if not _FENCE.match(line)]
    sign = "\t" if "\t" in lines[0] or (fence and fence[1].lower() == "tsv") else ","
    if any(len(line) > _LARGEST_FIELD for line in lines):
        return []
    reader = csv.reader(lines, delimiter=sign)
    found: list[Block] = []
    at = block.at + start
    for cells in reader:
        if cells:
            found.append(Block("row" if found else "head", at, (sign.join(cells),), 0, 0, tuple(map(str.strip, cells))))
        at = block.at + start + reader.line_num
    return found if "title" in tables.named(found[0].cells) else []
