"""What stands in the catalogue, read back by the rules of OPDS 1.2 and OPDS 2.0."""

import datetime
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from paperround.exporters import Series, epub, opds
from paperround.exporters.testing import run
from paperround.model import Author, Issue, Record

from ...strategies import archives
from .catalogues import ENDINGS, FIRST, PERIODS, SERIES, base, books, check_both_syntaxes, days, issue, listed, publish
from .opds_rules import ACQUISITION, HOST, IMAGE, NEW, complaints, feeds, pages

SCHEMAS = Path(__file__).parents[2] / "schemas"
BARE = Series()
RECORD = Record(title="R", authors=(Author(name="Ada Lovelace"),), categories=("cs.CL", "cs.AI"))


RICH = [*days(130), issue(FIRST + datetime.timedelta(200), *"abcdefg", record=RECORD, arxiv_id="2405.00001")]


@pytest.fixture(scope="module", params=[SERIES, BARE], ids=["absolute", "relative"])
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    """A catalogue of everything there can be: 131 days, in all periods, variants and pictures."""
    return publish(RICH, books(RICH, request.param, PERIODS, ENDINGS), request.param)


def test_no_rule_is_broken(files: dict[str, bytes]) -> None:
    assert complaints(files, base(files)) == []


def test_xml_is_valid_against_our_schema(files: dict[str, bytes]) -> None:
    schema = etree.RelaxNG(etree.parse(SCHEMAS / "opds.rng"))
    for name, document in files.items():
        if name.endswith(".xml"):
            assert schema.validate(etree.fromstring(document)), (name, schema.error_log)


def test_json_is_valid_against_our_schema(files: dict[str, bytes]) -> None:
    validator = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "opds2.json").read_text()))
    for name, document in files.items():
        if name.endswith(".json"):
            validator.validate(json.loads(document))


def test_both_syntaxes_say_the_same(files: dict[str, bytes]) -> None:
    check_both_syntaxes(files)


def test_what_a_book_is_told_to_be(files: dict[str, bytes]) -> None:
    found = feeds(files, base(files))
    series = BARE if base(files) == HOST else SERIES
    stem = f"epub/{series.id}-2024-07-19"
    entry = found["opds/newest.xml"].entries[0]
    assert entry.told == {
        "title": f"{series.title} 2024-07-19",
        "identifier": "urn:uuid:052e94ff-db3f-529b-9dac-ba905339abd0",
        "author": series.publisher or series.title,
        "publisher": series.publisher,
        "language": "ko",
        "published": "2024-07-19",
        "modified": f"2024-07-19T00:00:00{series.utc_offset}",
        "description": "논문 7편: a; b; c; d; e; …",
        "subject": ["cs.CL", "cs.AI"],
        "series": (series.title, 20240719),
    }
    assert [(link.relation, link.name, link.title) for link in entry.links] == [
        (f"{ACQUISITION}/open-access", f"{stem}.epub", None),
        (f"{ACQUISITION}/open-access", f"{stem}-kindle.epub", "Kindle"),
        (IMAGE, f"{stem}.jpg", None),
        (f"{IMAGE}/thumbnail", f"{stem}-thumbnail.jpg", None),
    ]
    week = found["opds/weekly.xml"].entries[1].told
    assert (week["title"], week["published"]) == (f"{series.title} 2024-W19", "2024-05-06")
    assert (week["modified"][:10], week["series"]) == ("2024-05-09", (f"{series.title} (weekly)", 20240506))


@pytest.mark.parametrize("series", [SERIES, Series(language="ko", title="논문"), BARE], ids=["en", "ko", "bare"])
def test_the_book_says_the_same_of_itself(series: Series) -> None:
    issues = [issue(FIRST, "A", record=RECORD), issue(FIRST + datetime.timedelta(1), "B", language="en")]
    made = run(epub.export, issues, series, periods=PERIODS, variants=["epub", "kindle"])
    files = publish(issues, made, series)
    entries = feeds(files, base(files))["opds/all.xml"].entries
    assert len(entries) == 4
    for entry in entries:
        book, _, cover, thumbnail = entry.links
        assert made[cover.name or ""][:3] == made[thumbnail.name or ""][:3] == b"\xff\xd8\xff"
        assert opf(made[book.name or ""]) == {
            key: entry.updated if key == "modified" else value
            for key, value in entry.told.items()
            if key != "description"
        }


def opf(book: bytes) -> dict[str, Any]:
    """Read a package document by the names of OPDS 2.0."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".opf")]
        root = etree.fromstring(archive.read(name))

    def told(name: str) -> list[str]:
        return [element.text or "" for element in root.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")]

    def meta(name: str) -> str:
        [found] = root.xpath("//*[@property=$name or @name=$name]", name=name)
        return str(found.get("content") or found.text)

    return {
        "title": told("title")[0],
        "identifier": told("identifier")[0],
        "author": told("creator")[0],
        "publisher": next(iter(told("publisher")), None),
        "language": told("language")[0],
        "published": told("date")[0],
        "modified": datetime.datetime.fromisoformat(meta("dcterms:modified")),
        "subject": told("subject"),
        "series": (meta("calibre:series"), int(meta("calibre:series_index"))),
    }


def test_fifty_a_page_and_the_newest_page_has_the_rest() -> None:
    files = publish(days(130), books(days(130)))
    walked = pages(feeds(files, base(files)), "opds/newest.xml")
    assert [page.name for page in walked] == ["opds/newest.xml", "opds/newest-2.xml", "opds/newest-1.xml"]
    assert [len(page.entries) for page in walked] == [30, 50, 50]
    newest_first = [str(each.date) for each in reversed(days(130))]
    assert listed(files, *(page.name for page in walked)) == newest_first == listed(files, "opds/all.xml")


def test_a_new_book_changes_only_what_has_to() -> None:
    before = publish(days(130), books(days(130)))
    after = publish(days(131), books(days(131)))
    changed = {name.rpartition(".")[0] for name in after if name.startswith("opds") and after[name] != before.get(name)}
    assert changed == {"opds", "opds/newest", "opds/by-month", "opds/2024-05", "opds/all"}
    assert before.keys() < after.keys()


def test_a_page_is_closed_when_it_is_full() -> None:
    full, more = (publish(days(count), books(days(count))) for count in (100, 101))
    assert [len(page.entries) for page in pages(feeds(full, base(full)), "opds/newest.xml")] == [50, 50]
    assert [len(page.entries) for page in pages(feeds(more, base(more)), "opds/newest.xml")] == [1, 50, 50]
    assert listed(more, "opds/newest-2.xml") == listed(full, "opds/newest.xml")


def test_removing_the_oldest_books_leaves_the_other_pages_alone() -> None:
    every = books(days(130))
    kept = {name: book for name, book in every.items() if name > "epub/daily-papers-2024-01-10"}
    before, after = publish(days(130), every), publish(days(130), kept)
    same = {name for name in before if name.startswith("opds/") and before[name] == after.get(name)}
    assert {"opds/newest.xml", "opds/newest-2.xml", "opds/2024-02.xml", "opds/2024-05.json"} <= same
    assert not {"opds/newest-1.xml", "opds/2024-01.xml", "opds/all.json"} & same
    assert len(listed(after, "opds/all.xml")) == 121
    assert complaints(after, base(after)) == []


def test_without_books_there_is_no_catalogue() -> None:
    pictures = dict.fromkeys(books(days(3), endings=ENDINGS[2:]), b"")
    for published in {}, pictures, {"epub/daily-papers-1999-01-01.epub": b"of another digest"}:
        assert run(opds.export, days(3), SERIES, published=published) == {}
    assert run(opds.export, [issue(FIRST).model_copy(update={"papers": ()})], SERIES) == {}


@pytest.mark.parametrize(
    ("periods", "shortcuts"),
    [
        (["day"], ["newest", "by-month"]),
        (["week"], ["weekly"]),
        (["month", "week"], ["weekly", "monthly"]),
        (["month", "week", "day"], ["newest", "by-month", "weekly", "monthly"]),
    ],
)
def test_the_root_leads_to_what_there_is(periods: list[str], shortcuts: list[str]) -> None:
    files = publish(days(40), books(days(40), periods=periods))
    found = feeds(files, base(files))
    assert [entry.links[0].name for entry in found["opds.xml"].entries] == [f"opds/{name}.xml" for name in shortcuts]
    assert found["opds.xml"].entries[0].links[0].relation == NEW
    assert complaints(files, base(files)) == []


@pytest.mark.parametrize("ending", [".epub", "-kindle.epub"])
def test_one_file_makes_a_book(ending: str) -> None:
    files = publish(days(2), books(days(2), endings=[ending]))
    [link] = feeds(files, base(files))["opds/newest.json"].entries[0].links
    assert (link.relation, link.name) == (f"{ACQUISITION}/open-access", f"epub/daily-papers-2024-01-02{ending}")
    assert "images" not in json.loads(files["opds/newest.json"])["publications"][0]
    assert complaints(files, base(files)) == []


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Newest", "By month", "Weekly", "Monthly", "1 paper: A"]),
        ("ko", ["최신", "월별", "주간", "월간", "논문 1편: A"]),
        ("ja", ["新着", "月別", "週刊", "月刊", "論文1件: A"]),
        ("zh-Hant", ["最新", "按月", "每周", "每月", "1篇论文: A"]),
        ("fr", ["Newest", "By month", "Weekly", "Monthly", "1 paper: A"]),
    ],
)
def test_its_words_are_those_of_the_newest_book(language: str, expected: list[str]) -> None:
    issues = [issue(FIRST - datetime.timedelta(40), "Z", language="de"), issue(FIRST, "A", language=language)]
    files = publish(issues, books(issues, periods=PERIODS))
    found = feeds(files, base(files))
    said = [entry.told["title"] for entry in found["opds.json"].entries]
    assert [*said, found["opds/newest.json"].entries[0].told["description"]] == expected
    assert etree.fromstring(files["opds.xml"]).get("{http://www.w3.org/XML/1998/namespace}lang") == language


def test_months_are_told_newest_first_with_their_books() -> None:
    files = publish(days(40), books(days(40)))
    months = json.loads(files["opds/by-month.json"])["navigation"]
    told = [(month["title"], month["href"], month["properties"]["numberOfItems"]) for month in months]
    assert told == [
        ("2024-02", "https://example.org/daily/opds/2024-02.json", 9),
        ("2024-01", "https://example.org/daily/opds/2024-01.json", 31),
    ]


@given(
    st.sets(st.dates(datetime.date(2023, 12, 1), datetime.date(2024, 12, 31)), min_size=1, max_size=150),
    st.sets(st.sampled_from(PERIODS), min_size=1),
    st.integers(1, 9),
)
def test_every_book_is_listed_once_and_every_link_resolves(
    dates: set[datetime.date], periods: set[str], share: int
) -> None:
    issues = [issue(date) for date in sorted(dates)]
    published = dict(list(books(issues, BARE, sorted(periods)).items())[::share])
    files = publish(issues, published, BARE)
    assert complaints(files) == []
    found = feeds(files)
    expected = sorted(re.sub(r"epub/daily-papers-(.*)\.epub", r"\1", name) for name in published)
    by_page = [
        part
        for first in ("opds/newest.xml", "opds/weekly.xml", "opds/monthly.xml")
        if first in found
        for part in listed(files, *(page.name for page in pages(found, first)))
    ]
    by_month = [part for feed in found if re.fullmatch(r"opds/\d.*xml", feed) for part in listed(files, feed)]
    assert sorted(by_page) == expected == sorted(listed(files, "opds/all.json"))
    assert sorted(by_month) == [part for part in expected if len(part) == 10]
    ids = [entry.id for feed in found.values() if feed.name in ("opds.xml", "opds/all.xml") for entry in feed.entries]
    assert len(set(ids)) == len(ids)


@given(archives)
def test_any_text_is_told_whole_in_both_syntaxes(issues: list[Issue]) -> None:
    filled = [each for each in issues if each.papers]
    if filled:
        files = publish(issues, books(filled, periods=PERIODS))
        assert complaints(files, base(files)) == []
        check_both_syntaxes(files)
