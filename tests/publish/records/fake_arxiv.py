"""A server on loopback that answers like arXiv's API, in today's layout or that of 2020, and fails when told to."""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

Layout = Literal["today", "2020"]
Trouble = Literal["429", "503", "drop", "cut", "empty", "hang", "403", "more"]

ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
ARXIV = 'xmlns:arxiv="http://arxiv.org/schemas/atom"'
SEARCH = 'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
ID = re.compile(r"[0-9]{4}\.[0-9]{4,5}|[a-z-]+/[0-9]{7}")


@dataclass
class Entry:
    """A paper as arXiv knows it."""

    title: str = "An Invented Paper"
    authors: tuple[str | tuple[str, str], ...] = ("Ada Quill", "Ben Tarn")
    """Names, each perhaps with an affiliation."""
    comment: str = ""
    doi: str = ""
    journal: str = ""


@dataclass
class Arxiv:
    """What the server knows, what it will do to the next requests, and what it has seen."""

    papers: Mapping[str, Entry]
    layout: Layout = "today"
    troubles: list[Trouble | None] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    clock: Callable[[], float] = lambda: 0.0
    endpoint: str = ""
    asked: list[list[str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    connections: int = 0
    hanging: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    def answer(self, query: str) -> tuple[int, str]:
        """Return the status and the document for a query string."""
        given = {key: values[0] for key, values in parse_qs(query).items()}
        ids = given.get("id_list", "").split(",")
        self.asked.append(ids)
        for arxiv_id in ids:
            if not ID.fullmatch(arxiv_id) or arxiv_id in self.refused:
                return 400, feed(error(arxiv_id), 1, self.layout)
        start, size = int(given.get("start", "0")), int(given.get("max_results", "10"))
        known = [arxiv_id for arxiv_id in ids if arxiv_id in self.papers]
        entries = "".join(entry(name, self.papers[name], self.layout) for name in known[start : start + size])
        return 200, feed(entries, len(known), self.layout)


@contextmanager
def serving(arxiv: Arxiv) -> Iterator[Arxiv]:
    """Serve until the context ends; `endpoint` is then where."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(arxiv))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    arxiv.endpoint = f"http://127.0.0.1:{server.server_port}/api/query"
    try:
        yield arxiv
    finally:
        arxiv.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


def handler(arxiv: Arxiv) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            arxiv.connections += 1

        def log_message(self, *_: object) -> None: ...

        def do_GET(self) -> None:
            arxiv.times.append(arxiv.clock())
            arxiv.agents.add(self.headers["User-Agent"])
            trouble = arxiv.troubles.pop(0) if arxiv.troubles else None
            if trouble == "drop":
                self.close_connection = True
                return
            if trouble == "hang":
                arxiv.hanging.set()
                arxiv.released.wait(30)
            self.reply(trouble)

        def reply(self, trouble: Trouble | None) -> None:
            status, text = arxiv.answer(urlsplit(self.path).query)
            if trouble in ("429", "503", "403"):
                status, text = int(trouble), "Rate exceeded."
            if trouble == "empty":
                text = feed("", 0, arxiv.layout)
            if trouble == "more":
                text = re.sub(r"(totalResults[^>]*>)[0-9]+", r"\g<1>2000", text)
            data = text.encode()
            if trouble == "cut":
                data = data[: len(data) * 2 // 3]
            self.send_response(status)
            if trouble == "429":
                self.send_header("Retry-After", "45")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    return Handler


def entry(arxiv_id: str, paper: Entry, layout: Layout) -> str:
    """Return a paper's entry; the layouts differ in order, in the lines of the texts, and in where names are bound."""
    bound = f" {ARXIV}" if layout == "2020" else ""
    authors = "".join(map(author, paper.authors))
    summary = "We invent a paper\n      and show it.\n" if layout == "2020" else "  We invent a paper and show it."
    more = "".join(
        f"<arxiv:{name}{bound}>{escape(text)}</arxiv:{name}>"
        for name, text in (("comment", paper.comment), ("journal_ref", paper.journal), ("doi", paper.doi))
        if text
    )
    categories = '<category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/><category term="cs.AI"/>'
    dates = ["<updated>2024-05-20T01:02:03Z</updated>", "<published>2024-05-02T17:59:59Z</published>"]
    title = f"<title>{escape(paper.title)}</title>"
    parts = [f"<id>http://arxiv.org/abs/{arxiv_id}v2</id>", title, f"<summary>{summary}</summary>", *dates, categories]
    parts += [f'<arxiv:primary_category{bound} term="cs.CL"/>', more, authors]
    return f"<entry>{''.join(parts if layout == 'today' else [parts[0], *reversed(parts[1:])])}</entry>"


def author(name: str | tuple[str, str]) -> str:
    if isinstance(name, str):
        return f"<author><name>{escape(name)}</name></author>"
    affiliation = f"<arxiv:affiliation {ARXIV}>{escape(name[1])}</arxiv:affiliation>"
    return f"<author><name>{escape(name[0])}</name>{affiliation}</author>"


def error(arxiv_id: str) -> str:
    return (
        f"<entry><id>https://arxiv.org/api/errors#incorrect_id_format_for_{arxiv_id}</id><title>Error</title>"
        f"<updated>2024-05-20T01:02:03Z</updated><summary>incorrect id format for {arxiv_id}</summary></entry>"
    )


def feed(entries: str, total: int, layout: Layout) -> str:
    """Return a document; the layouts bind the prefixes of OpenSearch and arXiv in different places."""
    outer, inner = (f" {SEARCH} {ARXIV}", "") if layout == "today" else ("", f" {SEARCH}")
    count = f"<opensearch:totalResults{inner}>{total}</opensearch:totalResults>"
    return f"<?xml version='1.0' encoding='UTF-8'?>\n<feed {ATOM}{outer}>{count}{entries}</feed>\n"
