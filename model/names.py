"""Lists of authors, as digests write them."""

import html
import re
import unicodedata
from typing import NamedTuple

_OTHERS = (
    r"(?ai:et)\.?\s*(?ai:al)\.?|(?:(?ai:and)|&)\s+(?:[0-9]+\s+)?(?:(?ai:more)\s+)?(?ai:others?)"
    r"|(?:(?:(?ai:and)|&)\s+)?[0-9]+\s+(?ai:more)(?:\s+(?ai:authors?))?|\.{3}|…"
    r"|\+[0-9]*|\(\+[0-9]+\)"
    r"|(?:등|等|외|他|ほか)\s*(?:[0-9]+\s*)?(?:位|名|人|명|인)?\s*(?:作者|저자)?"
)
"""What says that there are more authors, in four languages."""
_TRUNCATED = re.compile(rf"\+[0-9\W]*(?:(?:(?ai:more|others?|authors?)|명|인)\W*)*|(?ai:and |& )?(?:{_OTHERS})")
_TRUNCATED_TAIL = re.compile(
    rf"(?:(?<=[\s,，、;])|(?<=[^\x00-\x7f](?=等))|(?<=\w(?=\.{{3}}|…)))(?:(?ai:and)\s+)?(?:{_OTHERS})[\s.]*$"
)
_TRUNCATION_STARTS = "+&.…aAeE등等외他ほ"
_AND = re.compile(r"^(?:and|&)\s+")
_JOINT = re.compile(r"(?<!\s)\s++(?:and|&)\s+")
_BARS = re.compile(r"(?<!\s)(?:\s++[·|/•]\s+|\s*+\|\s*)|(?<=[가-힣])[·ㆍ](?=[가-힣])")
"""Spaces are looked at from the first of them only: else time grows with the square of their number."""
_GROUP_END = re.compile(
    r"(?:teams?|groups?|labs?|consortium|collaboration|institute|university|research)$", re.IGNORECASE | re.ASCII
)
_NAME = r"(?:(?![AEae](?ai:nd|t)\b)[^\W_][\w.' -]*+(?<![ -])|\+)"
_USUAL_NAMES = re.compile(rf"(?!(?ai:none|unknown)\Z){_NAME}(?:, {_NAME})*+")
"""Names and the sign that some were left out, with nothing to be repaired, as nearly all lists are."""
_UNUSUAL = re.compile(r"\s(?:and|more)\b|\bet\b|[등等외他]|ほか|\.\.\.|[¹²³⁴-⁹]")
_FULL_STOP = re.compile(r"(?<!Corp)(?<=[a-z]{3})\.$")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE | re.ASCII)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}[0-9]?);")
_ELLIPSIS = re.compile(r"(?<![\s,;.])[\s,;]*+(?:\.{3}|…)[\s,;]++(?=\w)")
_QUOTED = {quotes: re.compile(rf"([{quotes}])((?:(?!\1)[^\\]|\\.)*+)(\1?)") for quotes in ("'\"", "'", '"')}
_ESCAPED = re.compile(r"\\(.)")
_LINKED = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_WIKI = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_MARKS = re.compile(
    r"<(?ai:sup)>[^<>]*</(?ai:sup)>|</?(?ai:sup|sub|b|i|em|strong|font|span|a|br|u|small)\b[^<>]*>|\^\{?[0-9,*†‡]{1,9}\}?\^?|\$\^\{?[^{}$]{0,9}\}?\$|(?<=\w)[¹²³⁴-⁹†‡∗]+(?=\s*(?:[,;，、]|$))"
    r"|(?:<|(?<![\w.+-]))[\w.+-]++@[\w.-]+>?",  # an address begins where a word does: else time grows with the square
)
_AFFILIATION = re.compile(r"(?:\s+[(（](?=[A-Z0-9\u3040-\ud7ff])|[(（](?=[A-Z\u3040-\ud7ff]))[^()（）\"=:/]*[)）]")
_ELISION = re.compile(r"(?<=\b[DdOoLl])\\'(?=[A-Zb-df-hj-np-tv-xz])")
"""An apostrophe that a formatter has escaped, "O\\'Hanlon"; "L\\'opez" may have LaTeX's accent."""
_NICKNAME = re.compile(r"[(（][A-Z][\w.'-]*[)）]\s+\w")
_NO_AUTHORS = re.compile(r"\s*(?:[-–—]|\[\s*\]|(?ai:n/?a|none|unknown|null))?\s*")
_TAIL = 60
"""Characters in which the words for 'and others' are looked for."""
_LONGEST_NAME = 300
_SMALL_WORDS = 3
"""Words in small letters, but for particles, that a text has and a name has not."""
_WORD = re.compile(r"[^\W\d_](?:[\w'’.-]|\.(?=\S))*\.?")
_PARTICLES = frozenset("van von de der den del della di da dos du la le el al bin ibn ter ten y e af zu".split())  # noqa: SIM905


class Authors(NamedTuple):
    """Names as written, without repeats, whether that is everybody, and what was dropped from the list."""

    names: tuple[str, ...]
    complete: bool
    dropped: tuple[str, ...]


def authors(text: str) -> Authors:
    """Read a list of names: between commas, semicolons, `and`, `·` or `|`, or a Python list literal."""
    text = _FULL_STOP.sub("", text) if text[-1:] == "." else text
    if (usual := _usual(text)) is not None:
        return usual
    names: dict[str, str] = {}
    dropped: list[str] = []
    if text.startswith(("\\[\\'", '\\[\\"')):  # as pandoc writes a Python list in its own Markdown
        text = text.replace("\\'", "'").replace('\\"', '"')
    text = text.replace("\\[", "[").replace("\\]", "]")  # as pandoc and mdformat write brackets
    if "\\'" in text:
        text = _ELISION.sub("'", text)
    text, complete = (text.strip(), True) if text.startswith("['") else _unmarked(text)
    for part in [] if _NO_AUTHORS.fullmatch(text) else _parts(text):
        first = part[0]
        if first in _TRUNCATION_STARTS and _TRUNCATED.fullmatch(part):
            complete = False
        elif len(part) > _LONGEST_NAME or not (first.isalnum() or any(map(str.isalnum, part))):
            dropped.append(part)
        else:
            name = _AND.sub("", part) if first in "a&" else part
            if not name.isascii() and (cut := _TRUNCATED_TAIL.search(name, max(0, len(name) - _TAIL))) and cut.start():
                name, complete = name[: cut.start()].rstrip(), False
            if name[0] == "+":  # a comma is missing behind it
                name, complete = name.lstrip("+ "), False
            names.setdefault(name if name.isascii() else unicodedata.normalize("NFC", name), name)
    complete = complete and bool(names) and not any(map(_is_guess, names))
    return Authors(tuple(names.values()), complete, tuple(dropped))


def are_names(text: str) -> bool:
    """Tell whether a text without a label is a list of people's names: nothing but capitalised words, a few each."""
    if not text or len(text) > 4000 or "](" in text or "://" in text or _ends_a_sentence(text):
        return False
    found = authors(text)
    latin = [name for name in found.names if name.isascii()]
    strange = sum(not _is_name(name) for name in found.names)
    is_long = len(found.names) > 4  # one odd name among many is a name, too
    return (
        bool(found.names)
        and not found.dropped
        and (strange * 5 <= len(found.names) if is_long else not strange)
        and (any(" " in name for name in latin) or not latin)
    )


def are_several(text: str) -> bool:
    """Tell whether a text is a list of at least two names in letters with case: no heading, tag or topic reads so."""
    found = authors(text).names if are_names(text) else ()
    return len(found) > 1 and all(name[0].isupper() or not name[0].isalpha() for name in found)


def without_wikilinks(text: str) -> str:
    """Return a text with links of a wiki, `[[people/Mina Oh|Mina Oh]]`, as their words."""
    return _WIKI.sub(r"\1", text) if "[[" in text else text


def is_list(text: str, known: tuple[str, ...]) -> bool:
    """Tell whether a text reads as a list of names; of the `known` ones, a label says that they are."""
    found = authors(text)
    others = [name for name in found.names if name not in known]
    if ";" in text or "；" in text:  # Hu, Edward J.; Shen, Yelong
        others = [name.replace(",", " ") for name in found.names]
    # A third may look strange, such as "deepmind": wrapped lists hold a few names that no rule knows,
    # and a sentence cut at its commas hardly any that looks like one.
    strange = [name for name in others if not (_is_name(name) or _is_group_name(name))]
    ends_well = not others or others[-1] not in strange or _TRUNCATED.fullmatch(others[-1]) is not None
    return not found.dropped and ends_well and 3 * len(strange) <= len(others)


def is_particle(word: str) -> bool:
    """Tell whether a word in small letters belongs to a name: "van", "d'Autume"."""
    return word.strip(",").lower() in _PARTICLES or "'" in word[:3] or "’" in word[:3]


def hold_a_name(text: str) -> bool:
    """Tell whether a line that no list goes on in may be part of one all the same: a name stands in it."""
    return any(map(_is_name, authors(text).names))


def _is_group_name(name: str) -> bool:
    """Tell whether all words of a name begin with a capital or a digit, as in "01. AI"."""
    words = name.split()
    return len(words) <= 4 and all(word[0].isupper() or word[0].isdigit() for word in words)


def _ends_a_sentence(text: str) -> bool:
    return text.rstrip()[-1:] in "!?。:：" or _FULL_STOP.search(text.rstrip()) is not None


def _is_name(name: str) -> bool:
    words = name.split()
    if len(words) > 6 or not all(_WORD.fullmatch(word) for word in words):
        return False
    if words[-1].endswith(".") and len(words[-1]) > 4:
        return False
    if not name[0].isascii() and not name[0].isupper():  # letters without case: Hangul, kana, Han
        return len(name) <= 12 and len(words) <= 3
    capitals = sum(word[0].isupper() for word in words)
    return capitals > 0 and all(word[0].isupper() or word.lower() in _PARTICLES or "'" in word[:3] for word in words)


def _is_guess(name: str) -> bool:
    """Tell whether a name is more likely one with other text behind it, or several, than somebody's."""
    small = (
        [word for word in name.split(" ") if word.islower() and word not in _PARTICLES] if name.count(" ") > 3 else []
    )
    is_text = len(small) >= _SMALL_WORDS and not _GROUP_END.search(name)
    return is_text or (": " in name and not name.startswith(":"))


def _usual(text: str) -> Authors | None:
    """Read a list with nothing unusual in it, as nearly all are; return None for any other."""
    if not _USUAL_NAMES.fullmatch(text) or "  " in text or _UNUSUAL.search(text):
        return None
    names = text.split(", ")
    if len(text) > _LONGEST_NAME < max(map(len, names)) or not unicodedata.is_normalized("NFC", text):
        return None
    distinct = dict.fromkeys(names)
    complete = distinct.pop("+", 0) is None
    if any(map(_is_guess, distinct)):
        return Authors(tuple(distinct), False, ())
    return Authors(tuple(distinct), "+" not in names, ()) if distinct or complete else None


def _unmarked(text: str) -> tuple[str, bool]:
    """Drop what stands beside names: marks of footnotes, mail addresses, affiliations, and the words for 'and others'.

    Also return whether the list seems whole: none of those words, and no comma or `and` at its end.
    """
    text = _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text
    text = _LINE_BREAK.sub(", ", text) if "<br" in text else text
    if "..." in text or "…" in text:
        text = _ELLIPSIS.sub("; …; " if ";" in text else ", …, ", text)
    text = without_wikilinks(text)
    text = _MARKS.sub("", text)
    if ("(" in text or "（" in text) and "](" not in text and not _NICKNAME.search(text):
        text = _AFFILIATION.sub("", text)
    whole = text.strip()
    text = whole[:-_TAIL] + _TRUNCATED_TAIL.sub("", whole[-_TAIL:])
    ends_in_the_middle = whole.endswith((",", "，", "、", "&", " and"))
    return text.strip(), whole == text and not ends_in_the_middle


def _parts(text: str) -> list[str]:
    if "](" in text:
        text = _LINKED.sub(r"\1", text)
    if "*" in text or "`" in text:
        text = text.replace("*", "").replace("`", "")
    parts = _listed(text[1:-1]) if text.startswith("[") and text.endswith("]") else _joint(_separated(text))
    if "  " in text or "\\" in text or not text.isprintable():
        parts = [" ".join(part.split()) for part in parts]
    return [name for part in parts if (name := _unquoted(part.strip()))]


def _unquoted(name: str) -> str:
    return name[1:-1] if len(name) > 2 and name[0] == name[-1] == '"' else name


def _listed(text: str) -> list[str]:
    """Read the inside of a Python list, or of what looks like one."""
    names = text[1:-1].split("', '")
    if text.startswith("'") and text.endswith("'") and text.count("'") == 2 * len(names) and "\\" not in text:
        return names
    names, outside = _quoted(text)
    if sum(map(len, names)) + 4 * len(names) - 2 == len(text):  # nothing but quotes and `, ` between them
        return [_ESCAPED.sub(r"\1", name) for name in names] if "\\" in text else names
    if any(map(str.isalnum, outside)):
        return [part.strip(" '\"") for part in _separated(text)]
    return [_ESCAPED.sub(r"\1", name) for name in names]


def _quoted(text: str) -> tuple[list[str], str]:
    """Return what stands in quotes and what stands outside.

    Behind a quote that nothing closes no other of its kind is closed: to look for one would take quadratic time.
    """
    names: list[str] = []
    outside: list[str] = []
    at, quotes = 0, "'\""
    while quotes and (found := _QUOTED[quotes].search(text, at)):
        if found[3]:
            names.append(found[2])
            outside.append(text[at : found.start()])
            at = found.end()
        else:
            quotes = quotes.replace(found[1], "")
            outside.append(text[at : found.start()])
            at = found.start() + 1
    return names, "".join([*outside, text[at:]])


def _separated(text: str) -> list[str]:
    # At the strongest separator alone, for the weaker ones then stand in names: "Hu, Edward; Shen, Yelong" has commas
    # in them, "Ada Quill · Tarn Lab, Ben Tarn" a dot.
    if ";" in text or "；" in text:
        return re.split("[;；]", text)
    if "，" in text or "、" in text:
        return re.split("[,，、]", text)
    return text.split(",") if "," in text else _BARS.split(text)


def _is_whole(half: str) -> bool:
    return len(half.split()) > 1 or not half.isascii()


def _joint(parts: list[str]) -> list[str]:
    """Part what `and` joins, but for a group's name: "Vision and Language Team" is one."""
    # Both halves have to be whole names: "Simon and Garfunkel" may be the name of a group.
    found: list[str] = []
    for part in parts:
        halves = _JOINT.split(part)
        is_group = _GROUP_END.search(part.rstrip()) is not None
        found += [part] if is_group or not all(map(_is_whole, halves)) else halves
    return found
