"""A static host on the loopback interface, as careful as real ones: ETag, Last-Modified, 304, types by extension."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TYPES = {  # as GitHub Pages gives them
    ".atom": "application/atom+xml",
    ".rss": "application/rss+xml",
    ".json": "application/json",
    ".opml": "text/x-opml",
    ".epub": "application/epub+zip",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".jpg": "image/jpeg",
    ".xml": "application/xml",
    ".csv": "text/csv; charset=utf-8",
}


class Host(ThreadingHTTPServer):
    """Serves a folder and remembers each answer: the path and the status."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.answers: list[tuple[str, int]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def served(folder: Path) -> Iterator[Host]:
    """Serve a folder while the context lasts."""
    with Host(folder) as host:
        thread = threading.Thread(target=host.serve_forever)
        thread.start()
        try:
            yield host
        finally:
            host.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Host

    def do_GET(self) -> None:
        path = self.server.folder / self.path.partition("?")[0].lstrip("/")
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self._answer(404, {}, b"")
            return
        body = path.read_bytes()
        validators = {
            "ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"',
            "Last-Modified": formatdate(path.stat().st_mtime, usegmt=True),
        }
        if self._is_known(validators):
            self._answer(304, validators, b"")
        else:
            kind = TYPES.get(path.suffix, "application/octet-stream")
            self._answer(200, validators | {"Content-Type": kind, "Content-Length": str(len(body))}, body)

    def _is_known(self, validators: dict[str, str]) -> bool:
        """Compare with what the client has; a date counts only where it names no ETag (RFC 9110 section 13.1.3)."""
        if "If-None-Match" in self.headers:
            return self.headers["If-None-Match"] == validators["ETag"]
        return self.headers["If-Modified-Since"] == validators["Last-Modified"]

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.server.answers.append((self.path, status))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass
