"""Which books a catalogue lists, and when; what its root leads to beside them."""

import datetime
import json

import pytest
from paperround.exporters import Selected, opds, part_of
from paperround.exporters.testing import MemoryOutput

from .catalogues import ENDINGS, FIRST, PERIODS, SERIES, base, books, check_both_syntaxes, days, listed, publish
from .opds_rules import Feed, complaints, feeds

MONDAY = datetime.date(2024, 4, 29)


@pytest.mark.parametrize(
    ("count", "weeks", "months"),
    [
        (2, None, None),
        (3, None, ["2024-04"]),  # the third day is in May
        (7, None, ["2024-04"]),
        (8, ["2024-W18"], ["2024-04"]),
        (40, ["2024-W22", "2024-W21", "2024-W20", "2024-W19", "2024-W18"], ["2024-05", "2024-04"]),
    ],
)
def test_weeks_and_months_are_listed_when_a_later_one_has_an_issue(
    count: int, weeks: list[str] | None, months: list[str] | None
) -> None:
    issues = days(count, MONDAY)
    files = publish(issues, books(issues, periods=PERIODS), unfinished=False)
    for name, expected in ("opds/weekly", weeks), ("opds/monthly", months):
        assert (listed(files, f"{name}.xml") if f"{name}.xml" in files else None) == expected
    assert len(listed(files, "opds/all.json")) == count + len(weeks or []) + len(months or [])
    assert complaints(files, base(files)) == []
    everything = publish(issues, books(issues, periods=PERIODS), unfinished=True)
    assert listed(everything, "opds/weekly.xml")[0] == part_of("week", issues[-1].date)


def test_a_catalogue_of_weeks_begins_with_the_second_week() -> None:
    assert publish(days(7), books(days(7), periods=["week"]), unfinished=False) == books(days(7), periods=["week"])
    files = publish(days(8), books(days(8), periods=["week"]), unfinished=False)
    assert listed(files, "opds/weekly.xml") == ["2024-W01"]


def test_the_root_shows_the_newest_with_their_covers() -> None:
    files = publish(days(20), books(days(20), endings=ENDINGS))
    [group] = json.loads(files["opds.json"])["groups"]
    assert (group["metadata"]["title"], group["links"][0]["href"]) == (
        "최신",
        "https://example.org/daily/opds/newest.json",
    )
    newest = json.loads(files["opds/newest.json"])["publications"]
    assert group["publications"] == newest[:8]
    assert all(len(book["images"]) == 2 for book in group["publications"])


class Changed(MemoryOutput):
    """Knows of one book that its text has changed."""

    def last_modified(self, name: str) -> datetime.datetime | None:
        if name == "epub/daily-papers-2024-01-03.epub":
            return datetime.datetime(2024, 1, 20, 15, tzinfo=datetime.UTC)
        return None


def test_a_changed_book_says_when_and_stands_first() -> None:
    output = Changed(SERIES, opds.export.files, beside=books(days(9)))
    with opds.export.bind("opds", {}).open(output) as write:
        for each in days(9):
            write(each)
    for name in "opds/newest.xml", "opds/all.json":
        first, second, *_ = feeds(output.files, "https://example.org/daily/")[name].entries
        assert (first.told["title"][-10:], first.told["modified"]) == ("2024-01-03", "2024-01-21T00:00:00+09:00")
        assert second.told["title"].endswith("2024-01-09")
    assert feeds(output.files)["opds.xml"].updated == "2024-01-21T00:00:00+09:00"


def of_a_selection(published: dict[str, bytes], unfinished: bool, folder: str = "select/moss/") -> Feed:
    """Return the root of a catalogue beside that of a selection."""
    selection = Selected(SERIES.model_copy(update={"id": "daily-papers-moss", "title": "Only moss"}), folder)
    output = MemoryOutput(SERIES, opds.export.files, beside=published, selections=(selection,))
    with opds.export.bind("opds", {"unfinished": unfinished}).open(output) as write:
        for each in days(9):
            write(each)
    check_both_syntaxes(published | output.files)
    return feeds(output.files, "https://example.org/daily/")["opds.xml"]


def test_the_root_leads_to_the_catalogue_of_a_selection() -> None:
    moss = SERIES.model_copy(update={"id": "daily-papers-moss"})
    some = books(days(3, FIRST + datetime.timedelta(2)), moss, ("day", "week"))
    published = books(days(9)) | {f"select/moss/{name}": book for name, book in some.items()}
    assert [entry.told["title"] for entry in of_a_selection(published, True).entries] == ["최신", "월별"]
    published["select/moss/opds.xml"] = b""
    *_, entry = of_a_selection(published, unfinished=False).entries
    assert (entry.told["title"], entry.told["description"]) == ("Only moss", "책 3권")
    assert entry.links[0].relation == "subsection"
    assert entry.links[0].name == "select/moss/opds.xml"
    *_, entry = of_a_selection(published, unfinished=True).entries
    assert entry.told["description"] == "책 4권"


def test_a_selection_whose_catalogue_is_not_there_yet() -> None:
    moss = SERIES.model_copy(update={"id": "daily-papers-moss"})
    some = {f"select/moss/{name}": book for name, book in books(days(3), moss, ("week",)).items()}
    published = books(days(9)) | some | {"select/moss/opds.xml": b""}
    assert len(of_a_selection(published, unfinished=False).entries) == 2
    assert len(of_a_selection(published, unfinished=True).entries) == 3
