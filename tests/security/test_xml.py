"""The XML that we read, arXiv's answers, brings nothing in from elsewhere and cannot unfold."""

import gzip
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from paperround.model import NoAnswer, Records
from paperround.publish.records import arxiv

ENTRY = (
    "<entry><id>http://arxiv.org/abs/2405.00001v1</id><updated>{0}</updated><published>2024-05-02T17:59:59Z</published>"
    "<title>{1}</title><summary>An abstract.</summary><author><name>Ada Quill</name></author>"
    '<category term="cs.CL"/></entry>'
)
TIME = "2024-05-20T01:02:03Z"
LAUGHS = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))


class Server(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.body, self.headers, self.requests = b"", dict[str, str](), list[str]()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.requests.append(self.path.partition("?")[0])
        self.send_response(200)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def document(title: str, dtd: str = "", updated: str = TIME) -> bytes:
    entry = ENTRY.format(updated, title)
    return f'<?xml version="1.0"?>{dtd}<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode()


def gathered(server: Server) -> Records:
    """Ask, with a clock that waits for nothing."""
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    answers = arxiv.gather(["2405.00001"], lambda said: None, f"{server.address}/api/query", lambda: now[0], sleep)
    return {name: record for answer in answers for name, record in answer.items()}


def test_an_answer_is_read(server: Server) -> None:
    server.body = document("A &lt;!DOCTYPE&gt; of Laughs")
    record = gathered(server)["2405.00001"]
    assert record
    assert record.title == "A <!DOCTYPE> of Laughs"


@pytest.mark.parametrize(
    "dtd",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "{address}/e">]>',
        '<!DOCTYPE x SYSTEM "{address}/x.dtd">',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "{address}/p"> %p;]>',
        f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}<!ENTITY e "&a9;">]>',
        f'<!DOCTYPE x [<!ENTITY e "{"a" * 100_000}">]>',
    ],
)
def test_entities_are_neither_fetched_nor_unfolded(server: Server, dtd: str, tmp_path: Path) -> None:
    """An answer that needs them is none: without them, a title would be a lie."""
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    server.body = document("&e;" * 1000, dtd.replace("{secret}", str(secret)).replace("{address}", server.address))
    with pytest.raises(NoAnswer, match="document type"):
        gathered(server)
    assert set(server.requests) == {"/api/query"}


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_without_end_is_given_up(server: Server, packed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arxiv, "_LONGEST_ANSWER", 1_000_000)
    server.body = document("a" * 1_000_000)
    if packed:
        server.body, server.headers = gzip.compress(server.body), {"Content-Encoding": "gzip"}
    with pytest.raises(NoAnswer, match="without end"):
        gathered(server)


def test_values_that_are_none_are_no_answer(server: Server) -> None:
    server.body = document("A Title", updated="yesterday")
    with pytest.raises(NoAnswer, match="cannot be read"):
        gathered(server)


@pytest.mark.parametrize("title", ["A &nbsp; B", "AT&T", "A < B", "<b>" * 100_000 + "</b>" * 100_000])
def test_an_answer_that_is_not_well_formed_is_none(server: Server, title: str) -> None:
    """A reader that goes on all the same leaves a part of the title out."""
    server.body = document(title)
    with pytest.raises(NoAnswer, match="not well-formed"):
        gathered(server)


def test_what_an_answer_says_reaches_no_terminal(server: Server) -> None:
    """The package logs the ids of entries that it cannot use, and a program without logging prints that."""
    server.body = document("A").replace(b"2405.00001v1", "\x9b31m\u202e".encode()).replace(b"updated", b"nothing")
    code = "import sys; from paperround.publish.records import arxiv; "
    code += "print([*arxiv.gather(['2405.00001'], print, sys.argv[1], iter(range(0, 999, 9)).__next__)])"
    result = subprocess.run([sys.executable, "-c", code, f"{server.address}/api/query"], capture_output=True)
    assert (result.stdout, result.stderr) == (b"[]\n", b"")
