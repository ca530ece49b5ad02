"""What feeds, books, catalogues and pages say of their own: one table, with a module for each language."""

from .en import WORDS as ENGLISH
from .ja import WORDS as JAPANESE
from .ko import WORDS as KOREAN
from .table import Words
from .zh import WORDS as CHINESE

__all__ = ["LANGUAGES", "Words", "words_in"]

LANGUAGES = {words.language: words for words in (ENGLISH, KOREAN, JAPANESE, CHINESE)}


def words_in(language: str) -> Words:
    """Return the words for a language tag (BCP 47), English where there are none."""
    return LANGUAGES.get(language.lower().split("-")[0], ENGLISH)
