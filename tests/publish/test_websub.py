"""A hub of ours on loopback hears of the feeds that changed, once each."""

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from paperround.cli.main import run

DIGEST = "## Daily Papers ({})\n\n### [T](https://arxiv.org/abs/2405.00001)\n\n- 요약입니다.\n"


class Hub(HTTPServer):
    """Remembers every ping and answers with a status of the test's choice."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Ears)
        self.heard: list[dict[str, list[str]]] = []
        self.status = 202
        self.refuses = ""
        """The end of the address of a feed that is not taken."""


class Ears(BaseHTTPRequestHandler):
    server: Hub

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.heard.append(said := parse_qs(body))
        refused = self.server.refuses and said["hub.url"][0].endswith(self.server.refuses)
        self.send_response(500 if refused else self.server.status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def hub() -> Iterator[Hub]:
    with Hub() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("03.md").write_text(DIGEST.format("2024-05-03"), encoding="utf-8")
    address = f"http://127.0.0.1:{hub.server_port}/"
    select = '[[select]]\nname = "some"\nformats = ["rss"]\nmin_votes = 900\n'
    Path("paperround.toml").write_text(
        f'[series]\nhub = "{address}"\nbase_url = "https://example.org/p/"\n{select}', encoding="utf-8"
    )


def build(*more: str) -> None:
    words = ["build", *map(str, Path().glob("*.md")), "-o", "public", "--format", "atom", "--format", "rss", *more]
    assert run(words) == 0


def topics(hub: Hub) -> list[str]:
    heard = [said["hub.url"][0] for said in hub.heard]
    hub.heard.clear()
    return heard


ALL = [
    "https://example.org/p/feeds/issues.atom",
    "https://example.org/p/feeds/issues.rss",
    "https://example.org/p/feeds/papers.atom",
    "https://example.org/p/feeds/papers.rss",
    "https://example.org/p/select/some/feeds/issues.rss",
    "https://example.org/p/select/some/feeds/papers.rss",
]


def test_the_hub_hears_of_changed_subscription_feeds_once(hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    build()
    assert run(["ping", "public"]) == 0
    assert hub.heard[0]["hub.mode"] == ["publish"]
    assert topics(hub) == ALL
    assert capsys.readouterr().out.splitlines() == ALL
    build()
    assert run(["ping", "public"]) == 0
    assert topics(hub) == []
    Path("04.md").write_text(DIGEST.format("2024-05-04").replace("00001", "00002"), encoding="utf-8")
    build()
    assert run(["ping", "public"]) == 0
    assert topics(hub) == ALL[:4]


def test_a_ping_that_was_not_taken_is_sent_again(hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    build()
    hub.status = 503
    assert run(["ping", "public"]) == 2
    assert "answers 503" in capsys.readouterr().err
    hub.status, _ = 202, topics(hub)
    assert run(["ping", "public"]) == 0
    assert topics(hub) == ALL


def test_one_refusal_keeps_no_other_feed_from_being_told(hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    build()
    hub.refuses = "feeds/papers.atom"
    assert run(["ping", "public"]) == 2
    assert topics(hub) == ALL
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [address for address in ALL if address != ALL[2]]
    assert f"answers 500 to {ALL[2]}" in printed.err
    hub.refuses = ""
    assert run(["ping", "public"]) == 0
    assert topics(hub) == [ALL[2]]


def test_what_the_hub_knows_is_taken_over(hub: Hub) -> None:
    build()
    assert run(["ping", "public"]) == 0
    Path("public").rename("site")
    topics(hub)
    Path("04.md").write_text(DIGEST.format("2024-05-04").replace("00001", "00002"), encoding="utf-8")
    build("--previous", "site")
    assert run(["ping", "public"]) == 0
    assert topics(hub) == ALL[:4]


def test_a_job_that_uploads_before_it_pings_tells_only_what_has_changed(hub: Hub) -> None:
    """Each run begins in an empty folder; what ping writes behind the upload is lost with the machine."""
    for day, heard in (3, ALL), (4, ALL[:4]), (4, []), (5, ALL[:4]):
        Path(f"0{day}.md").write_text(DIGEST.format(f"2024-05-0{day}").replace("00001", f"0000{day}"), encoding="utf-8")
        build(*(["--previous", "site"] if Path("site").exists() else []))
        shutil.rmtree("site", ignore_errors=True)
        shutil.copytree("public", "site")
        assert run(["ping", "public"]) == 0
        assert topics(hub) == heard
        shutil.rmtree("public")


def test_a_series_without_hub_is_the_users_fault(capsys: pytest.CaptureFixture[str]) -> None:
    build()
    Path("paperround.toml").unlink()
    assert run(["ping", "public"]) == 2
    assert "ping needs 'hub' and 'base_url'" in capsys.readouterr().err


def test_feeds_name_the_hub(hub: Hub) -> None:
    build()
    for name in "papers.atom", "papers.rss", "issues.atom", "issues.rss":
        text = Path("public/feeds", name).read_text(encoding="utf-8")
        assert f'href="http://127.0.0.1:{hub.server_port}/"' in text
        assert 'rel="hub"' in text
