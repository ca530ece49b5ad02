"""Covers: what stands on them, and that they are small and the same everywhere."""

import datetime
import io
import time
from importlib.resources import files

import pytest
from paperround.exporters import Series
from paperround.exporters.epub import export
from paperround.exporters.epub.cover import draw_cover
from paperround.exporters.epub.plan import plan_book
from paperround.exporters.epub.typeface import drawable, letter, lines, word
from paperround.exporters.testing import MemoryOutput, run
from paperround.model import Code, Issue, Paper
from PIL import Image, ImageChops

FONT = files("paperround.exporters.epub") / "font" / "Pretendard-SemiBold.otf"
LONG = "A Very Long Title with αβγ Greek, 한국어 제목 and Ştrange Łetters: " * 4


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("title", ["Daily Papers", "매일 읽는 논문 " * 12, "W" * 200])
def test_a_cover_is_a_small_grey_jpeg(title: str, language: str) -> None:
    lacking: list[str] = []
    plan = plan_book(
        Series(title=title), "2024-09-25", [issue(*[f"{place} {LONG}" for place in range(20)], language=language)]
    )
    cover = draw_cover(plan, lambda chapter, characters: lacking.append(characters)).full
    image = Image.open(io.BytesIO(cover))
    assert (image.format, image.mode, image.size) == ("JPEG", "L", (960, 1280))
    assert len(cover) <= 100_000
    assert lacking == []
    assert is_blank(image.crop((900, 0, 960, 700)), 0), "text runs over the right margin"
    assert is_blank(image.crop((0, 1250, 960, 1280)), 255), "text runs over the bottom"


def test_the_date_can_be_read_from_a_thumbnail() -> None:
    """On a cover of 150 × 200 pixels, digits are 30 high, and two days of a month look different."""
    third, eighth = (thumbnail(part).crop((0, 55, 150, 96)) for part in ("2024-05-03", "2024-05-08"))
    left, top, right, bottom = third.point(lambda shade: 255 if shade > 128 else 0).getbbox() or (0, 0, 0, 0)
    assert (right - left, bottom - top) >= (120, 30)
    assert ImageChops.difference(third, eighth).getbbox() is not None


@pytest.mark.parametrize("part", ["2024-04-04", "2024-W44", "2024-12"])
def test_the_date_is_never_cut(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cut: list[str] = []
    monkeypatch.setattr("paperround.exporters.epub.typeface._ended", lambda line, size, width: cut.append(line) or "…")
    cover_of(issue("A study"), part)
    assert cut == []


def test_the_most_voted_papers_stand_on_it() -> None:
    few = issue("Alpha", "Omega", votes=(1, 9))
    many = issue("Omega", "Alpha", votes=(9, 1))
    assert cover_of(few) == cover_of(many)
    assert cover_of(few) != cover_of(issue("Alpha", "Omega", votes=(9, 1)))


@pytest.mark.parametrize(
    ("text", "drawn", "signs", "letters"),
    [
        ("한국어 αβγ ć ź ż ϵ Å … “”", "한국어 αβγ ć ź ż ϵ Å … “”", "", ""),
        ("\u1112\u1161\u11abe\u0301", "한é", "", ""),
        ("ℝ and 𝒟 and ﬁne", "ℝ and D and fine", "", ""),
        ("每日の論文 papers 🤗", "每日の論文 papers", "🤗", ""),
        ("in\u2066visible\ufe0f", "invisible", "", ""),
        ("ሰላም and more", "and more", "", "ሰላም"),
    ],
)
def test_characters_that_the_fonts_lack(text: str, drawn: str, signs: str, letters: str) -> None:
    assert drawable(text) == (drawn, signs, letters)


@pytest.mark.parametrize(
    "text",
    [
        "aé가힣αωΏ“…·–ŁŞ№",
        "夜の庭の蛾について毎日の論文カタカナ",
        "每日论文摘要的研究龙龟",
        "每日論文臺灣龍龜",
        "Привет Ёжик",
        "∀∃∈∉⊂⊆∪∩∧∨¬→⇒↦∞∂∇∑∏∫√≤≥≠≈≡∝⊕⊗∘⟨⟩ℝℕℤ",
    ],
)
def test_every_letter_is_drawn_as_itself(text: str) -> None:
    assert drawable(text) == (text, "", "")
    shapes = [letter(character, 40) for character in sorted(set(text) - {" "})]
    boxes = [shape.mask and (shape.mask.size, shape.mask.tobytes()) for shape in shapes]
    assert None not in boxes
    assert len(set(boxes)) >= len(boxes) - 2  # ∑ and Σ may look the same, a box for many characters may not


def test_a_title_that_cannot_be_drawn_gives_its_place_to_the_next() -> None:
    drawn = issue("ሰላም ለዓለም", "Alpha", "Omega")
    assert cover_of(drawn) != cover_of(issue("Alpha", "Omega"))  # it says how many there are
    assert below(cover_of(drawn)) == below(cover_of(issue("Alpha", "Omega", "ሰላም")))


@pytest.mark.parametrize("publisher", [None, "ሰላም"])
def test_a_series_whose_title_cannot_be_drawn_shows_another_name(publisher: str | None) -> None:
    told: list[str] = []
    named, by_id = (
        draw_cover(plan_book(series, "2024-05-03", [issue("A")]), lambda chapter, characters: told.append(characters))
        for series in (Series(title="ሰላም", publisher=publisher, id="moss"), Series(title="moss", id="moss"))
    )
    assert named == by_id
    assert set(told) == {"ሰላም"}


def test_a_word_is_put_together_as_the_font_draws_it() -> None:
    from PIL import ImageDraw, ImageFont

    font = ImageFont.truetype(str(FONT), 39, layout_engine=ImageFont.Layout.BASIC)
    for text in "Language", "Models:", "한국어", "AVATAR":
        whole = Image.new("L", (600, 80))
        ImageDraw.Draw(whole).text((20, 60), text, fill=255, font=font, anchor="ls")
        shape = word(text, 39)
        ours = Image.new("L", (600, 80))
        assert shape.mask
        ours.paste(255, (20 + shape.left, 60 + shape.top), shape.mask)
        assert abs(shape.advance - font.getlength(text)) < 1
        assert (ours.getbbox() or ())[1::2] == (whole.getbbox() or ())[1::2]
        assert max(ImageChops.difference(ours, whole).histogram()[128:]) <= 12, text


def test_a_lacking_character_is_told_with_its_paper() -> None:
    output = MemoryOutput(Series(title="ሰላም"), export.files, "2024-05-03")
    with export.bind("epub", {}).open(output) as write:
        write(issue("Plain", "🤗 Hub", "ሰላም"))
    told = [(said.path, said.line, said.code) for said in output.diagnostics]
    assert told == [
        ("", 0, Code.MISSING_GLYPH),
        ("day.md", 2, Code.MISSING_GLYPH),
        ("day.md", 3, Code.MISSING_GLYPH),
    ]
    assert "without '🤗'" in output.diagnostics[1].message
    assert "another title" in output.diagnostics[2].message


@pytest.mark.parametrize("covers", [True, False])
def test_a_cover_and_a_thumbnail_lie_beside_the_book(covers: bool) -> None:
    files = run(export, [issue("A study")], covers=covers, periods=["week"])
    beside = {name: data for name, data in files.items() if name.endswith(".jpg")}
    assert list(beside) == (
        ["epub/daily-papers-2024-W18.jpg", "epub/daily-papers-2024-W18-thumbnail.jpg"] if covers else []
    )
    assert [Image.open(io.BytesIO(data)).size for data in beside.values()] == [(960, 1280), (240, 320)][: len(beside)]


def test_lines_break_between_words_and_end_in_dots() -> None:
    assert lines("one two", 40, 1000, 2) == (["one two"], True)
    assert lines("one two", 40, 90, 2) == (["one", "two"], True)
    assert lines("one two three four", 40, 110, 2) == (["one", "two…"], False)
    assert lines("one two", 40, 110, 1) == (["one…"], False)
    assert lines("", 40, 100, 2) == ([], True)
    broken, whole = lines("W" * 30, 40, 300, 9)
    assert whole
    assert "".join(broken) == "W" * 30
    assert max(word(line, 40).advance for line in broken) <= 300


def test_a_title_without_end_takes_no_time() -> None:
    start = time.process_time()
    for text in "W" * 100_000, "i " * 50_000, ".W" * 50_000:
        found, whole = lines(text, 40, 800, 2)
        assert not whole
        assert len(found) == 2
        assert found[1].endswith("…")
    assert time.process_time() - start < 2  # it took minutes


def issue(*titles: str, votes: tuple[int, ...] = (), language: str = "en") -> Issue:
    papers = tuple(
        Paper(title=title, votes=votes[place] if votes else None, path="day.md", line=place + 1)
        for place, title in enumerate(titles)
    )
    return Issue(date=datetime.date(2024, 5, 3), title="Daily Papers", language=language, papers=papers)


def cover_of(shown: Issue, part: str = "2024-05-03") -> bytes:
    return draw_cover(plan_book(Series(), part, [shown]), lambda chapter, characters: None).full


def below(cover: bytes) -> bytes:
    """Return the part of a cover that shows titles."""
    return Image.open(io.BytesIO(cover)).crop((0, 720, 960, 1280)).tobytes()


def thumbnail(part: str) -> Image.Image:
    return Image.open(io.BytesIO(cover_of(issue("A study"), part))).resize((150, 200))


def is_blank(image: Image.Image, shade: int) -> bool:
    darkest, lightest = image.getextrema()
    return abs(darkest - shade) < 30 and abs(lightest - shade) < 30  # type: ignore[operator]
