"""A server on loopback that answers as it is told, however wrong that is; and the names and pictures for it."""

import io
import socket
import socketserver
import ssl
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from paperround.publish.pictures.addresses import Address, may_reach
from paperround.publish.pictures.fetch import Limits
from PIL import Image

CERTIFICATE = Path(__file__).with_name("pictures.test.pem")
"""For the name pictures.test, and its own authority."""
LOOPBACK = ip_address("127.0.0.1")
NAMES = {"pictures.test": "127.0.0.1", "other.test": "127.0.0.1", "intranet.test": "10.0.0.1", "down.test": "127.0.0.2"}
QUICK = Limits(connect=1, read=0.4, total=2, pauses=(0.01, 0.01), size=200_000)


@dataclass
class Call:
    """One request, with what an answer needs."""

    path: str
    headers: dict[str, str]
    connection: socket.socket
    stopped: threading.Event

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def drip(self, pieces: Iterator[bytes], pause: float) -> None:
        """Send piece after piece until the other side, or the test, has had enough."""
        for piece in pieces:
            if self.stopped.wait(pause):
                return
            self.send(piece)


Answer = Callable[[Call], None]


class Server:
    """Answers each path in its own way, the first entry of a list first, its last for ever."""

    def __init__(self, tls: bool = False) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.calls: list[Call] = []
        self.connections = 0
        self._stopped = threading.Event()
        self._server = self._listening(tls)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def _listening(self, tls: bool) -> socketserver.TCPServer:
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                outer.connections += 1
                with suppress(OSError):  # the other side has gone
                    outer._talk(self.request)

        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE)
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        return server

    def _talk(self, connection: socket.socket) -> None:
        while head := _head(connection):
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = {key.lower(): value.strip() for key, _, value in (line.partition(":") for line in lines if line)}
            call = Call(first.split()[1], headers, connection, self._stopped)
            self.calls.append(call)
            answers = self.answers.get(call.path, [reply(404)])
            (answers.pop(0) if len(answers) > 1 else answers[0])(call)


def _head(connection: socket.socket) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        piece = connection.recv(1)
        if not piece:
            return b""
        head += piece
    return head[:-4]


def reply(status: int, body: bytes = b"", **headers: str) -> Answer:
    """Answer properly, and keep the connection."""
    lines = [f"HTTP/1.1 {status} Said so", f"Content-Length: {len(body)}"]
    lines += [f"{key.replace('_', '-')}: {value}" for key, value in headers.items()]
    return lambda call: call.send("\r\n".join([*lines, "", ""]).encode() + body)


def redirect(location: str) -> Answer:
    return reply(302, Location=location, Set_Cookie="seen=1; Path=/")


def endless(call: Call) -> None:
    call.send(b"HTTP/1.1 200 OK\r\n\r\n\xff\xd8\xff")
    while True:
        call.send(bytes(50_000))


def silent(call: Call) -> None:
    call.stopped.wait()


def slow_head(call: Call) -> None:
    call.drip((b"HTTP/1.1 200 OK\r\nX: y\r\n"[at % 22 :][:1] for at in range(10_000)), 0.05)


def slow_body(call: Call) -> None:
    call.send(b"HTTP/1.1 200 OK\r\n\r\n")
    call.drip((b"\xff" for _ in range(10_000)), 0.05)


def reset(call: Call) -> None:
    call.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    call.connection.close()


def hang_up(call: Call) -> None:
    call.connection.shutdown(socket.SHUT_RDWR)


def short(call: Call) -> None:
    call.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n\xff\xd8\xff")
    call.connection.shutdown(socket.SHUT_RDWR)


def babble(call: Call) -> None:
    call.send(b"220 mail.example ESMTP\r\n\r\n")


@dataclass
class Names:
    """Looks names up in a table; counts how often."""

    table: dict[str, str] = field(default_factory=lambda: dict(NAMES))
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str, port: int) -> list[Address]:
        self.asked.append(host)
        try:
            return [ip_address(self.table.get(host, host))]
        except ValueError:
            raise OSError(f"no {host}") from None


def allow_server(address: Address) -> bool:
    """Check as always, but for the one address of our server."""
    return address == LOOPBACK or may_reach(address)


def encoded(kind: str, size: tuple[int, int] = (60, 40), **how: object) -> bytes:
    file = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(file, kind, **how)  # type: ignore[arg-type]
    return file.getvalue()


def animated(kind: str) -> bytes:
    return encoded(kind, save_all=True, append_images=[Image.new("RGB", (60, 40), shade) for shade in ("red", "blue")])


def bomb(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
