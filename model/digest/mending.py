"""Markdown as models, people and formatters write it, made such that CommonMark's rules find what was meant.

What is mended here is the text that blocks are cut from, so a repair never touches the words of a line: marks of
headings and bullets, indents, tags of HTML, line ends inside a heading or a row, links whose address stands elsewhere.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..dates import days
from ..text import BLANKS
from .blocks import SUMMARY_MARK
from .html_tables import with_markdown_tables
from .labels import CAPTIONS
from .titles import DAILY, is_open

_BULLET_TEXT = r"- (?:[^-*_`~\s]|\*{2,3}\w)[^\n]*+"
_SUSPECT = re.compile(
    rf"\n(?=[- \t#*+•·‣▪●○◦–—=`~|])"
    rf"(?:(?P<nested>{_BULLET_TEXT}(?:\n  {_BULLET_TEXT})++)|[ \t]+\S|[ ]{{0,3}}#{{1,6}}(?:[\u00a0\u3000]|[^#\s])"
    r"|[ ]{0,3}#{1,6}(?=[^\n]*\[)(?:(?!\]\()[^\n])*+(?:\]\([^\n)]*+)?$"
    r"|[ ]{0,3}###[ \t]*$|[-*+][\u00a0\u3000]|[•·‣▪●○◦–—]\s|(?<!\n\n)[ ]{0,3}(?:-{2,}|=+)[ \t]*$"
    r"|[ ]{0,3}(?:```|~~~)|\|[^\n]*[^|\s][ \t]*$)",
    re.MULTILINE,
)
"""What a text that needs none of the repairs by lines has not, but for bullets nested once as they should be.

Nearly no digest has any of it. Each alternative begins with the line end, which `re` finds by memchr, and most lines
are left at their first character.
"""
_LONG_GAP = re.compile(r"(\S)[^\S\n]{100,}")
_GAP_SIGNS = (" " * 10, *BLANKS.replace(" ", "").replace("\n", ""))
"""One of which stands in each long gap."""
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t\u00a0\u3000]*(?:(?<=#)(?=[^#\s])|(?<=[ \t\u00a0\u3000])|$)(.*)")
_TIGHT = re.compile(r"#{2,6}[\w\[*(（【]|#{1,6}\[")
_NO_TITLE = re.compile(r"\s*(?:$|#|[-*+•]\s|\[?!\[|[<>|]|(?:vote|author)s?\b)", re.IGNORECASE | re.ASCII)
"""What starts a line that no title goes on with."""
_MOST_JOINED = 2
"""Lines that one heading's link may go on over."""
_BULLET = re.compile(r"([ \t]*)(?:([-*+])|[•·‣▪●○◦–—])([ \t\u00a0\u3000]+|$)(?=[^-*_ \t]|[-*_]+[ \t]*[^-*_ \t]|$)")
_NUMBER = re.compile(r"([ \t]*)[0-9]{1,9}[.)][ \t]+(?=\S)")
_FENCE = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(`{3,}|~{3,})(?!.*(?:```|~~~))")
_PAPER = re.compile(r" {0,3}###(?!#).*\[")
_UNDERLINE = re.compile(r" {0,3}(?:-{2,}|=+)[ \t]*")
_NOT_ABOVE = re.compile(
    r"\s*(?:[-*+•>|#<]|[0-9]{1,3}[.)]\s|(?:\*\*)?(?:(?ai:vote|author|upvote)|저자|투표|作者|著者)[Ss]?\b)"
)
_SENTENCE_END = re.compile(r"[.!?。！？,;:]\W*$")
_DEFINITION = re.compile(
    r"^ {0,3}\[(?!\^)([^\[\]\n]+)\]:[ \t]*(?:\n[ \t]+)?<?([^\s>]+)>?"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$",
    re.MULTILINE,
)
_REFERENCE = re.compile(r"\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\](?:\[([^\[\]\n]*)\])?(?![\[(:])")
_TAG = re.compile(
    r"</?(?ai:details|div|center|section|article|header|footer|main|nav|aside|p|figure|figcaption|blockquote|ul|ol|dl|tbody|thead|table|tr)"
    r"(?:\s[^<>]*)?/?>|</?(?ai:summary)(?:\s[^<>]*)?>|<[Hh]([1-6])(?:\s[^<>]*)?>|</[Hh][1-6]>|<(?ai:li)(?:\s[^<>]*)?>"
    r"|</(?ai:li)>|<(?ai:hr)\s*/?>"
)
_MEDIA = re.compile(r"<(?:video|source|img)\b", re.IGNORECASE | re.ASCII)
_FRONT = re.compile(
    r"(?:---[ \t]*\n(?=[\w\"'-]+[ \t]*:)(.*?)\n(?:---|\.\.\.)|\+\+\+[ \t]*\n(.*?)\n\+\+\+)[ \t]*(?:\n|\Z)", re.DOTALL
)
_STYLE = re.compile(r"</?(?:font|span)(?:\s[^<>]*)?>", re.IGNORECASE | re.ASCII)
"""Tags that only colour text. A line with code may speak of them."""
_RAW = re.compile(r"`([^`\n]*)`\{=html\}")
_RAW_BLOCK = re.compile(r"^```[ \t]*\{=html\}[ \t]*\n((?:(?!```)[^\n]*\n)*)```[ \t]*$", re.MULTILINE)
_WATCH = re.compile(r"\\?\[(watch)([ \t]+|[ \t]*\n[ \t]*)(video)\\?\]([^\n]*)", re.IGNORECASE | re.ASCII)
"""The words of a video's link, which pandoc wraps and, without parentheses behind them, escapes."""
_FRONT_LINE = re.compile(r"([A-Za-z_]\w*)[ \t]*[:=][ \t]*(.*)", re.ASCII)


class Mended(NamedTuple):
    """A text, the numbers of its lines, positions of lines that begin no block, and what stands in its front matter."""

    text: str
    numbers: Sequence[int]
    literal: frozenset[int]
    front: dict[str, str]


def mended(text: str, numbers: Sequence[int]) -> Mended:
    """Return a text with all repairs done; each line has its number in the document."""
    front: dict[str, str] = {}
    if text.startswith(("---", "+++")) and (found := _FRONT.match(text)):
        front = _front(found[1] or found[2] or "")
        text = "\n" * text.count("\n", 0, found.end()) + text[found.end() :]
    # A hundred blanks inside a line show as one. Half of all patterns look for something behind blanks, from each of
    # them anew: a line of nothing else would take quadratic time.
    if any(sign in text for sign in _GAP_SIGNS):
        text = _LONG_GAP.sub(r"\1 ", text)
    if "{=html}" in text:  # pandoc's own Markdown keeps HTML so
        text = _RAW.sub(r"\1", _RAW_BLOCK.sub(r"\n\1", text))
    if "Watch\n" in text or "\\[Watch" in text:
        text = _WATCH.sub(_on_one_line, text)
    if "<!--" in text:
        text = _without_comments(text)
    if "<table" in text or "<TABLE" in text:
        text, numbers = with_markdown_tables(text, numbers)
    if "<font" in text or "<span " in text:
        text = "\n".join(line if "`" in line else _STYLE.sub("", line) for line in text.split("\n"))
    if "<" in text and _TAG.search(text):
        text = _without_tags(text)
    if "]:" in text:
        text = _inlined(text)
    if not any(not found["nested"] for found in _SUSPECT.finditer("\n" + text)):
        return Mended(text, numbers, frozenset(), front)
    lines = _LineMender(text.split("\n"), numbers)
    return Mended("\n".join(lines.kept), lines.numbers, frozenset(lines.literal), front)


def _on_one_line(found: re.Match[str]) -> str:
    return f"[{found[1]} {found[3]}]{found[4]}" + "\n" * found[2].count("\n")


def _front(text: str) -> dict[str, str]:
    pairs = map(_FRONT_LINE.fullmatch, text.split("\n"))
    return {found[1].lower(): found[2].strip().strip("\"'") for found in pairs if found}


def _without_comments(text: str) -> str:
    """Empty the lines that nothing but a comment stands on.

    One that opens again before it closes was none, so that no more than a comment gets lost.
    """
    lines = text.split("\n")
    opening: int | None = None
    for at, line in enumerate(lines):
        start = line.rfind("<!--")
        if start >= 0:
            closed = "-->" in line[start:]
            if closed and not line[:start].strip() and not line.partition("-->")[2].strip():
                lines[at] = ""
            opening = at if not line[:start].strip() and not closed else None
        elif opening is not None and "-->" in line:
            lines[opening : at + 1] = [""] * (at + 1 - opening)
            lines[at] = line.partition("-->")[2]
            opening = None
    return "\n".join(lines)


def _without_tags(text: str) -> str:
    """Drop tags that only arrange; `<h2>` and `<summary>` become headings, `<li>` a bullet."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if "<" in line and _TAG.match(line.lstrip()):
            lines[at] = _without_tags_of(line)
    return "\n".join(lines)


def _without_tags_of(line: str) -> str:
    lowered = line.lower()
    if _MEDIA.search(line):
        return line
    heading = next((found[1] for found in _TAG.finditer(line) if found[1]), None)
    bare = _TAG.sub(" ", line)
    indent = line[: len(line) - len(line.lstrip())]
    if heading:
        return f"{'#' * int(heading)} {bare.strip()}" if bare.strip() else ""
    if "<summary" in lowered:
        if CAPTIONS.fullmatch(bare) or indent:
            return "" if CAPTIONS.fullmatch(bare) else indent + bare.strip()
        return f"###### {SUMMARY_MARK}{bare.strip()}" if bare.strip() else ""
    if "<li" in lowered:
        return f"{indent}- {bare.strip()}"
    return indent + bare.strip() if bare.strip() else ""


def _inlined(text: str) -> str:
    """Put addresses that stand as definitions elsewhere where they are used; a definition that nothing uses stays."""
    addresses = {found[1].casefold(): found[2] for found in _DEFINITION.finditer(text)}
    if not addresses:
        return text
    used: set[str] = set()

    def inline(found: re.Match[str]) -> str:
        label = (found[2] or found[1]).casefold()
        if label not in addresses:
            return found[0]
        used.add(label)
        return f"[{found[1]}]({addresses[label]})"

    text = _REFERENCE.sub(inline, text)
    return _DEFINITION.sub(lambda found: "" if found[1].casefold() in used else found[0], text)


class _LineMender:
    """Repairs line by line: `kept` are the lines, `literal` the positions of those that begin no block."""

    def __init__(self, lines: list[str], numbers: Sequence[int]) -> None:
        self.lines = lines
        self.kept: list[str] = []
        self.numbers: list[int] = []
        self.literal: set[int] = set()
        self.indents: list[tuple[int, int]] = []
        self.columns = 0
        self.fences = _fences(lines)
        at = 0
        while at < len(lines):
            used = self._take(at)
            self.numbers.append(numbers[at])
            at += used

    def _take(self, at: int) -> int:
        """Keep one line, made of as many as returned."""
        line = self.lines[at]
        if at in self.fences:
            if not self.fences[at]:
                self.literal.add(len(self.kept))
            self.kept.append(line)
            return 1
        if not line.strip():
            self.columns = 0
            self.kept.append("")
            return 1
        if "#" in line[:4] and (heading := _heading(line)):
            self.indents, self.columns = [], 0
            more = self._more_of(heading, at)
            self.kept.append(" ".join([heading, *more]))
            return 1 + len(more)
        if line[0] in "-= " and _UNDERLINE.fullmatch(line) and self.kept and self.kept[-1].strip():
            self._underline(line)
            return 1
        if line.lstrip().startswith("|"):
            return self._row(at)
        self.kept.append(self._indented(line))
        return 1

    def _more_of(self, heading: str, at: int) -> list[str]:
        """Return the lines that a heading's link goes on over: titles of arXiv hold line breaks."""
        marks, _, text = heading.partition(" ")
        following = self.lines[at + 1 : at + 1 + _MOST_JOINED]
        bare = not text.strip() and marks == "###" and following and following[0].lstrip().startswith("[")
        more: list[str] = []
        if bare or is_open(text):
            for line in following:
                if _NO_TITLE.match(line):
                    break
                more.append(line.strip())
                if "](" in line:
                    return more
        return []

    def _underline(self, line: str) -> None:
        """Keep a line below text that makes a heading of it, for CommonMark; else it is a rule or an end of a table."""
        # `---` below text is a second-level heading for CommonMark (section 4.3), and a rule for models that write it
        # below authors or a last point. Only one line of text with a blank above may be meant as a heading, and it
        # shows that by a date, a link, or an end that is no sentence's.
        above = self.kept[-1]
        before = self.kept[-2] if len(self.kept) > 1 else ""
        if (before.strip() and not before.lstrip().startswith("#")) or (
            _NOT_ABOVE.match(above) and not DAILY.match(above)
        ):
            is_heading = False
        elif DAILY.match(above) or days(above) or "](http" in above:
            is_heading = True
        else:
            is_heading = not _SENTENCE_END.search(above) and (len(line.strip()) >= 4 or "=" in line)
        if not is_heading:
            self.literal.add(len(self.kept))
        self.kept.append(line)

    def _row(self, at: int) -> int:
        """Keep a row of a table; one that breaks off goes on in the next lines."""
        row = self.lines[at].strip()
        cells = row.count("|") - row.count("\\|")
        used = 1
        while self.columns and not row.endswith("|") and cells < self.columns and at + used < len(self.lines):
            more = self.lines[at + used].strip()
            if not more or more.startswith(("|", "#")):
                break
            row = f"{row} {more}"
            cells = row.count("|") - row.count("\\|")
            used += 1
        self.columns = self.columns or (cells if row.endswith("|") else 0)
        indent = self.indents[-1][1] if self.indents and self.lines[at][:1] in " \t" else 0
        self.kept.append(" " * indent + row)
        return used

    def _indented(self, line: str) -> str:
        """Put a line where it belongs in its list: a point nests in one two columns to its left, as Markdown meant."""
        # CommonMark nests a point that reaches its parent's text (section 5.2), Markdown.pl one with any indent, and
        # models indent by two, three or four columns in one list. So lines are written anew: `indents` holds, for
        # each open point, the column where it stood and the one where its text now begins.
        bullet, number = _BULLET.match(line), None
        if not bullet:
            number = _NUMBER.match(line)
        found = bullet or number
        indent = len((line[: len(line) - len(line.lstrip())]).expandtabs(4))
        text = line.strip()
        blank = not self.kept or not self.kept[-1].strip()
        if not found and not blank:
            return line if indent < 4 or self.indents else text
        if found and not self.indents and indent >= 2 and self._is_single():
            self.kept[-1] = f"- {self.kept[-1].lstrip()}"
            self.indents.append((0, 2))
        while self.indents and indent < self.indents[-1][0] + 2:
            self.indents.pop()
        if not found:
            return " " * (self.indents[-1][1] if self.indents else 0) + text
        start = min(self.indents[-1][1], 60) if self.indents else 0
        mark = bullet and (bullet[2] or "-")
        content = line[found.end() :] if bullet else text
        width = 2 if bullet else len(text) - len(text.lstrip("0123456789")) + 2
        self.indents.append((indent, start + width))
        return f"{' ' * start}{mark} {content}" if mark else " " * start + content

    def _is_single(self) -> bool:
        """Tell whether the line before is text alone, in which points to its right are meant to nest."""
        above = self.kept[-1] if self.kept else ""
        before = self.kept[-2] if len(self.kept) > 1 else ""
        return (
            bool(above.strip())
            and not before.strip()
            and above.lstrip()[0] not in "#|>"
            and len(self.kept) - 1 not in self.literal
        )


def _heading(line: str) -> str | None:
    """Return a heading as CommonMark writes it, None for what is none."""
    found = _HEADING.fullmatch(line)
    if not found or (line.lstrip()[len(found[1]) :][:1] not in " \t\u00a0\u3000" and not _TIGHT.match(line.lstrip())):
        return None if not found or found[2].strip() else line
    return f"{found[1]} {found[2].strip()}"


def _fences(lines: list[str]) -> dict[int, bool]:
    """Map the positions of lines in code fences to whether they are of one that closes.

    In a section, a fence that is still open at the next paper's heading is no fence: models forget to close them.
    Elsewhere it may hold headings, for a README shows what a digest looks like.
    """
    found: dict[int, bool] = {}
    opening, mark, in_section = 0, "", False
    for at, line in enumerate(lines):
        if not mark:
            fence = _FENCE.match(line) if "`" in line or "~" in line else None
            opening, mark = at, fence[1] if fence else ""
            if "#" in line[:4] and re.match(r" {0,3}##?[ \t\u00a0[]", line):
                in_section = DAILY.match(line.strip(" #\u00a0")) is not None
        elif (bare := line.strip()).startswith(mark) and not bare.strip(mark[0]):
            found.update(dict.fromkeys(range(opening, at + 1), True))
            mark = ""
        elif in_section and (_PAPER.match(line) or (line.startswith("#") and DAILY.match(line.strip(" #")))):
            found[opening] = False
            mark = ""
    if mark:
        found[opening] = False
    return found
