"""The digest parser: a line scanner from the text of one document to issues.

A section starts at a `## Daily Papers (DATE)` heading and ends at the next heading of its level or above; in it,
every `### [Title](link)` starts a paper. A paper's block holds a picture or video, `Vote:`, `Authors:` and then its
summary.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from . import body, fields, heading, trusted, usual
from .diagnostics import Code, Diagnostic, Report, Tell
from .language import language_of
from .merge import distinct
from .paper import Issue, Paper, Point
from .repair import cleaned
from .structure import Lines, daily_date, fence_ends, has_fences, heading_of, without_comments
from .text import plural

_SENTENCE_ENDS = ".!?…。！？:;)]}>*_`'\"”’|$0123456789-"
_NO_TITLE = re.compile(r"\s*(?:$|[-*+•]\s|\[?!\[|[<>|]|(?:vote|author)s?\b)", re.IGNORECASE)
"""What starts a line that no title goes on with."""
_MOST_JOINED = 2
"""Lines that one heading's link may go on over."""


@dataclass
class _Block:
    """A paper as it was cut out of a section: its heading and the lines below it."""

    line: int
    heading: str
    lines: Lines


@dataclass
class _Section:
    line: int
    title: str
    level: int
    blocks: list[_Block] = field(default_factory=list)
    strays: Lines = field(default_factory=list)
    end: tuple[int, str] | None = None
    """Line and text of another heading that ended it."""
    beyond: int = 0
    """Papers below that heading, which may have been meant to belong here."""


def parse(text: str, path: str, report: Report, first_line: int = 1) -> Iterator[Issue]:
    """Yield the issues of a document in the order they stand in it, two for a date that stands twice.

    `path` and `first_line` say where the text stands, for the values and the diagnostics made from it.
    """

    def tell(line: int, code: Code, message: str) -> None:
        report(Diagnostic(path, line, code, message))

    return read(*cleaned(text, first_line, tell), path, tell)


def read(text: str, numbers: Sequence[int], path: str, tell: Tell) -> Iterator[Issue]:
    """Yield the issues of a text that is clean, as `repair.cleaned` gives it with the numbers of its lines."""
    parser = _Parser(path, text, tell)
    if (usually := usual.section(text)) and path.isprintable():
        yield parser.usual(usually, numbers)
        _tell_if_cut(numbers[usually.lines - 1], text[text.rfind("\n") + 1 :], tell)
        return
    lines = _lines(text, numbers)
    for section in _sections(lines, parser.fenced):
        if (issue := parser.issue(section)) is not None:
            yield issue
    _tell_if_cut(*lines[-1], tell)


def holds_paper(text: str) -> bool:
    """Tell whether a section has any paper; nearly always its second heading answers."""
    text, numbers = cleaned(text, 1, lambda line, code, message: None)
    return any(section.blocks for section in _sections(_lines(text, numbers), has_fences(text)))


@dataclass(frozen=True)
class _Parser:
    path: str
    text: str
    tell: Tell

    @cached_property
    def fenced(self) -> bool:
        return has_fences(self.text)

    def issue(self, section: _Section) -> Issue | None:
        date = fields.date(daily_date(section.level, section.title) or "")
        if date is None:
            self.tell(section.line, Code.BAD_DATE, f"{fields.excerpt(section.title)} names no real date; left out")
            return None
        if section.strays:
            self.tell(
                section.strays[0][0],
                Code.STRAY_TEXT,
                f"{plural(len(section.strays), 'line')} before the first paper left out",
            )
        if section.end and section.beyond:
            line, text = section.end
            message = f"{fields.excerpt(text)} ends the issue; papers left out below it: {section.beyond}"
            self.tell(line, Code.STRAY_TEXT, message)
        papers = [self.paper(block) for block in section.blocks]
        if not papers:
            self.tell(section.line, Code.NO_PAPERS, f"the issue of {date} has no paper; left out")
            return None
        merged = self.merged(papers)
        title = " ".join(section.title.split())
        return Issue(date=date, title=title, language=issue_language(merged), papers=merged)

    def usual(self, section: usual.Section, numbers: Sequence[int]) -> Issue:
        papers = [
            usual.paper(head, numbers, self.path, self.tell) or self.paper(_block(head, numbers))
            for head in section.heads
        ]
        merged = self.merged(papers)
        return trusted.issue(section.date, section.title, issue_language(merged), merged)

    def merged(self, papers: list[Paper]) -> tuple[Paper, ...]:
        return distinct(papers, lambda line, message: self.tell(line, Code.MERGED_PAPER, message))

    def paper(self, block: _Block) -> Paper:
        values = self._values(block)
        values["path"], values["line"] = self.path, block.line
        return Paper.model_validate(values)

    def _values(self, block: _Block) -> dict[str, object]:
        found = heading.read(block.heading)
        values = body.read(block.lines, self.fenced, self.tell)
        if found.cut:
            self.tell(block.line, Code.CUT_HEADING, f"the heading breaks off: {fields.excerpt(block.heading)}")
        url = self._url(block.line, found)
        values["arxiv_id"], values["url"] = fields.arxiv_id(url) if url else None, url
        values["title"] = self._title(block.line, found.title, url)
        if not values["summary"]:
            self.tell(block.line, Code.NO_SUMMARY, f"{fields.excerpt(found.title)} has no summary")
        return values

    def _url(self, line: int, found: heading.Heading) -> str | None:
        try:
            url = fields.url(found.target or "")
        except fields.Odd as odd:
            self.tell(line, Code.ODD_LINK, f"{odd}; the paper was kept without it")
            return None
        if url is None and not found.cut:
            self.tell(line, Code.NO_LINK, f"{fields.excerpt(found.title)} has no link")
        return url

    def _title(self, line: int, title: str, url: str | None) -> str:
        title = " ".join(title.split())
        if not title:
            title = url or "?"
            self.tell(line, Code.NO_TITLE, f"a paper has no title; {title} stands in")
        return title


def issue_language(papers: tuple[Paper, ...]) -> str:
    """Return the language of an issue: that of its summaries together, of its titles where there are none."""
    texts: list[str] = []
    _collect([point for paper in papers for point in paper.summary], texts)
    return language_of(" ".join(texts) or " ".join([paper.title for paper in papers]))


def _collect(points: Sequence[Point], texts: list[str]) -> None:
    for point in points:
        texts.append(point.text)
        if below := point.points:
            _collect(below, texts)


def _lines(text: str, numbers: Sequence[int]) -> Lines:
    lines = list(zip(numbers, text.split("\n"), strict=False))
    return without_comments(lines) if "<!--" in text else lines


def _block(head: usual.Head, numbers: Sequence[int]) -> _Block:
    at = head[0]
    first, *below = usual.lines(head)
    return _Block(numbers[at], first, list(zip(numbers[at + 1 : at + 1 + len(below)], below, strict=True)))


def _sections(lines: Lines, fenced: bool) -> Iterator[_Section]:
    """Cut a document into sections and those into blocks, by headings alone."""
    section: _Section | None = None
    headings = list(_headings(lines, fenced))
    ends = [found.at for found in headings[1:]] + [len(lines)]
    for found, end in zip(headings, ends, strict=False):
        number, below = lines[found.at][0], lines[found.last + 1 : end]
        if daily_date(found.level, found.text) is not None:
            if section:
                yield section
            section = _Section(number, found.text, found.level, strays=_visible(below))
        elif section and section.end:
            section.beyond += _is_of_arxiv(found.text)
        elif section and _starts_paper(found.level, found.text, section.level):
            section.blocks.append(_Block(number, found.text, below))
        elif section and (found.level > section.level or not found.text):
            _keep(section, lines[found.at : end])
        elif section:
            section.end = (number, found.text)
    if section:
        yield section


class _Heading(NamedTuple):
    """A heading and the positions of its first and last line."""

    at: int
    last: int
    level: int
    text: str


def _headings(lines: Lines, fenced: bool) -> Iterator[_Heading]:
    """Yield the headings: those not inside a fence, joined where their link goes on."""
    fences = fence_ends(lines) if fenced else {}
    inside = {at for start, end in fences.items() for at in range(start, end)}
    for at in [at for at, (_, line) in enumerate(lines) if "#" in line[:4]]:
        found = heading_of(lines[at][1])
        if found is None or at in inside:
            continue
        level, text = found
        more = _more_of(level, text, lines[at + 1 : at + 1 + _MOST_JOINED])
        yield _Heading(at, at + len(more), level, " ".join([text, *more]).strip())


def _more_of(level: int, text: str, following: Lines) -> list[str]:
    """Return the lines that a heading's link goes on over: titles of arXiv hold line breaks."""
    more: list[str] = []
    bare = not text and level == 3 and following and following[0][1].lstrip().startswith("[")
    if bare or heading.is_open(text):
        for _, line in following:
            if heading_of(line) or _NO_TITLE.match(line):
                break
            more.append(line.strip())
            if "](" in line:
                return more
    return []


def _starts_paper(level: int, text: str, above: int) -> bool:
    """A heading one to two levels below the section starts a paper; any other only with a link to arXiv."""
    if above < level <= 3 and (level == 3 or text.startswith("[")):
        return True
    return _is_of_arxiv(text)


def _is_of_arxiv(text: str) -> bool:
    target = heading.read(text).target
    return bool(target and fields.arxiv_id(target.strip("<> ")))


def _keep(section: _Section, lines: Lines) -> None:
    """Give lines to the paper above them, where there is one."""
    if section.blocks:
        section.blocks[-1].lines += lines
    else:
        section.strays += _visible(lines)


def _visible(lines: Lines) -> Lines:
    return [(number, line) for number, line in lines if line.strip() and not body.is_invisible(line.strip())]


def _tell_if_cut(number: int, last: str, tell: Tell) -> None:
    """Doubt a document whose last line has no end, neither of the line nor of a sentence."""
    last = last.rstrip()
    if last and last[-1] not in _SENTENCE_ENDS:
        tell(number, Code.CUT_SHORT, f"the document ends in the middle of a line: {fields.excerpt(last[-40:])}")
