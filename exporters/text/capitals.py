"""Which capitals of a title must stay when a style writes the rest of it small.

BibTeX's change.case$ keeps the first letter of a title and the one behind a colon and a space, and whatever stands in
braces; too many braces are as wrong as too few, for then a style cannot do its work (Better BibTeX, #563 and #1188).
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

Span = tuple[int, int]
"""Where in a word something begins and ends."""

_NAMES_FILE = "proper-names.txt"
_SIGN = r"[^\s/:;,.!?()\[\]“”‘’…–—-]"
_PIECE = re.compile(f"{_SIGN}+")
_NUMBERED = re.compile(rf"{_SIGN}+(?:[-.][0-9]{_SIGN}*)+")
_COMPOUND = re.compile(rf"{_SIGN}+(?:(?:-|\.(?=[0-9])){_SIGN}+)+")
_SENTENCE_END = re.compile(r"[\w”’)\]][.?!][”’)]?$")
_ABBREVIATED = frozenset(
    ("vs.", "v.", "al.", "e.g.", "i.e.", "cf.", "etc.", "St.", "Dr.", "Mr.", "Mrs.", "No.", "Vol.")
)
_SENTENCE_OR_OPENING = re.compile(r"[.?!][”’)]? |[“‘\"(\[]")
_OPENING = re.compile(r"[“‘\"(\[]+(?=[^\W\d_])")
_NAME_TAILS = frozenset("arena bench chat coder eval gym instruct omni world zero".split())  # noqa: SIM905
"""Last parts of compounds that are names though their first part is an acronym: MT-Bench."""
_WORD_TAILS = frozenset(
    """
    agnostic aware base based capable centric conditioned consistent controlled dependent driven efficient enabled end
    enhanced equivariant expert experts family free friendly grade grained guided informed inspired integrated level
    like native only optimal oriented play powered ready related rich scale shot size specific step style task term time
    to token training tuning type way wide wise
    """.split()  # noqa: SIM905
)
"""Last parts that make an adjective or a common noun of a name: LLaMA-Based."""


def in_context(text: str, words: Sequence[str], is_start: bool) -> Iterator[tuple[int, Span]]:
    """Yield what words of a title, or of a part of it, keep because of those beside them: the word's place, and a span.

    `words` is the text split at its spaces, `is_start` says whether the title begins with it. What `in_word` keeps
    comes first.
    """
    if is_start and (name := _name_before_colon(words[0])):
        yield 0, (0, name)
    phrases = _names()[1]
    if not phrases.keys().isdisjoint(words):
        yield from _phrases(words)
    if _SENTENCE_OR_OPENING.search(text):
        for at, word in enumerate(words):
            if (start := _hidden_start(words, at, is_start)) is not None and (found := _PIECE.match(word, start)):
                yield at, found.span()


def in_word(word: str) -> tuple[Span, ...]:
    """Return the spans of what stands between two spaces that keep their case whatever stands beside it."""
    if _is_simple(plain := word.rstrip(":,.?!")):
        return ((0, len(plain)),) if plain in _names()[0] else ()
    spans: list[Span] = []
    for found in _PIECE.finditer(word):
        if spans and found.start() < spans[-1][1]:
            continue
        compound = _COMPOUND.match(word, found.start())
        if compound and _is_name(compound[0]):
            spans.append(compound.span())
        elif _keeps_case(found[0]):
            spans.append((found.start(), (_NUMBERED.match(word, found.start()) or found).end()))
    return tuple(spans)


def _phrases(words: Sequence[str]) -> Iterator[tuple[int, Span]]:
    for at, word in enumerate(words):
        for rest in _names()[1].get(word, ()):
            if tuple([piece.rstrip(":,.?!") for piece in words[at + 1 : at + 1 + len(rest)]]) == rest:
                yield from ((place, (0, len(piece))) for place, piece in enumerate((word, *rest), at))


def _name_before_colon(word: str) -> int:
    """Return how long the hyphenated name is that a title begins with, 0 for none: QuillSeek-Coder: Tuning Models."""
    return len(word) - 1 if word[-1:] == ":" and "-" in word and _COMPOUND.fullmatch(word, 0, len(word) - 1) else 0


def _hidden_start(words: Sequence[str], at: int, is_start: bool) -> int | None:
    """Return where in a word a capital stands that begins a sentence, but that change.case$ does not see as one."""
    before = words[at - 1] if at else ""
    opened = _OPENING.match(words[at])
    start = opened.end() if opened else 0
    if not words[at][start : start + 1].isupper():
        return None
    if opened and ((is_start if at == 0 else before[-1:] == ":") or opened[0][-1] in '“‘"'):
        return start
    return start if at and _SENTENCE_END.search(before) and before not in _ABBREVIATED and len(before) > 2 else None


def _is_simple(word: str) -> bool:
    """Tell quickly of most words, and of numbers, that all of their letters are small, or all but the first."""
    if not (word.isascii() and word.isalpha()):
        return word.isdecimal()
    return word.lower() == word or (len(word) > 1 and word[0].isupper() and word[1:].islower())


def _is_name(compound: str) -> bool:
    """Tell whether a hyphenated word is one name: Qwen2.5-Omni, DeepSeek-Coder, MT-Bench; not LLaMA-Based or GPT-4.

    A part in mixed case makes it one, unless the last part is a word that makes an adjective of it, or is small.
    """
    parts = compound.split("-")
    last = parts[-1].lower()
    if len(parts) < 2 or not (parts[-1][0].isupper() and parts[-1].isalpha() and any(map(str.islower, parts[-1]))):
        return False
    if last in _NAME_TAILS and _keeps_case(parts[0]):
        return True
    if last in _WORD_TAILS or last.endswith(("ed", "ing", "ness", "able", "ization")):
        return False
    return any(map(_is_mixed, parts)) and all(part[0].isupper() or part[0].isdigit() for part in parts if part)


def _is_mixed(part: str) -> bool:
    """Tell whether a part is a made-up name: QuillSeek, Qwen2, not BERT, 3D, LLMs or V2."""
    if not part[0].isupper() or not any(map(str.islower, part)):
        return False
    is_inner_capital = part[1:] != part[1:].lower() and not part.rstrip("s").isupper()
    return is_inner_capital or (len(part) > 2 and part[-1].isdigit())


def _keeps_case(word: str) -> bool:
    """An acronym, a proper name or a made-up one: BERT, iPhone, GPT-4, I, Qwen2, Gaussian; not "The", not "A"."""
    word = word.strip("'*`+=@#&~^_")
    if word.lower() == word or word == "A":
        return False
    if not (word[0].isupper() and word[1:].islower()):
        return True
    return any(map(str.isdigit, word)) or _owner(word) in _names()[0]


def _owner(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s")


@lru_cache(maxsize=1)
def _names() -> tuple[frozenset[str], dict[str, list[tuple[str, ...]]]]:
    """Return the proper names of one word, and those of several by their first word."""
    text = files(__package__).joinpath(_NAMES_FILE).read_text(encoding="utf-8")
    single, _, several = text.partition("# Names of several words.\n")
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for first, *rest in filter(None, map(str.split, several.splitlines())):
        phrases.setdefault(first, []).append(tuple(rest))
    lines = [line for line in single.splitlines() if not line.startswith("#")]
    return frozenset(" ".join(lines).split()), phrases
