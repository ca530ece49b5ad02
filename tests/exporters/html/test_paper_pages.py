"""A page for each paper: it stands for itself wherever its address is shared, and programs read it."""

import json
from typing import Any

from paperround.exporters import Series, load
from paperround.exporters.testing import run
from paperround.model import Issue, Media, Paper, Point

from .html_cases import FEEDS, SERIES, issue, paper, site, values

HOSTILE = "</script><script>alert(1)</script> & \"<b>'"
PICTURE = Media(kind="image", url="https://example.org/a.png")


def page_of(each: Paper, series: Series = SERIES) -> bytes:
    pages = {
        name: page for name, page in site([issue("2024-05-03", each)], series).items() if name.startswith("papers/")
    }
    (page,) = pages.values()
    return page


def linked_data(page: bytes) -> dict[str, Any]:
    (text,) = values(page, "//script[@type='application/ld+json']")
    found: dict[str, Any] = json.loads(text)
    return found


def test_every_paper_of_every_day_has_a_page() -> None:
    days = [issue("2024-05-03", paper(1), Paper(arxiv_id="hep-th/9901001", title="Old")), issue("2024-05-06", paper(1))]
    assert [name for name in site(days) if name.startswith("papers/")] == [
        "papers/2024-05-03/2405.00001.html",
        "papers/2024-05-03/hep-th.9901001.html",
        "papers/2024-05-06/2405.00001.html",
    ]


def test_a_paper_of_two_days_names_its_first_page_as_canonical() -> None:
    days = [issue("2024-05-03", paper(1)), issue("2024-05-06", paper(1), paper(2))]
    files = site(days)
    first = "https://example.org/daily/papers/2024-05-03/2405.00001.html"
    for day in ("2024-05-03", "2024-05-06"):
        page = files[f"papers/{day}/2405.00001.html"]
        assert values(page, "//link[@rel='canonical']/@href") == [first]
        assert values(page, "//meta[@property='og:url']/@content") == [first]
        assert linked_data(page)["url"] == first
    assert files["sitemaps/2024.xml"].count(b"2405.00001.html") == 1


def test_without_an_address_only_a_later_page_names_its_first() -> None:
    files = site([issue("2024-05-03", paper(1)), issue("2024-05-06", paper(1))], Series())
    canonical = "//link[@rel='canonical']/@href"
    assert values(files["papers/2024-05-03/2405.00001.html"], canonical) == []
    assert values(files["papers/2024-05-06/2405.00001.html"], canonical) == ["../../papers/2024-05-03/2405.00001.html"]
    assert "url" not in linked_data(files["papers/2024-05-06/2405.00001.html"])


def test_a_new_day_leaves_the_pages_of_other_months_alone() -> None:
    days = [issue("2024-04-30", paper(1)), issue("2024-05-03", paper(1))]
    files = site(days)
    assert values(files["papers/2024-05-03/2405.00001.html"], "//link[@rel='canonical']/@href") == [
        "https://example.org/daily/papers/2024-05-03/2405.00001.html"
    ]


def test_pages_can_be_turned_off_and_then_nothing_leads_to_them() -> None:
    files = run(load("html"), [issue("2024-05-03", paper(1))], SERIES, published=FEEDS, pages=False)
    assert not [name for name in files if name.startswith("papers/")]
    assert not [name for name, data in files.items() if b"papers/2024" in data]
    assert values(files["index.html"], "//ol[@class='papers']//a/@href") == ["issues/2024-05-03.html#2405.00001"]
    assert json.loads(files["search/index.json"])["pages"] is False


def test_a_shared_address_shows_the_paper_itself() -> None:
    page = page_of(paper(1, "On Kites", media=PICTURE))
    assert values(page, "//meta[starts-with(@property, 'og:') or @name='twitter:card']/@content") == [
        "https://example.org/daily/papers/2024-05-03/2405.00001.html",
        "article",
        "Daily & <Papers>",
        "On Kites",
        "요약 1입니다.",
        "https://example.org/a.png",
        "summary_large_image",
    ]
    assert values(page_of(paper(1)), "//meta[@name='twitter:card']/@content") == ["summary"]


def test_scholars_and_reference_managers_read_it() -> None:
    page = page_of(paper(1, "On Kites"))
    tags = "//meta[starts-with(@name, 'citation_')]"
    assert list(zip(values(page, f"{tags}/@name"), values(page, f"{tags}/@content"), strict=True)) == [
        ("citation_title", "On Kites"),
        ("citation_author", "Ada Lovelace"),
        ("citation_author", "Kim Minji"),
        ("citation_publication_date", "2024/05"),
        ("citation_arxiv_id", "2405.00001"),
        ("citation_abstract_html_url", "https://arxiv.org/abs/2405.00001"),
        ("citation_pdf_url", "https://arxiv.org/pdf/2405.00001"),
        ("citation_doi", "10.48550/arXiv.2405.00001"),
    ]
    data = linked_data(page)
    assert (data["@type"], data["headline"]) == ("ScholarlyArticle", "On Kites")
    assert [author["name"] for author in data["author"]] == ["Ada Lovelace", "Kim Minji"]


def test_hostile_text_stays_text() -> None:
    hostile = Paper(
        title=HOSTILE, authors=(HOSTILE,), url="https://example.org/?a='&b=1", summary=(Point(text=HOSTILE),)
    )
    page = page_of(hostile)
    assert linked_data(page)["headline"] == HOSTILE
    assert len(values(page, "//script")) == 2
    assert values(page, "//main//b") == []


def test_it_copies_its_own_address_and_its_entry_of_the_library() -> None:
    page = page_of(paper(1))
    assert values(page, "//button/@data-copy") == ["2405.00001.html", "#bibtex"]
    assert values(page, "//*[@id='bibtex']")[0].count("@misc{arxiv.2405.00001,") == 1
    assert len(values(page, "//button[@hidden]")) == len(values(page, "//button[@data-copy or @data-share]"))


def test_papers_of_a_day_lead_to_each_other() -> None:
    pages = site([issue("2024-05-03", paper(1), paper(2), paper(3))])
    middle = pages["papers/2024-05-03/2405.00002.html"]
    assert values(middle, "//nav[@class='turn']/a/@href") == ["2405.00001.html", "2405.00003.html"]


def test_without_summary_or_picture_nothing_empty_stands_there() -> None:
    page = page_of(Paper(arxiv_id="2405.00001", title="Bare", media=None))
    assert values(page, "//*[@class='summary' or @class='picture' or @class='votes' or @class='authors']") == []


def test_one_more_author_than_fits_is_named() -> None:
    names = tuple(f"Author {number}" for number in range(10))
    shown = site([issue("2024-05-03", paper(1, authors=names[:9]), paper(2, authors=names))])["issues/2024-05-03.html"]
    assert values(shown, "//p[@class='authors']") == [", ".join(names[:9])]
    assert values(shown, "//details[@class='authors']/summary") == [f"{', '.join(names[:8])} 외 2명"]


def test_groups_of_a_digest_are_sections() -> None:
    papers = paper(1, group="Vision & <More>"), paper(2, group="Vision & <More>"), paper(3)
    page = site([issue("2024-05-03", *papers)])["issues/2024-05-03.html"]
    assert values(page, "//section[@class='group']/h2") == ["Vision & <More>", "그 밖의 논문"]
    assert values(page, "//section[@class='group'][1]/article/@id") == ["2405.00001", "2405.00002"]
    assert len(values(page, "//article[@class='paper']/h3")) == 3
    plain = site([issue("2024-05-03", paper(1))])["issues/2024-05-03.html"]
    assert values(plain, "//section") == []
    assert len(values(plain, "//article[@class='paper']/h2")) == 1


def test_crawlers_find_every_page() -> None:
    days: list[Issue] = [issue("2023-12-29", paper(1)), issue("2024-05-03", paper(2))]
    files = site(days, Series(base_url="https://papers.example.org"))
    assert files["robots.txt"] == b"User-agent: *\nDisallow:\nSitemap: https://papers.example.org/sitemap.xml\n"
    assert b"<loc>https://papers.example.org/sitemaps/2023.xml</loc>" in files["sitemap.xml"]
    assert b"<loc>https://papers.example.org/papers/2024-05-03/2405.00002.html</loc>" in files["sitemaps/2024.xml"]
    below = site(days, SERIES)
    assert "robots.txt" not in below  # crawlers ask for it at the root of a host only
    assert "sitemap.xml" in below
    assert {"robots.txt", "sitemap.xml", "sitemaps/2024.xml"}.isdisjoint(site(days, Series()))


def test_the_page_for_what_is_not_there_leads_home_from_any_address() -> None:
    days = [issue("2024-05-03")]
    assert values(site(days)["404.html"], "//main//a/@href") == ["/daily/index.html"]
    assert values(site(days, Series())["404.html"], "//main//a/@href") == ["/index.html"]


def test_a_year_is_a_calendar_with_counts() -> None:
    page = site([issue("2024-02-29", paper(1), paper(2)), issue("2024-05-03")])["years/2024.html"]
    assert values(page, "//table[@class='calendar']/caption") == ["2024년 2월", "2024년 5월"]
    assert values(page, "//table[@class='calendar']//td/a") == [
        "29 2 2024년 2월 29일 목요일: 논문 2편",
        "3 1 2024년 5월 3일 금요일: 논문 1편",
    ]
    assert values(page, "(//table)[1]//tr[last()]/td")[:4] == [
        "26",
        "27",
        "28",
        "29 2 2024년 2월 29일 목요일: 논문 2편",
    ]
