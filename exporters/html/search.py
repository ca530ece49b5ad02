"""What the search script reads: for each year an index of words, for each month a line for each paper.

The index says which papers have a word. A search loads it for a year or two, and only the months of the papers that it
shows: the text of 5,500 papers is 9 MB, and the index of them a fifth of that. Words are what stands between spaces and
punctuation, folded as selections fold them, so that a search finds "학습" inside of "강화학습을". Han and kana stand in
pairs of letters, for nothing parts their words.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from json.encoder import encode_basestring

from ...model import Issue, Point
from ..contract.format import Output, Series, Write
from ..text.inline import is_plain
from ..text.markup import plain
from ..text.matching import folded
from .card import PaperLabel, labels
from .render import encoded

TITLE, AUTHOR, TEXT = range(3)
"""Where a paper has a word; the first of these where it has it in several."""

_WORD = re.compile(r"[^\W_]+")
_JOINED = re.compile("[\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff]+")
"""Runs of Han and kana."""
_HANGUL = re.compile("[가-힣]+")
"""Words that folding leaves as they are, most of a Korean summary's."""
_FIRST = 0x20
"""The character that stands for a difference of 0, the first that is no control character."""
_SURROGATES = range(0xD800, 0xE000)


class SearchIndex:
    """The words of a year's papers.

    A year has a hundred times more words than different ones. So text is only split at spaces, and what stands between
    two spaces is taken apart and folded once for all its places.
    """

    def __init__(self) -> None:
        self._days: list[tuple[str, int]] = []
        self._count = 0
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        """Where what stands between two spaces is: thrice the paper's number, and TITLE, AUTHOR or TEXT."""

    def add(self, series: Series, issue: Issue) -> None:
        """Add the words of an issue's papers."""
        papers = labels(series, issue)
        if papers:
            self._days.append((issue.date.isoformat(), len(papers)))
        for paper in papers:
            self._add(paper)
            self._count += 1

    def write(self, output: Output) -> None:
        """Write the index: days with their numbers of papers, sorted words, and for each word its places."""
        places = self._folded()
        words = sorted(places)
        data = {
            "days": self._days,
            "words": "\n".join(_shortened(words)),
            "places": "\n".join([_packed(places.pop(word)) for word in words]),
        }
        with output.binary(f"search/{output.part}.json") as file:
            # As it stands: places are characters, which Unicode's normalization would change.
            file.write(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())
            file.write(b"\n")

    def _add(self, paper: PaperLabel) -> None:
        places, first = self._places, 3 * self._count
        for place, text in enumerate((paper.title, " ".join(paper.authors), _text(paper.paper.summary)), first):
            for piece in text.split():
                places[piece].append(place)

    def _folded(self) -> dict[str, list[int]]:
        """Return the places of words as searches spell them, and hold no place twice: a year has a million."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        while self._places:
            piece, places = self._places.popitem()
            for word in _WORD.findall(piece):
                for spelled in _spelled(word):
                    found[spelled] += places
        return found


@contextmanager
def month_file(output: Output) -> Iterator[Write]:
    """Open the file of what searches show of a month's papers, and give the function that adds an issue's."""
    with output.binary(f"search/{output.part}.json") as file:
        file.write(b"[")
        separator = "\n"

        def write(issue: Issue) -> None:
            nonlocal separator
            day = issue.date.isoformat()
            lines = [_line(day, name) for name in labels(output.series, issue)]
            if lines:
                file.write(encoded(separator + ",\n".join(lines)))
                separator = ",\n"

        yield write
        file.write(b"\n]\n")


def write_months(output: Output, months: Sequence[str], years: Sequence[str], pages: bool) -> None:
    """Write the list of months and years that have a file, newest first, and whether papers have pages."""
    with output.text("search/index.json") as file:
        json.dump({"months": [*reversed(months)], "years": list(years), "pages": pages}, file)
        file.write("\n")


def _spelled(word: str) -> Iterable[str]:
    """Return what a search looks for to find a word of a text."""
    if word.isascii():
        return (word.lower(),)
    if _HANGUL.fullmatch(word):
        return (word,)
    plain_word = folded(word)
    return _parted(plain_word) if _JOINED.search(plain_word) else _WORD.findall(plain_word)


def _parted(word: str) -> Iterator[str]:
    """Yield a word, and of Han and kana in it each pair; a search for more letters looks for all their pairs."""
    yield from filter(None, _JOINED.split(word))
    for run in _JOINED.findall(word):
        yield from (one + other for one, other in pairwise(run))
        yield run[-1]  # by which a search for this letter alone finds it


def _shortened(words: Iterable[str]) -> Iterator[str]:
    """Yield sorted words, each without what it begins with like the one before, whose length is said in base 36.

    Words in Korean differ by their particles, so this takes off a quarter and more.
    """
    before = ""
    for word in words:
        most, same = min(len(before), len(word), 35), 0
        while same < most and before[same] == word[same]:
            same += 1
        yield _DIGITS[same] + word[same:]
        before = word


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def _packed(places: list[int]) -> str:
    """Return numbers as their differences in rising order, a character for each: nearly all take one byte or two."""
    places.sort()
    codes = [there - here + _FIRST for here, there in pairwise(places) if there != here]
    character = chr if places[-1] < _SURROGATES.start - _FIRST else _character
    return "".join(map(character, [places[0] + _FIRST, *codes]))


def _character(code: int) -> str:
    """Return the character for a number; halves of surrogate pairs, which UTF-8 does not have, are left out."""
    return chr(code if code < _SURROGATES.start else code + len(_SURROGATES))


def _line(day: str, name: PaperLabel) -> str:
    """Return what a result shows of a paper: its day, its place there, title, authors and votes."""
    title, authors, votes = _quoted(name.title), _quoted(", ".join(name.authors)), name.paper.votes
    shown = "null" if votes is None else votes
    return f'{{"day": "{day}", "id": "{name.anchor}", "title": {title}, "authors": {authors}, "votes": {shown}}}'


def _quoted(text: str) -> str:
    """Return a text in JSON; it has no control characters, and most have nothing that JSON escapes."""
    return encode_basestring(text) if '"' in text or "\\" in text else f'"{text}"'


def _text(points: Sequence[Point]) -> str:
    """Return a summary as plain text; nearly all are that already, and one look at all of it tells."""
    texts: list[str] = []
    _collect(points, texts)
    text = " ".join(texts)
    return text if is_plain(text) else " ".join(map(plain, texts))


def _collect(points: Sequence[Point], texts: list[str]) -> None:
    for point in points:
        texts += [text for text in (point.heading, point.text) if text]
        if point.points:
            _collect(point.points, texts)
