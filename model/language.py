"""The language of a text, told by its letters."""

import re

_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]+")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9f]+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_SAMPLE = 4_000
_LETTER = re.compile(r"[^\W\d_]+")
_OF_HANGUL = bytes(range(0xAC, 0xD7))
_OF_EAST_ASIA = bytes([0x11, 0x30, 0x31, *range(0x34, 0xA0), *range(0xAC, 0xD8), 0xF9, 0xFA, 0xFF])
"""Upper bytes in UTF-16 of nothing but Hangul syllables, and of everything that is counted here."""


def language_of(text: str) -> str:
    """Return "ko", "ja", "zh" or "en" (BCP 47) by the share of letters in each script.

    Hangul from 10 %, then kana from 5 %, then Han from 30 %; summaries mix in English names, so the
    thresholds are low. Of a long text, characters spread evenly over it are looked at. Text without letters is "en".
    """
    text = text[:: max(1, len(text) // _SAMPLE)]
    if (found := _bytes_in(_OF_HANGUL, text[: len(text) // 4])) and found >= 0.10 * len(text):
        return "ko"  # the start holds so much that it is enough for all, and for the letters among them
    if not _bytes_in(_OF_EAST_ASIA, text):
        return "en"
    hangul = _count(_HANGUL, text)
    letters = _count(_LETTER, text)
    if not letters:
        return "en"
    if hangul >= 0.10 * letters:
        return "ko"
    if _count(_KANA, text) >= 0.05 * letters:
        return "ja"
    if _count(_HAN, text) >= 0.30 * letters:
        return "zh"
    return "en"


def _bytes_in(wanted: bytes, text: str) -> int:
    """Count characters by their upper bytes in UTF-16, ten times faster than by a pattern."""
    upper = text.encode("utf-16-le", "surrogatepass")[1::2]
    return len(upper) - len(upper.translate(None, wanted))


def _count(run: re.Pattern[str], text: str) -> int:
    return sum(map(len, run.findall(text)))
