"""A server that can be told to misbehave: it serves a mapping of files, or does what a trick does instead."""

import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event
from typing import Any
from urllib.parse import unquote

from serving import serving

Trick = Callable[["Asked"], None]


class Asked(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    server: "Misbehaving"

    def do_GET(self) -> None:
        path = unquote(self.path.partition("?")[0]).removeprefix("/")
        self.server.asked[path] += 1
        self.server.log.append(dict(self.headers))
        self.server.targets.append(self.path)
        self.server.methods.append(self.command)
        if self.server.trick is not None and self.server.about in path:
            self.close_connection = True
            with suppress(OSError):
                self.server.trick(self)
            return
        body = self.server.files.get(path)
        if body is None:
            self.answer(404, b'{"detail":"Not Found"}')
            return
        tag = f'"{sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == tag:
            self.answer(304, b"", ETag=tag)
        else:
            self.answer(200, body, ETag=tag)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815 - as the base class calls them

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        if status != 304:
            headers.setdefault("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
            self.server.sent.add(name.replace("_", "-"))
        self.end_headers()
        self.wfile.write(body)

    def raw(self, text: bytes) -> None:
        self.wfile.write(text)
        self.wfile.flush()

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - as the base class has it
        pass

    def handle_expect_100(self) -> bool:
        return True


class Misbehaving(ThreadingHTTPServer):
    """The server. Set `trick` to make it misbehave for paths with `about` in them."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.files = files
        self.trick: Trick | None = None
        self.about = ""
        self.asked: Counter[str] = Counter()
        self.log: list[dict[str, str]] = []
        self.sent: set[str] = set()
        self.targets: list[str] = []
        self.methods: list[str] = []
        self.over = Event()
        self.connections = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def get_request(self) -> tuple[socket.socket, Any]:
        self.connections += 1
        return super().get_request()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


@contextmanager
def misbehaving(files: dict[str, bytes]) -> Iterator[Misbehaving]:
    server = Misbehaving(files)
    with serving(server):
        try:
            yield server
        finally:
            server.over.set()


def _head(asked: Asked, length: int | None, kind: str = "application/json") -> None:
    size = "" if length is None else f"Content-Length: {length}\r\n"
    asked.raw(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{size}Connection: close\r\n\r\n".encode())


def hangs_up(asked: Asked) -> None:
    asked.connection.shutdown(socket.SHUT_RDWR)


def never_answers(asked: Asked) -> None:
    asked.server.over.wait(30)


def stops_in_the_body(asked: Asked) -> None:
    _head(asked, 1000)
    asked.raw(b'{"a":')
    asked.server.over.wait(30)


def ends_in_the_body(asked: Asked) -> None:
    _head(asked, 1000)
    asked.raw(b'{"a":')


def ends_in_a_chunk(asked: Asked) -> None:
    asked.raw(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{"a":')


def drips_its_body(asked: Asked) -> None:
    _head(asked, 100_000)
    while not asked.server.over.wait(0.05):
        asked.raw(b" ")


def drips_its_head(asked: Asked) -> None:
    asked.raw(b"HTTP/1.1 200 OK\r\n")
    while not asked.server.over.wait(0.05):
        asked.raw(b"X")


def has_no_end(asked: Asked) -> None:
    _head(asked, None)
    while not asked.server.over.is_set():
        asked.raw(b" " * 100_000)


def goes_in_circles(asked: Asked) -> None:
    asked.answer(302, b"", Location=asked.path)


def leads_to_a_file_on_disk(asked: Asked) -> None:
    asked.answer(302, b"", Location="file:///etc/passwd")


def answers(status: int, body: bytes = b"", **headers: str) -> Trick:
    return lambda asked: asked.answer(status, body, **headers)


def for_a_while(times: int, trick: Trick) -> Trick:
    """Misbehaves so many times, then no more."""
    left = [times]

    def tricky(asked: Asked) -> None:
        if not left[0]:
            asked.server.trick = None
            asked.do_GET()
        else:
            left[0] -= 1
            trick(asked)

    return tricky


def within(seconds: float, work: Callable[[], Any]) -> Any:
    """What the work returns, which must be there in time; the limit is generous, for machines that are busy."""
    start = time.monotonic()
    try:
        return work()
    finally:
        assert time.monotonic() - start < seconds
