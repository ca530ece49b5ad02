"""Who wrote a paper, as books and feeds show it."""

import pytest
from paperround.exporters.text.byline import author_names, names_all, pages
from paperround.model import Author, Paper, Record


def test_a_record_names_the_authors_in_their_order() -> None:
    paper = Paper(title="A", authors=("Bo", "An"), record=record("An Other", "Bo Writer"))
    assert author_names(paper) == ("An Other", "Bo Writer")
    assert names_all(paper)


def test_a_record_without_authors_leaves_the_digest_s() -> None:
    paper = Paper(title="A", authors=("Bo", " "), record=record())
    assert author_names(paper) == ("Bo",)
    assert not names_all(paper)


@pytest.mark.parametrize(
    ("written", "shown"),
    [(r"Jos\'e Mart{\'i}nez", "José Martínez"), (r"{\L}ukasz Kaiser", "Łukasz Kaiser"), ("Mei Ōta", "Mei Ōta")],
)
def test_names_as_the_snapshot_has_them_are_read(written: str, shown: str) -> None:
    assert author_names(Paper(title="A", record=record(written))) == (shown,)


def test_pages_of_a_paper() -> None:
    assert pages(Paper(title="A", url="https://example.org")) == ()
    links = (
        '<a href="https://arxiv.org/abs/2405.00001">arXiv</a>',
        '<a href="https://arxiv.org/pdf/2405.00001">PDF</a>',
    )
    assert pages(Paper(title="A", arxiv_id="2405.00001")) == links
    voted = Paper(title="A", arxiv_id="2405.00001", votes=3)
    assert pages(voted) == (*links, '<a href="https://huggingface.co/papers/2405.00001">Hugging Face</a>')


def record(*names: str) -> Record:
    return Record(title="A", authors=tuple(Author(name=name) for name in names))
