"""What an entry holds, read back by parsers that are not ours."""

import datetime
import json
import locale
import subprocess
import sys
from pathlib import Path

import feedparser
import jsonschema
import pytest
from lxml import etree
from paperround.exporters.feeds import atom, jsonfeed
from paperround.exporters.feeds.dates import rfc822
from paperround.exporters.testing import run
from paperround.exporters.text.plain import inert, shorten
from paperround.model import Media, Paper, Point

from .feed_cases import NAMESPACES, RECORD, SERIES, XML, issue, paper, publish, tree, values

SCHEMAS = Path(__file__).parents[2] / "schemas"


@pytest.mark.parametrize("syntax", XML)
def test_feedparser_reads_everything(syntax: str) -> None:
    picture = Media(kind="image", url="https://example.org/a.png?x=1&y=2")
    issues = [issue("2024-04-26", paper(6)), issue("2024-05-03", paper(7, "Cats & <dogs>", media=picture))]
    document = publish(issues)[f"feeds/papers.{syntax}"]
    feed = feedparser.parse(document)
    assert not feed.bozo
    assert feed.feed.title.replace("\u200b", "") == "Daily & <Papers>"
    assert (feed.feed.language, feed.feed.link) == ("ko", "https://example.org/daily/")
    assert [(link.rel, link.href) for link in feed.feed.links if link.rel != "alternate"] == [
        ("self", f"https://example.org/daily/feeds/papers.{syntax}"),
        ("hub", "https://hub.example.org/"),
        ("prev-archive", f"https://example.org/daily/feeds/archive/2024-W17.{syntax}"),
    ]
    entry = feed.entries[0]
    assert (entry.id, entry.link) == ("https://arxiv.org/abs/2405.00007", "https://arxiv.org/abs/2405.00007")
    assert entry.title.replace("\u200b", "") == "Cats & <dogs>"
    assert [author.name for author in entry.authors] == ["Ada Lovelace", "Kim Minji"]
    assert entry.published_parsed[:6] == (2024, 5, 3, 0, 16, 39)
    assert entry.summary == "요약 7입니다."
    assert entry.content[0].value.startswith('<p><img alt="" src="https://example.org/a.png?x=1&amp;y=2"')
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


@pytest.mark.parametrize("syntax", XML)
def test_what_arxiv_knows_goes_before_what_the_digest_lists(syntax: str) -> None:
    document = publish([issue("2024-05-03", paper(1, record=RECORD, authors_complete=False))])[f"feeds/papers.{syntax}"]
    [entry] = feedparser.parse(document).entries
    assert [author.name for author in entry.authors] == ["First Author", "Last Author"]
    assert [tag.term for tag in entry.tags] == ["cs.CL", "hep-th"]
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


@pytest.mark.parametrize(
    ("title", "type", "written"),
    [
        ("A <think> token", None, "A <think> token"),
        ("A </b> tag", "html", "A &lt;/b&gt; tag"),
        ("An `&amp;` entity", "html", "An &amp;amp; entity"),
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


def test_dates_of_entries_ask_no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """feedgen sets the locale of the process for each date that it writes: those of entries are written without it."""
    before, calls = locale.setlocale(locale.LC_ALL), []
    monkeypatch.setattr(locale, "setlocale", lambda *arguments: calls.append(arguments) or before)
    publish([issue("2024-05-03", paper(1))])
    of_heads = len(calls)
    publish([issue("2024-05-03", paper(1), paper(2), paper(3))])
    assert len(calls) == 2 * of_heads
    assert rfc822(datetime.datetime(2024, 12, 1, tzinfo=datetime.UTC)) == "Sun, 01 Dec 2024 00:00:00 +0000"


def test_imports_are_light() -> None:
    code = "import sys, paperround.exporters.feeds.atom, paperround.exporters.feeds.rss; print('lxml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
