"""The fetcher against servers that break every rule, and against addresses that nobody should reach."""

import gzip
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperround.model import Code
from paperround.publish.pictures import addresses
from paperround.publish.pictures.addresses import Address, is_public, may_reach, resolve
from paperround.publish.pictures.fetch import Fetcher, Limits
from paperround.publish.pictures.store import Absent

from .picture_server import (
    CERTIFICATE,
    LOOPBACK,
    QUICK,
    Answer,
    Names,
    Server,
    allow_server,
    babble,
    encoded,
    endless,
    hang_up,
    redirect,
    reply,
    reset,
    short,
    silent,
    slow_body,
    slow_head,
)

JPEG = encoded("JPEG")
Make = Callable[..., Fetcher]


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def secure() -> Iterator[Server]:
    server = Server(tls=True)
    yield server
    server.stop()


@pytest.fixture
def make() -> Iterator[Make]:
    """Make fetchers that may reach the server, and look names up in a table."""
    made: list[Fetcher] = []

    def fetcher(limits: Limits = QUICK, **how: object) -> Fetcher:
        tls = ssl.create_default_context(cafile=CERTIFICATE)
        made.append(Fetcher(limits, **{"check": allow_server, "resolve": Names(), "tls": tls, **how}))  # type: ignore[arg-type]
        return made[-1]

    yield fetcher
    for each in made:
        each.close()


ODD: dict[str, tuple[Answer, str]] = {
    "endless body": (endless, "it is larger than 0.19 MB"),
    "redirect to loopback": (redirect("http://127.0.0.2/"), "127.0.0.2 is not on the public internet"),
    "redirect to loopback in IPv6": (redirect("http://[::1]/"), "::1 is not on the public internet"),
    "redirect to mapped loopback": (redirect("http://[::ffff:7f00:1]/"), "::ffff:.* is not on the public internet"),
    "redirect to link-local": (
        redirect("http://169.254.169.254/latest/meta-data/"),
        "169.254.169.254 is not on the public internet",
    ),
    "redirect to a private name": (
        redirect("https://intranet.test/a.png"),
        r"intranet.test \(10.0.0.1\) is not on the public internet",
    ),
    "redirect to itself": (redirect("?"), "it redirects more than 5 times"),
    "redirect to a file": (redirect("file:///etc/passwd"), "it redirects to file:"),
    "redirect to ftp": (redirect("ftp://127.0.0.1/a.png"), "it redirects to ftp:"),
    "redirect with a password": (redirect("http://a:b@127.0.0.1/"), "it redirects to an address with a password"),
    "redirect to no address": (redirect("http://127.0.0.1:x/"), "it redirects to nowhere"),
}
MISSING: dict[str, tuple[Answer, str, int]] = {
    "not found": (reply(404, JPEG), "127.0.0.1 answers 404", 1),
    "forbidden": (reply(403), "127.0.0.1 answers 403", 1),
    "no content": (reply(204), "127.0.0.1 answers 204", 1),
    "redirect without address": (reply(302), "127.0.0.1 answers 302", 1),
    "broken": (reply(500), "127.0.0.1 answers 500", 3),
    "too many requests": (reply(429), "127.0.0.1 answers 429", 3),
    "come back tomorrow": (reply(429, Retry_After="86400"), "127.0.0.1 answers 429", 1),
    "come back some day": (reply(503, Retry_After="9" * 5000), "127.0.0.1 answers 503", 3),
    "timeout": (silent, "127.0.0.1 takes too long", 3),
    "a byte now and then": (slow_body, "127.0.0.1 takes too long", 1),
    "a byte of header now and then": (slow_head, "127.0.0.1 takes too long", 1),
    "reset": (reset, "127.0.0.1 breaks off", 3),
    "closed": (hang_up, "127.0.0.1 breaks off", 3),
    "cut short": (short, "127.0.0.1 breaks off", 3),
    "another protocol": (babble, "127.0.0.1 breaks off", 3),
}


@pytest.mark.parametrize(("answer", "why"), ODD.values(), ids=ODD)
def test_odd_answers_are_refused_at_once(server: Server, make: Make, answer: Answer, why: str) -> None:
    server.answers["/a.png"] = server.answers["/a.png?"] = [answer]
    absent = make()(server.url("/a.png"))
    assert isinstance(absent, Absent)
    assert re.fullmatch(why, absent.why)
    assert absent.code is Code.ODD_PICTURE
    assert absent.lasting == ("public" not in why)
    assert len(server.calls) == (6 if "times" in why else 1)


@pytest.mark.parametrize(("answer", "why", "times"), MISSING.values(), ids=MISSING)
def test_refusals_last_and_outages_are_asked_again(
    server: Server, make: Make, answer: Answer, why: str, times: int
) -> None:
    server.answers["/a.png"] = [answer]
    started = time.monotonic()
    absent = make()(server.url("/a.png"))
    assert time.monotonic() - started < QUICK.total + 5  # of patience with a busy machine
    assert absent == Absent(why, Code.MISSING_PICTURE, lasting=bool(re.search("404|403|204|302", why)))
    assert len(server.calls) == times


@pytest.mark.parametrize(
    "bad", [reply(429), reply(503, Retry_After="0"), reset, silent], ids=["429", "503", "reset", "silent"]
)
def test_an_outage_that_ends_is_waited_out(server: Server, make: Make, bad: Answer) -> None:
    server.answers["/a.jpg"] = [bad, reply(200, JPEG)]
    assert make()(server.url("/a.jpg")) == JPEG


def test_a_server_says_how_long_to_wait(server: Server, make: Make) -> None:
    server.answers["/a.jpg"] = [reply(429, Retry_After="1"), reply(200, JPEG)]
    started = time.monotonic()
    assert make()(server.url("/a.jpg")) == JPEG
    assert time.monotonic() - started >= 1


def test_compressed_bytes_stay_compressed(server: Server, make: Make) -> None:
    packed = gzip.compress(bytes(50_000_000))
    server.answers["/a.png"] = [reply(200, packed, Content_Encoding="gzip", Content_Type="image/png")]
    assert make()(server.url("/a.png")) == packed
    assert server.calls[0].headers["accept-encoding"] == "identity"


def test_redirects_are_followed_without_cookies_or_traces(server: Server, make: Make) -> None:
    server.answers |= {"/a": [redirect("b?c#d")], "/b?c": [redirect(server.url("/c", "pictures.test"))]}
    server.answers["/c"] = [reply(200, JPEG)]
    assert make()(server.url("/a")) == JPEG
    assert [call.headers["host"].partition(":")[0] for call in server.calls] == ["127.0.0.1"] * 2 + ["pictures.test"]
    allowed = {"host", "user-agent", "accept", "accept-encoding", "connection"}
    for call in server.calls:
        assert call.headers.keys() <= allowed
        assert re.fullmatch(r"paperround/\S+", call.headers["user-agent"])


def test_the_environment_has_no_say(
    server: Server, make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    netrc = f"{tmp_path}/netrc"
    with open(netrc, "w", encoding="utf-8") as file:
        file.write("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", netrc)
    server.answers["/a.jpg"] = [reply(200, JPEG)]
    assert make()(server.url("/a.jpg")) == JPEG
    assert "authorization" not in server.calls[0].headers


def test_connections_are_used_again(server: Server, make: Make) -> None:
    server.answers["/a.jpg"] = [reply(200, JPEG)]
    fetcher = make()
    assert [fetcher(server.url("/a.jpg")) for _ in range(3)] == [JPEG] * 3
    assert server.connections == 1


@pytest.mark.parametrize(
    "url",
    ["http://down.test:9/a.png", "http://nowhere.test/a.png", "http://127.0.0.1:99999/", "https://127.0.0.1:{port}/"],
)
def test_what_cannot_be_reached_is_not_remembered(server: Server, make: Make, url: str) -> None:
    absent = make(check=lambda address: True)(url.format(port=server.port))
    assert isinstance(absent, Absent)
    assert (absent.code, absent.lasting) == (Code.MISSING_PICTURE, False)


def test_an_address_without_end_is_odd(make: Make) -> None:
    absent = make()(f"http://127.0.0.1/{'a' * 100_000}.png")
    assert absent == Absent("it is not an address that can be asked", Code.ODD_PICTURE)


HERE = ["127.0.0.1", "localhost", "127.1", "0x7f.0.0.1", "2130706433", "0.0.0.0", "[::1]", "[::ffff:7f00:1]", "[::]"]  # noqa: S104


@pytest.mark.parametrize("host", HERE)
def test_the_check_that_users_get_reaches_nothing_here(server: Server, host: str) -> None:
    fetcher = Fetcher(QUICK)
    absent = fetcher(server.url("/a.png", host))
    fetcher.close()
    assert isinstance(absent, Absent)
    assert absent.why.endswith(" is not on the public internet")
    assert server.connections == 0


def test_the_address_that_was_checked_is_the_one_connected_to(
    server: Server, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rebinding: a name that is public when it is checked, and private ever after."""
    answers = [[LOOPBACK], [ip_address("10.0.0.1")]]
    looked_up = socket.getaddrinfo

    def only_numbers(host: str, *how: object, **more: object) -> object:
        ip_address(host)
        return looked_up(host, *how, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", only_numbers)
    server.answers["/a.jpg"] = [reply(200, JPEG, Connection="close")]
    fetcher = make(resolve=lambda host, port: answers.pop(0))
    assert fetcher(server.url("/a.jpg", "rebinding.test")) == JPEG
    absent = fetcher(server.url("/a.jpg", "rebinding.test"))
    assert isinstance(absent, Absent)
    assert absent.why == "rebinding.test (10.0.0.1) is not on the public internet"
    assert len(server.calls) == 1


def test_of_several_addresses_only_the_public_ones_are_tried(server: Server, make: Make) -> None:
    private: list[Address] = [ip_address("10.0.0.1"), ip_address("::1"), LOOPBACK]
    server.answers["/a.jpg"] = [reply(200, JPEG)]
    assert make(resolve=lambda host, port: private)(server.url("/a.jpg", "mixed.test")) == JPEG


def test_the_next_address_is_tried(server: Server, make: Make) -> None:
    server.answers["/a.jpg"] = [reply(200, JPEG)]
    fetcher = make(check=lambda address: True, resolve=lambda host, port: [ip_address("127.0.0.2"), LOOPBACK])
    assert fetcher(server.url("/a.jpg", "two.test")) == JPEG


def test_certificates_are_those_of_the_name(secure: Server, make: Make) -> None:
    secure.answers["/a.jpg"] = [reply(200, JPEG)]
    fetcher = make()
    assert fetcher(f"https://pictures.test:{secure.port}/a.jpg") == JPEG
    absent = fetcher(f"https://other.test:{secure.port}/a.jpg")
    assert absent == Absent("other.test has a certificate that proves nothing", Code.MISSING_PICTURE, lasting=False)


def test_https_does_not_lead_to_http(server: Server, secure: Server, make: Make) -> None:
    secure.answers["/a.jpg"] = [redirect(server.url("/a.jpg"))]
    absent = make()(f"https://pictures.test:{secure.port}/a.jpg")
    assert absent == Absent("it redirects from https to http", Code.ODD_PICTURE)
    assert server.connections == 0


def test_stopping_ends_the_waits(server: Server, make: Make) -> None:
    server.answers["/a.png"] = [slow_body]
    fetcher = make(Limits())
    stop = threading.Timer(0.3, fetcher.stop)
    stop.start()
    started = time.monotonic()
    absent = fetcher(server.url("/a.png"))
    assert isinstance(absent, Absent)
    assert time.monotonic() - started < 3
    stop.join()


@pytest.mark.parametrize(
    "text",
    [
        *("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "168.63.129.16", "169.254.169.254", "172.31.255.255"),  # noqa: S104
        *("192.0.0.1", "192.168.0.1", "198.19.0.1", "203.0.113.5", "224.0.0.1", "239.1.1.1", "255.255.255.255"),
        *("::", "::1", "::ffff:8.8.8.8", "::8.8.8.8", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "100::1", "fc00::1"),
        *("fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1"),
    ],
)
def test_what_is_not_public_is_not_reached(text: str) -> None:
    assert not may_reach(ip_address(text))


@pytest.mark.parametrize("text", ["8.8.8.8", "151.101.1.69", "172.15.0.1", "172.32.0.1", "2606:4700::1111", "2a00::1"])
def test_what_is_public_is_reached(text: str) -> None:
    assert may_reach(ip_address(text))


@given(st.ip_addresses(v=4) | st.ip_addresses(v=6))
def test_python_knows_of_no_other_private_address(address: IPv4Address | IPv6Address) -> None:
    special = address.is_multicast or address.is_reserved or address.is_link_local or address.is_loopback
    assert not is_public(address) or (address.is_global and not special)


def test_this_machine_is_not_reached_by_a_public_address_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "is_public", lambda address: True)
    assert not may_reach(LOOPBACK)


@pytest.mark.parametrize("host", ["a..b", "a" * 64 + ".test", ".", "\0"])
def test_a_name_that_is_none_has_no_address(host: str) -> None:
    with pytest.raises(OSError):  # noqa: PT011  # in the words of the system
        resolve(host, 80)
