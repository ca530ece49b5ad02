"""A published folder over HTTP: types, validators, ranges, and who gets nothing."""

import http.client
import os
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from pathlib import Path

import pytest
from paperround.model import UsageError
from paperround.publish.serve.site import LOOPBACK, Site

WRITTEN = 1_714_694_400
FILES = {
    "papers.bib": b"@misc{x}\n",
    "index.html": b"<!doctype html>",
    "feeds/papers.atom": b"<feed/>",
    ".paperround.json": b"{}",
    ".paperround.journal": b"x",
    ".git/config": b"x",
    "epub/.hidden": b"x",
    "epub/a&b.epub": b"0123456789",
    "pages/index.html": b"inner",
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    for name, body in FILES.items():
        path = tmp_path / "public" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        os.utime(path, (WRITTEN, WRITTEN))
    (tmp_path / "secret").write_text("x")
    (tmp_path / "public" / "out").symlink_to(tmp_path / "secret")
    (tmp_path / "public" / "in").symlink_to(tmp_path / "public" / "papers.bib")
    site = Site(tmp_path / "public", 0)
    with site.running():
        yield site


def ask(
    site: Site, path: str, method: str = "GET", body: str | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Return the status, headers and body of one answer; headers are given with _ for -."""
    connection = http.client.HTTPConnection(LOOPBACK, site.server_port, timeout=10)
    connection.request(method, path, body, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


def test_a_file_comes_with_what_a_reader_needs_to_ask_again(site: Site) -> None:
    status, headers, body = ask(site, "/papers.bib")
    assert (status, body) == (200, FILES["papers.bib"])
    assert headers["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert headers["Last-Modified"] == formatdate(WRITTEN, usegmt=True)
    assert headers["Content-Length"] == str(len(body))
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert ask(site, "/papers.bib", "HEAD") == (200, {**headers, "Date": headers["Date"]}, b"")


def test_what_is_known_is_not_sent_again(site: Site) -> None:
    tag = ask(site, "/papers.bib")[1]["ETag"]
    assert not tag.startswith("W/")
    for given in (tag, f'"other", W/{tag}', "*"):
        status, headers, body = ask(site, "/papers.bib", If_None_Match=given)
        assert (status, body, headers["ETag"]) == (304, b"", tag)
    assert ask(site, "/papers.bib", If_Modified_Since=formatdate(WRITTEN, usegmt=True))[0] == 304
    assert ask(site, "/papers.bib", If_Modified_Since=formatdate(WRITTEN - 1, usegmt=True))[0] == 200
    assert ask(site, "/papers.bib", If_Modified_Since="yesterday")[0] == 200
    assert ask(site, "/papers.bib", If_None_Match='"x"', If_Modified_Since=formatdate(WRITTEN, usegmt=True))[0] == 200


def test_other_bytes_have_another_tag_at_the_same_time_and_length(site: Site) -> None:
    tag = ask(site, "/papers.bib")[1]["ETag"]
    path = site.folder / "papers.bib"
    path.write_bytes(b"@misc{y}\n")
    os.utime(path, (WRITTEN, WRITTEN))
    assert ask(site, "/papers.bib", If_None_Match=tag)[0] == 200


@pytest.mark.parametrize(
    ("asked", "status", "body", "content_range"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=-30", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=8-100", 206, b"89", "bytes 8-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=5-4", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=0-1,4-5", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
    ],
)
def test_a_book_can_be_fetched_from_where_it_broke_off(
    site: Site, asked: str, status: int, body: bytes, content_range: str | None
) -> None:
    found = ask(site, "/epub/a%26b.epub", Range=asked)
    assert (found[0], found[2], found[1].get("Content-Range")) == (status, body, content_range)


def test_a_range_of_an_older_file_is_the_whole_new_one(site: Site) -> None:
    tag = ask(site, "/epub/a%26b.epub")[1]["ETag"]
    assert ask(site, "/epub/a%26b.epub", Range="bytes=2-", If_Range=tag)[0] == 206
    assert ask(site, "/epub/a%26b.epub", Range="bytes=2-", If_Range='"old"')[0] == 200


def test_folders_have_an_index_or_a_list(site: Site) -> None:
    assert ask(site, "/")[2] == FILES["index.html"]
    assert ask(site, "/pages/")[2] == b"inner"
    status, headers, _ = ask(site, "/pages")
    assert (status, headers["Location"]) == (301, "/pages/")
    listed = ask(site, "/epub/")[2].decode()
    assert '<a href="./a%26b.epub">a&amp;b.epub</a>' in listed
    assert "hidden" not in listed


@pytest.mark.parametrize(
    "path",
    [
        "/nope",
        "/.git/config",
        "/.paperround.journal",
        "/epub/.hidden",
        "/../secret",
        "/%2e%2e/secret",
        "/pages/..%2f..%2fsecret",
        "/pages%5c..%5c..%5csecret",
        "/out",
        "/papers.bib/",
        "/papers.bib/x",
        "/pages//index.html",
        "/papers%00.bib",
        "/%ff",
        "*",
    ],
)
def test_nothing_else_is_given_away(site: Site, path: str) -> None:
    assert ask(site, path)[0] == 404


def test_a_link_that_stays_inside_is_followed_and_the_manifest_is_published(site: Site) -> None:
    assert ask(site, "/in")[2] == FILES["papers.bib"]
    assert ask(site, "/.paperround.json?x=1")[0] == 200


def test_the_folder_may_have_a_page_for_what_is_missing(site: Site) -> None:
    assert b"404 Not Found" in ask(site, "/<b>")[2]
    (site.folder / "404.html").write_text("ours")
    status, headers, body = ask(site, "/nope")
    assert (status, body, headers["Content-Type"]) == (404, b"ours", "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:1", 200),
        ("LOCALHOST", 200),
        ("[::1]:8000", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example:80", 421),
        ("localhost@evil.example", 421),
        ("", 421),
    ],
)
def test_only_our_own_names_are_answered(site: Site, host: str, status: int) -> None:
    assert ask(site, "/papers.bib", Host=host)[0] == status


def test_a_connection_lives_on_for_the_next_request(site: Site) -> None:
    connection = http.client.HTTPConnection(LOOPBACK, site.server_port, timeout=10)
    for path, status in (("/papers.bib", 200), ("/nope", 404), ("/pages", 301), ("/papers.bib", 200)):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == status
        assert not answer.will_close
    connection.close()


def test_what_stands_behind_a_request_is_no_request(site: Site) -> None:
    """A body that nobody reads must not be taken for what the client asks next."""
    assert ask(site, "/papers.bib", "POST", "GET /papers.bib HTTP/1.1")[0] == 501
    with socket.create_connection((LOOPBACK, site.server_port), timeout=10) as raw:
        inner = b"GET /papers.bib HTTP/1.1\r\nHost: localhost\r\n\r\n"
        raw.sendall(b"GET /nope HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(inner) + inner)
        said = b""
        while piece := raw.recv(4096):
            said += piece
    assert said.count(b"HTTP/1.1 ") == 1


def test_a_silent_client_keeps_nobody_waiting(site: Site) -> None:
    with socket.create_connection((LOOPBACK, site.server_port)):
        assert ask(site, "/papers.bib")[0] == 200


def test_it_listens_on_loopback_only_and_says_when_a_port_is_taken(site: Site) -> None:
    assert site.server_address[0] == LOOPBACK
    with pytest.raises(UsageError, match=rf"^cannot listen on port {site.server_port}: Address already in use; choose"):
        Site(site.folder, site.server_port)


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /a.txt HTTP/1.1\r\nHost: 127.0.0.1\r\nRange: bytes=0-" + b"9" * 5000 + b"\r\n\r\n",
        b"\x16\x03\x01\x00\xa5" * 50 + b"\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET http://127.0.0.1/a.txt HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /names/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"\r\n\r\n",
    ],
)
def test_a_request_that_is_none_is_no_bug_of_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], request_: bytes
) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "names").mkdir()
    Path(os.fsdecode(bytes(tmp_path / "names") + b"/a\xff")).touch()
    site = Site(tmp_path, 0)
    with site.running():
        for _ in range(2):
            with socket.create_connection(("127.0.0.1", site.server_port), timeout=20) as asking:
                asking.sendall(request_)
                asking.shutdown(socket.SHUT_WR)
                asking.recv(100)
    assert "Traceback" not in capsys.readouterr().err


def test_two_hundred_clients_at_once_get_their_answers(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    site = Site(tmp_path, 0)
    with site.running(), ThreadPoolExecutor(200) as pool:

        def ask(_: int) -> bytes:
            with socket.create_connection(("127.0.0.1", site.server_port), timeout=20) as asking:
                asking.sendall(b"GET /a.txt HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                return asking.recv(12)

        assert set(pool.map(ask, range(200))) == {b"HTTP/1.1 200"}
