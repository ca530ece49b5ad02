"""Taking over what is published elsewhere: by folder, by address, and what happens when it is not what it says."""

import contextlib
import gzip
import http.server
import json
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from paperround.cli.main import run as command
from paperround.exporters import Series, bind
from paperround.model import Code, Diagnostic, OutputError, Severity, Source
from paperround.publish import Job, Policy, Result, Span, build, find
from paperround.publish.build import previous, work

from ...command import files, sealed

PAPER = "### [Paper {0}](https://arxiv.org/abs/2405.{0:05})\n\nVote: 1\n\n- 글\n"
FORMATS = ("atom", "csv", "epub")


@pytest.fixture
def digests(tmp_path: Path) -> Path:
    folder = tmp_path / "digests"
    folder.mkdir()
    for number, date in enumerate(["2024-04-30", "2024-05-02", "2024-05-03"]):
        (folder / f"{date}.md").write_text(f"## Daily Papers ({date})\n\n{PAPER.format(number)}", encoding="utf-8")
    return folder


def run(digests: Path, root: Path, where: str | None = None, said: list[Diagnostic] | None = None) -> Result:
    report = [].append if said is None else said.append
    found = find([Source(digests, "digests")], Span(), report)
    exporters = [bind(name, {}) for name in FORMATS]
    series = Series(base_url="https://example.org/papers")
    job = Job(found, exporters, series, report, lambda done, total: None)
    return build(job, root, Policy(previous=where))


class Site:
    """A folder on loopback that counts what is asked, and may answer otherwise."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[str] = []
        self.answers: dict[str, list[int]] = {}
        """By path, the status codes to answer with first."""
        site = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *given: object, **named: object) -> None:
                super().__init__(*given, directory=str(folder), **named)  # type: ignore[arg-type]

            def do_GET(self) -> None:
                site.asked.append(self.path)
                if status := site.answers.get(self.path):
                    self.send_error(status.pop(0))
                else:
                    super().do_GET()

            def log_message(self, format: str, *args: object) -> None: ...

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def site(digests: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Publish the digests on loopback."""
    monkeypatch.setattr(previous.time, "sleep", lambda seconds: None)
    run(digests, tmp_path / "published")
    site = Site(tmp_path / "published")
    yield site
    site.close()


@pytest.fixture(params=["folder", "address"])
def where(request: pytest.FixtureRequest, site: Site, tmp_path: Path) -> str:
    return site.address if request.param == "address" else str(tmp_path / "published")


def test_nothing_is_made_that_is_published(
    digests: Path, tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "issues", None)
    done = run(digests, tmp_path / "out", where)
    assert set(done.files.values()) == {False}
    assert files(tmp_path / "out") == files(tmp_path / "published")


def test_what_has_no_source_any_more_is_not_lost(digests: Path, tmp_path: Path, where: str) -> None:
    (digests / "2024-04-30.md").unlink()
    said: list[Diagnostic] = []
    run(digests, tmp_path / "out", where, said)
    assert (tmp_path / "out/epub/daily-papers-2024-04-30.epub").exists()
    assert [diagnostic.code for diagnostic in said] == [Code.SOURCE_GONE]


def test_a_folder_that_has_been_built_is_left_as_it_is(digests: Path, tmp_path: Path, site: Site) -> None:
    run(digests, tmp_path / "out")
    run(digests, tmp_path / "out", site.address)
    assert not site.asked


def test_what_is_not_what_the_manifest_says_is_made_anew(digests: Path, tmp_path: Path, where: str) -> None:
    (tmp_path / "published/papers.csv").write_text("somebody else's")
    (tmp_path / "published/feeds/papers.atom").unlink()
    said: list[Diagnostic] = []
    done = run(digests, tmp_path / "out", where, said)
    assert {name for name, changed in done.files.items() if changed} == {"feeds/papers.atom", "papers.csv"}
    run(digests, tmp_path / "anew")
    assert files(tmp_path / "out") == files(tmp_path / "anew")
    assert [(diagnostic.code, diagnostic.message) for diagnostic in said] == [
        (Code.NOT_TAKEN_OVER, f"feeds/papers.atom and 1 more in {where} is not what its manifest says; not taken over")
    ]


def test_the_first_time_everything_is_made(digests: Path, tmp_path: Path, site: Site) -> None:
    site.answers = {"/gone/.paperround.json": [410]}
    for where in f"{site.address}/not/there", f"{site.address}/gone", str(tmp_path / "nowhere"):
        said: list[Diagnostic] = []
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        assert set(run(digests, tmp_path / "out", where, said).files.values()) == {True}
        assert [(diagnostic.code, diagnostic.code.severity) for diagnostic in said] == [
            (Code.NOTHING_PREVIOUS, Severity.WARNING)
        ]


def test_a_first_time_fails_a_strict_run_which_publishes_all_the_same(
    digests: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["build", str(digests), "--format", "csv", "--previous", str(tmp_path / "none"), "-o"]
    assert command([*given, str(tmp_path / "out")]) == 0
    assert command([*given, str(tmp_path / "strict"), "--strict"]) == 1
    assert "1 warning" in capsys.readouterr().err
    assert files(tmp_path / "strict").keys() == files(tmp_path / "out").keys() != set()


@pytest.mark.parametrize("text", ["", "<!doctype html>", '{"schema": 99}'])
def test_a_manifest_that_says_nothing_is_told(digests: Path, tmp_path: Path, where: str, text: str) -> None:
    (tmp_path / "published/.paperround.json").write_text(text)
    said: list[Diagnostic] = []
    assert set(run(digests, tmp_path / "out", where, said).files.values()) == {True}
    assert [diagnostic.code for diagnostic in said] == [Code.NOT_TAKEN_OVER]


def test_a_server_that_stumbles_is_asked_again(digests: Path, tmp_path: Path, site: Site) -> None:
    site.answers = {"/.paperround.json": [503], "/papers.csv": [429, 500]}
    assert set(run(digests, tmp_path / "out", site.address).files.values()) == {False}
    assert site.asked.count("/papers.csv") == 3


@pytest.mark.parametrize("status", [[503] * 9, [403]])
@pytest.mark.parametrize("path", ["/.paperround.json", "/papers.csv"])
def test_a_site_that_cannot_be_read_is_not_replaced(
    digests: Path, tmp_path: Path, site: Site, path: str, status: list[int]
) -> None:
    site.answers = {path: [*status]}
    with pytest.raises(OutputError, match=r"cannot read http://127.0.0.1:[0-9]+/[a-z.]+: it answers [0-9]{3}"):
        run(digests, tmp_path / "out", site.address)
    assert not (tmp_path / "out/.paperround.json").exists()
    assert not list((tmp_path / "out").rglob("*.tmp"))
    site.answers.clear()
    run(digests, tmp_path / "out", site.address)
    assert files(tmp_path / "out") == files(tmp_path / "published")


@pytest.mark.parametrize(("number", "is_unknown"), [(socket.EAI_NONAME, True), (socket.EAI_AGAIN, False)])
def test_a_host_that_nobody_knows_has_published_nothing(
    digests: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, is_unknown: bool
) -> None:
    def getaddrinfo(*given: object, **more: object) -> NoReturn:
        raise socket.gaierror(number, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(previous, "_TRIES", 1)
    said: list[Diagnostic] = []
    if is_unknown:
        run(digests, tmp_path / "out", "https://papers.invalid", said)
        assert [diagnostic.code for diagnostic in said] == [Code.NOTHING_PREVIOUS]
    else:
        with pytest.raises(OutputError, match="the server cannot be reached; run again"):
            run(digests, tmp_path / "out", "https://papers.invalid", said)


def test_nobody_there(digests: Path, tmp_path: Path, site: Site) -> None:
    site.close()
    with pytest.raises(OutputError, match=r"cannot read .*; run again"):
        run(digests, tmp_path / "out", site.address)


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/outside.txt", ".hidden", "a/../../outside.txt"])
def test_a_hostile_manifest_writes_nothing_outside(digests: Path, tmp_path: Path, where: str, name: str) -> None:
    (tmp_path / "outside.txt").write_text("here")
    path = tmp_path / "published/.paperround.json"
    values = json.loads(path.read_text())
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    values["files"][name] = {"format": "csv", "size": 0, "sha256": empty}
    values["files"]["papers.csv"]["size"] = 3  # and a file that is longer than that
    path.write_bytes(sealed(values))
    run(digests, tmp_path / "out", where)
    assert (tmp_path / "outside.txt").read_text() == "here"
    assert not (tmp_path / "out/.hidden").exists()
    assert (tmp_path / "out/papers.csv").read_bytes() == (tmp_path / "published/papers.csv").read_bytes()


def test_a_manifest_that_states_a_length_beyond_all_is_not_followed(
    digests: Path, tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previous, "_LARGEST", 100_000)
    path = tmp_path / "published/.paperround.json"
    values = json.loads(path.read_text())
    values["files"]["papers.csv"]["size"] = 10**13
    path.write_bytes(sealed(values))
    said: list[Diagnostic] = []
    run(digests, tmp_path / "out", where, said)
    assert [diagnostic.code for diagnostic in said] == [Code.NOT_TAKEN_OVER]
    assert (tmp_path / "out/papers.csv").read_bytes() == (tmp_path / "published/papers.csv").read_bytes()


class _Hostile(http.server.BaseHTTPRequestHandler):
    """Answers each name in its own bad way."""

    def do_GET(self) -> None:
        how = self.path.split("/")[1]
        location = {
            "circle": self.path,
            "data": "data:,x",
            "javascript": "javascript:1",
            "half": "http:x",
            "idna": "http://xn--/",
        }
        if where := location.get(how):
            self.send_response(302)
            self.send_header("Location", where)
            self.end_headers()
        elif how == "bomb":  # ten megabytes in ten kilobytes
            self.send_response(200)
            self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(gzip.compress(bytes(10_000_000)))
        elif how == "broken":
            self.send_response(200)
            self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(b"no gzip")
        elif how == "drops":
            self.send_response(200)
            self.end_headers()
            with contextlib.suppress(OSError):
                for _ in range(100):
                    self.wfile.write(b" " * 70_000)
                    time.sleep(0.02)
        else:
            self.wfile.write(b"SSH-2.0-nothing\r\n")

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.mark.parametrize(
    "how", ["circle", "data", "javascript", "half", "idna", "bomb", "broken", "drops", "another-protocol"]
)
def test_a_hostile_server_costs_one_line(
    digests: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(previous, "_TRIES", 1)
    monkeypatch.setattr(previous, "_LONGEST", 0.2)
    monkeypatch.setattr(previous, "_LARGEST", 8_000_000)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Hostile)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with pytest.raises(OutputError, match=r"^cannot read http://127[^\n]+$"):
            run(digests, tmp_path / "out", f"http://127.0.0.1:{server.server_port}/{how}")
    finally:
        server.shutdown()
        server.server_close()
    assert not (tmp_path / "out/.paperround.json").exists()


@pytest.mark.parametrize("address", ["https://xn--a", "http://", "https://[::1", "http://a\x80b", "https://١.com"])
def test_an_address_that_is_none_costs_one_line(digests: Path, tmp_path: Path, address: str) -> None:
    with pytest.raises(OutputError, match=r"^cannot read [^\n]+$"):
        run(digests, tmp_path / "out", address)
