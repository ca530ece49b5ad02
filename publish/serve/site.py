"""A published folder over HTTP on the loopback interface, as a careful static host would serve it."""

import hashlib
import html
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from ...model import UsageError
from ..build import manifest
from .media_types import media_type
from .reload import STATUS, TAG, Reload

LOOPBACK = "127.0.0.1"
_NAMES = {LOOPBACK, "localhost", "[::1]"}
"""What a browser calls us. A page elsewhere can make its own name mean 127.0.0.1 (DNS rebinding), but not say these."""
_SILENCE = 30.0
"""Seconds that a connection may be silent."""
_GIVEN = {manifest.NAME}
"""Of names that begin with a dot: the one that `build --previous` asks for."""
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
"""Of more digits no number is made: CPython takes 4,300 at most, and no file has so many bytes."""
_PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1>{body}</html>\n'

Log = Callable[[str], None]


class _ServedFile(NamedTuple):
    """A file's bytes, all from one moment, and when they were written in seconds since 1970."""

    body: bytes
    written: float

    @property
    def tag(self) -> str:
        """A strong ETag: other bytes, another tag."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


class Site(ThreadingHTTPServer):
    """Serves a folder on a port of 127.0.0.1, 0 for any that is free; raises UsageError for one that cannot be had."""

    request_queue_size = 256  # clients that come at once wait their turn; the default of 5 turns them away
    daemon_threads = True  # a reader that keeps its connection open does not keep us from ending
    block_on_close = False
    allow_reuse_address = sys.platform != "win32"  # there it would share a port that is in use

    def __init__(self, folder: Path, port: int, log: Log = lambda line: None, reload: Reload | None = None) -> None:
        self.folder = folder.resolve()
        self.log = log
        self.reload = reload
        """Where pages learn that they have changed; without it, every file is as it is published."""
        try:
            super().__init__((LOOPBACK, port), _Handler)
        except OSError as error:
            raise UsageError(f"cannot listen on port {port}: {error.strerror}; choose another with --port") from None

    @property
    def address(self) -> str:
        """The base URL, without a slash at its end."""
        return f"http://{LOOPBACK}:{self.server_port}"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Answer requests in another thread while the context lasts."""
        thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.shutdown()
            thread.join()
            self.server_close()

    def server_bind(self) -> None:
        """Bind without asking the name service who we are, as HTTPServer does, which can take seconds."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = LOOPBACK, int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over readers that went away; anything else is a bug of ours."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    server: Site
    protocol_version = "HTTP/1.1"
    server_version = "paperround"
    sys_version = ""
    timeout = _SILENCE

    def do_GET(self) -> None:
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # nobody reads that body, and the next request is not in it
        if not self._is_ours():
            self._page(HTTPStatus.MISDIRECTED_REQUEST, "<p>Ask for 127.0.0.1 or localhost.</p>")
            return
        self._make_relative()
        if self.server.reload and (own := self.server.reload.answer(self.path)):
            self._answer(HTTPStatus.OK, {"Content-Type": media_type(own[0], own[1])}, own[1])
            return
        parts = _parts(urlsplit(f"//-{self.path}").path) if self.path.startswith("/") else None
        path = self._inside(parts) if parts is not None else None
        if parts is None or path is None:
            self._missing()
        elif path.is_dir() and parts[-1]:
            self._redirect(parts)
        elif path.is_dir() and self.server.reload and self.server.reload.is_first:
            self._page(HTTPStatus.OK, self.server.reload.page, "paperround")
        elif path.is_dir():
            self._folder(path, parts)
        elif parts[-1]:
            self._give(path, "/".join(parts))
        else:
            self._missing()

    def do_HEAD(self) -> None:
        self.do_GET()

    def _make_relative(self) -> None:
        """Take the absolute form of a request's target, which a server has to accept (RFC 9112, section 3.2.2)."""
        if self.path.lower().startswith("http://"):
            self.path = "/" + self.path[len("http://") :].partition("/")[2]

    def _is_ours(self) -> bool:
        """Tell whether the client means us; HTTP/1.1 wants exactly one Host (RFC 9112, section 3.2)."""
        hosts = self.headers.get_all("Host", [])
        return len(hosts) == 1 and re.sub(r":[0-9]*\Z", "", hosts[0]).lower() in _NAMES

    def _inside(self, parts: list[str]) -> Path | None:
        """Return what stands at a path, None where nothing does, or what is reached through a link that leads out."""
        path = self.server.folder.joinpath(*filter(None, parts))
        try:
            found = path.resolve(strict=True)
        except (OSError, RuntimeError):
            return None
        return found if found.is_relative_to(self.server.folder) else None

    def _redirect(self, parts: list[str]) -> None:
        """Send to the address with a slash at its end, which relative links in an index need."""
        self._answer(HTTPStatus.MOVED_PERMANENTLY, {"Location": f"/{quote('/'.join(parts))}/"}, b"")

    def _folder(self, path: Path, parts: list[str]) -> None:
        if (path / "index.html").is_file():
            self._give(path / "index.html", "index.html")
            return
        names = sorted(found.name + "/" * found.is_dir() for found in path.iterdir())
        shown = [name for name in names if not name.startswith(".") and _is_text(name)]
        links = "".join(f'<li><a href="./{quote(name)}">{html.escape(name)}</a></li>' for name in shown)
        self._page(HTTPStatus.OK, f"<ul>{links}</ul>", f"/{'/'.join(parts)}")

    def _give(self, path: Path, name: str) -> None:
        try:
            with path.open("rb") as file:
                found = _ServedFile(file.read(), os.fstat(file.fileno()).st_mtime)
        except OSError:
            self._missing()
            return
        kind = media_type(name, found.body)
        if self.server.reload and kind.startswith("text/html"):
            found = found._replace(body=found.body + TAG)
        headers = {
            "ETag": found.tag,
            "Last-Modified": formatdate(found.written, usegmt=True),
            "Cache-Control": "no-cache",  # ask again every time, but with the ETag
            "Accept-Ranges": "bytes",
        }
        if self._is_known(found):
            self._answer(HTTPStatus.NOT_MODIFIED, headers, None)
            return
        headers["Content-Type"] = kind
        self._give_range(found, headers)

    def _is_known(self, file: _ServedFile) -> bool:
        """Compare with what the client has; a date counts only where it names no ETag (RFC 9110, section 13.2.2)."""
        if (tags := self.headers["If-None-Match"]) is not None:
            return tags.strip() == "*" or file.tag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        since = _seconds(self.headers["If-Modified-Since"])
        return since is not None and int(file.written) <= since

    def _give_range(self, file: _ServedFile, headers: dict[str, str]) -> None:
        """Give the one range that was asked for, or all; more ranges than one may be passed over (section 14.2)."""
        asked = _RANGE.fullmatch((self.headers["Range"] or "").replace(" ", "")) if self.command == "GET" else None
        if not asked or not any(asked.groups()) or self.headers.get("If-Range", file.tag) != file.tag:
            self._answer(HTTPStatus.OK, headers, file.body)
            return
        size = len(file.body)
        start, end = _bounds(asked[1], asked[2], size)
        if start >= end:
            headers["Content-Range"] = f"bytes */{size}"
            self._answer(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers, b"")
            return
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
        self._answer(HTTPStatus.PARTIAL_CONTENT, headers, file.body[start:end])

    def _missing(self) -> None:
        """Answer 404 with the folder's own page, where it has one."""
        try:
            body = (self.server.folder / "404.html").read_bytes()
        except OSError:
            self._page(HTTPStatus.NOT_FOUND, '<p><a href="/">What there is</a></p>')
            return
        self._answer(HTTPStatus.NOT_FOUND, {"Content-Type": media_type("404.html", body)}, body)

    def _page(self, status: HTTPStatus, body: str, title: str = "") -> None:
        text = _PAGE.format(title=html.escape(title or f"{status} {status.phrase}"), body=body)
        self._answer(status, {"Content-Type": media_type(".html", b"")}, text.encode())

    def _answer(self, status: HTTPStatus, headers: dict[str, str], body: bytes | None) -> None:
        """Send an answer; without a body for HEAD, and for what never has one (None)."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("X-Content-Type-Options", "nosniff")
        if body is not None:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if body and self.command != "HEAD":
            self.wfile.write(body)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Log the method, the path and the status of a request; one that is no HTTP has no path."""
        path = getattr(self, "path", "-")
        if isinstance(code, HTTPStatus) and path != STATUS:
            self.server.log(f"{self.command or '-'} {path} {code.value}")

    def log_message(self, *_: object) -> None:
        """Leave out what else http.server has to say."""


def _parts(path: str) -> list[str] | None:
    """Split a path into names, the last one '' for a folder; None for a path that names nothing we give away.

    Names with a dot in front are ours, or somebody's secrets; only what later builds need gets published.
    """
    parts = unquote(path, errors="surrogateescape")[1:].split("/")
    if any(part.startswith(".") and part not in _GIVEN for part in parts) or any(not part for part in parts[:-1]):
        return None
    return None if any(re.search(r"[\\:\0\ud800-\udfff]", part) for part in parts) else parts


def _is_text(name: str) -> bool:
    """Tell whether a name can be shown: one in other bytes than UTF-8 has no address here."""
    return not re.search(r"[\ud800-\udfff]", name)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """Return where a range begins and ends (exclusive) in a file; an empty one cannot be satisfied."""
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(int(last) + 1, size) if last else size


def _seconds(date: str | None) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp() if date else None
    except (ValueError, OverflowError):
        return None
