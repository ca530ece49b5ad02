"""Fetches pictures from strangers' servers. Import this only where something is fetched."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import version

import httpx

from ...model import Code
from ..foreign import BadAddress, BadCertificate, ForeignError, network_errors
from .addresses import Check, Resolve, may_reach, resolve
from .network import AddressRefused, CheckedNetwork, CheckedTransport, Watch
from .store import Absent

_PASSING = {408, 425, 429, 500, 502, 503, 504}
"""Answers that may be another one in a moment."""


@dataclass(frozen=True)
class Limits:
    """What a picture may cost; times are in seconds."""

    connect: float = 5
    read: float = 10
    """The longest silence."""
    total: float = 60
    """For everything: redirects, repetitions and the waits between them."""
    pauses: tuple[float, ...] = (1, 4)
    """Waits before asking again; there are as many repetitions."""
    redirects: int = 5
    size: int = 16 * 1024 * 1024
    """In bytes."""
    connections: int = 4


class Fetcher:
    """Fetches one picture per call, from several threads at once.

    It takes nothing from the environment (proxies, ~/.netrc, certificates), keeps no cookies, says who it is, and asks
    for bytes that are not compressed, so that nothing can unfold.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        check: Check = may_reach,
        resolve: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._stop = threading.Event()
        self._watch = Watch(self._stop)
        self._client = httpx.Client(
            transport=CheckedTransport(
                CheckedNetwork(check, resolve, self._watch),
                tls or httpx.create_ssl_context(trust_env=False),
                self._limits.connections,
            ),
            timeout=httpx.Timeout(self._limits.read, connect=self._limits.connect),
            headers={
                "User-Agent": f"paperround/{version('paperround')}",
                "Accept": "image/jpeg, image/png, image/gif, image/webp",
                "Accept-Encoding": "identity",
            },
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,
            trust_env=False,
        )

    def __call__(self, url: str) -> bytes | Absent:
        """Return what stands at an address, or why it cannot be had."""
        self._watch.start(self._limits.total)
        try:
            return self._patiently(url)
        except _Failure as failure:
            return failure.absent  # without the exception, which would keep the frames and bytes behind it

    def stop(self) -> None:
        """End the waits of all threads: what is being fetched fails soon."""
        self._stop.set()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _patiently(self, url: str) -> bytes:
        for pause in self._limits.pauses:
            try:
                return self._followed(url)
            except _Again as again:
                wait = max(pause, again.after)
                if wait >= self._watch.left():
                    raise
                self._stop.wait(wait)
        return self._followed(url)

    def _followed(self, url: str) -> bytes:
        here = _parsed(url)
        for _ in range(self._limits.redirects + 1):
            with _explained(here.host), self._client.stream("GET", here) as answer:
                if not answer.has_redirect_location:
                    return self._body(answer)
                here = _allowed(_parsed_beside(answer.headers["location"], here), here)
        raise _odd(f"it redirects more than {self._limits.redirects} times")

    def _body(self, answer: httpx.Response) -> bytes:
        if answer.status_code in _PASSING:
            raise _Again(f"{answer.url.host} answers {answer.status_code}", _retry_after(answer))
        if answer.status_code != 200:
            raise _Failure(f"{answer.url.host} answers {answer.status_code}")
        data = bytearray()
        for piece in answer.iter_raw():
            data += piece
            if len(data) > self._limits.size:
                raise _odd(f"it is larger than {self._limits.size / 1024 / 1024:.2g} MB")
        return bytes(data)


class _Failure(Exception):
    def __init__(self, why: str, code: Code = Code.MISSING_PICTURE, *, lasting: bool = True) -> None:
        super().__init__(why)
        self.absent = Absent(why, code, lasting)


class _Again(_Failure):
    """A failure that may pass; `after` is how many seconds the server asks to wait."""

    def __init__(self, why: str, after: float = 0) -> None:
        super().__init__(why, lasting=False)
        self.after = after


def _odd(why: str, *, lasting: bool = True) -> _Failure:
    return _Failure(why, Code.ODD_PICTURE, lasting=lasting)


def _parsed(url: str) -> httpx.URL:
    with _explained(""):
        found = httpx.URL(url)
        if found.scheme not in ("http", "https") or not found.host:  # idna looks at the host only here
            raise ValueError("it has no host")
    return found


def _parsed_beside(location: str, here: httpx.URL) -> httpx.URL:
    """Parse where a redirect leads, which may be told from where it stands."""
    with _explained(here.host):
        found = here.join(location)
        if found.scheme in ("http", "https") and not found.host:
            raise ValueError("it has no host")
    return found


def _allowed(url: httpx.URL, before: httpx.URL) -> httpx.URL:
    """Check where a redirect leads, apart from the address, which is checked when it is connected to."""
    if url.scheme not in ("http", "https"):
        raise _odd(f"it redirects to {url.scheme}:")
    if before.scheme == "https" and url.scheme == "http":
        raise _odd("it redirects from https to http")
    if url.userinfo:
        raise _odd("it redirects to an address with a password")
    return url


def _retry_after(answer: httpx.Response) -> float:
    """Return the seconds that a server asks to wait (RFC 9110, 10.2.3); a date, which is rare, would need a clock."""
    seconds = answer.headers.get("retry-after", "")
    return float(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) < 6 else 0


@contextmanager
def _explained(host: str) -> Iterator[None]:
    """Turn what goes wrong on the network into the absence of a picture."""
    try:
        with network_errors(host):
            yield
    except AddressRefused as error:
        # Not remembered: the portal of a hotel's network answers with private addresses for every name, too.
        raise _odd(str(error), lasting=False) from error
    except BadAddress as error:
        raise _odd(str(error) if host else "it is not an address that can be asked") from error
    except BadCertificate as error:
        raise _Failure(str(error), lasting=False) from error
    except ForeignError as error:
        raise _Again(str(error)) from error
