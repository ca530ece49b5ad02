"""What an entry holds, read back by parsers that are not ours."""

import datetime
import json
import locale
import subprocess
import sys
from html import escape
from pathlib import Path

import feedparser
import jsonschema
import pytest
from lxml import etree
from paperround.exporters import Selected, load
from paperround.exporters.feeds import atom, jsonfeed
from paperround.exporters.feeds.dates import rfc822
from paperround.exporters.testing import MemoryOutput, run
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
    assert ("<p>First Author, Last Author</p>" in entry.content[0].value) == (syntax == "rss")


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
    [shown] = values(files["feeds/papers.rss"], "//item/*[local-name()='encoded']")
    assert f"<p>{line}</p>" in shown.replace("\u00a0", " ").replace("\u2060", "")
    assert [author["name"] for author in item["authors"]] == list(authors)
    assert values(files["feeds/papers.rss"], "//dc:creator") == list(authors)
    assert values(files["feeds/papers.atom"], "//atom:entry/atom:author/atom:name") == list(authors)
    # Their readers show all of those elements; a line in the content would be the second.
    for content in item["content_html"], *values(files["feeds/papers.atom"], "//atom:entry/atom:content"):
        assert "A0" not in content
        assert ("이 밖에도 저자가 더 있습니다." in content) is not complete


@pytest.mark.parametrize("syntax", XML)
def test_a_video_shows_a_still_and_loads_when_asked(syntax: str) -> None:
    video = Media(kind="video", url="https://example.org/a.mp4")
    document = publish([issue("2024-05-03", paper(1, media=video))])[f"feeds/papers.{syntax}"]
    [entry] = feedparser.parse(document).entries
    still = "https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2405.00001.png"
    assert entry.content[0].value.startswith(
        f'<p><video controls="" poster="{still}" preload="none" src="https://example.org/a.mp4">'
        '<a href="https://example.org/a.mp4">동영상</a></video></p>'
    )
    assert entry.media_content == [{"url": video.url, "medium": "video", "type": "video/mp4"}]
    assert entry.media_thumbnail == [{"url": still}]
    elsewhere = paper(1, media=video).model_copy(update={"arxiv_id": None})
    [entry] = feedparser.parse(publish([issue("2024-05-03", elsewhere)])[f"feeds/papers.{syntax}"]).entries
    assert "poster" not in entry.content[0].value
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
    assert "Kim Minji ほか</p>" in values(japanese["feeds/papers.rss"], "//item/*[local-name()='encoded']")[0]
    assert "ほかにも著者がいます。" in json.loads(japanese["feeds/papers.json"])["items"][0]["content_html"]


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


# ------------------------------------------------------------------------------------------------ home and elsewhere

PAGES = {"index.html": b"", "static/icon.svg": b""}
PLACE = "https://example.org/daily/issues/2024-05-03.html"


@pytest.mark.parametrize("syntax", XML)
def test_entries_lead_home_where_there_are_pages(syntax: str) -> None:
    issues = [issue("2024-05-03", paper(1), Paper(title="Bare notes on soil"))]
    files = run(XML[syntax], issues, SERIES, published=PAGES)
    [day] = feedparser.parse(files[f"feeds/issues.{syntax}"]).entries
    assert day.link == PLACE
    first, bare = feedparser.parse(files[f"feeds/papers.{syntax}"]).entries
    assert (first.id, first.link) == ("https://arxiv.org/abs/2405.00001", "https://arxiv.org/abs/2405.00001")
    assert f'<a href="{PLACE}#2405.00001">이 논문을 Daily &amp; &lt;Papers&gt;에서 보기</a>' in first.content[0].value
    assert bare.link.startswith(f"{PLACE}#")
    assert bare.id.startswith("urn:uuid:")
    if syntax == "atom":
        related = [link.href for link in first.links if link.rel == "related"]
        assert related == [f"{PLACE}#2405.00001"]
        assert [link.rel for link in bare.links] == ["alternate"]


def test_items_of_json_lead_home() -> None:
    issues = [issue("2024-05-03", paper(1, votes=3), Paper(title="Bare notes on soil"))]
    files = run(jsonfeed.export, issues, SERIES, published=PAGES)
    assert json.loads(files["feeds/issues.json"])["items"][0]["url"] == PLACE
    first, bare = json.loads(files["feeds/papers.json"])["items"]
    assert first["url"] == "https://arxiv.org/abs/2405.00001"
    assert f'href="{PLACE}#2405.00001"' in first["content_html"]
    assert bare["url"].startswith(f"{PLACE}#")


def test_entries_of_a_selection_without_pages_lead_to_those_of_the_whole_series() -> None:
    selection = SERIES.model_copy(
        update={"id": "daily-x", "title": "X", "icon": None, "base_url": "https://example.org/daily/select/x"}
    )
    whole = Selected(SERIES, "../../")
    day = issue("2024-05-03", paper(1), Paper(title="Bare notes on soil"))
    beside = {f"{whole.folder}{name}": data for name, data in PAGES.items()}
    output = MemoryOutput(selection, load("jsonfeed").bind("jsonfeed", {}).files, beside=beside, whole=whole)
    with load("jsonfeed").bind("jsonfeed", {}).open(output) as write:
        write(day)
    assert json.loads(output.files["feeds/issues.json"])["items"][0]["url"] == PLACE
    first, bare = json.loads(output.files["feeds/papers.json"])["items"]
    assert f'href="{PLACE}#2405.00001">이 논문을 {escape(SERIES.title)}에서 보기' in first["content_html"]
    [_, same] = json.loads(run(jsonfeed.export, [day], SERIES, published=PAGES)["feeds/papers.json"])["items"]
    assert bare["url"] == same["url"]
    assert json.loads(output.files["feeds/papers.json"])["favicon"] == "https://example.org/daily/static/icon.svg"


@pytest.mark.parametrize("published", [{}, PAGES])
def test_without_pages_or_an_address_entries_lead_where_they_led(published: dict[str, bytes]) -> None:
    series = SERIES.model_copy(update={"base_url": None}) if published else SERIES
    files = run(jsonfeed.export, [issue("2024-05-03", paper(1), Paper(title="Bare"))], series, published=published)
    [day] = json.loads(files["feeds/issues.json"])["items"]
    assert day["url"] == "https://huggingface.co/papers/date/2024-05-03"
    first, bare = json.loads(files["feeds/papers.json"])["items"]
    assert first["_paperround"] == {"arxiv_id": "2405.00001"}
    assert "url" not in bare
    assert "_paperround" not in bare


@pytest.mark.parametrize(
    ("values_", "came"),
    [
        ({"votes": 0}, True),
        ({"url": "https://huggingface.co/papers/2405.00001"}, True),
        ({"media": Media(kind="image", url="https://cdn-uploads.huggingface.co/x.png")}, True),
        ({"media": Media(kind="image", url="https://huggingface.co.example.org/x.png")}, False),
        ({"url": "https://arxiv.org/abs/2405.00001"}, False),
    ],
)
def test_only_what_came_from_hugging_face_leads_there(values_: dict[str, object], came: bool) -> None:
    files = publish([issue("2024-05-03", paper(1, **values_))])
    page = ["https://huggingface.co/papers/2405.00001"] if came else []
    [item] = json.loads(files["feeds/papers.json"])["items"]
    assert (">Hugging Face</a>" in item["content_html"]) == came
    assert values(files["feeds/papers.rss"], "//item/comments") == page
    assert values(files["feeds/papers.atom"], "//atom:entry/atom:link[@rel='replies']/@href") == page


def test_a_group_is_a_category() -> None:
    files = publish([issue("2024-05-03", paper(1, record=RECORD, group="**Garden** robots"), paper(2))])
    assert values(files["feeds/papers.rss"], "//item[1]/category") == ["cs.CL", "hep-th", "Garden robots"]
    assert json.loads(files["feeds/papers.json"])["items"][0]["tags"] == ["cs.CL", "hep-th", "Garden robots"]


def test_a_link_that_is_relative_shows_its_text() -> None:
    text = "See [code](/papers/2405.1), the [figure](./fig.png) and [notes](notes.md#x), [not this](at all)."
    found = paper(1).model_copy(update={"summary": (Point(text=text),)})
    [item] = json.loads(publish([issue("2024-05-03", found)])["feeds/papers.json"])["items"]
    assert "See code, the figure and notes, [not this](at all)." in item["content_html"]
    assert item["summary"] == "See code, the figure and notes, [not this](at all)."


def test_a_number_and_its_counter_stay_on_one_line() -> None:
    files = publish([issue("2024-05-03", paper(1, authors=tuple(f"A{n}" for n in range(8))))])
    assert "외\u00a03\u2060명" in values(files["feeds/papers.rss"], "//item/*[local-name()='encoded']")[0]


def test_without_an_icon_feeds_name_the_one_of_the_pages() -> None:
    bare = SERIES.model_copy(update={"icon": None, "logo": None})
    for series, published, icon in (
        (bare, PAGES, ["https://example.org/daily/static/icon.svg"]),
        (bare, {}, []),
        (SERIES, PAGES, ["https://example.org/icon.png"]),
    ):
        files = run(XML["atom"], [issue("2024-05-03", paper(1))], series, published=published)
        for name in "feeds/papers.atom", "feeds/issues.atom", "feeds/archive/2024-W18.atom":
            assert values(files[name], "/atom:feed/atom:icon") == icon


def test_a_group_is_not_taken_for_markup() -> None:
    files = publish([issue("2024-05-03", paper(1, group="<think> models"))])
    assert values(files["feeds/papers.rss"], "//item/category") == ["<\u200bthink> models"]
