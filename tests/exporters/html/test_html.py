"""Pages say what a digest says, lead to what is there, and change only where they must."""

import datetime
import json
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from paperround.exporters import Selected, Series, load
from paperround.exporters.html.render import STATIC
from paperround.exporters.testing import MemoryOutput, run
from paperround.model import Author, Issue, Media, Paper, Point, Record, read

from ...command import DIGESTS
from .html_cases import FEEDS, OTHERS, SERIES, empty, issue, paper, site, tree, values

ALTERNATE = "//link[@rel='alternate']"


def digests() -> list[Issue]:
    return list(read([DIGESTS], lambda said: None))


def test_a_new_issue_changes_only_what_speaks_of_it() -> None:
    *old, new = digests()
    before, after = site(old), site([*old, new])
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {
        "index.html",
        "history.html",
        f"issues/{old[-1].date}.html",
        f"issues/{new.date}.html",
        "years/2025.html",
        "search/2025-01.json",
        "search/2025.json",
        "sitemaps/2025.xml",
        *(f"papers/{new.date}/{paper.arxiv_id}.html" for paper in new.papers),
    }
    assert before.keys() - after.keys() == set()


def test_votes_of_an_issue_change_only_what_shows_them() -> None:
    days = [issue("2024-05-03", paper(1)), issue("2024-05-06", paper(2)), issue("2024-06-03", paper(3))]
    liked = days[1].model_copy(update={"papers": (paper(2, votes=99),)})
    before, after = site(days), site([days[0], liked, days[2]])
    assert {name for name in after if after[name] != before[name]} == {
        "history.html",
        "issues/2024-05-06.html",
        "papers/2024-05-06/2405.00002.html",
        "search/2024-05.json",
    }


def test_every_paper_has_a_place_that_stays() -> None:
    papers = [
        paper(7),
        Paper(arxiv_id="hep-th/9901001", title="Old"),
        Paper(title="Elsewhere", url="https://example.org/p.pdf"),
        Paper(title="Nowhere"),
        Paper(title="Nowhere"),
    ]
    page = site([issue("2024-05-03", *papers)])["issues/2024-05-03.html"]
    assert values(page, "//article[@class='paper']/@id") == [
        "2405.00007",
        "hep-th/9901001",
        "paper.23ada8f531c51b0b",
        "paper.82449f021dd348be",
        "paper.82449f021dd348be-2",
    ]
    assert values(page, "//nav[@class='contents']//a/@href") == [
        f"#{name}" for name in values(page, "//article[@class='paper']/@id")
    ]


def test_days_lead_to_their_neighbours() -> None:
    pages = site([issue("2024-05-03"), issue("2024-05-06"), issue("2025-01-01")])
    middle = pages["issues/2024-05-06.html"]
    assert values(middle, "//link[@rel='prev']/@href") == ["2024-05-03.html"]
    assert values(middle, "//a[@rel='next']/@href") == ["2025-01-01.html"] * 2
    assert values(pages["issues/2024-05-03.html"], "//*[@rel='prev']") == []
    assert values(pages["years/2024.html"], "//a[@rel='next']/@href") == ["2025.html"]


def test_feeds_are_named_on_every_page_and_only_those_that_are_published() -> None:
    for name, page in site([issue("2024-05-03")]).items():
        if name.endswith(".html"):
            root = "/daily/" if name == "404.html" else "../" * name.count("/")
            assert sorted(values(page, f"{ALTERNATE}/@href")) == sorted(f"{root}{feed}" for feed in FEEDS)
            assert values(page, f"{ALTERNATE}/@href")[0] == f"{root}feeds/papers.atom"
    bare = site([issue("2024-05-03")], published={"feeds/papers.rss": b"-"})
    assert values(bare["index.html"], f"{ALTERNATE}/@type") == ["application/rss+xml"]
    alone = site([issue("2024-05-03")], published={})["index.html"]
    assert values(alone, "//*[@id='subscribe'] | //a[contains(@href, '#ways')]") == []


def test_the_index_offers_what_is_published() -> None:
    book = {"epub/daily-papers-2024-05-03.epub": b"-", "epub/daily-papers-2024-05-03-thumbnail.jpg": b"-"}
    days = [issue("2024-05-02"), issue("2024-05-03")]
    index = site(days, published=FEEDS | book | dict.fromkeys(OTHERS, b"-"))["index.html"]
    offered = values(index, "//*[@class='front' or @id='data']//a/@href")
    assert offered[2:] != []
    assert {*OTHERS, "epub/daily-papers-2024-05-03.epub", "feeds/issues.json"} <= set(offered)
    assert values(index, "//ul[@class='covers']//img/@src") == ["epub/daily-papers-2024-05-03-thumbnail.jpg"]
    assert values(index, "//*[@class='drawn']") == ["05-02"]
    assert set(OTHERS).isdisjoint(values(site(days)["index.html"], "//a/@href"))


@pytest.mark.parametrize("part", ["2024-05-03", "2024-W18", "2024-05"])
def test_the_newest_book_is_the_shortest_period_s(part: str) -> None:
    book = f"epub/daily-papers-{part}.epub"
    index = site([issue("2024-05-03")], published={book: b"-"})["index.html"]
    assert book in values(index, "//*[@class='front']//a/@href")


def test_the_index_has_the_newest_twelve_months_and_every_year() -> None:
    days = [issue(f"{year}-{month:02}-05") for year in (2022, 2023, 2024) for month in range(1, 13)]
    index = site(days)["index.html"]
    assert values(index, "//ul[@class='covers']//time/@datetime") == [
        f"2024-{month:02}-05" for month in range(12, 0, -1)
    ]
    assert values(index, "//ul[@class='years']//a/@href") == [f"years/{year}.html" for year in (2024, 2023, 2022)]
    assert json.loads(site(days)["search/index.json"])["months"][:2] == ["2024-12", "2024-11"]


def test_the_index_of_a_year_and_a_half_is_small() -> None:
    start = datetime.date(2023, 11, 20)
    dates = [start + datetime.timedelta(days=number * 7 // 5) for number in range(357)]
    papers = tuple(paper(number, f"A Title of Some Length That Papers Have, Number {number}") for number in range(16))
    days = [issue(date.isoformat(), *papers) for date in dates]
    books = {f"epub/daily-papers-{date}{end}": b"-" for date in dates for end in (".epub", "-thumbnail.jpg")}
    assert len(site(days, published=FEEDS | books | dict.fromkeys(OTHERS, b"-"))["index.html"]) < 100_000


def test_pages_tell_their_address_only_where_it_is_known() -> None:
    named = site([issue("2024-05-03")])
    assert values(named["index.html"], "//link[@rel='canonical']/@href") == ["https://example.org/daily/"]
    address = "https://example.org/daily/issues/2024-05-03.html"
    assert values(named["issues/2024-05-03.html"], "//meta[@property='og:url']/@content") == [address]
    unnamed = site([issue("2024-05-03")], Series())
    for name, page in unnamed.items():
        if name.endswith(".html"):
            assert values(page, "//link[@rel='canonical'] | //meta[@property='og:url']") == []
            assert b"example.org" not in page


@pytest.mark.parametrize(("series", "texts", "shown"), [(None, "ko", "ko"), (None, "ja", "ja"), ("ko-KR", "en", "ko")])
def test_words_and_texts_say_their_languages(series: str | None, texts: str, shown: str) -> None:
    page = site([issue("2024-05-03", language=texts)], Series(language=series))["issues/2024-05-03.html"]
    tongue = series or texts
    assert values(page, "/html/@lang") == [shown]
    assert values(page, "//*[@class='summary']/@lang") == ([] if tongue == shown else [tongue])
    assert values(page, "//article/h2/@lang") == ([] if shown == "en" else ["en"])


def test_citations_are_those_of_the_library() -> None:
    days = digests()
    library = run(load("bibtex"), days, SERIES)["papers.bib"].decode()
    shown: dict[str, str] = {}
    for name, page in sorted(site(days).items()):
        if "issues/" in name:
            for entry in values(page, "//pre/code"):
                shown.setdefault(entry.partition("@misc{")[2].partition(",")[0], entry)  # the library has the first
    assert len(shown) > 50
    assert [each for each in shown.values() if f"{each}\n" not in library] == []


def test_zotero_gets_what_is_known() -> None:
    record = Record(
        title="A {T}itle",
        authors=(
            Author(name="Ludwig van Beethoven", family="van Beethoven", given="Ludwig"),
            Author(name="DeepSeek-AI"),
        ),
        categories=("cs.CL",),
        published=datetime.date(2024, 5, 1),
    )
    page = site([issue("2024-05-03", paper(1, record=record), paper(2, "Ünlike & Co"), Paper(title="Alone"))])
    known, unknown, alone = (
        parse_qs(each) for each in values(page["issues/2024-05-03.html"], "//span[@class='Z3988']/@title")
    )
    assert known == {
        "ctx_ver": ["Z39.88-2004"],
        "rft_val_fmt": ["info:ofi/fmt:kev:mtx:dc"],
        "rft.type": ["preprint"],
        "rft.title": ["A Title"],
        "rft.creator": ["van Beethoven, Ludwig", "DeepSeek-AI"],
        "rft.date": ["2024-05-01"],
        "rft.publisher": ["arXiv"],
        "rft_id": ["info:doi/10.48550/arXiv.2405.00001", "https://arxiv.org/abs/2405.00001"],
        "rft.subject": ["cs.CL"],
    }
    assert unknown["rft.title"] == ["Ünlike & Co"]
    assert unknown["rft.creator"] == ["Ada Lovelace", "Kim Minji"]
    assert unknown["rft.description"] == ["The order of these authors is not known."]
    assert (alone["rft.type"], "rft.creator" in alone) == (["document"], False)


def test_pictures_wait_and_those_without_encryption_are_links() -> None:
    media = [
        Media(kind="image", url="https://example.org/a.png"),
        Media(kind="image", url="http://example.org/b.png"),
        Media(kind="video", url="https://example.org/c.mp4"),
    ]
    papers = [paper(number, media=each) for number, each in enumerate(media)]
    page = site([issue("2024-05-03", *papers)])["issues/2024-05-03.html"]
    (picture,) = tree(page).xpath("//main//img")
    assert dict(picture.attrib) == {
        "src": "https://example.org/a.png",
        "alt": "논문 “A Title”의 그림",
        "width": "640",
        "height": "360",
        "loading": "lazy",
        "decoding": "async",
    }
    links = values(page, "//ul[@class='links']//a/@href")
    assert {"http://example.org/b.png", "https://example.org/c.mp4"} <= set(links)


def test_long_lists_of_authors_open() -> None:
    names = tuple(f"Author {number}" for number in range(30))
    papers = paper(1, authors=names), paper(2, authors=names[:3], authors_complete=False)
    page = site([issue("2024-05-03", *papers)])["issues/2024-05-03.html"]
    assert values(page, "//details[@class='authors']/summary") == [f"{', '.join(names[:8])} 외 22명"]
    assert values(page, "//details[@class='authors']/p") == [", ".join(names)]
    assert values(page, "//p[@class='authors']") == ["Author 0, Author 1, Author 2 외"]


def test_search_holds_every_paper_as_plain_text() -> None:
    summary = (Point(heading="**새** 것", text="`code` & $x^2$", points=(Point(text="안쪽"),)),)
    found = site([issue("2024-05-03", paper(1).model_copy(update={"summary": summary}), paper(2))])
    shard = json.loads(found["search/2024-05.json"])
    assert shard[0] == {
        "day": "2024-05-03",
        "id": "2405.00001",
        "title": "A Title",
        "authors": "Ada Lovelace, Kim Minji",
        "votes": 1,
    }
    assert [each["id"] for each in shard] == ["2405.00001", "2405.00002"]
    assert found["search/2024-05.json"].count(b"\n") == 4


def test_selections_are_linked_and_stand_by_themselves() -> None:
    liked = Selected(Series(title="Liked"), "select/liked/")
    beside = {f"select/liked/{name}": b"-" for name in ("index.html", "feeds/papers.atom")}
    bound = load("html").bind("html", {})
    output = MemoryOutput(SERIES, bound.files, beside=beside, selections=(liked,))
    with bound.open(output) as write:
        write(issue("2024-05-03"))
    index = output.files["index.html"]
    assert values(index, "//*[@id='selections']//a/@href")[:1] == ["select/liked/index.html"]
    assert "select/liked/feeds/papers.atom" in values(index, "//*[@id='selections']//a/@href")


def test_a_series_without_an_issue_has_pages() -> None:
    pages = empty(Series(language="ko"))
    assert "아직 나온 호가 없습니다." in values(pages["index.html"], "//main//p")
    assert json.loads(pages["search/index.json"]) == {"months": [], "years": [], "pages": True}


def test_an_issue_without_papers_is_led_through_but_not_listed() -> None:
    nothing = issue("2024-05-06").model_copy(update={"papers": ()})
    pages = site([issue("2024-05-03"), nothing, issue("2024-05-07")])
    assert values(pages["issues/2024-05-06.html"], "//nav//a[@rel='prev']/@href") == ["2024-05-03.html"]
    assert "issues/2024-05-06.html" not in values(pages["index.html"], "//a/@href")
    assert json.loads(pages["search/2024-05.json"])


def test_what_pages_share_is_what_lies_in_the_package() -> None:
    found = site([issue("2024-05-03")])
    folder = files("paperround.exporters.html") / "static"
    assert {name: found[f"static/{name}"] for name in STATIC} == {name: (folder / name).read_bytes() for name in STATIC}


def test_nothing_stands_in_a_page_that_its_policy_would_refuse() -> None:
    for name, page in site(digests()).items():
        if name.endswith(".html"):
            scripts = "//script[not(@src or @type='application/ld+json')]"
            assert values(page, f"//style | //@style | {scripts} | //*[@*[starts-with(name(), 'on')]]") == []
            root = "/daily/" if name == "404.html" else "../" * name.count("/")
            own = ["static/search.js"] if name == "search.html" else []
            assert values(page, "//script/@src") == [*own, f"{root}static/script.js"]


def test_the_script_sets_no_html() -> None:
    script = Path(str(files("paperround.exporters.html") / "static" / "script.js")).read_text(encoding="utf-8")
    assert not [
        word for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(") if word in script
    ]
