"""The index that search reads, decoded as its script does."""

import json

import pytest

from .html_cases import issue, paper, site, values

Found = dict[str, list[tuple[int, int]]]


def index_of(*titles: str, year: str = "2024") -> Found:
    files = site([issue("2024-05-03", *(paper(number, title) for number, title in enumerate(titles, 1)))])
    return decoded(files[f"search/{year}.json"])


def decoded(data: bytes) -> Found:
    """Return papers and where they have a word, 0 title, 1 author, 2 text, by word."""
    index = json.loads(data)
    found: Found = {}
    before = ""
    for line, places in zip(index["words"].split("\n"), index["places"].split("\n"), strict=True):
        before = before[: int(line[0], 36)] + line[1:]
        at, found[before] = 0, []
        for sign in places:
            at += (ord(sign) if ord(sign) < 0xE000 else ord(sign) - 0x800) - 0x20
            found[before].append(divmod(at, 3))
    return found


def test_words_are_folded_and_know_where_they_stand() -> None:
    index = index_of("Größe von RAG", "rag and 강화학습을")
    assert index["rag"] == [(0, 0), (1, 0)]
    assert index["grosse"] == [(0, 0)]
    assert index["강화학습을"] == [(1, 0)]
    assert index["lovelace"] == [(0, 1), (1, 1)]
    assert index["요약"] == [(0, 2), (1, 2)]
    assert list(index) == sorted(index)


def test_a_place_is_said_once_however_often_and_in_whatever_company_a_word_stands_there() -> None:
    index = index_of("RAG, (rag) and RAG-like")
    assert index["rag"] == [(0, 0)]
    assert index["like"] == [(0, 0)]


def test_han_and_kana_stand_in_pairs() -> None:
    index = index_of("强化学习Agent", "深層学習")
    assert {"强化", "化学", "学习", "习", "agent", "深層", "層学", "学習", "習"} <= set(index)
    assert "强化学习agent" not in index


def test_many_papers_are_told_apart() -> None:
    titles = [f"Common w{number}" for number in range(1500)]
    index = index_of(*titles)
    assert index["common"] == [(number, 0) for number in range(1500)]
    assert index["w1499"] == [(1499, 0)]


@pytest.mark.parametrize("count", [0xD7DF // 3 + 1, 0xE000])
def test_places_far_apart_are_no_surrogates(count: int) -> None:
    from paperround.exporters.html.search import _packed

    at = 0
    for sign in _packed([3 * count, 3 * count + 1]).encode().decode():
        at += (ord(sign) if ord(sign) < 0xE000 else ord(sign) - 0x800) - 0x20
    assert at == 3 * count + 1


def test_days_say_which_papers_a_number_means() -> None:
    files = site([issue("2024-05-03", paper(1), paper(2)), issue("2024-05-06", paper(3))])
    assert json.loads(files["search/2024.json"])["days"] == [["2024-05-03", 2], ["2024-05-06", 1]]
    assert json.loads(files["search/index.json"]) == {"months": ["2024-05"], "years": ["2024"], "pages": True}


def test_the_form_has_every_year_and_month_and_the_language_s_words() -> None:
    page = site([issue("2023-05-03", paper(1)), issue("2024-05-06", paper(2))])["search.html"]
    assert values(page, "//select[@id='year']/option") == ["전체", "2024", "2023"]
    assert values(page, "//select[@id='month']/option/@value") == ["", *(f"{month:02}" for month in range(1, 13))]
    assert values(page, "//form[@id='search']/@data-found") == ["논문 {}편을 찾았습니다"]
    assert values(page, "//nav//a[starts-with(@href, 'years/')]/@href") == ["years/2024.html", "years/2023.html"]
