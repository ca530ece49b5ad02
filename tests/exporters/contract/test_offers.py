import datetime
from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest
from paperround.exporters import Offer, Options, Output, Write, exporter, offers, registry
from paperround.exporters.contract.parts import name_pattern
from paperround.exporters.testing import run
from paperround.model import Issue


@exporter(Options, files=(Offer("papers.tsv", "TSV", "text/tab-separated-values"), "notes/{part}/{name}.txt"))
def stranger(options: Options, output: Output) -> Iterator[Write]:
    """Tables of somebody else's."""
    yield lambda issue: None
    with output.text("notes//0a.b_c-1.txt") as file:
        file.write("-")


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    entries = {
        "a-broken": EntryPoint("a-broken", "nowhere.at_all:export", registry.GROUP),
        "tsv": EntryPoint("tsv", f"{__name__}:stranger", registry.GROUP),
    }
    offers.cache_clear()
    monkeypatch.setattr(registry, "_entries", lambda: entries)
    monkeypatch.setattr(EntryPoint, "load", lambda entry: broken() if entry.name == "a-broken" else stranger)
    yield
    offers.cache_clear()


def broken() -> None:
    raise ImportError("no such module")


def test_what_a_stranger_s_format_offers_is_known_and_a_broken_one_offers_nothing(installed: None) -> None:
    assert offers() == (Offer("papers.tsv", "TSV", "text/tab-separated-values"),)


def test_an_offer_is_a_file_like_all_others() -> None:
    assert stranger.files == ("papers.tsv", "notes/{part}/{name}.txt")
    assert list(run(stranger, [Issue(date=datetime.date(2024, 5, 3), title="", language="en", papers=())])) == [
        "notes//0a.b_c-1.txt"
    ]


@pytest.mark.parametrize("name", ["..", ".hidden", "a/b", "", "é", "a b"])
def test_a_name_of_a_format_s_own_stays_in_its_folder(name: str) -> None:
    assert not name_pattern("papers/{part}/{name}.html", "daily-papers").fullmatch(f"papers/2024-05-03/{name}.html")


def test_our_own_formats_offer_feeds_catalogues_and_tables() -> None:
    assert {offer.file: offer.entry for offer in offers() if offer.label in ("Atom", "OPDS", "CSV")} == {
        "feeds/papers.atom": "paper",
        "feeds/issues.atom": "issue",
        "opds.xml": None,
        "papers.csv": None,
    }
