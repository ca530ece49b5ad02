"""The few words that a catalogue adds of its own, in the language of its newest book."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What a catalogue says in one language."""

    names: Mapping[str, str]
    """Names of documents, by the last part of their stem."""
    books: tuple[str, str]
    """How many books a document lists; one, and more."""

    def name(self, stem: str) -> str:
        """Name a document; a month's name is its own."""
        last = stem.rpartition("/")[2]
        return self.names.get(last, last)

    def count(self, number: int) -> str:
        """Say how many books a document lists."""
        return self.books[number != 1].format(number)


def words(language: str) -> Words:
    """Return the words of a language tag, English where there are none."""
    return _WORDS.get(language.split("-")[0].lower(), _WORDS["en"])


def _names(newest: str, by_month: str, weekly: str, monthly: str, everything: str) -> Mapping[str, str]:
    return {"newest": newest, "by-month": by_month, "weekly": weekly, "monthly": monthly, "all": everything}


_WORDS = {
    "en": Words(
        _names("Newest", "By month", "Weekly", "Monthly", "All books"),
        ("{} book", "{} books"),
    ),
    "ko": Words(
        _names("최신", "월별", "주간", "월간", "모든 책"),
        ("책 {}권", "책 {}권"),
    ),
    "ja": Words(
        _names("新着", "月別", "週刊", "月刊", "すべての本"),
        ("{}冊", "{}冊"),
    ),
    "zh": Words(
        _names("最新", "按月", "每周", "每月", "全部图书"),
        ("{}本书", "{}本书"),
    ),
}
