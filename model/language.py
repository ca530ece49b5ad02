"""The language of a text, told by its letters."""

import re

_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9f]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LETTER = re.compile(r"[^\W\d_]")


def language_of(text: str) -> str:
    """Return "ko", "ja", "zh" or "en" (BCP 47) by the share of letters in each script.

    Hangul from 10 %, then kana from 5 %, then Han from 30 %; summaries mix in English names, so the
    thresholds are low. Text without letters is "en".
    """
    letters = len(_LETTER.findall(text))
    if not letters:
        return "en"
    if len(_HANGUL.findall(text)) >= 0.10 * letters:
        return "ko"
    if len(_KANA.findall(text)) >= 0.05 * letters:
        return "ja"
    if len(_HAN.findall(text)) >= 0.30 * letters:
        return "zh"
    return "en"
