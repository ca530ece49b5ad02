"""When a paper mentions a keyword: the rules of selections, which the search of the pages follows, too.

1. Texts are compared as people see them: without Markdown's marks and the targets of links, mathematics in Unicode.
2. Upper and lower case, wide and narrow forms, and letters with and without accents are the same (`folded`).
3. A keyword is a word: no letter or digit stands directly before or behind it. "RAG" is not in "leverage" or "RAGs".
   Hangul, Han, kana and other scripts that join words end it, so a particle may follow: "RL로" mentions "RL".
4. A keyword in such a script matches inside of words, for nothing says where they end: "학습" is in "강화학습을".
5. Several words are a phrase; spaces and hyphens between them are the same: "chain of thought" is "Chain-of-Thought".
6. `*` at the end matches every ending: "agent*" is in "agents" and "agentic".
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ...model import Paper, Point
from ..contract.cache import PAPERS, cache

_ACCENTS = re.compile("[\u0300-\u036f]")
"""The accents of alphabets. Those of kana, which tell か from が, lie elsewhere."""
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"})
"""Letters that Unicode does not take apart, and how people type them."""

_JOINING = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1100-\u11ff\u1780-\u17ff"  # Myanmar, Hangul, Khmer
    "\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTER = rf"[^\W_{_JOINING}]"
"""A letter or digit of the scripts that part words."""
_BETWEEN = re.compile(r"[\s\u2010-\u2015-]+")
"""What stands between the words of a phrase."""


def folded(text: str) -> str:
    """Return a text in the one form that all its spellings have."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart)).translate(_LETTERS)


def is_keyword(written: str) -> bool:
    """Tell whether a keyword has anything to look for."""
    return any(_BETWEEN.split(folded(written).removesuffix("*")))


def keyword_pattern(keywords: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of some keywords in a text that is folded."""
    return re.compile("|".join(map(_pattern, keywords)))


@cache(PAPERS)
def visible_text(paper: Paper) -> str:
    """Return a paper's title and summary, folded; a text a line, so that no phrase goes from one to the next."""
    from . import markup  # 25 ms, which short commands without keywords need not wait for

    return "\n".join(folded(" ".join(markup.plain(text).split())) for text in (paper.title, *_texts(paper.summary)))


@lru_cache(maxsize=256)
def _pattern(keyword: str) -> str:
    plain = folded(keyword)
    words = [word for word in _BETWEEN.split(plain.removesuffix("*")) if word]
    phrase = r"[ \u2010-\u2015-]+".join(map(re.escape, words))
    before = rf"(?<!{_LETTER})" if re.match(_LETTER, words[0]) else ""
    behind = rf"(?!{_LETTER})" if re.match(_LETTER, words[-1][-1]) and not plain.endswith("*") else ""
    return before + phrase + behind


def _texts(points: Iterable[Point]) -> Iterator[str]:
    for point in points:
        yield from filter(None, (point.heading, point.text))
        yield from _texts(point.points)
