"""Pictures of a run: what is kept, what is remembered, what is told, and that the next build needs no network."""

import datetime
import io
import json
import os
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from paperround.exporters import Options, Output, Series, Write, bind, exporter
from paperround.model import Code, Diagnostic, Issue, Media, OutputError, Paper, Source
from paperround.publish import Job, Pictures, Policy, Span, build, find
from paperround.publish.pictures import Fetch
from paperround.publish.pictures.fetch import Fetcher
from paperround.publish.pictures.store import Absent
from paperround.publish.pictures.verify import complaint
from PIL import Image

from ...command import paperround
from .picture_server import QUICK, Names, Server, allow_server, animated, bomb, encoded, reply

JPEG = encoded("JPEG")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
GOOD = {
    "jpeg": JPEG,
    "progressive jpeg": encoded("JPEG", progressive=True),
    "png": encoded("PNG"),
    "webp": encoded("WEBP"),
    "lossless webp": encoded("WEBP", lossless=True),
    "gif": encoded("GIF"),
    "animated gif": animated("GIF"),
    "animated webp": animated("WEBP"),
}
BAD = {
    "nothing": (b"", "what stands there is no JPEG, PNG, GIF or WebP"),
    "a page": (b"<!DOCTYPE html><title>404</title>", "what stands there is no JPEG, PNG, GIF or WebP"),
    "svg with a script": (SVG, "what stands there is no JPEG, PNG, GIF or WebP"),
    "a tiff": (encoded("TIFF"), "what stands there is no JPEG, PNG, GIF or WebP"),
    "a start alone": (JPEG[:12], "the picture is damaged"),
    "truncated jpeg": (JPEG[:-200], "the picture is damaged"),
    "truncated png": (encoded("PNG")[:-200], "the picture is damaged"),
    "truncated gif": (encoded("GIF")[:-200], "the picture is damaged"),
    "truncated webp": (encoded("WEBP")[:-200], "the picture is damaged"),
    "a bomb": (bomb(9_000, 9_000), "it has 9,000 × 9,000 pixels"),
    "a bomb that Pillow warns of": (bomb(10_000, 10_000), "it has 10,000 × 10,000 pixels"),
    "a bomb that Pillow refuses": (bomb(100_000, 100_000), "it has far too many pixels"),
}


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.stop()


class Told(list[Diagnostic]):
    def __call__(self, diagnostic: Diagnostic) -> None:
        self.append(diagnostic)

    @property
    def short(self) -> list[tuple[int, Code, str]]:
        return [(said.line, said.code, said.message.partition(": ")[2]) for said in self]


class Fake:
    """Answers without a network; counts."""

    def __init__(self, answer: Callable[[str], bytes | Absent]) -> None:
        self.answer = answer
        self.asked: list[str] = []
        self.stopped = self.closed = False

    def __call__(self, url: str) -> bytes | Absent:
        self.asked.append(url)
        return self.answer(url)

    def stop(self) -> None:
        self.stopped = True

    def close(self) -> None:
        self.closed = True


def connect() -> Fetch:
    return Fetcher(QUICK, check=allow_server, resolve=Names())


def offline() -> Fetch:
    raise AssertionError("a connection was attempted")


def issue(urls: Sequence[str], kind: str = "image") -> Issue:
    papers = [
        Paper(title="T", media=Media.model_validate({"kind": kind, "url": url}), path="a.md", line=at)
        for at, url in enumerate(urls, 1)
    ]
    return Issue(date=datetime.date(2024, 5, 3), title="Daily Papers", language="en", papers=tuple(papers))


@pytest.mark.parametrize("data", GOOD.values(), ids=GOOD)
def test_pictures_are_told_by_their_bytes(data: bytes) -> None:
    assert complaint(data) is None


@pytest.mark.parametrize(("data", "why"), BAD.values(), ids=BAD)
def test_everything_else_is_refused(data: bytes, why: str) -> None:
    assert complaint(data) == why


def test_the_second_run_is_offline_and_the_same(server: Server, tmp_path: Path) -> None:
    server.answers = {f"/{name}": [reply(200, data, Content_Type="text/html")] for name, data in _flat(GOOD).items()}
    server.answers |= {f"/{name}": [reply(200, data, Content_Type="image/png")] for name, data in _flat(BAD).items()}
    urls = [server.url(path) for path in [*server.answers, "/gone"]]
    first, second = Told(), Told()
    with_network = Pictures(tmp_path, connect)
    with_network.expect(issue(urls), first)
    with_network.close()
    found = [with_network.picture(url) for url in urls]
    assert found == [*GOOD.values(), *(None for _ in BAD), None]
    bad = [(at, Code.ODD_PICTURE, f"{why}; left out") for at, (_, why) in enumerate(BAD.values(), len(GOOD) + 1)]
    assert first.short == [*bad, (len(urls), Code.MISSING_PICTURE, "127.0.0.1 answers 404; left out")]

    server.stop()
    without = Pictures(tmp_path, offline)
    without.expect(issue(urls), second)
    assert [without.picture(url) for url in urls] == found
    assert second == first


def test_outages_are_told_and_asked_about_again(tmp_path: Path) -> None:
    url = "http://a.test/a.jpg"
    answers: list[bytes | Absent] = [Absent("a.test takes too long", lasting=False), JPEG]
    fake, told = Fake(lambda url: answers.pop(0)), Told()
    for has in (None, JPEG):
        pictures = Pictures(tmp_path, lambda: fake)
        assert pictures.expect(issue([url]), told) is (has is not None)
        pictures.expect(issue([url]), told)  # a second format, a selection: it does not ask again, but has to know
        assert pictures.picture(url) == has
    assert fake.asked == [url, url]
    assert told.short == [(1, Code.MISSING_PICTURE, "a.test takes too long; left out")] * 2


def test_a_picture_of_two_papers_is_fetched_once_and_told_for_each(tmp_path: Path) -> None:
    fake, told = Fake(lambda url: Absent("a.test answers 404")), Told()
    Pictures(tmp_path, lambda: fake).expect(issue(["http://a.test/a.jpg"] * 2), told)
    assert len(fake.asked) == 1
    assert [said.line for said in told] == [1, 2]


def test_videos_are_nobody_s_pictures(tmp_path: Path) -> None:
    Pictures(tmp_path, offline).expect(issue(["http://a.test/a.mp4"], "video"), Told())
    assert list(tmp_path.iterdir()) == []


def test_four_are_fetched_at_a_time(tmp_path: Path) -> None:
    four, under_way, most = threading.Barrier(4, timeout=5), set(), []

    def answer(url: str) -> bytes:
        under_way.add(url)
        most.append(len(under_way))
        four.wait()
        time.sleep(0.05)  # for a fifth to be seen
        under_way.remove(url)
        return JPEG

    urls = [f"http://a.test/{number}.jpg" for number in range(12)]
    pictures = Pictures(tmp_path, lambda: Fake(answer))
    pictures.expect(issue(urls), Told())
    assert [pictures.picture(url) for url in urls] == [JPEG] * 12
    assert max(most) == 4


def test_a_host_that_never_answers_is_left_alone(tmp_path: Path) -> None:
    fake, told = Fake(lambda url: JPEG if "up" in url else Absent("down.test takes too long", lasting=False)), Told()
    urls = [f"http://down.test/{number}.jpg" for number in range(40)] + ["http://up.test/a.jpg"]
    pictures = Pictures(tmp_path, lambda: fake)
    pictures.expect(issue(urls), told)
    assert len([url for url in fake.asked if "down" in url]) <= 4 + 3
    assert pictures.picture(urls[-1]) == JPEG
    assert {said.code for said in told} == {Code.MISSING_PICTURE}
    assert told.short[-1][2] == "down.test has not answered for others; left out"


def test_odd_answers_are_answers(tmp_path: Path) -> None:
    fake, told = Fake(lambda url: Absent("10.0.0.1 is not on the public internet", Code.ODD_PICTURE, False)), Told()
    Pictures(tmp_path, lambda: fake).expect(issue([f"http://a.test/{number}.jpg" for number in range(20)]), told)
    assert len(fake.asked) == 20
    assert len({said.message.partition(": ")[2] for said in told}) == 1


def test_what_a_crash_left_in_the_folder_is_asked_for_again(tmp_path: Path) -> None:
    urls = ["http://a.test/a.jpg", "http://a.test/b.jpg"]
    fake = Fake(lambda url: JPEG if "a.jpg" in url else Absent("a.test answers 404"))
    Pictures(tmp_path, lambda: fake).expect(issue(urls), Told())
    for path in (tmp_path / "pictures").iterdir():
        path.write_bytes(b"")
    pictures = Pictures(tmp_path, lambda: fake)
    pictures.expect(issue(urls), Told())
    assert pictures.picture(urls[0]) == JPEG
    assert len(fake.asked) == 4


def test_removing_what_is_remembered_asks_again(tmp_path: Path) -> None:
    fake = Fake(lambda url: Absent("a.test answers 404"))
    url = "http://a.test/a.jpg"
    Pictures(tmp_path, lambda: fake).expect(issue([url]), Told())
    (remembered,) = (tmp_path / "pictures").glob("*.absent")
    assert json.loads(remembered.read_text(encoding="utf-8"))["url"] == url
    remembered.unlink()
    Pictures(tmp_path, lambda: fake).expect(issue([url]), Told())
    assert len(fake.asked) == 2


@pytest.mark.parametrize("made", [None, ".gitignore", "pictures"])
def test_a_folder_that_cannot_be_written_is_the_user_s(tmp_path: Path, made: str | None) -> None:
    folder = tmp_path / "cache"
    if made == ".gitignore":
        (folder / made).mkdir(parents=True)
        (folder / "pictures").write_text("")
    else:
        (folder / made if made else folder).parent.mkdir(exist_ok=True)
        (folder / made if made else folder).write_text("")
    fake = Fake(lambda url: JPEG)
    pictures = Pictures(folder, lambda: fake)
    with pytest.raises(OutputError, match="cannot keep pictures in"):
        pictures.expect(issue(["http://a.test/a.jpg"]), Told())
    assert fake.stopped


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*paths: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OutputError, match="No space left"):
        Pictures(tmp_path, lambda: Fake(lambda url: JPEG)).expect(issue(["http://a.test/a.jpg"]), Told())
    assert list((tmp_path / "pictures").iterdir()) == []


def test_an_interruption_ends_what_is_under_way(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fetcher's own stop ends the slow one; this test would take its minute otherwise."""
    server.answers = {"/slow": [lambda call: call.drip(iter([b"H"] * 900), 0.1)], "/fast": [reply(200, JPEG)]}

    def interrupted(data: bytes) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("paperround.publish.pictures.complaint", interrupted)
    pictures = Pictures(tmp_path, lambda: Fetcher(check=allow_server, resolve=Names()))
    with pytest.raises(KeyboardInterrupt):
        pictures.expect(issue([server.url("/slow"), server.url("/fast")]), Told())
    pictures.close()


def digest(folder: Path, urls: Sequence[str]) -> Path:
    lines = ["## Daily Papers (2024-05-03)", ""]
    for number, url in enumerate(urls, 1):
        lines += [
            f"### [Paper {number}](https://arxiv.org/abs/2405.{number:05})",
            "",
            f"![]({url})",
            "",
            "- Summary.",
            "",
        ]
    folder.mkdir()
    (folder / "a.md").write_text("\n".join(lines), encoding="utf-8")
    return folder


def publish(sources: Path, out: Path, pictures: Pictures, told: Told, **options: object) -> dict[str, bytes]:
    job = Job(
        find([Source(sources, "digests")], Span(), told),
        [bind("epub", options)],
        Series(),
        told,
        lambda done, total: None,
        pictures=pictures,
    )
    build(job, out, Policy(every_format=False))
    return {path.name: path.read_bytes() for path in sorted(out.rglob("*.epub"))}


def test_a_book_holds_the_pictures_and_is_built_offline_the_next_time(server: Server, tmp_path: Path) -> None:
    server.answers = {"/a.webp": [reply(200, GOOD["webp"])], "/b.png": [reply(200, SVG)]}
    sources = digest(tmp_path / "digests", [server.url(path) for path in ("/a.webp", "/b.png", "/c.png")])
    options = {"images": "embed", "periods": ["day", "week", "month"]}
    first, second = Told(), Told()
    books = publish(sources, tmp_path / "one", Pictures(tmp_path / "cache", connect), first, **options)
    assert sorted(call.path for call in server.calls) == ["/a.webp", "/b.png", "/c.png"]
    assert [(said.path, said.line, said.code) for said in first] == [
        ("digests/a.md", 9, Code.ODD_PICTURE),
        ("digests/a.md", 15, Code.MISSING_PICTURE),
    ]
    assert len(books) == 3
    for book in books.values():
        archive = zipfile.ZipFile(io.BytesIO(book))
        (name,) = (name for name in archive.namelist() if "pictures/" in name)
        picture = Image.open(io.BytesIO(archive.read(name)))
        picture.load()
        assert (picture.format, picture.size) == ("JPEG", (60, 40))
        pages = "".join(archive.read(page).decode() for page in archive.namelist() if page.endswith(".xhtml"))
        assert server.url("/b.png") in pages
        assert server.url("/c.png") in pages

    server.stop()
    assert publish(sources, tmp_path / "two", Pictures(tmp_path / "cache", offline), second, **options) == books
    assert second == first


def test_nothing_is_fetched_unasked(tmp_path: Path) -> None:
    sources = digest(tmp_path / "digests", ["http://a.test/a.png"])
    told = Told()
    assert publish(sources, tmp_path / "out", Pictures(tmp_path / "cache", offline), told)
    assert told == []
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("cache", ["cache", "digests/a.md"])
def test_connections_are_closed_however_a_build_ends(tmp_path: Path, cache: str) -> None:
    sources = digest(tmp_path / "digests", ["http://a.test/a.png"])
    fake = Fake(lambda url: JPEG)
    with suppress(OutputError):
        publish(sources, tmp_path / "out", Pictures(tmp_path / cache, lambda: fake), Told(), images="embed")
    assert fake.asked
    assert fake.closed


@exporter(Options, files=("sly.txt",))
def sly(options: Options, output: Output) -> Iterator[Write]:
    """Asks for pictures without having said so."""
    yield lambda issue: output.picture("http://a.test/a.png") and None


def test_a_format_has_to_declare_that_it_shows_pictures(tmp_path: Path) -> None:
    sources = digest(tmp_path / "digests", ["http://a.test/a.png"])
    found = find([Source(sources, "digests")], Span(), Told())
    job = Job(found, [sly.bind("sly", {})], Series(), Told(), lambda done, total: None)
    with pytest.raises(ValueError, match="'sly' does not declare that it shows pictures"):
        build(job, tmp_path / "out", Policy(every_format=False))


def test_the_command_line_keeps_pictures_where_it_is_told(tmp_path: Path) -> None:
    """A private address needs no network to be refused; what the folder holds needs none to be shown."""
    shown, refused = "https://example.org/a.jpg", "http://169.254.169.254/latest"
    sources = digest(tmp_path / "digests", [shown, refused])
    Pictures(tmp_path / "kept", lambda: Fake(lambda url: JPEG)).expect(issue([shown]), Told())
    words = ["export", "epub", sources, "-o", tmp_path / "out", "--images", "embed", "--cache", tmp_path / "kept"]
    done = paperround(*words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    said = f"{refused}: 169.254.169.254 is not on the public internet; left out"
    assert done.stderr.decode().splitlines()[0] == f"{sources}/a.md:9: odd-picture {said}"
    (book,) = (tmp_path / "out").rglob("*.epub")
    assert [name for name in zipfile.ZipFile(book).namelist() if "pictures/" in name]
    assert paperround(*words, "--strict", cwd=tmp_path).returncode == 1
    assert not (tmp_path / ".paperround-cache").exists()


def _flat(table: dict[str, object]) -> dict[str, bytes]:
    """Return bytes by names that can stand in a path."""
    data = {name: entry[0] if isinstance(entry, tuple) else entry for name, entry in table.items()}
    return {name.replace(" ", "-"): bytes(entry) for name, entry in data.items()}
