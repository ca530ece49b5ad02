"""Headings of digests: `## Daily Papers (2024-05-03)`, and what is nearly one, by a slip or by habit.

A heading that is nearly one is read where it is certain: its words differ by a letter, and it has one date. Where that
date is wrong or missing, papers would go to another day or nowhere, so it is an error of its own.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from .. import dates, links
from . import titles
from .blocks import Block
from .days import day_of as day_of_heading

FORM = "## Daily Papers (YYYY-MM-DD)"
_WORDS = re.compile(r"[\\#*_\s]*([^\W\d_]+(?:[\s_-]+[^\W\d_]+)?)")
_FIRST_LETTERS = re.compile(r"[\\#*_\s]*[DdAa]\w")
_PERIOD = re.compile(r"\W*(?:\w+\W+)?(?:(?:19|20)[0-9]{2}(?:\W?[0-9]{1,2})?)\W*")
"""A year or a month: a document's title, above headings of its days."""
_CERTAIN = 0.9
"""Likeness (`difflib`, 0 to 1) of words with one wrong, missing or swapped letter, as in "Daliy Papers"."""
_LIKELY = 0.8
"""Likeness with two of them."""
_LONGEST = 60


def digest_headings(blocks: Sequence[Block]) -> dict[int, Block]:
    """Return the headings of digests by their positions among blocks, those that are nearly one as what they mean."""
    kinds = ("heading", "text")
    first = [at for at, block in enumerate(blocks) if block.kind in kinds and _FIRST_LETTERS.match(block.lines[0])]
    exact = {at for at in first if _is_exact(blocks[at])}
    exact -= {at for at in exact if _PERIOD.fullmatch(_date_text(blocks[at])) and _has_dated(_below(blocks, at))}
    near = [at for at in first if at not in exact and _is_near(blocks, at, bool(exact))]
    level = max((blocks[at].level for at in exact), default=0)
    near += [at for at in range(len(blocks)) if at not in exact and _is_beside(blocks, at, level)]
    as_headings = {at: Block("heading", blocks[at].at, (bare(blocks[at].text),), 0, 2) for at in near}
    return dict(sorted({**{at: blocks[at] for at in exact}, **as_headings}.items()))


def day_of(heading: Block) -> dates.Day | None:
    """Return the one day that the heading of a digest names, maybe without its year."""
    text = _date_text(heading)
    found = dates.days(text) or dates.short_days(text) or ([] if is_exact(heading) else dates.days(heading.text))
    return found[0] if len(found) == 1 else None


def is_exact(heading: Block) -> bool:
    """Tell whether a digest's heading has the form that it should have, but for its date."""
    return titles.DAILY.match(heading.text) is not None


def likeness(text: str) -> float:
    """Return how much a text begins like "Daily Papers", from 0 to 1."""
    return max((SequenceMatcher(None, words, "dailypapers").ratio() for words, _ in _readings(text)), default=0.0)


def is_like(text: str, least: float = _LIKELY) -> bool:
    """Tell whether a text is short and begins nearly like "Daily Papers"; its first letters rule most others out."""
    if len(text) > _LONGEST or not _FIRST_LETTERS.match(text):
        return False
    return likeness(text) >= least


def undated(blocks: Sequence[Block]) -> list[Block]:
    """Return the headings that are nearly a digest's and have no date, with papers directly below them."""
    return [
        block
        for at, block in enumerate(blocks)
        if block.kind == "heading" and is_like(block.text) and not dates.days(block.text) and _has_papers(blocks, at)
    ]


def bare(text: str) -> str:
    """Return a heading's text without signs that a slip has left in it."""
    return text.lstrip("\\# ").strip("*_ ")


# ---------------------------------------------------------------------------------------------- which are near


def _is_exact(block: Block) -> bool:
    return block.kind == "heading" and block.level <= 2 and is_exact(block)


def _is_near(blocks: Sequence[Block], at: int, beside_exact: bool) -> bool:
    """Tell whether a block is taken for a digest's heading though it is none by its form.

    Where no heading of the document has the form, the ones with a date are read as any other dated heading, unless they
    are none for Markdown, or stand no higher than the papers below them.
    """
    block = blocks[at]
    if (block.kind == "text" and not _is_above_paper(blocks, at)) or not is_like(block.text) or links.ids(block.text):
        return False
    after = _after_words(block.text)
    if block.kind == "text":
        return is_like(block.text, _CERTAIN) and sum(map(str.isdigit, after)) >= 4
    if is_like(block.text, _CERTAIN) and dates.date(after):
        return beside_exact or block.level > 2
    if not _has_papers(blocks, at):
        return False
    is_wrong = sum(map(str.isdigit, after)) >= 5 and not _PERIOD.fullmatch(after) and not dates.date(after)
    return is_wrong or beside_exact


def _is_beside(blocks: Sequence[Block], at: int, level: int) -> bool:
    """Tell whether a heading with other words and a date heads papers beside digests whose headings have this level."""
    block = blocks[at]
    if block.kind != "heading" or block.level > level or links.ids(block.text):
        return False
    day = day_of_heading(block.text)
    return day is not None and bool(day.year) and _has_papers(blocks, at)


def _is_above_paper(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether a block is a line alone right above a heading that names a paper."""
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    is_line = not blocks[at].depth and len(blocks[at].lines) == 1
    return is_line and following is not None and following.kind == "heading" and bool(links.ids(following.text))


def _readings(text: str) -> Iterator[tuple[str, int]]:
    """Yield the first word and the first two words of a text as one word, and where they end."""
    if found := _WORDS.match(text):
        words = found[1]
        first = re.split(r"[\s_-]+", words)[0]
        yield first.lower(), found.start(1) + len(first)
        yield re.sub(r"[\s_-]+", "", words).lower(), found.end()


def _after_words(text: str) -> str:
    best = max(
        _readings(text), key=lambda reading: SequenceMatcher(None, reading[0], "dailypapers").ratio(), default=("", 0)
    )
    return text[best[1] :]


def _date_text(heading: Block) -> str:
    found = titles.DAILY.match(heading.text)
    return found[1] if found else _after_words(heading.text)


# ---------------------------------------------------------------------------------------------- what stands below


def _below(blocks: Sequence[Block], at: int) -> Iterator[Block]:
    for block in blocks[at + 1 :]:
        if block.kind == "heading" and block.level <= blocks[at].level and not links.ids(block.text):
            return
        yield block


def _has_dated(blocks: Iterator[Block]) -> bool:
    return any(block.kind == "heading" and day_of_heading(block.text) for block in blocks)


def _has_papers(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether papers stand below a heading with no other dated heading between."""
    for block in _below(blocks, at):
        if block.kind == "heading" and (day_of_heading(block.text) or is_exact(block)):
            return False
        if block.kind in ("heading", "row") and links.ids(block.text):
            return True
    return False
