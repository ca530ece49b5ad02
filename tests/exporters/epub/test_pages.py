"""What stands around a chapter and in a list of them: links that lead on, groups, first sentences, abstracts."""

import datetime

import pytest
from lxml import etree
from paperround.exporters.epub.listing import teaser
from paperround.model import Paper, Point, Record

from .book_cases import XHTML, an_issue, books, members


def page(files: dict[str, bytes], name: str) -> etree._Element:
    return etree.fromstring(files[f"EPUB/{name}"])


def turns(files: dict[str, bytes], name: str) -> list[list[tuple[str | None, str | None]]]:
    lines = page(files, name).iter(f"{XHTML}p")
    return [
        [(a.text, a.get("href")) for a in line.iter(f"{XHTML}a")] for line in lines if "turn" in line.get("class", "")
    ]


def text(files: dict[str, bytes], name: str) -> str:
    return "".join(page(files, name).itertext())


def test_each_page_leads_on_above_its_title_and_below_its_end() -> None:
    files = members(*books([an_issue()]).values())
    last = [("이전", "20240503-02.xhtml"), ("차례", "contents.xhtml")]
    assert turns(files, "20240503-03.xhtml") == [last, last]
    assert turns(files, "contents.xhtml") == [[("다음", "20240503-01.xhtml")]] * 2
    kinds = [p.get("class") for p in page(files, "20240503-03.xhtml").iter(f"{XHTML}p")]
    assert (kinds[0], kinds[-2:]) == ("turn", ["links", "turn end"])


@pytest.mark.parametrize("period", ["week", "month"])
def test_a_chapter_of_a_longer_book_leads_to_its_day_and_says_its_date(period: str) -> None:
    days = [an_issue().model_copy(update={"date": datetime.date(2024, 5, day)}) for day in (2, 3)]
    files = members(*books(days, periods=[period]).values())
    assert turns(files, "20240503-01.xhtml")[0] == [
        ("이전", "20240503.xhtml"),
        ("차례", "contents.xhtml"),
        ("2024년 5월 3일 금요일", "20240503.xhtml"),
        ("다음", "20240503-02.xhtml"),
    ]
    assert turns(files, "20240503.xhtml")[0][1] == ("차례", "contents.xhtml")


def test_the_number_that_arxiv_gave_is_text() -> None:
    files = members(*books([an_issue()]).values())
    assert "추천 30 · arXiv:2405.00001" in text(files, "20240503-01.xhtml")
    assert "arXiv:" not in text(files, "20240503-02.xhtml")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "새로운 **방법**을 제안합니다. 그리고 더 많은 것을 합니다.",
            "새로운 방법을 제안합니다. 그리고 더 많은 것을 합니다.",
        ),
        ("이 연구는 새로운 방법을 자세히 제안합니다. 그리고 더.", "이 연구는 새로운 방법을 자세히 제안합니다."),
        ("Moss keeps time, e.g. in damp gardens. It does so at night.", "Moss keeps time, e.g. in damp gardens."),
        ("新しい方法で夜の庭の蛾の道を長い間調べます。次に進みます。", "新しい方法で夜の庭の蛾の道を長い間調べます。"),
        ("No end <b> of it", "No end <b> of it"),
    ],
)
def test_a_teaser_is_the_first_sentence(written: str, shown: str) -> None:
    assert teaser((Point(heading="H", text=written), Point(text="Second."))).startswith(shown)


def test_a_teaser_takes_two_lines_at_most() -> None:
    assert len(teaser((Point(text="word " * 100),)).encode()) <= 150
    assert teaser(()) == teaser((Point(heading="H", text=""),)) == ""


def test_contents_show_each_paper_s_teaser() -> None:
    files = members(*books([an_issue()]).values())
    found = [p.text for p in page(files, "contents.xhtml").iter(f"{XHTML}p") if p.get("class") == "teaser"]
    assert found == ["첫 번째 요점 더 깊이"]


def test_groups_of_papers_are_sections_of_the_contents() -> None:
    groups = ["Vision", "Vision", None, "언어 *모델*"]
    papers = tuple(Paper(title=f"Paper {at}", group=group) for at, group in enumerate(groups, 1))
    files = members(*books([an_issue().model_copy(update={"papers": papers})]).values())
    body = page(files, "contents.xhtml").find(f"{XHTML}body")
    assert body is not None
    sections = [
        "".join(element.itertext()) if element.tag == f"{XHTML}h2" else (element.get("start"), len(element))
        for element in body.iter(f"{XHTML}h2", f"{XHTML}ol")
    ]
    assert sections == ["Vision", ("1", 2), ("3", 1), "언어 모델", ("4", 1)]
    assert [h2.get("lang") for h2 in body.iter(f"{XHTML}h2")] == ["en", None]


def test_the_abstract_stands_behind_the_summary_where_it_is_known() -> None:
    record = Record(title="A", authors=(), abstract=r"We study \'etudes of $O(n)$ & more.")
    papers = (
        Paper(title="A", record=record, summary=(Point(text="요약"),)),
        Paper(title="B", summary=(Point(text="c"),)),
    )
    issue = an_issue().model_copy(update={"papers": papers})
    files = members(*books([issue], abstract=True).values())
    section = page(files, "20240503-01.xhtml").find(f".//{XHTML}section")
    assert section is not None
    assert [element.tag.removeprefix(XHTML) for element in section] == ["h1", "ul", "h2", "p", "p"]
    assert ["".join(element.itertext()) for element in section][2:4] == ["초록", "We study études of O(n) & more."]
    assert section[3].get("lang") == "en"
    assert "초록" not in text(files, "20240503-02.xhtml")
    assert "초록" not in text(members(*books([issue]).values()), "20240503-01.xhtml")


def test_an_abstract_too_long_for_the_file_goes_on_in_another() -> None:
    record = Record(title="A", authors=(), abstract="word " * 120_000)
    paper = Paper(title="A", record=record, summary=(Point(text="w " * 60_000),))
    files = members(*books([an_issue().model_copy(update={"papers": (paper,)})], abstract=True).values())
    assert max(map(len, files.values())) <= 260_000
    chapter = [name.removeprefix("EPUB/") for name in files if name.startswith("EPUB/20240503-01")]
    assert sum(text(files, name).count("word") for name in chapter) == 120_000
