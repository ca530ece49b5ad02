"""What a preview shows while its first build goes on."""

import http.client
import json
from pathlib import Path

from paperround.publish.serve.reload import Reload
from paperround.publish.serve.site import Site


def test_until_the_first_build_is_over_there_is_a_page_that_waits(tmp_path: Path) -> None:
    reload = Reload()
    site = Site(tmp_path, 0, reload=reload)
    with site.running():
        assert "Building…".encode() in get(site, "/")
        reload.step(120, 357)
        assert b'<span id="building">120/357</span>' in get(site, "/")
        assert json.loads(get(site, "/.paperround-status")) == {"done": 120, "total": 357, "built": 0}
        (tmp_path / "index.html").write_text("<p>There</p>", encoding="utf-8")
        assert "Building…".encode() in get(site, "/")  # what is there belongs to a build that is not over
        reload.finish()
        assert get(site, "/").startswith(b"<p>There</p>\n<script src=")


def test_without_it_files_are_as_they_are_published(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>There</p>", encoding="utf-8")
    site = Site(tmp_path, 0)
    with site.running():
        assert get(site, "/") == b"<p>There</p>"
        assert b"404" in get(site, "/.paperround-status")


def get(site: Site, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", site.server_port, timeout=10)
    connection.request("GET", path)
    body = connection.getresponse().read()
    connection.close()
    return body
