"""Books that hold more than one language say which is which."""

import datetime

import pytest
from lxml import etree
from paperround.exporters import Series

from .book_cases import OPF, XHTML, XML_LANG, an_issue, books, heading, members


def test_titles_are_marked_with_their_own_language() -> None:
    files = members(*books([an_issue()]).values())
    assert [heading(files, place).get("lang") for place in (1, 2, 3)] == ["en", None, "en"]
    french = members(*books([an_issue()], Series(language="fr")).values())
    assert [heading(french, place).get("lang") for place in (1, 2, 3)] == [None, "ko", None]


@pytest.mark.parametrize("period", ["day", "week"])
def test_words_of_the_book_s_own_are_marked_where_they_are_english_in_another_language(period: str) -> None:
    issue = an_issue().model_copy(update={"language": "fr"})
    files = members(*books([issue], periods=[period], variants=["epub"]).values())
    pages = [etree.fromstring(data).find(f"{XHTML}body") for name, data in files.items() if name.endswith(".xhtml")]
    elements = [element for page in pages for element in page.iter() if (element.text or "").strip()]
    nearest = etree.XPath("string(ancestor-or-self::*[@lang][1]/@lang)")
    spoken = {str(element.text).strip(): nearest(element) for element in elements}
    ours = ("Votes: ", "Next", "Previous", "Contents", "Video", "First paper", "Cover", "Friday, ")
    assert [{spoken[text] for text in spoken if text.startswith(word)} for word in ours] == [{"en"}] * len(ours)
    assert spoken["둘째 연구"] == "ko"
    assert spoken["더 깊이"] == "fr"
    covers = [cover for page in pages for cover in page.iter(f"{XHTML}div") if cover.get("class") == "cover"]
    assert [cover.get("lang") for cover in covers] == ["en"]
    (summary,) = etree.fromstring(files["EPUB/content.opf"]).xpath(
        "//o:meta[@property='schema:accessibilitySummary']", namespaces=OPF
    )
    assert summary.get(XML_LANG) == "en"


def test_the_series_of_weeks_is_named_in_the_series_language() -> None:
    (book,) = books([an_issue()], Series(language="ko"), periods=["week"]).values()
    assert 'content="Daily Papers (주간)"' in members(book)["EPUB/content.opf"].decode()


def test_a_page_speaks_its_issues_language_in_a_book_of_another() -> None:
    english = an_issue().model_copy(update={"date": datetime.date(2024, 5, 2), "language": "en"})
    korean = [an_issue().model_copy(update={"date": datetime.date(2024, 5, day)}) for day in (1, 3)]
    (book,) = books([*korean, english], periods=["week"]).values()
    files = members(book)
    assert "<dc:language>ko</dc:language>" in files["EPUB/content.opf"].decode()
    page = etree.fromstring(files["EPUB/20240502-01.xhtml"])
    assert page.get("lang") == "en"
    assert "Votes: 30" in "".join(page.itertext())
