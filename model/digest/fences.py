"""Rows that say less than those of a table should: fences of CSV or TSV, and ids without what says that they are."""

import csv
import re
from collections.abc import Iterator, Sequence

from .. import links
from . import tables
from .blocks import Block

_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})\s*(\w*)")
_OF_IDS = re.compile(r"\W*(?:(?:arxiv|paper)\W?)?(?:id|no\.?|number|link|paper)?\W*", re.IGNORECASE | re.ASCII)
_BARE_ID = re.compile(r"[0-9]{4}\.[0-9]{4,5}(?:v[0-9]{1,2})?")
_LARGEST_FIELD = csv.field_size_limit()


def with_rows(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks with rows of papers instead of such fences, and with whole ids; any other code stays."""
    ids: list[int] = []
    for block in blocks:
        rows = _rows(block) if block.kind == "code" and len(block.lines) > 1 else []
        rows = rows if any(links.ids(row.text) or _BARE_ID.search(row.text) for row in rows) else []
        for row in rows or (block,):
            if row.kind == "head":
                ids = [at for at, cell in enumerate(row.cells) if _OF_IDS.fullmatch(cell)]
            yield _with_ids(row, ids) if row.kind == "row" and ids else row


def _with_ids(row: Block, columns: Sequence[int]) -> Block:
    """Return a row with `arXiv:` before the ids in columns whose head says that they are."""
    cells = [
        f"arXiv:{cell}" if at in columns and _BARE_ID.fullmatch(cell) else cell for at, cell in enumerate(row.cells)
    ]
    return row if cells == list(row.cells) else row._replace(cells=tuple(cells), lines=(" | ".join(cells),))


def _rows(block: Block) -> list[Block]:
    """Return the head and the rows of a fence whose first line names a column of titles, nothing for another one."""
    fence = _FENCE.match(block.lines[0])
    start = 1 if fence else 0
    lines = [line for line in block.lines[start:] if not _FENCE.match(line)]
    if not lines:
        return []
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
    return found if found and "title" in tables.named(found[0].cells) else []
