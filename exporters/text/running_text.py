"""The text of citations: plain Unicode with its mathematics between dollars, from Markdown and from LaTeX."""

import re
from collections.abc import Callable, Iterator

from . import commands, markup, mathematics

_MARKED = re.compile(r"[$\\`*_~\[\]<>^{}&'!]|--")

_FONT = re.compile(
    rf"\\(?:{'|'.join(commands.FONTS)})\s*\{{([^{{}}]*)\}}|\{{\\(?:{'|'.join(commands.SWITCHES)})\s+([^{{}}]*)\}}"
)
_SIGNS = (
    *(("``", "“"), ("''", "”"), ("---", "—"), ("--", "–"), (r"\ ", " "), (r"\,", " "), (r"\-", "")),
    ("`", "‘"),
)
_QUOTED = re.compile(r"(?<!`)`([^`']++)'(?!')")
"""TeX's single quotes: the closing one is also an apostrophe."""
_TIE = re.compile(r"(?<=\S)~")
"""TeX's space that no line ends at; behind a space, `~100` is about a hundred."""

_COMMAND = re.compile(r"\\[A-Za-z]")
_GROUPING = re.compile(r"(?<!\\)[{}]")
_ESCAPED = re.compile(r"\\([{}%&_#$])")


def from_markdown(text: str) -> str:
    """Return a digest's inline Markdown as plain text, its mathematics as LaTeX between dollars.

    Fonts and letters that are LaTeX commands are read, too: titles come from arXiv.
    """
    if _is_plain(text):
        return text
    return _around_maths(text, lambda piece: _plain_commands(markup.plain(piece)))


def from_tex(text: str) -> str:
    """Return what arXiv's submitters write, LaTeX's accents, fonts and quotes in prose, as plain text with `$...$`.

    A text with a command that is not known here keeps its braces: they may belong to the command.
    """
    return _around_maths(text, _plain_tex)


def as_unicode(text: str) -> str:
    """Return a text without its dollars, its mathematics in Unicode."""
    if "$" not in text:
        return text
    return "".join(mathematics.plain(piece) if maths else piece for maths, piece in split_maths(text))


def split_maths(text: str) -> Iterator[tuple[bool, str]]:
    """Split a text at its `$...$`: yields whether a piece is mathematics, and the piece without its dollars."""
    done = at = 0
    while (at := text.find("$", at)) >= 0:
        found = None if text[at - 1 : at] == "\\" else mathematics.between_dollars(text, at)
        if found is None:
            at += 1
            continue
        if at > done:
            yield False, text[done:at]
        formula, done = found
        at = done
        yield True, formula
    if done < len(text):
        yield False, text[done:]


def _is_plain(text: str) -> bool:
    """Tell quickly that a text means nothing but what it says; most titles do."""
    return text.isascii() and not (_MARKED.search(text) or "://" in text or "  " in text or text != text.strip())


def _around_maths(text: str, convert: Callable[[str], str]) -> str:
    """Convert a text while each of its formulas is stood in for by a sign that no text has."""
    text = " ".join(text.split())
    if "$" not in text:
        return convert(text)
    stand_in = next(sign for sign in map(chr, range(0xE000, 0xF900)) if sign not in text)
    pieces = list(split_maths(text))
    formulas = [f"${piece}$" for maths, piece in pieces if maths]
    parts = convert("".join(stand_in if maths else piece for maths, piece in pieces)).split(stand_in)
    if len(parts) != len(formulas) + 1:  # a formula stood where nothing shows, in a link's address
        return convert(text)
    return "".join(part + formula for part, formula in zip(parts, [*formulas, ""], strict=True))


def _plain_tex(text: str) -> str:
    text = _plain_commands(text)
    text = _QUOTED.sub(r"‘\1’", text)
    for written, meant in _SIGNS:
        text = text.replace(written, meant)
    text = _TIE.sub(" ", text)
    if not _COMMAND.search(text) and text.count("{") == text.count("}"):
        text = _GROUPING.sub("", text)
    return _ESCAPED.sub(r"\1", text)


def _plain_commands(text: str) -> str:
    if "\\" not in text:
        return text
    text = commands.ANY_LETTER.sub(lambda found: commands.letter(found[0]), text)
    while (without := _FONT.sub(lambda found: found[1] or found[2] or "", text)) != text:
        text = without
    return text
