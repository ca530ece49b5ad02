"""Damage in a digest's characters: what is certain is repaired, what XML cannot hold is replaced.

JSON escapes ate the backslash of LaTeX commands on the way into the digests: `\\benchmark` became U+0008 and
"enchmark". A backspace, bell, vertical tab or form feed before a letter has no other origin, so those come back;
TAB, CR and LF do have others, and come back only before the rest of a known command.
"""

import re
import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ..diagnostics import Code, Tell
from ..text import holds
from . import commands

_EATEN = {"\x07": "a", "\x08": "b", "\x0b": "v", "\x0c": "f", "\t": "t", "\r": "r", "\n": "n"}
_COMMAND = re.compile(
    "[\x07\x08\x0b\x0c](?=[A-Za-z])|\n"
    r"|\t(?=ext(?:it|bf|tt|sc|rm|sf|sl|up|md|normal)?\{|imes(?![a-z])|heta(?![a-z])|au(?![a-z])|ilde(?![a-z])"
    r"|frac\{|riangle|herefore(?![a-z])|anh(?![a-z]))"
    r"|\r(?=ho(?![a-z])|ight(?![a-z])|ightarrow(?![a-z])|m\{|angle(?![a-z])|ceil(?![a-z])|floor(?![a-z])|ef\{)"
)
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_LOST_START = re.compile(rf"\n(?:{commands.LOST_LINE.pattern})")
_CONTROLS = bytes(byte for byte in (*range(0x20), 0x7F) if byte not in b"\t\n")
_DOUBTFUL = {
    ord("\t"): re.compile(rb"\t[a-z]"),
    0xC2: re.compile(rb"\xc2[\x80-\x9f]"),
    0xEF: re.compile(rb"\xef(?=\xbb\xbf|\xbf[\xbe\xbf])"),
}
"""Bytes that most documents have not, and what more it takes: single bytes are found the fastest."""
_LOST_START_BYTES = re.compile(_LOST_START.pattern.encode())
_LETTERS = re.compile("[A-Za-z]*")
_DOLLAR = re.compile(r"(?<!\\)\$")


def cleaned(text: str, first_line: int, tell: Tell) -> tuple[str, Sequence[int]]:
    """Return a document whose lines are fit for the model, and the numbers of its lines, telling what was done to them.

    Lines end at LF, CR LF, or CR in a text that has no LF; U+0085, U+2028 and form feeds do not end one. There may be
    more numbers than lines.
    """
    try:
        found = doubts(text.encode())
    except UnicodeEncodeError:
        return repaired(text, first_line, tell)
    return repaired(text, first_line, tell, found) if found else (text, numbers(first_line))


def repaired(text: str, first_line: int, tell: Tell, found: bytes | None = None) -> tuple[str, Sequence[int]]:
    """Do what `cleaned` does to a text that is not plain; `found` are its doubts, without which every line is seen."""
    of_lines = numbers(first_line)
    if found is not None and found.isascii() and not (b"\r" in found or b"$" in found):
        return _cleaned_where(found.decode(), text, of_lines, tell), of_lines
    if "\n" not in text:
        text = text.replace("\r", "\n")
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if "\ufeff" in text:  # files that were joined have one inside
        text = text.replace("\n\ufeff", "\n").lstrip("\ufeff")
    lines = text.split("\n")
    if "$" in text and _LOST_START.search(text):
        joined = dict(_rejoined(lines, first_line))
        of_lines, lines = list(joined), list(joined.values())
    for at in [at for at, line in enumerate(lines) if not line.isprintable()]:
        lines[at] = _cleaned(lines[at], of_lines[at], tell)
    return "\n".join(lines), of_lines


def doubts(data: bytes) -> bytes:
    """Return what makes a closer look at a text's bytes necessary, nothing for a clean text.

    Those are control characters, and the first bytes of what else may need repair.
    """
    found = bytes(filter(data.__contains__, _CONTROLS))
    found += bytes([byte for byte, mark in _DOUBTFUL.items() if byte in data and mark.search(data)])
    if holds(data, b"\xe2\x80\xa8") or holds(data, b"\xe2\x80\xa9"):
        found += b"\xe2"
    return found + b"$" if _may_lose_lines(data) else found


def numbers(first_line: int) -> Sequence[int]:
    """Return the numbers of the lines of a clean text; there are more than lines."""
    return range(first_line, sys.maxsize)


def clean(line: str) -> tuple[str, list[tuple[Code, str]]]:
    """Return one line fit for the model, and a code and a sentence for each kind of thing that was done to it."""
    done: list[tuple[Code, str]] = []
    if line.isprintable():
        return line, done
    repaired = line
    starts = _eaten(line)
    if starts:
        repaired = "".join("\\" + _EATEN[letter] if at in starts else letter for at, letter in enumerate(line))
        first = min(starts)
        shown = _UNFIT.sub(_substitute, repaired[first : first + 16]).split(" ")[0]
        done.append((Code.REPAIRED_LATEX, f"a LaTeX command got its backslash back: {shown}"))
    if _UNFIT.search(repaired):
        names = sorted({f"U+{ord(found):04X}" for found in _UNFIT.findall(repaired)})
        repaired = _UNFIT.sub(_substitute, repaired)
        done.append((Code.REPLACED_CHARACTER, f"{', '.join(names)} replaced"))
    return repaired, done


def _eaten(line: str) -> set[int]:
    """Return where characters stand that are what is left of a command's backslash and first letter."""
    found = {match.start() for match in _COMMAND.finditer(line)}
    if "\t" in line or "\r" in line:
        found |= {match.start() for match in commands.CERTAIN.finditer(line)}
        found |= set(_in_mathematics(line))
    return found


def _in_mathematics(line: str) -> Iterator[int]:
    """Yield where the rests of short commands stand that an argument follows, or that stand in open mathematics."""
    dollars = [match.start() for match in _DOLLAR.finditer(line)]
    for rest in commands.IN_MATHEMATICS.finditer(line):
        behind = _LETTERS.match(line, rest.end())
        if bisect_left(dollars, rest.start()) % 2 or (behind and line.startswith("{", behind.end())):
            yield rest.start()


def _may_lose_lines(data: bytes) -> bool:
    """Tell whether below a line with mathematics there is what may have been the rest of it."""
    at = data.find(b"$")
    while at >= 0 and (end := data.find(b"\n", at)) >= 0:
        if _LOST_START_BYTES.match(data, end):
            return True
        at = data.find(b"$", end)
    return False


def _cleaned(line: str, number: int, tell: Tell) -> str:
    line, done = clean(line)
    for code, message in done:
        tell(number, code, message)
    return line


def _cleaned_where(characters: str, text: str, of_lines: Sequence[int], tell: Tell) -> str:
    """Clean the lines that hold one of the characters; single ones are found many times faster than lines are seen."""
    pieces: list[str] = []
    at = line = 0
    for start in sorted({start for character in characters for start in _lines_with(character, text)}):
        end = text.find("\n", start)
        end = end if end >= 0 else len(text)
        line += text.count("\n", at, start)
        pieces += text[at:start], _cleaned(text[start:end], of_lines[line], tell)
        at = end
    return "".join([*pieces, text[at:]])


def _lines_with(character: str, text: str) -> Iterator[int]:
    """Yield where the lines start that hold a character."""
    at = text.find(character)
    while at >= 0:
        yield text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        at = text.find(character, end) if end >= 0 else -1


def _rejoined(lines: list[str], first_line: int) -> Iterator[tuple[int, str]]:
    """Put back together lines that an eaten `\\n` of `\\nabla` split inside mathematics; LF stays for clean()."""
    at = 0
    while at < len(lines):
        start, pieces = at, [lines[at]]
        open_math: bool | None = None
        while at + 1 < len(lines) and commands.LOST_LINE.match(lines[at + 1]):
            open_math = _has_open_math(pieces[0]) if open_math is None else open_math
            if not open_math:
                break
            at += 1
            pieces.append(lines[at])
            open_math ^= _has_open_math(lines[at])
        yield first_line + start, "\n".join(pieces)
        at += 1


def _has_open_math(line: str) -> bool:
    return len(_DOLLAR.findall(line)) % 2 == 1


def _substitute(match: re.Match[str]) -> str:
    """Map C1 controls as HTML does (they are windows-1252 bytes), separators to a space, the rest to U+FFFD."""
    character = match[0]
    if "\x80" <= character <= "\x9f":
        return bytes([ord(character)]).decode("cp1252", "replace")
    return " " if character in "\r\x0b\x0c\u2028\u2029" else "\ufffd"
