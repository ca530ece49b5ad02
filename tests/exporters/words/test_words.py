import datetime
import inspect
import re
from dataclasses import asdict, fields

import pytest
from paperround.exporters.words import LANGUAGES, Words, words_in

from ...command import ROOT

EXPORTERS = ROOT / "exporters"
SAID = re.compile(r"\bwords(?:_in\([^)]*\))?\.(\w+)")
NAMES = [field.name for field in fields(Words)]
OTHERS = [words for code, words in LANGUAGES.items() if code != "en"]


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_language_has_every_word(words: Words, name: str) -> None:
    word = getattr(words, name)
    assert all(word) if isinstance(word, tuple) else word


def test_every_word_is_said_somewhere() -> None:
    files = [path for path in EXPORTERS.rglob("*") if path.suffix in (".py", ".html") and path.parent.name != "words"]
    said = {name for path in files for name in SAID.findall(path.read_text(encoding="utf-8"))}
    own = set(re.findall(r"self\.(\w+)", inspect.getsource(Words)))
    assert [name for name in NAMES if name not in said | own] == []


@pytest.mark.parametrize("words", OTHERS, ids=[words.language for words in OTHERS])
@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("day", "short_day", "weekdays", "months")])
def test_a_word_takes_the_same_values_in_every_language(words: Words, name: str) -> None:
    assert values_of(getattr(words, name)) == values_of(getattr(LANGUAGES["en"], name))


@pytest.mark.parametrize("words", OTHERS, ids=[words.language for words in OTHERS])
def test_no_word_was_left_in_english(words: Words) -> None:
    english = asdict(LANGUAGES["en"])
    assert [name for name, word in asdict(words).items() if word == english[name]] == []


def values_of(word: object) -> list[set[str]]:
    forms = word if isinstance(word, tuple) else (word,)
    return [set(re.findall(r"\{(\w*)", str(form))) for form in forms]


@pytest.mark.parametrize(
    ("tag", "language"),
    [("ko", "ko"), ("ko-KR", "ko"), ("JA", "ja"), ("zh-Hant-TW", "zh"), ("fr", "en"), ("kok", "en")],
)
def test_a_tag_finds_its_words_and_others_find_english(tag: str, language: str) -> None:
    assert words_in(tag).language == language


def test_dates_are_written_out_without_the_locale() -> None:
    day = datetime.date(2024, 5, 3)
    assert {code: words.date(day) for code, words in LANGUAGES.items()} == {
        "en": "Friday, 3 May 2024",
        "ko": "2024년 5월 3일 금요일",
        "ja": "2024年5月3日 金曜日",
        "zh": "2024年5月3日 星期五",
    }


def test_numbers_have_singular_and_plural() -> None:
    words = words_in("en")
    assert [words.count(words.papers, number) for number in (0, 1, 1000)] == ["0 papers", "1 paper", "1,000 papers"]
