"""The language of a text, told by its letters."""

import re

_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]+")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9f]+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_SAMPLE = 4_000
_LETTER = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """Return "ko", "ja", "zh" or "en" (BCP 47) by the share of letters in each script.

    Hangul from 10 %, then kana from 5 %, then Han from 30 %; summaries mix in English names, so the
    thresholds are low. Of a long text, characters spread evenly over it are looked at. Text without letters is "en".
    """
    text = text[:: max(1, len(text) // _SAMPLE)]
    hangul = _count(_HANGUL, text)
    if hangul and hangul >= 0.10 * len(text):  # then it is of the letters, too: no need to count those
        return "ko"
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


def _count(run: re.Pattern[str], text: str) -> int:
    return sum(map(len, run.findall(text)))
