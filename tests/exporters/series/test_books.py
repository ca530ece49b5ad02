"""What books are called and said to hold, in the books and in what lists them."""

from collections import Counter

import pytest
from paperround.exporters.series.books import book_description, book_language, book_subjects


@pytest.mark.parametrize(
    ("language", "papers", "said"),
    [
        ("en", 1, "1 paper: A"),
        ("ko-KR", 1, "논문 1편: A"),
        ("ja", 3, "論文3件: A; B; C"),
        ("zh-Hans", 9, "9篇论文: A; B; C; D; E; …"),
        ("fr", 6, "6 papers: A; B; C; D; E; …"),
        ("en", 5, "5 papers: A; B; C; D; E"),
    ],
)
def test_a_description_counts_the_papers_and_names_the_first(language: str, papers: int, said: str) -> None:
    assert book_description(language, papers, list("ABCDEFGHI")[:papers]) == said


def test_subjects_come_by_how_common_they_are() -> None:
    assert book_subjects(Counter({"cs.AI": 1, "cs.CL": 2, " ": 9, "cs.LG": 1})) == ("cs.CL", "cs.AI", "cs.LG")


def test_the_commonest_language_is_the_book_s() -> None:
    assert book_language(["en", "ko", "ko"]) == "ko"
    assert book_language(["en", "ko"]) == "en"
