"""What a host is, and what a run spends on one that does not answer."""

import datetime
from pathlib import Path

import pytest
from paperround.model import Code, Issue, Paper
from paperround.publish import pictures
from paperround.publish.pictures import Absent, Pictures, registered_name, store, verify
from paperround.publish.pictures.fetch import Fetcher


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.example.org/x.png", "example.org"),
        ("https://b.example.org:8443/x.png", "example.org"),
        ("https://a.b.example.co.uk/x.png", "example.co.uk"),
        ("https://example.uk./x.png", "example.uk"),
        ("http://192.0.2.1:81/x.png", "192.0.2.1"),
        ("http://[2001:db8::1]/x.png", "2001:db8::1"),
        ("http://localhost/x.png", "localhost"),
        ("http://[/x.png", ""),
    ],
)
def test_a_host_is_a_registered_name(url: str, name: str) -> None:
    assert registered_name(url) == name


class Silence:
    """Answers nothing, and counts."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, url: str) -> bytes | Absent:
        self.asked.append(url)
        return Absent("it takes too long", lasting=False)

    def stop(self) -> None: ...

    def close(self) -> None: ...


def issue(count: int) -> Issue:
    """Return an issue whose pictures stand at as many names and ports of one host."""
    papers = [
        Paper(
            title=f"Paper {at}", path="x", line=1, media={"kind": "image", "url": f"http://h{at}.down.test:{at + 1}/"}
        )  # type: ignore[arg-type]
        for at in range(count)
    ]
    return Issue(date=datetime.date(2024, 5, 3), title="Papers", language="en", papers=tuple(papers))


def test_a_host_that_is_silent_is_left_alone_till_tomorrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_AT_A_TIME", 1)
    for day, asked in ("2024-05-03", 4), ("2024-05-03", 0), ("2024-05-04", 4):
        monkeypatch.setattr(store, "_today", lambda day=day: day)
        network = Silence()
        assert not Pictures(tmp_path, lambda network=network: network).expect(issue(20), [].append)
        assert len(network.asked) == asked


def test_a_run_fetches_for_an_hour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_SECONDS", -1)
    network = Silence()
    assert not Pictures(tmp_path, lambda: network).expect(issue(3), [].append)
    assert network.asked == []


def test_a_picture_of_very_many_scans_is_not_decoded() -> None:
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00"
    assert verify.complaint(b"\xff\xd8\xff\xe0" + scan * 65) == "it is drawn in more than 64 scans"


@pytest.mark.parametrize("url", ["http://xn--a/", "https://xn--zz--zz.com/a.png", "data:,x", "http:x", "https://", "x"])
def test_an_address_that_is_none_is_no_picture(url: str) -> None:
    assert Fetcher()(url) == Absent("it is not an address that can be asked", Code.ODD_PICTURE)
