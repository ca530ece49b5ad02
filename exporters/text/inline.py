"""A scanner for the inline Markdown that language models write, with the mathematics that papers bring along.

Entities are the characters that they name. LaTeX's commands for running text (`commands`) become what they mean; others
are shown as written, so that nothing is lost.

One pass over the characters that can mean something, one over the runs of `*`, `_` and `~`; no backtracking and no
recursion, so that any text takes time in proportion to its length. It follows CommonMark 0.31 where Korean permits.
"""

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from html.entities import html5

from . import commands, mathematics, uris
from .emphasis import CodeSpan, End, Event, Formula, Run, Start, Text, emphasised

DEPTH = 32
"""How deep elements may nest; libxml2 gives up at 256."""


def is_plain(text: str) -> bool:
    """Tell whether a text holds nothing that could be a mark, as nearly all lines do.

    One look for each sign takes half of the time that a regular expression takes over Korean.
    """
    return not (
        "*" in text
        or "`" in text
        or "$" in text
        or "_" in text
        or "[" in text
        or "<" in text
        or "\\" in text
        or "~" in text
        or "{" in text
        or "^" in text
        or "--" in text
        or "://" in text
        or ("&" in text and ";" in text)
    )


def parse(text: str) -> list[Event]:
    """Return a line's text, code, formulas and the starts and ends of elements, properly nested."""
    return list(_limited(emphasised(_InlineScanner(text).scan())))


def _limited(events: Iterable[Event]) -> Iterator[Event]:
    """Drop links inside links and what nests deeper than DEPTH."""
    open_elements: list[bool] = []
    link = 0
    for event in events:
        if isinstance(event, Start):
            link += event.tag == "a"
            kept = len(open_elements) < DEPTH and not (event.tag == "a" and link > 1)
            open_elements.append(kept)
        elif isinstance(event, End):
            link -= event.tag == "a"
            kept = open_elements.pop()
        else:
            kept = True
        if kept:
            yield event


_STOP = re.compile(r"[\\`*_~$\[\]<^':!{}&]|--")
_MARK = re.compile(r"\\|`+|[\^_]\{|\*+|_+|~+|\$+|!?\[|[\]<{}&]|'+|--+|://")
_TICKS = re.compile(r"`+")
_TARGET = re.compile(
    r"\(\s*+(?:<([^<>]*+)>|((?:[^\s()<>]|\((?:[^\s()<>]|\([^\s()<>]*+\))*+\))*+))(?:\s++(?:\"[^\"]*+\"|'[^']*+'))?\s*+\)"
)
_ANGLED = re.compile(r"<((?:(?ai:https?)://|(?ai:mailto):)[^\s<>]++)>|<([A-Za-z0-9._+-]++@[A-Za-z0-9.-]++)>")
_RELATIVE = re.compile(
    r"(?:/(?!/)|\.{1,2}/)\S*|#[\w.-]+|(?:[\w.-]+/)+(?:[\w.-]+)?(?:[?#]\S*)?"
    r"|[\w.-]+\.(?ai:md|html?|pdf|png|jpe?g|gif|svg|webp)(?:[?#]\S*)?"
)
"""A target that is relative to the digest's own place, which no reader knows: such a link is shown as its text."""
_SCHEME = re.compile(r"(?<![A-Za-z0-9])https?$", re.IGNORECASE | re.ASCII)
_BARE = re.compile(r"://(?:[A-Za-z0-9_.~:/?#@!$&'()+=%\u00c0-\u10ff-]|\*(?!\*)|[,;](?!(?ai:https?)://))++")
"""An address ends where Hangul, kana, Han or a typographer's sign begins: that is the sentence going on."""
_QUOTE = re.compile(r"(`{1,2})[^\s`'](?:[^`']*[^\s`'])?('{1,2})(?![A-Za-z0-9])")
_ROUND = re.compile(r"\\\(((?:[^\\]|\\[^()])*+)\\\)", re.DOTALL)
_SQUARE = re.compile(r"\\\[((?:[^\\]|\\[^\[\]])*+)\\\]", re.DOTALL)
_SCRIPT = re.compile(r"[\^_]\{[^{}\\]+\}")
_ESCAPED = frozenset("*_~`$%&#{}[]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SPACED = re.compile(r"\\[ ,](?=\S)")
_QUOTED = re.compile(r"\\[\"']")
_MATHEMATICAL = re.compile(r"\\[A-Za-z]|[\^_=<>+]")


class _InlineScanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.done = 0
        """Up to here the text is in events."""
        self.events: list[Event | Run] = []
        self.brackets: list[int] = []
        """The events of brackets that may turn out to start a link; until then they are text."""
        self.groups: list[tuple[int, Start | None]] = []
        """The events of braces that are open, and what they start if they are a command's."""
        self.closing_quotes: dict[int, str] = {}

    def scan(self) -> list[Event | Run]:
        position = 0
        while stop := _STOP.search(self.text, position):
            mark = _MARK.match(self.text, stop.start())
            end = _HANDLERS[mark[0][-1]](self, mark[0], mark.start()) if mark else None
            position = end or (mark or stop).end()
        self.add(len(self.text))
        return self.events

    def add(self, start: int, *events: Event | Run, end: int = 0) -> int:
        """Append the text before `start`, then events that stand for the text up to `end`, which is returned."""
        if start > self.done:
            self.events.append(Text(self.text[self.done : start]))
        self.events.extend(events)
        self.done = end or start
        return self.done

    def before(self, start: int) -> str:
        return self.text[start - 1] if start else " "

    def run(self, mark: str, start: int) -> int:
        if mark == "~" and self.has_ties and commands.is_tie(self.text, start):
            return self.add(start, Text(" "), end=start + 1)
        after = self.text[start + len(mark)] if start + len(mark) < len(self.text) else " "
        return self.add(start, Run(mark, self.before(start), after), end=start + len(mark))

    def code(self, ticks: str, start: int) -> int | None:
        """A code span ends at the next run of as many backticks; LaTeX's `quotes' are not one."""
        content = start + len(ticks)
        end = self.next_ticks(len(ticks), content)
        if end is None or self.is_quote(ticks, content, end):
            return self.opening_quote(ticks, start)
        text = self.text[content:end]
        if text[0] == text[-1] == " " and text.strip(" "):
            text = text[1:-1]
        return self.add(start, CodeSpan(text), end=end + len(ticks))

    def next_ticks(self, size: int, position: int) -> int | None:
        places = self.ticks.get(size, [])
        index = bisect_left(places, position)
        return places[index] if index < len(places) else None

    @cached_property
    def ticks(self) -> dict[int, list[int]]:
        """Where runs of backticks stand, by their length."""
        places: dict[int, list[int]] = {}
        for run in _TICKS.finditer(self.text):
            places.setdefault(len(run[0]), []).append(run.start())
        return places

    def is_quote(self, ticks: str, content: int, end: int) -> bool:
        """Two LaTeX quotations look like code from the first's opening to the second's."""
        if len(ticks) > 2 or self.text[content].isspace() or not self.text[end - 1].isspace():
            return False
        return self.text.find("'", content, end) >= 0

    def opening_quote(self, ticks: str, start: int) -> int | None:
        match = _QUOTE.match(self.text, start)
        if not match or len(match[1]) != len(match[2]) or len(ticks) != len(match[1]):
            return None
        opening, closing = ("“", "”") if len(ticks) == 2 else ("‘", "’")
        self.closing_quotes[match.start(2)] = closing
        return self.add(start, Text(opening), end=start + len(ticks))

    def apostrophe(self, mark: str, start: int) -> int | None:
        closing = self.closing_quotes.get(start)
        return self.add(start, Text(closing), end=start + (2 if closing == "”" else 1)) if closing else None

    def bracket(self, mark: str, start: int) -> int:
        end = self.add(start, Text(mark), end=start + len(mark))
        self.brackets.append(len(self.events) - 1)
        return end

    def link(self, mark: str, start: int) -> int | None:
        if not self.brackets:
            return None
        opened = self.brackets.pop()
        match = _TARGET.match(self.text, start + 1)
        if not match:
            return None
        target = match[1] or match[2] or ""
        href = uris.href(target)
        if href is None and not _RELATIVE.fullmatch(target):
            return self.add(start, Text(self.text[start : match.end()]), end=match.end())
        self.add(start)
        if opened == len(self.events) - 1:
            self.events.append(Text(target))
        if href is None:
            self.events[opened] = Text("")
            return self.add(start, end=match.end())
        self.events[opened] = Start("a", href)
        while self.groups and self.groups[-1][0] > opened:
            self.groups.pop()
        return self.add(start, End("a"), end=match.end())

    def angle(self, mark: str, start: int) -> int | None:
        match = _ANGLED.match(self.text, start)
        if not match:
            return None
        target = match[1] or f"mailto:{match[2]}"
        href = uris.href(target)
        if href is None:
            return None
        return self.add(start, Start("a", href), Text(match[1] or match[2]), End("a"), end=match.end())

    def bare(self, mark: str, start: int) -> int | None:
        scheme = _SCHEME.search(self.text, max(self.done, start - 6), start)
        match = _BARE.match(self.text, start)
        if not match or not scheme:
            return None
        url = _address(scheme[0] + match[0])
        href = uris.href(url)
        if href is None:
            return match.end()
        return self.add(scheme.start(), Start("a", href), Text(url), End("a"), end=scheme.start() + len(url))

    def dollars(self, mark: str, start: int) -> int | None:
        found = mathematics.between_dollars(self.text, start) if len(mark) < 3 else None
        if found is None:
            return None
        tex, end = found
        return self.add(start, Formula(mathematics.html(tex), mathematics.plain(tex)), end=end)

    def script(self, mark: str, start: int) -> int | None:
        """M^{2}: a script whose dollars were lost; text alone keeps it as written, with its digits."""
        match = _SCRIPT.match(self.text, start)
        before = self.before(start)
        if not match or not (before.isalnum() or before in ")]"):
            return None
        rendering = mathematics.rendered(match[0])
        return self.add(start, Formula(rendering.html, match[0]), end=match.end()) if rendering else None

    def backslash(self, mark: str, start: int) -> int | None:
        following = self.text[start + 1 : start + 2]
        if end := self.command(start) or self.letter(start):
            return end
        if following == "\\":
            return start + 2
        if following in ("(", "["):
            return self.delimited(following, start)
        if _SPACED.match(self.text, start) and self.before(start).isalnum():
            return self.add(start, Text(" "), end=start + 2)
        if following in _ESCAPED or _QUOTED.match(self.text, start):
            return self.add(start, Text(following), end=start + 2)
        return None

    def command(self, start: int) -> int | None:
        """Read a font, a link or a sign; a path such as C:\\textbf is none of them."""
        if self.before(start) == ":":
            return None
        if found := commands.OPENING.match(self.text, start):
            tag = commands.FONTS[found[1]] if found[1] else commands.SWITCHES[found[2]]
            return self.open_group(start, found.end(), Start(tag))
        if found := commands.LINK.match(self.text, start):
            return self.tex_link(found)
        if found := commands.SIGN.match(self.text, start):
            return self.add(start, Text(commands.SIGNS[found[1]]), end=found.end())
        return None

    def tex_link(self, found: re.Match[str]) -> int | None:
        target = _escaped(found[2])
        href = uris.href(target)
        if found[1] == "url":
            link: tuple[Event, ...] = (Text(target),) if href is None else (Start("a", href), Text(target), End("a"))
            return self.add(found.start(), *link, end=found.end())
        if self.text[found.end() : found.end() + 1] != "{" or href is None:
            return None
        return self.open_group(found.start(), found.end() + 1, Start("a", href))

    def letter(self, start: int) -> int | None:
        """Read an accented letter; a text that quotes with \\" has none at the beginning of a word."""
        found = commands.LETTER.match(self.text, start)
        if not found and not self.quotes and not self.before(start).isalnum():
            found = commands.WORD_START.match(self.text, start)
        return self.add(start, Text(commands.letter(found[0])), end=found.end()) if found else None

    @cached_property
    def quotes(self) -> bool:
        return commands.QUOTES.search(self.text) is not None

    @cached_property
    def has_ties(self) -> bool:
        """Nobody ties words in Korean, Chinese or Japanese, where a tilde parts the ends of a range."""
        return not mathematics.has_cjk(self.text)

    def open_group(self, start: int, end: int, element: Start | None) -> int:
        """Take what opens a group for text until the brace that closes it comes."""
        self.add(start, Text(self.text[start:end]), end=end)
        self.groups.append((len(self.events) - 1, element))
        return end

    def brace(self, mark: str, start: int) -> int:
        if mark != "{":
            return self.script(mark, start) or self.open_group(start, start + 2, None)
        if end := self.letter(start):
            return end
        found = commands.OPENING.match(self.text, start)
        if found and found[2]:
            return self.open_group(start, found.end(), Start(commands.SWITCHES[found[2]]))
        return self.open_group(start, start + 1, None)

    def close_group(self, mark: str, start: int) -> int | None:
        if not self.groups:
            return None
        opened, element = self.groups.pop()
        while self.brackets and self.brackets[-1] > opened:
            self.brackets.pop()
        if element is None:
            return None
        self.add(start)
        self.events[opened] = element if element.tag else Text("")
        return self.add(start, *([End(element.tag)] if element.tag else []), end=start + 1)

    def dash(self, mark: str, start: int) -> int | None:
        found = commands.DASH.match(self.text, start)
        return self.add(start, Text("—" if len(mark) == 3 else "–"), end=start + len(mark)) if found else None

    def entity(self, mark: str, start: int) -> int | None:
        """Read an entity as CommonMark does (section 2.5), unless it names what no line can hold."""
        found = _ENTITY.match(self.text, start)
        character = _character(found[0]) if found else ""
        if not found or not character:
            return None
        return self.add(start, Text(character), end=found.end())

    def delimited(self, bracket: str, start: int) -> int | None:
        """\\(x\\) and \\[x\\]; without mathematics inside, \\[ is Markdown's escaped bracket."""
        match = (_ROUND if bracket == "(" else _SQUARE).match(self.text, start)
        if match and not mathematics.is_running_text(match[1]) and (bracket == "(" or _MATHEMATICAL.search(match[1])):
            rendering = mathematics.rendered(match[1].strip())
            return self.add(start, Formula(*rendering) if rendering else CodeSpan(match[0]), end=match.end())
        return self.add(start, Text("["), end=start + 2) if bracket == "[" else None


_HANDLERS: dict[str, Callable[[_InlineScanner, str, int], int | None]] = {
    "\\": _InlineScanner.backslash,
    "`": _InlineScanner.code,
    "*": _InlineScanner.run,
    "_": _InlineScanner.run,
    "~": _InlineScanner.run,
    "$": _InlineScanner.dollars,
    "[": _InlineScanner.bracket,
    "]": _InlineScanner.link,
    "<": _InlineScanner.angle,
    "{": _InlineScanner.brace,
    "}": _InlineScanner.close_group,
    "-": _InlineScanner.dash,
    "&": _InlineScanner.entity,
    "'": _InlineScanner.apostrophe,
    "/": _InlineScanner.bare,
}


def _character(entity: str) -> str:
    """Return what an entity stands for, "" for what is none."""
    character = html.unescape(entity) if entity[1] == "#" else html5.get(entity[1:], "")
    is_shown = character != "\ufffd" and character.replace("\u00a0", " ").isprintable()
    return character if is_shown else ""


def _escaped(target: str) -> str:
    return re.sub(r"\\([%#&_~$])", r"\1", target)


def _address(url: str) -> str:
    """Cut the punctuation behind a bare address, and a bracket that it does not open."""
    surplus = url.count(")") - url.count("(")
    end = len(url)
    while end and (url[end - 1] in ".,:;!?'*_~&$(" or (url[end - 1] == ")" and surplus > 0)):
        surplus -= url[end - 1] == ")"
        end -= 1
    return url[:end]
