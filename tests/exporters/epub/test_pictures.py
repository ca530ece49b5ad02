"""Pictures in books: what is shown, how small it gets, and what becomes of bytes that are no picture."""

import datetime
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
from lxml import etree
from paperround.exporters import Series
from paperround.exporters.epub import content, export
from paperround.exporters.epub.pictures import BadPicture, shrink
from paperround.exporters.testing import MemoryOutput, run
from paperround.model import Code, Diagnostic, Issue, Media, Paper
from PIL import Image

URL = "https://example.org/a.png"
IMG = "{http://www.w3.org/1999/xhtml}img"


def encoded(image: Image.Image, kind: str, **how: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **how)  # type: ignore[arg-type]
    return file.getvalue()


def decoded(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_kind_becomes_a_small_baseline_jpeg(kind: str, mode: str) -> None:
    try:
        data = encoded(Image.new(mode, (2400, 1260)), kind)
    except (OSError, ValueError):
        return  # this format has no such mode
    image = decoded(shrink(data, grey=False))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1072, 563))
    assert "progressive" not in image.info
    assert decoded(shrink(data, grey=True)).mode == "L"


def test_a_small_picture_keeps_its_size() -> None:
    assert decoded(shrink(encoded(Image.new("L", (30, 20)), "PNG"), grey=False)).size == (30, 20)


def test_a_picture_full_of_noise_stays_under_the_size_of_a_file() -> None:
    noise = Image.effect_noise((1072, 1072), 200).convert("RGB")
    assert len(shrink(encoded(noise, "PNG"), grey=False)) <= 260_000


def test_transparency_is_shown_on_white() -> None:
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    assert decoded(shrink(encoded(clear, "PNG"), grey=True)).getpixel((10, 10)) > 250


def test_an_animation_shows_its_first_frame() -> None:
    frames = [Image.new("L", (20, 20), shade) for shade in (0, 128, 255)]
    gif = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert decoded(shrink(gif, grey=True)).getpixel((10, 10)) < 5


def test_a_photograph_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert decoded(shrink(encoded(Image.new("L", (40, 20)), "JPEG", exif=exif), grey=False)).size == (20, 40)


def png(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


BAD: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "a page": lambda: b"<!DOCTYPE html><title>404</title>",
    "svg with a script": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "truncated": lambda: encoded(Image.effect_noise((400, 400), 90), "JPEG")[:9000],
    "a bomb": lambda: png(100_000, 100_000),
    "a bomb below Pillow's limit": lambda: png(9_000, 9_000),
    "a tiff": lambda: encoded(Image.new("L", (20, 20)), "TIFF"),
}


@pytest.mark.parametrize("make", BAD.values(), ids=BAD)
def test_bad_bytes_are_refused_with_a_reason(make: Callable[[], bytes]) -> None:
    with pytest.raises(BadPicture, match=r"^it "):
        shrink(make(), grey=False)


@pytest.mark.parametrize(
    ("pictures", "codes"),
    [({}, []), ({URL: b"no picture"}, [Code.ODD_PICTURE])],
    ids=["not there, as the run has told", "no picture"],
)
def test_a_missing_picture_is_told_once_and_linked(pictures: dict[str, bytes], codes: list[Code]) -> None:
    diagnostics: list[Diagnostic] = []
    for part in ("2024-05-03", "2024-W18", "2024-05"):
        output = MemoryOutput(Series(), export.files, part, pictures=pictures)
        options = {"images": "embed", "periods": ["month", "week", "day"], "covers": False}
        with export.bind("epub", options).open(output) as write:
            write(issue_with(Media(kind="image", url=URL)))
        (book,) = output.files.values()
        page = page_of(book)
        assert page.find(f".//{IMG}") is None
        assert URL in page.xpath("//@href")
        diagnostics += output.diagnostics
    assert [(told.path, told.line, told.code) for told in diagnostics] == [("2024/05/03.md", 3, code) for code in codes]


def test_an_embedded_picture_is_declared_and_named_for_its_paper() -> None:
    data = encoded(Image.new("RGB", (1200, 630), "red"), "WEBP")
    (book,) = books([issue_with(Media(kind="image", url=URL))], pictures={URL: data}, images="embed").values()
    picture = page_of(book).find(f".//{IMG}")
    assert picture is not None
    assert picture.get("src") == "pictures/20240503-01.jpg"
    assert picture.get("alt") == "Picture of the paper “Of “mice” & men”"
    archive = zipfile.ZipFile(io.BytesIO(book))
    assert decoded(archive.read("EPUB/pictures/20240503-01.jpg")).size == (1072, 563)
    package = archive.read("EPUB/content.opf").decode()
    assert 'href="pictures/20240503-01.jpg" id="i20240503-01" media-type="image/jpeg"' in package
    assert '<meta property="schema:accessMode">visual</meta>' in package
    # A name is no description, so the text alone is not said to be enough.
    assert '<meta property="schema:accessModeSufficient">textual,visual</meta>' in package
    assert "alternative text" in package


def test_videos_stay_links_and_nothing_is_embedded_unasked() -> None:
    data = encoded(Image.new("RGB", (12, 6)), "PNG")
    video = issue_with(Media(kind="video", url=URL))
    picture = issue_with(Media(kind="image", url=URL))
    assert books([video], pictures={URL: data}, images="embed") == books([video])
    (book,) = books([picture], pictures={URL: data}).values()
    assert not [name for name in zipfile.ZipFile(io.BytesIO(book)).namelist() if "pictures" in name]


def books(issues: list[Issue], **options: object) -> dict[str, bytes]:
    """Run the exporter for books alone, without pictures of their covers."""
    return run(export, issues, **{"covers": False, **options})  # type: ignore[arg-type]


def issue_with(media: Media) -> Issue:
    paper = Paper(title="Of “mice” & men", media=media, path="2024/05/03.md", line=3)
    return Issue(date=datetime.date(2024, 5, 3), title="Daily Papers", language="en", papers=(paper,))


def page_of(book: bytes) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(book)).read("EPUB/20240503-01.xhtml"))


def noisy(seed: int) -> bytes:
    file = io.BytesIO()
    Image.frombytes("RGB", (400, 300), random.Random(seed).randbytes(360_000)).save(file, "JPEG", quality=95)  # noqa: S311
    return file.getvalue()


@pytest.mark.parametrize(("most", "told"), [(10_000_000, False), (250_000, False), (30_000, True)])
def test_pictures_of_a_kindle_file_are_made_smaller_until_it_fits(
    most: int, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "KINDLE_MOST", most)
    urls = [f"https://example.org/{place}.jpg" for place in range(6)]
    papers = tuple(Paper(title=f"Paper {url[-5]}", media=Media(kind="image", url=url)) for url in urls)
    issue = Issue(date=datetime.date(2024, 5, 3), title="Daily Papers", language="en", papers=papers)
    output = MemoryOutput(Series(), export.files, "2024-05-03", pictures={url: noisy(9) for url in urls})
    options = {"images": "embed", "variants": ["epub", "kindle"], "covers": False}
    with export.bind("epub", options).open(output) as write:
        write(issue)
    epub, kindle = output.files.values()
    assert (len(kindle) <= most) != told
    assert (len(kindle) < len(epub) * 0.9) == (most < 10_000_000)
    assert [said.code for said in output.diagnostics] == [Code.BOOK_TOO_LARGE] * told
