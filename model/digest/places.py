"""Where papers are in a document: below which headings, in which items and rows; and of which day each is."""

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .. import dates, links, names
from . import labels, leads, summary, tables, titles
from .blocks import SUMMARY_LEVEL, Block
from .days import When, day_of, is_dated, period_of
from .groups import groups

_MOST_IDS = 3
"""Ids of a heading's papers that are kept: three are as much more than one as a hundred."""


@dataclass
class Place:
    """A paper's place: its title's text, what stands below it, and what is known of its day and its group."""

    at: int
    kind: str
    text: str
    blocks: list[Block] = field(default_factory=list)
    when: When | None = None
    period: dates.Period | None = None
    """The month or the week of the nearest heading that names one."""
    years: tuple[int, ...] = ()
    group: str | None = None
    is_daily: bool = False
    """Whether it stands in a section of a Daily Papers heading, where nothing but a label says what a line is."""
    cells: tuple[tuple[str, str, str], ...] = ()
    """Of a row: what each cell is about, what the column's head says, and the cell."""


@dataclass
class Found:
    """The places of papers, and the blocks that belong to none of them."""

    places: list[Place] = field(default_factory=list)
    strays: list[Block] = field(default_factory=list)
    lost: list[Block] = field(default_factory=list)
    """The strays below a date that link to papers which no place names."""
    level: int | None = None


class _Heading(NamedTuple):
    level: int
    text: str
    when: When | None
    period: dates.Period | None
    year: int | None

    @property
    def is_dated(self) -> bool:
        return bool(self.when or self.period)


def find(blocks: Sequence[Block], daily: bool, above: int = 0) -> Found:
    """Find the papers among blocks; of a `daily` section, whose heading has level `above`, each heading may be one."""
    survey = _HeadingSurvey(blocks)
    level = survey.daily_level(above) if daily else survey.level()
    found = Found(level=level)
    _Walk(blocks, survey, found, daily, above).run()
    owned = {id_ for place in found.places for id_ in _ids_in(place)} if found.lost else set()
    found.lost = [block for block in found.lost if not owned.issuperset(ids_of(block))]
    return found


def _ids_in(place: Place) -> list[str]:
    texts = [place.text, *(block.text for block in place.blocks), *(cell for _, _, cell in place.cells)]
    return [id_ for text in texts for id_ in links.ids(text)]


def own_date(place: Place) -> datetime.date | None:
    """Return the date that stands beside a paper, in a field of its own or in the text of an item."""
    fields = (field for block in place.blocks for line in block.lines for field in labels.fields_of(line))
    found = next((date for name, value, _ in fields if name == "date" and (date := dates.date(value))), None)
    return found or (dates.date(leads.without_links(place.text)) if place.kind == "item" else None)


# ---------------------------------------------------------------------------------------------- which headings


class _LevelScore(NamedTuple):
    """What speaks for a level of headings as the papers'."""

    papers: int = 0
    """Headings that hold about one paper."""
    holding: int = 0
    """Headings that hold any."""
    linked: int = 0
    """Headings of one paper that have its link themselves."""
    length: float = 0.0
    """Their mean length."""


class _HeadingSurvey:
    """How many papers stand below each heading, to tell which headings are papers'.

    Nothing else tells a paper's heading in all layouts: some link to the paper, some have the link below them, some
    are groups of a table or list of papers, some are parts of a paper's summary. So each heading keeps the ids that
    stand below it, headings below it included: a paper's holds about one, a group's more. Three are kept of each,
    so that a heading costs the same whatever its section holds; one walk over the blocks finds them all.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.ids = [links.ids(block.text) for block in blocks]
        self.below: dict[int, list[str]] = {}
        self.entries: dict[int, int] = {}
        open_: list[tuple[int, int]] = []
        for at, block in enumerate(blocks):
            if block.kind == "heading":
                while open_ and open_[-1][0] >= block.level:
                    open_.pop()
                open_.append((block.level, at))
                self.below[at], self.entries[at] = [], 0
            elif self.ids[at] and (block.kind == "row" or (block.kind == "item" and _is_entry(block))):
                for _, heading in open_:
                    self.entries[heading] += 1
            for _, heading in open_ if self.ids[at] else ():
                kept = self.below[heading]
                kept += [id_ for id_ in self.ids[at] if id_ not in kept][: _MOST_IDS - len(kept)]
        self.groups = groups(blocks, self.entries)
        texts = Counter(blocks[at].text.strip().lower() for at in self.below)
        self.repeated = {text for text, count in texts.items() if count > 1}
        self.scores = {level: self._score(level) for level in sorted({blocks[at].level for at in self.below})}

    def level(self) -> int | None:
        """Return the level of headings at which most hold about one paper, None where rows or items are papers."""
        # 0.6: some papers of a level also name others below them. Of several such levels the one of most papers wins,
        # then the one that links to them, then the longest: a title is longer than a topic.
        good = {level: score for level, score in self.scores.items() if score.papers >= max(0.6 * score.holding, 1)}
        return max(good, key=lambda level: (good[level].papers, *good[level][2:]), default=None)

    def daily_level(self, above: int) -> int:
        """Return the level of papers in a section: by default the third, deeper where headings there are groups."""
        usual, none = 3, _LevelScore()
        twos = [at for at in self.below if self.blocks[at].level == 2] if above == 1 else []
        are_papers = any(self.below[at] or self.blocks[at].text.startswith("[") for at in twos)
        if are_papers and self.scores.get(2, none) >= self.scores.get(3, none):
            usual = 2
        found = self.level()
        if found is None or found <= above or found == usual:
            return usual
        # Headings of the usual level are groups only where none of them links to a paper, and each has one below it:
        # a digest of papers without links must not become a list of what their summaries mention.
        headings = sum(self.blocks[at].level == usual for at in self.below)
        own = sum(self.blocks[at].level == usual and bool(self.ids[at]) for at in self.below)
        return found if self.scores[found].papers >= max(headings, 1) and not own else usual

    def _score(self, level: int) -> _LevelScore:
        """Count the headings of a level; those with a date and no link are days, and say nothing of papers.

        A heading is about one paper where it links to it, where one id stands below it, or where several do that are
        no entries of a list or table and stand below no other heading: then they are what its summary mentions. The
        heading of a part of a summary, by its words or because it stands again and again, is no paper's.
        """
        one = holding = own = length = 0
        for at, below in self.below.items():
            block = self.blocks[at]
            if block.level != level or not below or (not self.ids[at] and is_dated(block.text)):
                continue
            holding += 1
            is_part = self._is_part(at)
            is_one = at not in self.groups and (
                bool(self.ids[at])
                or (len(below) == 1 and not is_part)
                or (len(below) > 1 and self.entries[at] < 2 and not is_part and not self._has_deeper(at))
            )
            if is_one and not is_part:
                one += 1
                own += bool(self.ids[at])
                length += len(block.text)
        return _LevelScore(one, holding, own, length / max(one, 1))

    def _has_deeper(self, heading: int) -> bool:
        """Tell whether below a heading there are others that hold papers, and are no parts of a summary."""
        level = self.blocks[heading].level
        for at in range(heading + 1, len(self.blocks)):
            block = self.blocks[at]
            if block.kind == "heading":
                if block.level <= level:
                    return False
                if self.below[at] and not self._is_part(at):
                    return True
        return False

    def _is_part(self, heading: int) -> bool:
        """Tell whether a heading is of a part of a summary, by its words or because it stands again and again."""
        text = self.blocks[heading].text
        return not self.ids[heading] and bool(labels.PARTS.fullmatch(text) or text.strip().lower() in self.repeated)


def ids_of(block: Block) -> list[str]:
    """Return the ids that a block names."""
    return links.ids(block.text)


def _is_entry(block: Block) -> bool:
    """Tell whether an item that names a paper is not just a field of one above it."""
    text = block.text
    return block.depth == 0 and not labels.fields_of(text) and not leads.is_label(leads.without_links(text))


# ---------------------------------------------------------------------------------------------- one way through


class _Walk:
    """Goes through the blocks once; `place` is the paper that they belong to at the moment."""

    def __init__(self, blocks: Sequence[Block], survey: _HeadingSurvey, found: Found, daily: bool, above: int) -> None:
        self.blocks = blocks
        self.survey = survey
        self.found = found
        self.daily = daily
        self.above = above
        self.place: Place | None = None
        self.headings: list[_Heading] = []
        self.columns: tuple[str, ...] = ()
        self.head: tuple[str, ...] = ()
        self.day: dates.Day | None = None

    def run(self) -> None:
        at = 0
        while at < len(self.blocks):
            block = self.blocks[at]
            if block.kind not in ("row", "head"):
                self.columns = self.head = ()
                self.day = None
            if block.kind == "heading":
                self.heading(at, block)
            elif self.place is not None:
                self.place.blocks.append(block)
            elif block.kind == "head":
                self.table(at, block)
            elif block.kind == "row":
                self.row(at, block)
            elif block.kind == "item":
                at = self.item(at, block)
                continue
            else:
                self.stray(block)
            at += 1

    def stray(self, block: Block) -> None:
        self.found.strays.append(block)
        if any(heading.is_dated for heading in self.headings) and ids_of(block):
            self.found.lost.append(block)

    def heading(self, at: int, block: Block) -> None:
        if self.is_paper(at, block):
            while self.headings and self.headings[-1].level >= block.level:
                self.headings.pop()
            self.place = self.new(Place(block.at, "heading", block.text))
            return
        level = self.found.level
        if not block.text or (self.place is not None and level is not None and block.level > level):
            if self.place is not None and block.text:
                self.place.blocks.append(block)
            return
        if self.place is not None and level is None:  # below a paper that a link made one
            self.place.blocks.append(block)
            return
        self.place = None
        while self.headings and self.headings[-1].level >= block.level:
            self.headings.pop()
        day = day_of(block.text)
        when = When(day, titles.read(block.text).title) if day else None
        period = None if day or self.daily else period_of(block.text)
        self.headings.append(_Heading(block.level, block.text, when, period, dates.year(block.text)))
        if not day and self.daily and not self.survey.below[at]:
            self.stray(block)

    def is_paper(self, at: int, block: Block) -> bool:
        own = bool(self.survey.ids[at])
        if own and (self.daily or self.found.level is None or block.level <= max(self.found.level, 6)):
            return block.level != SUMMARY_LEVEL or self.found.level == SUMMARY_LEVEL
        if block.level != self.found.level or (self.survey.entries[at] > 1 and not own) or at in self.survey.groups:
            return False
        if self.daily:
            return bool(block.text)
        return bool(self.survey.below[at] or self.links_elsewhere(at)) and not is_dated(block.text)

    def links_elsewhere(self, at: int) -> bool:
        """Tell whether a heading, or a field below it, links to a paper that is not on arXiv."""
        if (titles.read(self.blocks[at].text).target or "").startswith("http"):
            return True
        for block in self.blocks[at + 1 :]:
            if block.kind not in ("text", "item"):
                return False
            if any(summary.elsewhere(field) for line in block.lines for field in labels.fields_of(line)):
                return True
        return False

    def table(self, at: int, block: Block) -> None:
        rows: list[Block] = []
        for row in self.blocks[at + 1 :]:
            if row.kind != "row" or len(rows) >= 20:
                break
            rows.append(row)
        with_ids = sum(bool(self.survey.ids[at + 1 + number]) for number in range(len(rows)))
        self.head = block.cells
        self.columns = tables.columns(block.cells, rows) if with_ids and with_ids * 3 >= len(rows) else ()
        if not self.columns:
            self.stray(block)
        elif self.survey.ids[at]:  # a table without a head: its first row is a paper, too
            self.row(at, block)

    def row(self, at: int, block: Block) -> None:
        filled = [cell for cell in block.cells if not tables.is_nothing(cell)]
        if not self.columns or (len(filled) < 2 and not self.survey.ids[at]):
            self.stray(block)
            return
        cells = tuple(zip(self.columns, self.head, block.cells, strict=False))
        title = next((cell for name, _, cell in cells if name == "title"), "")
        day = next((day_of(cell) for name, _, cell in cells if name == "date" and day_of(cell)), None)
        if day is None and any(name == "date" and tables.is_nothing(cell) for name, _, cell in cells):
            day = self.day  # a cell that is left empty means the one above
        self.day = day
        if tables.is_nothing(leads.without_links(title)) and not self.survey.ids[at]:
            return
        for one in tables.titles_of(title):
            self.new(Place(block.at, "row", one, cells=cells), None if self.daily else day)

    def item(self, at: int, block: Block) -> int:
        """Take an item that is a paper with all that stands in it; return where to go on."""
        end = at + 1
        while end < len(self.blocks) and self.blocks[end].depth > block.depth and self.blocks[end].kind != "heading":
            end += 1
        own = self.survey.ids[at]
        below = {id_ for ids in self.survey.ids[at + 1 : end] for id_ in ids}
        if not own and len(below) != 1:
            self.stray(block)
            return at + 1
        lead = leads.read(block.lines[0])
        inner = [inner._replace(depth=inner.depth - block.depth - 1) for inner in self.blocks[at + 1 : end]]
        inner[:0] = _lines_of(block)
        self.new(Place(block.at, "item", block.lines[0], inner), None if self.daily else lead.date)
        return end

    def new(self, place: Place, day: dates.Day | None = None) -> Place:
        dated = [heading.when for heading in self.headings if heading.when]
        place.is_daily = self.daily
        place.when = When(day) if day else dated[-1] if dated else None
        place.period = next((heading.period for heading in reversed(self.headings) if heading.period), None)
        place.years = tuple(heading.year for heading in reversed(self.headings) if heading.year)
        groups = [heading.text for heading in self.headings if not heading.is_dated and not heading.year]
        place.group = (
            _group(groups[-1])
            if groups and (self.daily or self.headings[0].text != groups[-1] or self.is_group())
            else None
        )
        self.found.places.append(place)
        return place

    def is_group(self) -> bool:
        """Tell whether the top heading is one of several, not the document's title."""
        first = self.headings[0]
        return (
            first.level > 1
            or sum(
                block.kind == "heading" and block.level == first.level and bool(self.survey.below[at])
                for at, block in enumerate(self.blocks)
            )
            > 1
        )


def _lines_of(block: Block) -> list[Block]:
    """Return the lines of an item below its first one: those that are names or links by themselves, the rest as one."""
    parts: list[Block] = []
    for at, line in enumerate(block.lines[1:], block.at + 1):
        alone = names.are_names(line.strip("*_ ")) or links.ids(line) or labels.fields_of(line)
        if alone or not parts or parts[-1].level:
            parts.append(Block("text", at, (line,), level=bool(alone)))
        else:
            parts[-1] = parts[-1]._replace(lines=(*parts[-1].lines, line))
    return parts


def _group(text: str) -> str | None:
    title = titles.read(text).title
    bare = re.sub(r"\s*[(（]\s*[0-9]+\s*(?:(?ai:papers?)|편|개|篇|件|本)?\s*[)）]\s*$", "", title)
    return " ".join(bare.split()) or None
