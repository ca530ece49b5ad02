"""`paperround serve` as a person uses it: start, look, edit, look again, Ctrl-C."""

import http.client
import json
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..command import DIGESTS, paperround

DIGEST = DIGESTS / "2024" / "05" / "03.md"
WAIT = 20.0
"""Seconds after which something that should happen has not."""


class Serving:
    """A running `paperround serve`, and what it has said so far."""

    def __init__(self, folder: Path, *words: str) -> None:
        command = [str(Path(sys.executable).with_name("paperround")), "serve", *words, "--port", "0"]
        self.process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        try:
            found = re.match(r"serving (.*) at http://127.0.0.1:(\d+)/ ", self.said("serving "))
            assert found
            self.said("written")
        except BaseException:
            self.process.kill()
            raise
        self.root, self.port = found[1], int(found[2])

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)

    def said(self, word: str, times: int = 1) -> str:
        """Wait for a line with a word in it to be there so many times, and return the last one."""
        end = time.monotonic() + WAIT
        while len(found := [line for line in self.lines if word in line]) < times:
            assert time.monotonic() < end, self.lines
            assert self.process.poll() is None, self.lines
            time.sleep(0.05)
        return found[times - 1]

    def get(self, path: str, tag: str = "") -> tuple[int, str | None, str | None, bytes]:
        """Return the status, ETag, type and body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        connection.request("GET", path, headers={"If-None-Match": tag} if tag else {})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.getheader("ETag"), answer.getheader("Content-Type"), body

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        """Ask it to end, and return the exit status."""
        self.process.send_signal(how)
        status = self.process.wait(WAIT)
        self._reader.join()
        assert self.process.stdout
        self.process.stdout.close()
        assert not any("Traceback" in line for line in self.lines), self.lines
        return status


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "digests").mkdir()
    shutil.copy(DIGEST, tmp_path / "digests")
    (tmp_path / "one.md").write_text(DIGEST.read_text("utf-8").replace("2024-05-03", "2024-05-04"), encoding="utf-8")
    (tmp_path / "paperround.toml").write_text('[series]\ntitle = "Before"\nbase_url = "https://example.org"\n')
    return tmp_path


@pytest.fixture
def serving(folder: Path) -> Iterator[Serving]:
    running = Serving(folder, "digests", "one.md")
    yield running
    if running.process.poll() is None:
        running.end(signal.SIGKILL)


def test_a_session(serving: Serving, folder: Path) -> None:
    _, feed, kind, body = serving.get("/feeds/papers.json")
    assert kind == "application/feed+json"
    assert json.loads(body)["feed_url"] == f"http://127.0.0.1:{serving.port}/feeds/papers.json"
    book = serving.get("/epub/daily-papers-2024-05-04.epub")
    assert book[2] == "application/epub+zip"

    edit(folder / "digests" / DIGEST.name, "- ", "- Edited. ")
    serving.said("written", 2)
    status, new, _, body = serving.get("/feeds/papers.json", feed or "")
    assert (status, new == feed, b"Edited." in body) == (200, False, True)
    assert serving.get("/epub/daily-papers-2024-05-04.epub", book[1] or "")[0] == 304

    (folder / "paperround.toml").write_text("[series]\ntitel = 'After'\n")
    assert "has no key 'titel'; did you mean 'title'?; still serving" in serving.said("paperround: ")
    assert serving.get("/feeds/papers.json", new or "")[0] == 304
    (folder / "paperround.toml").write_text("[series]\ntitle = 'After'\n")
    serving.said("written", 3)
    assert b"After" in serving.get("/feeds/papers.json")[3]

    replacement = folder / "new"
    replacement.write_text((folder / "one.md").read_text("utf-8").replace("- ", "- Replaced. "), encoding="utf-8")
    replacement.rename(folder / "one.md")
    serving.said("written", 4)
    assert b"Replaced." in serving.get("/papers.jsonl")[3]

    assert serving.end() == 0
    assert not Path(serving.root).exists()


def test_an_open_page_learns_that_there_was_another_build(serving: Serving, folder: Path) -> None:
    page = serving.get("/")[3]
    assert page.endswith(b'<script src="/.paperround-reload.js"></script>\n')
    assert serving.get("/.paperround-reload.js")[2] == "text/javascript; charset=utf-8"
    before = json.loads(serving.get("/.paperround-status")[3])
    assert before == {"done": 0, "total": 0, "built": 1}
    edit(folder / "digests" / DIGEST.name, "- ", "- Edited. ")
    serving.said("written", 2)
    end = time.monotonic() + WAIT
    while (built := json.loads(serving.get("/.paperround-status")[3])["built"]) == 1 and time.monotonic() < end:
        time.sleep(0.05)
    assert built == 2
    assert not any("/.paperround-status" in line for line in serving.lines)


def test_every_published_file_has_a_type_of_its_own(serving: Serving) -> None:
    root = Path(serving.root)
    names = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
    kinds = {name: serving.get(f"/{name}")[2] or "" for name in names if not name.startswith(".")}
    unknown = [name for name, kind in kinds.items() if kind in ("application/octet-stream", "application/xml")]
    assert unknown == []
    assert kinds["opds.xml"].startswith("application/atom+xml;profile=opds-catalog;kind=navigation")
    assert kinds["opds/newest.xml"].startswith("application/atom+xml;profile=opds-catalog;kind=acquisition")
    assert kinds["opds.json"] == kinds["opds/newest.json"] == "application/opds+json"
    assert kinds["feeds/papers.rss"] == "application/rss+xml; charset=utf-8"
    assert kinds["papers.csl.json"] == "application/vnd.citationstyles.csl+json"


def test_what_was_said_is_not_said_again_and_the_output_may_lie_in_the_source(folder: Path) -> None:
    serving = Serving(folder, ".", "-o", "public", "--base-url", "https://example.org/x")
    edit(folder / "digests" / DIGEST.name, "- ", "- ![a](https://cdn-avatars.huggingface.co/a.svg)\n- ")
    serving.said("written", 2)
    assert b"https://example.org/x/feeds/papers.rss" in serving.get("/feeds/papers.rss")[3]
    said = [line for line in serving.lines if ".md:" in line]
    assert sorted(set(said)) == sorted(said)
    time.sleep(1)
    assert len([line for line in serving.lines if "written" in line]) == 2
    assert serving.end(signal.SIGTERM) == 0
    assert (folder / "public" / "papers.bib").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere"], "paperround: nowhere: no such file or folder in /"),
        (["-"], "paperround: - can be read only once, and serve reads again whenever something changes\n"),
        (["digests", "--port", "99999"], "paperround: Invalid value for '--port': 99999 is not in the range"),
    ],
)
def test_what_cannot_be_served_is_one_line(folder: Path, words: list[str], said: str) -> None:
    refused = paperround("serve", *words, cwd=folder)
    assert refused.returncode == 2
    assert refused.stderr.decode().startswith(said)
    assert refused.stderr.count(b"\n") == 1


def test_a_port_in_use_is_one_line(serving: Serving, folder: Path) -> None:
    refused = paperround("serve", "digests", "--port", str(serving.port), cwd=folder)
    assert refused.returncode == 2
    assert refused.stderr.decode() == (
        f"paperround: cannot listen on port {serving.port}: Address already in use; choose another with --port\n"
    )


def edit(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
