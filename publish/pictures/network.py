"""The network as a fetcher sees it: checked addresses only, and an end to every wait.

Import this only where something is fetched: httpx takes a tenth of a second.
"""

import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any, cast

import httpcore
import httpx

from .addresses import Address, Check, Resolve


class AddressRefused(Exception):
    """A host has no address that may be reached."""

    def __init__(self, host: str, address: Address) -> None:
        name = host if host == str(address) else f"{host} ({address})"
        super().__init__(f"{name} is not on the public internet")


class Watch(threading.local):
    """When each thread has to be done; and `stop`, which ends the waits of all."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self._end = 0.0

    def start(self, seconds: float) -> None:
        """Give this thread so many seconds from now."""
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that this thread has left, 0 when it has to stop."""
        return 0.0 if self.stop.is_set() else max(0.0, self._end - time.monotonic())

    def limited(self, seconds: float | None) -> float:
        """Shorten a wait to what is left; raises httpcore.ReadTimeout when that is nothing."""
        left = self.left()
        if not left:
            raise httpcore.ReadTimeout("out of time")
        return left if seconds is None else min(seconds, left)


class CheckedTransport(httpx.BaseTransport):
    """Carries a client's requests through connections to checked addresses.

    httpx offers no way to choose the network below its own transport, and replacing the private pool in there would
    fail open when that is renamed.
    """

    def __init__(self, network: httpcore.NetworkBackend, tls: ssl.SSLContext, connections: int) -> None:
        self._pool = httpcore.ConnectionPool(tls, max_connections=connections, network_backend=network)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_AnswerStream(answer))

    def close(self) -> None:
        self._pool.close()


class _AnswerStream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return iter(cast(Iterable[bytes], self._answer.stream))

    def close(self) -> None:
        self._answer.close()


class CheckedNetwork(httpcore.NetworkBackend):
    """Looks hosts up, checks the addresses, and connects to the very address that it has checked.

    Whoever checks a name and connects to the name asks the DNS twice, and may get two answers. Certificates are still
    checked against the name: httpcore starts TLS on the stream that it gets from here.
    """

    def __init__(self, check: Check, resolve: Resolve, watch: Watch) -> None:
        self._check = check
        self._resolve = resolve
        self._watch = watch
        self._tcp = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure = httpcore.ConnectError(f"{host} has no address")
        for address in self._addresses(host, port):
            try:
                seconds = self._watch.limited(timeout)
                stream = self._tcp.connect_tcp(str(address), port, seconds, local_address, socket_options)
            except httpcore.ConnectError as error:
                failure = error
            except httpcore.ConnectTimeout:
                failure = httpcore.ConnectError(f"{address} does not answer")
            else:
                return _TimedStream(stream, self._watch)
        raise failure

    def _addresses(self, host: str, port: int) -> list[Address]:
        try:
            found = self._resolve(host, port)
        except OSError as error:
            raise httpcore.ConnectError(f"{host} cannot be found") from error
        allowed = [address for address in found if self._check(address)]
        if found and not allowed:
            raise AddressRefused(host, found[0])
        return allowed


class _TimedStream(httpcore.NetworkStream):
    """A stream whose reads and writes end in time, however slowly the other side goes on."""

    def __init__(self, stream: httpcore.NetworkStream, watch: Watch) -> None:
        self._stream = stream
        self._watch = watch

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._watch.limited(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._watch.limited(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._watch.limited(timeout))
        return _TimedStream(stream, self._watch)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
