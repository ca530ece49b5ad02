"""What stands in the feeds, read back by parsers that are not ours."""

import datetime
import json
import locale
import subprocess
import sys
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
from lxml import etree
from paperround.exporters import Series, atom, jsonfeed, opml, rss
from paperround.exporters.contract import Exporter
from paperround.exporters.feeds.dates import rfc822
from paperround.exporters.feeds.text import inert, shorten
from paperround.exporters.testing import MemoryOutput, run
from paperround.model import Author, Code, Issue, Media, Paper, Point, Record

SCHEMAS = Path(__file__).parent.parent / "schemas"
SERIES = Series(
    title="Daily & <Papers>",
    base_url="https://example.org/daily",
    publisher="Reading Group",
    rights="CC0 1.0",
    icon="https://example.org/icon.png",
    logo="https://example.org/logo.svg",
    hub="https://hub.example.org/",
)
XML = {"atom": atom.export, "rss": rss.export}
ALL = XML | {"json": jsonfeed.export}
NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "fh": "http://purl.org/syndication/history/1.0",
}


def paper(number: int = 1, title: str = "A Title", **values: Any) -> Paper:
    values = {"authors": ("Ada Lovelace", "Kim Minji"), "authors_complete": True} | values
    return Paper(arxiv_id=f"2405.{number:05}", title=title, summary=(Point(text=f"요약 {number}입니다."),), **values)


def issue(day: str, *papers: Paper) -> Issue:
    return Issue(date=datetime.date.fromisoformat(day), title=f"Daily Papers ({day})", language="ko", papers=papers)


def publish(issues: list[Issue], series: Series = SERIES, **published: bytes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for exporter in ALL.values():
        files |= run(exporter, issues, series, published={f"epub/{name}": book for name, book in published.items()})
    return files


def subscription(
    exporter: Exporter[Any], issues: list[Issue], series: Series = SERIES, **options: object
) -> MemoryOutput:
    """Run the part of the subscription documents alone, to see what it reports."""
    output = MemoryOutput(series, exporter.files)
    with exporter.bind("tested", options).open(output) as write:
        for each in issues:
            write(each)
    return output


def tree(document: bytes) -> etree._Element:
    return etree.fromstring(document)


def values(document: bytes, path: str) -> list[str]:
    found = tree(document).xpath(path, namespaces=NAMESPACES)
    return [value if isinstance(value, str) else value.text for value in found]


@pytest.mark.parametrize("syntax", XML)
def test_feedparser_reads_everything(syntax: str) -> None:
    picture = Media(kind="image", url="https://example.org/a.png?x=1&y=2")
    document = publish([issue("2024-05-03", paper(7, "Cats & <dogs>", media=picture))])[f"feeds/papers.{syntax}"]
    feed = feedparser.parse(document)
    assert not feed.bozo
    assert feed.feed.title.replace("\u200b", "") == "Daily & <Papers>"
    assert (feed.feed.language, feed.feed.link) == ("ko", "https://example.org/daily/")
    assert [(link.rel, link.href) for link in feed.feed.links if link.rel != "alternate"] == [
        ("self", f"https://example.org/daily/feeds/papers.{syntax}"),
        ("hub", "https://hub.example.org/"),
        ("prev-archive", f"https://example.org/daily/feeds/archive/2024-05.{syntax}"),
    ]
    [entry] = feed.entries
    assert (entry.id, entry.link) == ("https://arxiv.org/abs/2405.00007", "https://arxiv.org/abs/2405.00007")
    assert entry.title.replace("\u200b", "") == "Cats & <dogs>"
    assert [author.name for author in entry.authors] == ["Ada Lovelace", "Kim Minji"]
    assert entry.published_parsed[:6] == (2024, 5, 3, 0, 16, 39)
    assert entry.summary == "요약 7입니다."
    assert entry.content[0].value.startswith('<p><img alt="Cats &amp; &lt;dogs&gt;" src="https://example.org/a.png')
    assert "<li>요약 7입니다.</li>" in entry.content[0].value
    assert entry.media_thumbnail == [{"url": picture.url}]
    assert entry.media_content == [{"url": picture.url, "medium": "image"}]
    assert entry.dc_identifier == "10.48550/arXiv.2405.00007"
    assert (entry.prism_publicationname, entry.prism_publicationdate) == ("arXiv", "2024-05")


def test_atom_is_valid_against_our_schema() -> None:
    schema = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
    files = run(
        atom.export, [issue("2024-05-03", paper(1, "<b>A</b>"), paper(2)), issue("2024-06-03", paper(3))], SERIES
    )
    assert len(files) == 4
    for name, document in files.items():
        assert schema.validate(tree(document)), (name, schema.error_log)


def test_json_is_valid_against_our_schema() -> None:
    validator = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "jsonfeed.json").read_text()))
    picture = Media(kind="image", url="https://example.org/a.png")
    issues = [issue("2024-05-03", paper(1, media=picture, record=RECORD)), issue("2024-06-03", paper(2))]
    files = run(jsonfeed.export, issues, SERIES, published={"epub/daily-papers-2024-05-03.epub": b"book"})
    assert len(files) == 4
    for document in files.values():
        validator.validate(json.loads(document))


@pytest.mark.parametrize("syntax", XML)
def test_newest_first(syntax: str) -> None:
    issues = [issue("2024-05-03", paper(1), paper(2)), issue("2024-05-02", paper(3)), issue("2024-05-04", paper(4))]
    feed = feedparser.parse(publish(issues)[f"feeds/papers.{syntax}"])
    assert [entry.id[-1] for entry in feed.entries] == ["4", "1", "2", "3"]
    dates = [entry.published_parsed for entry in feed.entries]
    assert dates == sorted(dates, reverse=True)
    assert len(set(dates)) == 4


def test_as_many_as_promised() -> None:
    issues = [issue(f"2024-05-{day:02}", *(paper(day * 100 + n) for n in range(20))) for day in range(1, 11)]
    files = publish(issues)
    assert len(json.loads(files["feeds/papers.json"])["items"]) == 75
    assert len(json.loads(files["feeds/issues.json"])["items"]) == 7
    assert len(json.loads(files["feeds/archive/2024-05.json"])["items"]) == 200
    fewer = run(jsonfeed.export, issues, SERIES, papers=5, days=2)
    assert len(json.loads(fewer["feeds/papers.json"])["items"]) == 5
    assert len(json.loads(fewer["feeds/issues.json"])["items"]) == 2


def test_a_repeated_paper_stays_where_it_was_first() -> None:
    alone = publish([issue("2024-05-03", paper(1), paper(2))])
    again = publish([issue("2024-05-03", paper(1), paper(2)), issue("2024-05-04", paper(2, "Another title"))])
    assert alone["feeds/papers.atom"] == again["feeds/papers.atom"]
    assert alone["feeds/archive/2024-05.rss"] == again["feeds/archive/2024-05.rss"]


def test_votes_move_nothing() -> None:
    before, after = (publish([issue("2024-05-03", paper(1, votes=votes))]) for votes in (3, 4000))
    assert before == after


def test_an_appended_paper_moves_nothing() -> None:
    before = json.loads(publish([issue("2024-05-03", paper(1))])["feeds/papers.json"])["items"]
    after = json.loads(publish([issue("2024-05-03", paper(1), paper(2))])["feeds/papers.json"])["items"]
    assert before == after[:1]


def test_an_empty_day_takes_nothing_away() -> None:
    issues = [issue("2024-05-03", paper(1)), issue("2024-05-04", paper(2))]
    before, after = publish(issues), publish([*issues, issue("2024-05-05")])
    assert before["feeds/papers.atom"] == after["feeds/papers.atom"]
    assert before["feeds/issues.rss"] == after["feeds/issues.rss"]


@pytest.mark.parametrize("syntax", ALL)
def test_the_archive_is_the_whole_history(syntax: str) -> None:
    """Walk back from the subscription document as RFC 5005 and JSON Feed tell clients to."""
    days = ["2023-11-20", "2023-11-30", "2024-01-01", "2024-05-03"]
    files = publish([issue(day, *(paper(100 * n + m) for m in range(3))) for n, day in enumerate(days)])
    address, seen, walked = f"feeds/papers.{syntax}", set(), []
    while address:
        walked.append(address)
        ids, address = _ids_and_older(files[address.removeprefix("https://example.org/daily/")], syntax)
        seen |= ids
    assert [name.rpartition("/")[2].partition(".")[0] for name in walked[1:]] == ["2024-05", "2024-01", "2023-11"]
    assert len(seen) == 12


def _ids_and_older(document: bytes, syntax: str) -> tuple[set[str], str]:
    if syntax == "json":
        feed = json.loads(document)
        return {item["id"] for item in feed["items"]}, feed.get("next_url", "")
    older = values(document, "//atom:link[@rel='prev-archive']/@href")
    return {entry.id for entry in feedparser.parse(document).entries}, older[0] if older else ""


@pytest.mark.parametrize("syntax", XML)
def test_archive_documents_say_that_they_are(syntax: str) -> None:
    files = publish([issue("2024-04-30", paper(1)), issue("2024-05-03", paper(2)), issue("2024-06-01", paper(3))])
    document = files[f"feeds/archive/2024-05.{syntax}"]
    assert len(values(document, "//fh:archive")) == 1
    assert values(document, "//atom:link[@rel='current']/@href") == [f"https://example.org/daily/feeds/papers.{syntax}"]
    assert values(document, "//atom:link[@rel='next-archive']") == []
    assert values(files[f"feeds/papers.{syntax}"], "//fh:archive") == []
    ids = {tuple(values(files[name], "/atom:feed/atom:id")) for name in files if name.endswith(f".{syntax}")}
    assert len(ids) == (2 if syntax == "atom" else 1)


def test_two_builds_a_month_apart() -> None:
    issues = [issue("2024-04-30", paper(1)), issue("2024-05-03", paper(2))]
    before, after = publish(issues), publish([*issues, issue("2024-06-01", paper(3)), issue("2024-06-02", paper(1))])
    for name in before:
        if "archive" in name:
            assert before[name] == after[name], name
    old, new = (json.loads(files["feeds/papers.json"])["items"] for files in (before, after))
    assert [item for item in new if item in old] == old


@pytest.mark.parametrize("syntax", XML)
def test_a_book_is_the_one_enclosure_of_its_issue(syntax: str) -> None:
    book = {"daily-papers-2024-05-03.epub": b"x" * 321}
    document = publish([issue("2024-05-03", paper(1), paper(2)), issue("2024-05-04", paper(3))], **book)
    with_book, without = reversed(feedparser.parse(document[f"feeds/issues.{syntax}"]).entries)
    [enclosure] = with_book.enclosures
    assert enclosure.href == "https://example.org/daily/epub/daily-papers-2024-05-03.epub"
    assert (enclosure.length, enclosure.type) == ("321", "application/epub+zip")
    assert without.enclosures == []
    assert with_book.content[0].value.count("<h2>") == 2
    assert "요약 2입니다." in with_book.content[0].value


@pytest.mark.parametrize("exporter", [*ALL.values(), opml.export])
def test_without_an_address_links_are_left_out_and_it_is_said_once(exporter: Exporter[Any]) -> None:
    output = subscription(exporter, [issue("2024-05-03", paper(1))], Series())
    assert [said.code for said in output.diagnostics] == [Code.NO_BASE_URL]
    for name, document in output.files.items():
        assert b"example.org" not in document
        assert b"huggingface.co/papers" in document
        assert name.endswith(".json") or values(document, "//atom:link[@rel='self' or @rel='prev-archive']") == []


def test_a_feed_that_is_too_large_says_so() -> None:
    issues = [issue("2024-05-03", *(paper(n, "Title " * 900) for n in range(75)))]
    said = subscription(atom.export, issues).diagnostics
    assert {diagnostic.code for diagnostic in said} == {Code.FEED_TOO_LARGE}
    assert said[0].message.startswith("feeds/papers.atom: ")


RECORD = Record(
    title="A Title",
    authors=(Author(name="First Author"), Author(name="Last Author")),
    categories=("cs.CL", "hep-th"),
    published=datetime.date(2024, 5, 2),
)


@pytest.mark.parametrize("syntax", XML)
def test_what_arxiv_knows_goes_before_what_the_digest_lists(syntax: str) -> None:
    document = publish([issue("2024-05-03", paper(1, record=RECORD, authors_complete=False))])[f"feeds/papers.{syntax}"]
    [entry] = feedparser.parse(document).entries
    assert [author.name for author in entry.authors] == ["First Author", "Last Author"]
    assert [(tag.term, tag.scheme) for tag in entry.tags] == [
        ("cs.CL", "http://arxiv.org/schemas/atom"),
        ("hep-th", "http://arxiv.org/schemas/atom"),
    ]
    assert entry.prism_publicationdate == "2024-05-02"
    assert "<p>First Author, Last Author</p>" in entry.content[0].value


@pytest.mark.parametrize(
    ("names", "complete", "line"),
    [
        (2, True, "A0, A1"),
        (2, False, "A0, A1 외"),
        (7, True, "A0, A1, A2, A3, A4 외 2명"),
        (7, False, "A0, A1, A2, A3, A4 외"),
    ],
)
def test_a_cut_list_of_authors_says_so_and_makes_up_nobody(names: int, complete: bool, line: str) -> None:
    authors = tuple(f"A{n}" for n in range(names))
    files = publish([issue("2024-05-03", paper(1, authors=authors, authors_complete=complete))])
    [item] = json.loads(files["feeds/papers.json"])["items"]
    assert f"<p>{line}</p>" in item["content_html"]
    assert [author["name"] for author in item["authors"]] == list(authors)
    assert values(files["feeds/papers.rss"], "//dc:creator") == list(authors)
    assert values(files["feeds/papers.atom"], "//atom:entry/atom:author/atom:name") == list(authors)


@pytest.mark.parametrize("syntax", XML)
def test_a_video_is_linked_not_shown(syntax: str) -> None:
    video = Media(kind="video", url="https://example.org/a.mp4")
    document = publish([issue("2024-05-03", paper(1, media=video))])[f"feeds/papers.{syntax}"]
    [entry] = feedparser.parse(document).entries
    assert entry.content[0].value.startswith('<p><a href="https://example.org/a.mp4">동영상</a></p>')
    assert entry.media_content == [{"url": video.url, "medium": "video", "type": "video/mp4"}]
    assert "media_thumbnail" not in entry


@pytest.mark.parametrize(
    ("arxiv_id", "month"),
    [
        ("2405.01234", "2024-05"),
        ("0704.0001", "2007-04"),
        ("hep-th/9901001", "1999-01"),
        ("hep-th/0703001", "2007-03"),
        ("2499.01234", "2024"),
    ],
)
def test_a_citation_is_dated_by_the_id(arxiv_id: str, month: str) -> None:
    document = publish([issue("2024-05-03", Paper(arxiv_id=arxiv_id, title="T"))])["feeds/papers.rss"]
    assert values(document, "//prism:publicationDate") == [month]


def test_a_paper_outside_arxiv_is_not_cited_as_arxiv() -> None:
    linked = Paper(title="Linked", url="https://example.org/p", summary=(Point(text="b"),))
    issues = [issue("2024-05-03", linked, Paper(title="Bare"))]
    document = publish(issues)["feeds/papers.rss"]
    assert b"prism" not in document
    assert values(document, "//item[1]/guid/@isPermaLink") == ["true"]
    assert values(document, "//item[2]/guid/@isPermaLink") == ["false"]
    assert values(document, "//item[2]/link") == []
    [urn] = values(document, "//item[2]/guid")
    assert urn == values(publish(issues)["feeds/papers.atom"], "//atom:entry[2]/atom:id")[0]
    assert urn.startswith("urn:uuid:")


def test_languages_of_feed_title_and_content() -> None:
    files = publish([issue("2024-05-03", paper(1, "An English title"))])
    [content] = tree(files["feeds/papers.atom"]).iter(f"{{{NAMESPACES['atom']}}}content")
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert content.get(language) == "ko"
    assert content.getparent()[1].get(language) == "en"
    assert values(files["feeds/papers.rss"], "//item/dc:language") == ["ko"]
    japanese = publish(
        [issue("2024-05-03", paper(1, authors_complete=False))], SERIES.model_copy(update={"language": "ja"})
    )
    assert values(japanese["feeds/papers.rss"], "//channel/language | //item/dc:language") == ["ja", "ja"]
    assert "Kim Minji ほか</p>" in json.loads(japanese["feeds/papers.json"])["items"][0]["content_html"]


@pytest.mark.parametrize(
    ("logo", "icon", "image"),
    [
        ("https://e.org/l.PNG", "https://e.org/i.png", ["https://e.org/l.PNG"]),
        ("https://e.org/l.svg", "https://e.org/i.gif", ["https://e.org/i.gif"]),
        (None, "https://e.org/i.webp", []),
        (None, None, []),
    ],
)
def test_icon_and_logo(logo: str | None, icon: str | None, image: list[str]) -> None:
    files = publish([issue("2024-05-03", paper(1))], SERIES.model_copy(update={"logo": logo, "icon": icon}))
    assert values(files["feeds/papers.rss"], "//channel/image/url") == image
    for name in "feeds/papers.atom", "feeds/issues.rss":
        assert values(files[name], "//atom:logo") == [url for url in [logo] if url]
        assert values(files[name], "//atom:icon") == [url for url in [icon] if url]
    assert json.loads(files["feeds/papers.json"]).get("favicon") == icon


@pytest.mark.parametrize("syntax", ALL)
def test_an_empty_feed_is_a_feed(syntax: str) -> None:
    output = subscription(ALL[syntax], [])
    assert sorted(output.files) == [f"feeds/issues.{syntax}", f"feeds/papers.{syntax}"]
    for document in output.files.values():
        if syntax == "json":
            assert json.loads(document)["items"] == []
        else:
            assert not feedparser.parse(document).bozo


def test_opml_lists_each_feed_once() -> None:
    files = {"feeds/papers.rss": b"", "feeds/papers.atom": b"", "feeds/issues.json": b""}
    document = run(opml.export, [issue("2024-05-03", paper(1))], SERIES, published=files)["feeds/feeds.opml"]
    assert values(document, "//outline/@xmlUrl") == [
        "https://example.org/daily/feeds/papers.atom",
        "https://example.org/daily/feeds/issues.json",
    ]
    assert values(document, "//outline/@type") == ["rss", "rss"]
    assert values(document, "//outline/@title") == values(document, "//outline/@text")
    assert [title.replace("\u200b", "") for title in values(document, "//outline/@title")] == [
        "Daily & <Papers>",
        "Daily & <Papers> (일별)",
    ]


def test_opml_of_no_feeds_is_not_written() -> None:
    assert run(opml.export, [issue("2024-05-03", paper(1))], SERIES) == {}


@pytest.mark.parametrize(
    ("title", "type", "written"),
    [
        ("A <think> token", None, "A <think> token"),
        ("A </b> tag", "html", "A &lt;/b&gt; tag"),
        ("An &amp; entity", "html", "An &amp;amp; entity"),
        ("AT&T", None, "AT&T"),
    ],
)
def test_titles_of_atom_are_text_unless_that_could_be_doubted(title: str, type: str | None, written: str) -> None:
    document = publish([issue("2024-05-03", paper(1, title))])["feeds/papers.atom"]
    element = tree(document).find("atom:entry/atom:title", NAMESPACES)
    assert element is not None
    assert (element.get("type"), element.text) == (type, written)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<think> first", "<\u200bthink> first"),
        ("a </b> c", "a <\u200b/b> c"),
        ("<!-- x", "<\u200b!-- x"),
        ("AT&T and Q&A", "AT&T and Q&A"),
        ("a & b < c <3", "a & b < c <3"),
        ("&lt;", "&\u200blt;"),
        ("&copyright", "&\u200bcopyright"),
        ("&#60;", "&\u200b#60;"),
        ("R&2D", "R&\u200b2D"),
        ("한국&어", "한국&어"),
    ],
)
def test_inert(text: str, kept: str) -> None:
    assert inert(text) == kept


@pytest.mark.parametrize(
    ("text", "size", "cut"),
    [
        ("short", 5, "short"),
        ("several words here", 12, "several…"),
        ("withoutanyspaces", 10, "without…"),
        ("요약입니다", 12, "요약입…"),
        ("이것은요약 입니다", 22, "이것은요약…"),
    ],
)
def test_shorten(text: str, size: int, cut: str) -> None:
    assert shorten(text, size) == cut
    assert len(cut.encode()) <= size


@pytest.mark.parametrize(
    ("offset", "date"),
    [
        ("+00:00", "Fri, 03 May 2024 00:16:39 +0000"),
        ("+09:00", "Fri, 03 May 2024 00:16:39 +0900"),
        ("-03:30", "Fri, 03 May 2024 00:16:39 -0330"),
        ("+05:45", "Thu, 02 May 2024 18:31:39 +0000"),
    ],
)
def test_dates_of_rss(offset: str, date: str) -> None:
    series = SERIES.model_copy(update={"utc_offset": offset})
    document = publish([issue("2024-05-03", paper(1))], series)["feeds/papers.rss"]
    assert values(document, "//pubDate | //lastBuildDate") == [date, date]


def test_dates_know_no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """feedgen sets the locale of the process to write a date; ours are written without."""

    def forbidden(*arguments: object) -> str:
        raise AssertionError("the locale was touched")

    monkeypatch.setattr(locale, "setlocale", forbidden)
    publish([issue("2024-05-03", paper(1))])
    assert rfc822(datetime.datetime(2024, 12, 1, tzinfo=datetime.UTC)) == "Sun, 01 Dec 2024 00:00:00 +0000"


def test_imports_are_light() -> None:
    code = "import sys, paperround.exporters.atom, paperround.exporters.rss; print('lxml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
