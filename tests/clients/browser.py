"""Headless Chromium behind a proxy of ours, which answers from a dictionary and lets nothing leave the machine."""

import os
import subprocess
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

OWN = (".google.com", ".googleapis.com")
"""What Chromium asks for by itself, whatever it is told."""

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Loopback, too, goes through the proxy.
    "--proxy-bypass-list=<-loopback>",
    # Timers run at once; requests that are under way stop the clock.
    "--virtual-time-budget=10000",
)


class _Proxy(ThreadingHTTPServer):
    def __init__(self, pages: Mapping[str, tuple[str, bytes]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages = pages
        self.requests: list[str] = []


class _Handler(BaseHTTPRequestHandler):
    server: _Proxy

    def do_GET(self) -> None:
        self.server.requests.append(self.path)
        kind, body = self.server.pages.get(self.path, ("", b""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.do_GET()

    def do_CONNECT(self) -> None:
        self.server.requests.append(f"https://{self.path}")
        self.send_error(403)

    def log_message(self, *_: object) -> None:
        pass


def visit(chromium: str, home: Path, url: str, pages: Mapping[str, tuple[str, bytes]]) -> tuple[str, list[str]]:
    """Open a page; return its document when all has settled, and the addresses that were asked for.

    `pages` maps addresses to their media type and body; everything else is not found, and https is refused after
    its host and port are noted.
    """
    with _Proxy(pages) as proxy:
        thread = threading.Thread(target=proxy.serve_forever)
        thread.start()
        try:
            command = [chromium, *FLAGS, f"--proxy-server=http://127.0.0.1:{proxy.server_port}"]
            run = subprocess.run(
                [*command, f"--user-data-dir={home / 'profile'}", "--dump-dom", url],
                env=os.environ | {"HOME": str(home)},
                capture_output=True,
                check=True,
                timeout=120,
            )
        finally:
            proxy.shutdown()
            thread.join()
    requests = [address for address in proxy.requests if not (urlsplit(address).hostname or "").endswith(OWN)]
    return run.stdout.decode(), requests
