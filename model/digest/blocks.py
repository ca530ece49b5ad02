"""A document as a list of blocks: headings, paragraphs, items of lists, rows of tables, code.

CommonMark's rules say what a block is (pyromark, which is pulldown-cmark). Only blocks are asked for: the parser sees a
copy of the text in which every character that could only be inline Markdown is an `x`. The copy is ASCII, so that its
byte offsets are the text's own, and the text of a block is the source's own slice.
"""

import re
from collections.abc import Collection
from typing import Literal, NamedTuple

import pyromark

Kind = Literal["heading", "text", "item", "code", "head", "row"]

_INLINE = bytes.maketrans(b"[]<&!\x00", b"xxxxxx")
_RUN = (
    r"(?:(?<=[^\n \t>*_`].)[*_`]*+"
    r"|(?<=[*_])(?<![*_].)(?:[*_`]*+(?=\S)|(?<=\*)\**+[_`][*_`]*+|(?<=_)_*+[*`][*_`]*+)"
    r"|(?<=[^`]`)`?+(?!`))"
)
_SIGNS = [re.compile(sign + _RUN) for sign in (r"\*", "_", "`")]
"""Signs of emphasis and code: what can neither be a bullet, nor part of a rule, nor of a fence. Each has a pattern of
its own, for `re` looks for a character many times faster than for a set of them.

A row of stars that is none of these is looked at from its first one only: else time grows with the square.
"""
_NO_FENCE = re.compile(r"(?<!`)`{3,}+(?=[^`\n]+`)")
"""What begins no fence, for a fence has no backtick behind it; all that is left behind it is masked, too."""
_ESCAPED = re.compile(r"\\(?![|\n])")
_BULLETS = re.compile(r"\n[ \t>0-9.)]*+(?:[-*+][ \t>0-9.)]++)*?[-*+] (?:[-+*#>][ \t#]|[0-9]+[.)])[^\n]*+")
_LEAD = re.compile(
    r"[-+*#>0-9](?<=[-*+] .)(?:(?<![0-9])(?=[ \t]+[^\s*-])|(?<=#)(?=#)|(?<=[0-9])(?=[0-9]{0,8}[.)][ \t]))"
)
"""What stands right behind a bullet and may begin no block of its own there, in the lines that may have such."""
_ORDERED = re.compile(r"(\n {0,3})([0-9]{1,3})(?=[.)][ \t]+\S)")
_GROUP = re.compile(r"(?<=[,;]\n)( {0,3})[0-9]{1,3}(?=\.[ ][A-Z][\w-]*(?:[,;]|\n|$))")
"""A group of authors in a wrapped list, "01. AI": no point of a numbered list."""
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_ATX = re.compile(r"\s*#{1,6}(?:[ \t]+|$)(.*)", re.DOTALL)
_CLOSING = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_ATTRIBUTES = re.compile(r"[ \t]*\{#[\w.:-]+(?:[ \t][^{}\n]*)?\}$")
"""An anchor behind a heading, as pandoc's own Markdown, kramdown and Docusaurus have it: "{#lamps}"."""
_BREAK = re.compile(r"(?<!\\)(?:\\\\)*\\$")
_DEEPEST = 8
_OPTIONS = pyromark.Options.ENABLE_TABLES


SUMMARY_MARK = "\u2060"
"""What the text of a heading begins with that `<summary>` names: a word joiner, which nobody writes there."""
SUMMARY_LEVEL = 7
"""Its level, below all headings."""


class Block(NamedTuple):
    """A block: its kind, the position of its first line in the text, and its lines without marks of lists and quotes.

    `depth` counts the items of lists that it stands in, `level` is a heading's; `cells` are a row's.
    """

    kind: Kind
    at: int
    lines: tuple[str, ...]
    depth: int = 0
    level: int = 0
    cells: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All lines as one, where the source only wrapped them."""
        return self.lines[0] if len(self.lines) == 1 else " ".join(self.lines)


def blocks(text: str, literal: Collection[int] = ()) -> list[Block]:
    """Return the blocks of a text; lines whose positions are `literal` begin none."""
    return _BlockReader(text).read(_masked(text, literal))


def _masked(text: str, literal: Collection[int]) -> str:
    mask = text.encode("ascii", "replace").translate(_INLINE).decode("ascii")
    if "```" in mask:
        mask = _NO_FENCE.sub(_blot, mask)
    mask = _BULLETS.sub(lambda found: _LEAD.sub("x", found[0]), f"\n{mask}")[1:]
    for sign in _SIGNS:
        mask = sign.sub(_blot, mask)
    if "\\" in mask:
        mask = _ESCAPED.sub("x", mask)
    if ",\n" in mask or ";\n" in mask:
        mask = _GROUP.sub(_blot, mask)
    if "." in mask or ")" in mask:  # CommonMark lets only a list that starts at 1 end a paragraph
        mask = _ORDERED.sub(lambda found: found[1] + "1".rjust(len(found[2]), "0"), mask)
    if literal:
        lines = mask.split("\n")
        for at in literal:
            lines[at] = "x" * len(lines[at]) if lines[at].strip(" -=\t") else " " * len(lines[at])
        mask = "\n".join(lines)
    return mask


def _blot(found: re.Match[str]) -> str:
    return "x" * len(found[0])


class _BlockReader:
    """Turns events into blocks; keeps where the run of inline text at hand begins, and which items wait for theirs."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.counted = self.line = 0
        self.run: tuple[int, int] | None = None
        self.items: list[int] = []
        self.waiting: int | None = None
        self.ordered: list[bool] = []
        self.quotes = 0
        self.cells: list[str] = []

    def read(self, mask: str) -> list[Block]:
        for event, where in pyromark.events_with_range(mask, options=_OPTIONS):
            if isinstance(event, str):
                if event == "Rule":
                    self.flush()
                continue
            if "Start" in event:
                self.start(event["Start"], where["start"])
            elif "End" in event:
                self.end(event["End"], where["start"], where["end"])
            else:
                self.run = (where["start"] if self.run is None else self.run[0]), where["end"]
        self.flush()
        return self.blocks

    def start(self, tag: object, start: int) -> None:
        self.flush()
        if tag == "Paragraph":
            return
        if tag == "Item":
            self.empty_item()
            self.items.append(start)
            self.waiting = start
        elif tag == "TableHead" or tag == "TableRow":
            self.empty_item()
            self.cells = []
        elif isinstance(tag, dict) and "List" in tag:
            self.ordered.append(tag["List"] is not None)
        elif isinstance(tag, dict) and "BlockQuote" in tag:
            self.quotes += 1

    def end(self, tag: object, start: int, end: int) -> None:
        if tag == "Paragraph":
            self.paragraph(start, end)
        elif tag == "Item":
            self.flush()
            self.empty_item()
            self.items.pop()
        elif tag == "TableCell":
            self.run = None
            self.cells.append(self.text[start:end].strip().removesuffix("|").replace("\\|", "|").strip())
        elif tag == "TableHead" or tag == "TableRow":
            self.add("head" if tag == "TableHead" else "row", start, self.slice(start, end), cells=tuple(self.cells))
        elif tag == "CodeBlock":
            self.paragraph(start, end, "code")
        elif isinstance(tag, dict) and "Heading" in tag:
            self.run = None
            self.empty_item()
            self.heading(start, end, int(tag["Heading"][1]))
        else:
            self.close(tag)

    def close(self, tag: object) -> None:
        self.flush()
        if isinstance(tag, dict) and "List" in tag:
            self.ordered.pop()
        elif isinstance(tag, dict) and "BlockQuote" in tag:
            self.quotes -= 1

    def flush(self) -> None:
        """Take the inline text that stands in a tight item without a paragraph of its own."""
        if self.run is not None:
            self.paragraph(*self.run)

    def paragraph(self, start: int, end: int, kind: Kind = "text") -> None:
        self.run = None
        if self.waiting is None:
            self.add(kind, start, self.slice(start, end))
            return
        begin, self.waiting = self.waiting, None
        lines = self.slice(begin, end)
        if not self.ordered[-1]:
            lines = (lines[0][1:].lstrip(" \t"), *lines[1:])
        if kind == "code" or not lines[0]:
            lines = (" ".join(filter(None, lines)),)
        self.add("item", begin, lines)

    def empty_item(self) -> None:
        if self.waiting is not None:
            begin, self.waiting = self.waiting, None
            self.add("item", begin, ("",))

    def heading(self, start: int, end: int, level: int) -> None:
        lines = self.slice(start, end)
        found = _ATX.fullmatch(lines[0])
        title = found[1] if found else " ".join(lines[:-1])
        if found and title.endswith("#"):
            title = _CLOSING.sub("", title).strip()
        if title.endswith("}"):
            title = _ATTRIBUTES.sub("", title)
        is_summary = title.startswith(SUMMARY_MARK)
        self.add("heading", start, (title[is_summary:],), SUMMARY_LEVEL if is_summary else level)

    def add(self, kind: Kind, start: int, lines: tuple[str, ...], level: int = 0, cells: tuple[str, ...] = ()) -> None:
        depth = min(len(self.items), _DEEPEST) - (kind == "item")
        self.blocks.append(Block(kind, self.line_of(start), lines, depth, level, cells))

    def slice(self, start: int, end: int) -> tuple[str, ...]:
        lines = self.text[start:end].strip("\n").split("\n")
        if len(lines) == 1 and not self.quotes:
            line = lines[0].strip()
            return (line if line[-1:] != "\\" else _BREAK.sub("", line).rstrip(),)
        if self.quotes:
            lines = [lines[0], *(_QUOTE.sub("", line, count=1) for line in lines[1:])]
        return tuple(_BREAK.sub("", stripped).rstrip() for line in lines if (stripped := line.strip())) or ("",)

    def line_of(self, start: int) -> int:
        """Return the position of a line, counting on from the last one that was asked for."""
        if start < self.counted:
            self.line -= self.text.count("\n", start, self.counted)
        else:
            self.line += self.text.count("\n", self.counted, start)
        self.counted = start
        return self.line
