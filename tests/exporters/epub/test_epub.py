"""What every book promises, tried on issues of all shapes."""

import datetime
import io
import posixpath
import zipfile
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from paperround.exporters import Series
from paperround.exporters.epub import export
from paperround.exporters.epub.pages import make_pages
from paperround.exporters.epub.plan import plan_book
from paperround.model import Issue, Media, Paper, Point
from pydantic import ValidationError

from ... import strategies
from .book_cases import OPF, XHTML, XML_LANG, an_issue, books, heading, members

SVG = "{http://www.w3.org/2000/svg}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
EVERYTHING = {"periods": ["day", "week", "month"], "variants": ["epub", "kindle"], "covers": True}

# What is promised letter by letter: no dollar, backslash or parenthesis, which begin mathematics and link targets.
told = st.text(st.sampled_from("abcXYZ019 가나다漢字αéß😀*_`[]<>&\"'!#-:;.…"), min_size=1, max_size=40)
told_points = st.recursive(
    st.builds(Point, heading=st.none() | told, text=told),
    lambda inner: st.builds(Point, heading=st.none() | told, text=told, points=st.lists(inner, max_size=3).map(tuple)),
    max_leaves=6,
)
told_papers = st.builds(
    Paper,
    title=told,
    authors=st.lists(told, max_size=5, unique=True).map(tuple),
    summary=st.lists(told_points, max_size=4).map(tuple),
)


@given(strategies.issues.filter(lambda issue: issue.papers))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_documents_are_sound(issue: Issue) -> None:
    (book,) = books([issue]).values()
    files = members(book)
    roots = {name: etree.fromstring(data) for name, data in files.items() if name.endswith((".xhtml", ".ncx", ".opf"))}
    for name, root in roots.items():
        ids = [element.get("id") for element in root.iter() if element.get("id") is not None]
        assert len(ids) == len(set(ids)), name
        if name.endswith(".xhtml"):
            assert root.get("lang") == root.get(XML_LANG) == issue.language
            assert (root.findtext(f"{XHTML}head/{XHTML}title") or "").strip()
            assert not root.xpath("//*[local-name()='a']//*[local-name()='a']")
        for target in inner_links(name, root):
            assert target in files, f"{name} points at {target}"


@given(st.lists(told_papers, min_size=1, max_size=4).map(tuple))
def test_nothing_visible_is_lost(papers: tuple[Paper, ...]) -> None:
    issue = an_issue().model_copy(update={"papers": papers})
    (book,) = books([issue]).values()
    files = members(book)
    for place, paper in enumerate(issue.papers, 1):
        shown = letters("".join(etree.fromstring(files[f"EPUB/{issue.date:%Y%m%d}-{place:02}.xhtml"]).itertext()))
        wanted = [paper.title, *paper.authors, *spoken(paper.summary)]
        assert sum(map(letters, wanted), Counter()) <= shown


@given(strategies.archives)
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
def test_two_runs_write_the_same_bytes(archive: list[Issue]) -> None:
    first = books(archive, **EVERYTHING)
    assert first == books(archive[::-1], **EVERYTHING)
    assert bool(first) == any(issue.papers for issue in archive)


@pytest.mark.parametrize("address", ["https://a.b:99999/x", "https://192.0.2/", "http://a..b/", "https://[1f]/"])
def test_an_address_that_shops_refuse_is_text(address: str) -> None:
    media = Media(kind="video", url=address)
    issue = an_issue().model_copy(update={"papers": (Paper(title="One", url=address, media=media),)})
    (book,) = books([issue]).values()
    page = etree.fromstring(members(book)["EPUB/20240503-01.xhtml"])
    assert "".join(page.itertext()).count(address) == 2
    assert [element for element in page.iter(f"{XHTML}a") if element.get("href") != "contents.xhtml"] == []


def test_a_book_of_the_year_one() -> None:
    issue = an_issue().model_copy(update={"date": datetime.date.min})
    (book,) = books([issue], Series(utc_offset="+14:00")).values()
    package = etree.fromstring(members(book)["EPUB/content.opf"])
    found = package.xpath("//o:meta[@property='dcterms:modified']/text()", namespaces=OPF)
    assert found == ["1000-01-01T10:00:00Z"]


def test_archive_as_kobo_wants_it() -> None:
    (book,) = books([an_issue()]).values()
    archive = zipfile.ZipFile(io.BytesIO(book))
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert book[30:58] == b"mimetypeapplication/epub+zip"
    assert archive.comment == b""
    assert archive.testzip() is None
    for info in archive.infolist():
        assert info.extra == b""
        assert info.filename.isascii()
        assert not set(info.filename) & set("+:&# ")
        assert info.date_time == (1980, 1, 1, 0, 0, 0)


def test_pages_stand_in_a_book_as_they_were_written() -> None:
    series, issue = Series(), an_issue()
    files = members(*books([issue]).values())
    for page in make_pages(plan_book(series, "2024-05-03", [issue]), ()):
        assert files[f"EPUB/{page.name}"].decode() == page.text
    assert b'aria-labelledby="toc-title"' in files["EPUB/nav.xhtml"]


def test_a_book_is_named_by_its_date_and_an_empty_issue_makes_none() -> None:
    empty = Issue(date=datetime.date(2024, 5, 4), title="Daily Papers", language="en", papers=())
    assert list(books([an_issue(), empty], Series(id="round"))) == ["epub/round-2024-05-03.epub"]


def test_metadata() -> None:
    series = Series(title="매일 논문", publisher="Lab & Co", rights="CC BY <4.0>", utc_offset="+09:00")
    package = package_of(an_issue(), series)
    said = {
        name: package.xpath(f"//dc:{name}/text()", namespaces=OPF)
        for name in ("title", "language", "creator", "publisher", "date", "rights", "identifier", "subject")
    }
    assert said == {
        "title": ["매일 논문 2024-05-03"],
        "language": ["ko"],
        "creator": ["Lab & Co"],
        "publisher": ["Lab & Co"],
        "date": ["2024-05-03"],
        "rights": ["CC BY <4.0>"],
        "identifier": ["urn:uuid:2627ac14-cac9-591f-b35e-aba08c92e68e"],
        "subject": ["cs.CL", "cs.AI"],
    }
    metas = [(meta.get("property"), meta.text) for meta in package.iterfind(".//o:meta[@property]", OPF)]
    assert ("dcterms:modified", "2024-05-02T15:00:00Z") in metas
    assert ("belongs-to-collection", "매일 논문") in metas
    assert ("group-position", "20240503") in metas
    assert ("schema:accessMode", "visual") not in metas
    assert ("schema:accessModeSufficient", "textual") in metas
    old = {meta.get("name"): meta.get("content") for meta in package.iterfind(".//o:meta[@name]", OPF)}
    assert old["calibre:series"] == "매일 논문"
    assert old["calibre:series_index"] == "20240503"


def test_the_series_stands_in_for_a_publisher() -> None:
    package = package_of(an_issue(), Series(title="Round"))
    assert package.xpath("//dc:creator/text()", namespaces=OPF) == ["Round"]
    assert package.xpath("//dc:publisher", namespaces=OPF) == []


def test_contents_page_shows_votes_and_authors() -> None:
    text = page_text(an_issue(), "contents.xhtml")
    assert "2024년 5월 3일 금요일 · 논문 3편" in text
    assert "추천 30 · Ann Author, Bo Writer, Cy Poet 외 2명" in text
    assert "추천 0 · Ann Author 외" in text


def test_a_record_names_the_authors_in_their_order() -> None:
    text = page_text(an_issue(), "20240503-03.xhtml")
    assert "First Author, Second Author" in text
    assert "Ann Author" not in text


def test_chapter_links() -> None:
    root = etree.fromstring(members(*books([an_issue()]).values())["EPUB/20240503-01.xhtml"])
    assert [(a.text, a.get("href")) for a in root.iter(f"{XHTML}a")] == [
        ("이전", "contents.xhtml"),
        ("차례", "contents.xhtml"),
        ("다음", "20240503-02.xhtml"),
        ("One study", "https://arxiv.org/abs/2405.00001"),
        ("arXiv", "https://arxiv.org/abs/2405.00001"),
        ("PDF", "https://arxiv.org/pdf/2405.00001"),
        ("Hugging Face", "https://huggingface.co/papers/2405.00001"),
        ("동영상", "https://example.org/clip.mp4"),
        ("이전", "contents.xhtml"),
        ("차례", "contents.xhtml"),
        ("다음", "20240503-02.xhtml"),
    ]


@pytest.mark.parametrize(("number", "complete"), [(20, True), (21, True), (300, False)])
def test_a_crowd_of_authors_stands_behind_the_summary(number: int, complete: bool) -> None:
    names = tuple(f"Author {place}" for place in range(number))
    paper = Paper(title="A", authors=names, authors_complete=complete, summary=(Point(text="요약"),))
    files = members(*books([an_issue().model_copy(update={"papers": (paper,)})]).values())
    section = etree.fromstring(files["EPUB/20240503-01.xhtml"]).find(f".//{XHTML}section")
    assert section is not None
    first, *rest = ("".join(p.itertext()) for p in section.iterfind(f"{XHTML}p[@class='authors']"))
    assert first == ", ".join(names[:20]) + (f" 외 {number - 20}명" if number > 20 else "")
    assert rest == ["저자: " + ", ".join(names) + ("" if complete else " 외")] * (number > 20)
    assert [element.tag for element in section][1:3] == [f"{XHTML}p", f"{XHTML}ul"]


def test_a_paper_that_is_not_on_arxiv_shows_a_link_to_it() -> None:
    paper = Paper(title="Elsewhere", url="https://example.org/paper?a=1&b=2")
    files = members(*books([an_issue().model_copy(update={"papers": (paper,)})]).values())
    links = etree.fromstring(files["EPUB/20240503-01.xhtml"]).iterfind(f".//{XHTML}p[@class='links']/{XHTML}a")
    assert [(a.text, a.get("href")) for a in links] == [("원문", "https://example.org/paper?a=1&b=2")]


def test_a_title_with_a_link_stands_inside_one() -> None:
    paper = Paper(arxiv_id="2405.00001", title="See [this](https://example.org/x) and https://example.org/y")
    issue = an_issue().model_copy(update={"papers": (paper,)})
    files = members(*books([issue]).values())
    assert [a.get("href") for a in heading(files, 1).iter(f"{XHTML}a")] == ["https://arxiv.org/abs/2405.00001"]


@pytest.mark.parametrize("title", [" ", "**", "​", "`"])
def test_a_title_without_letters_still_has_a_name(title: str) -> None:
    issue = an_issue().model_copy(update={"papers": (Paper(title=title),)})
    files = members(*books([issue]).values())
    for name in ("contents.xhtml", "nav.xhtml", "20240503-01.xhtml"):
        for link in etree.fromstring(files[f"EPUB/{name}"]).iter(f"{XHTML}a", f"{XHTML}title", f"{XHTML}h1"):
            assert "".join(link.itertext()).strip()


def test_landmarks_and_ncx() -> None:
    files = members(*books([an_issue()]).values())
    nav = etree.fromstring(files["EPUB/nav.xhtml"])
    landmarks = {a.get(EPUB_TYPE): a.get("href") for a in nav.iter(f"{XHTML}a") if a.get(EPUB_TYPE)}
    assert landmarks["toc"] == "contents.xhtml"
    assert landmarks["bodymatter"] == "20240503-01.xhtml"
    ncx = etree.fromstring(files["EPUB/toc.ncx"])
    assert [text.strip() for text in ncx.xpath("//*[local-name()='navPoint']//text()") if text.strip()] == [
        "차례",
        "One study",
        "둘째 연구",
        "Three",
    ]


HUGE = {
    "many points": tuple(Point(heading=f"H{n}", text=f"w{n} " * 400) for n in range(400)),
    "nested": (Point(text="top", points=tuple(Point(text=f"w{n} " * 400) for n in range(400))),),
    "one text": (Point(heading="Lead", text="가나다 " * 120_000),),
    "no space": (Point(text="한" * 300_000),),
    "long heading": (Point(heading="한 " * 150_000, text="b"),),
    "entities": (Point(text="&" * 200_000),),
}


@pytest.mark.parametrize("summary", HUGE.values(), ids=HUGE)
def test_a_huge_summary_is_split(summary: tuple[Point, ...]) -> None:
    paper = Paper(title="Huge", arxiv_id="2405.00001", summary=summary)
    issue = an_issue().model_copy(update={"papers": (paper, paper)})
    files = members(*books([issue]).values())
    assert max(map(len, files.values())) <= 260_000
    assert "EPUB/20240503-01-2.xhtml" in files
    chapter = [files[name] for name in files if name.startswith("EPUB/20240503-01")]
    shown = letters("".join("".join(etree.fromstring(page).itertext()) for page in chapter))
    assert sum(map(letters, spoken(summary)), Counter()) <= shown


def test_a_long_day_has_contents_in_several_files() -> None:
    paper = Paper(title="long " * 100, authors=("A" * 200, "B" * 200), authors_complete=True)
    issue = an_issue().model_copy(update={"papers": (paper,) * 300})
    files = members(*books([issue]).values())
    first, second = (etree.fromstring(files[f"EPUB/{name}.xhtml"]) for name in ("contents", "contents-2"))
    listed = [len(page.findall(f".//{XHTML}li")) for page in (first, second)]
    assert sum(listed) == 300
    assert second.find(f".//{XHTML}ol").get("start") == str(listed[0] + 1)


def test_periods_make_books_split_by_day() -> None:
    days = [an_issue().model_copy(update={"date": datetime.date(2024, 4, day)}) for day in (29, 30)]
    days.append(an_issue())
    found = books(days, periods=["day", "week", "month"])
    assert sorted(name.removeprefix("epub/daily-papers-") for name in found) == [
        "2024-04-29.epub",
        "2024-04-30.epub",
        "2024-04.epub",
        "2024-05-03.epub",
        "2024-05.epub",
        "2024-W18.epub",
    ]
    files = members(found["epub/daily-papers-2024-W18.epub"])
    nav = etree.fromstring(files["EPUB/nav.xhtml"])
    lists = nav.findall(f".//{XHTML}ol/{XHTML}li/{XHTML}ol")
    assert [len(day) for day in lists] == [3, 3, 3]
    assert [a.text for a in nav.iterfind(f"{XHTML}body/{XHTML}nav/{XHTML}ol/{XHTML}li/{XHTML}a")][:4] == [
        "차례",
        "2024-04-29",
        "2024-04-30",
        "2024-05-03",
    ]
    contents = "".join(etree.fromstring(files["EPUB/contents.xhtml"]).itertext())
    assert "2024-04-29 – 2024-05-03 · 논문 9편" in contents
    assert "2024년 4월 30일 화요일" in contents
    assert "추천 30" in "".join(etree.fromstring(files["EPUB/20240430.xhtml"]).itertext())
    package = files["EPUB/content.opf"].decode()
    assert package.partition(">")[2].partition(">")[0].endswith(' xml:lang="ko"')
    assert '<dc:title xml:lang="ko">Daily Papers 2024-W18</dc:title>' in package
    assert 'property="group-position">20240429<' in package
    assert 'content="Daily Papers (weekly)"' in package
    ncx = etree.fromstring(files["EPUB/toc.ncx"])
    order = [int(str(number)) for number in ncx.xpath("//@playOrder")]
    assert order == list(range(1, 14))


def test_the_kindle_file_has_a_cover_once_and_claims_the_language_it_is_told() -> None:
    found = books([an_issue()], variants=["kindle", "epub"], kindle_language="en")
    kindle, epub = (members(found[f"epub/daily-papers-2024-05-03{end}.epub"]) for end in ("-kindle", ""))
    assert set(epub) - set(kindle) == {"EPUB/cover.xhtml"}
    assert kindle["EPUB/cover.jpg"].startswith(b"\xff\xd8\xff")
    package = kindle["EPUB/content.opf"].decode()
    assert "<dc:language>en</dc:language>" in package
    assert "<dc:language>ko</dc:language>" in epub["EPUB/content.opf"].decode()
    assert "cover.xhtml" not in package + kindle["EPUB/nav.xhtml"].decode()
    assert identifier(kindle) != identifier(epub)
    assert etree.fromstring(kindle["EPUB/20240503-01.xhtml"]).get("lang") == "ko"
    # Kindle's converter fails on CSS variables, and on two hyphens in a comment.
    assert b"--" not in kindle["EPUB/style.css"]


def test_a_cover_is_declared_both_ways() -> None:
    files = members(*books([an_issue()]).values())
    package = etree.fromstring(files["EPUB/content.opf"])
    (item,) = package.iterfind(".//o:item[@properties='cover-image']", OPF)
    (meta,) = package.iterfind(".//o:meta[@name='cover']", OPF)
    assert meta.get("content") == item.get("id")
    assert f"EPUB/{item.get('href')}" in files
    (drawing,) = etree.fromstring(files["EPUB/cover.xhtml"]).iter(f"{SVG}svg")
    assert drawing.get("aria-label") == drawing.findtext(f"{SVG}title") == "Daily Papers 2024-05-03 표지"
    (page,) = package.iterfind(".//o:item[@href='cover.xhtml']", OPF)
    assert page.get("properties") == "svg"


@pytest.mark.parametrize(
    "options",
    [{"periods": []}, {"periods": ["year"]}, {"variants": []}, {"images": "link"}, {"kindle_language": "k o"}],
)
def test_options_that_make_no_sense_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        export.bind("epub", options)


def package_of(issue: Issue, series: Series) -> etree._Element:
    return etree.fromstring(members(*books([issue], series).values())["EPUB/content.opf"])


def page_text(issue: Issue, name: str) -> str:
    return "".join(etree.fromstring(members(*books([issue]).values())[f"EPUB/{name}"]).itertext())


def identifier(files: dict[str, bytes]) -> str:
    """The package's identifier, which the NCX repeats."""
    (found,) = etree.fromstring(files["EPUB/content.opf"]).xpath("//dc:identifier/text()", namespaces=OPF)
    assert f'content="{found}" name="dtb:uid"' in files["EPUB/toc.ncx"].decode()
    return str(found)


def inner_links(name: str, root: etree._Element) -> list[str]:
    targets = [str(target) for target in root.xpath("//@href | //@src")]
    folder = posixpath.dirname(name)
    return [posixpath.normpath(posixpath.join(folder, t.split("#")[0])) for t in targets if "://" not in t]


def letters(text: str) -> Counter[str]:
    return Counter(character for character in text if character.isalnum())


def spoken(summary: tuple[Point, ...]) -> list[str]:
    return [text for point in summary for text in (point.heading or "", point.text, *spoken(point.points))]
