"""Hosts of weight files over HTTPS on loopback: each is found under its real name, and answers as the real one does."""

import ssl
import subprocess
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha1, sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from serving import serving

from horde_reference.adapters.guarded import Network

HUGGING_FACE, CIVITAI, SMALL, LIAR = "huggingface.co", "civitai.com", "small.example.org", "liar.example.org"
NAMES = (HUGGING_FACE, "cdn-lfs.huggingface.co", CIVITAI, SMALL, LIAR, "elsewhere.example.org")

WEIGHTS = b"weights" * 1000
CONFIG = b'{"config": true}'
SIZE = len(WEIGHTS)
SHA256 = sha256(WEIGHTS).hexdigest()


@dataclass(frozen=True)
class Said:
    """What a host says of a path."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    on_head: int = 0
    """Status of the answer to HEAD, where it is another."""
    cut: int = 0
    """Bytes that are announced and never sent."""


Answers = dict[tuple[str, str], Said | Callable[[], Said]]


def redirect(url: str, **headers: str) -> Said:
    return Said(302, {"Location": url, **{name.replace("_", "-"): value for name, value in headers.items()}})


def digest(body: bytes) -> str:
    return f"sha-256=:{b64encode(sha256(body).digest()).decode()}:"


ANSWERS: Answers = {
    (HUGGING_FACE, "/a/b/resolve/main/model.safetensors"): redirect(
        "https://cdn-lfs.huggingface.co/x", X_Linked_Etag=f'"{SHA256}"', X_Linked_Size=str(SIZE), ETag='"not-this"'
    ),
    (HUGGING_FACE, "/a/b/resolve/main/config.json"): Said(
        200, {"ETag": f'"{sha1(CONFIG, usedforsecurity=False).hexdigest()}"'}, CONFIG
    ),
    (HUGGING_FACE, "/a/b/resolve/main/moved.json"): redirect(
        "/a/b/resolve/main/config.json", X_Linked_Etag=f'"{"a" * 40}"', X_Linked_Size="16"
    ),
    (HUGGING_FACE, "/gated/b/resolve/main/model.safetensors"): Said(401, {"X-Error-Code": "GatedRepo"}),
    (HUGGING_FACE, "/secret/b/resolve/main/x.pt"): Said(401, {"X-Error-Code": "RepoNotFound"}),
    (HUGGING_FACE, "/a/b/resolve/main/no.pt"): Said(404, {"X-Error-Code": "EntryNotFound"}),
    (HUGGING_FACE, "/a/b/blob/main/model.safetensors"): Said(200, {"Content-Type": "text/html; charset=utf-8"}, b"<p>"),
    (CIVITAI, "/api/download/models/1"): Said(401),
    (CIVITAI, "/api/download/models/2"): redirect("https://civitai.com/login?returnUrl=/models/2"),
    (CIVITAI, "/api/download/models/3"): redirect("https://elsewhere.example.org/signed"),
    ("elsewhere.example.org", "/signed"): Said(
        200, {"Content-Disposition": 'attachment; filename="model%20v3.safetensors"'}, WEIGHTS, on_head=403
    ),
    (SMALL, "/model.pt"): Said(200, {"Content-Type": "application/octet-stream"}, WEIGHTS),
    (SMALL, "/told.pt"): Said(200, {"Repr-Digest": digest(WEIGHTS)}, WEIGHTS),
    (SMALL, "/told-the-old-way.pt"): Said(200, {"Digest": digest(WEIGHTS).replace(":", "")}, WEIGHTS),
    (SMALL, "/no-head.pt"): Said(200, {}, WEIGHTS, on_head=405),
    (SMALL, "/large.pt"): Said(200, {}, bytes(100_000)),
    (SMALL, "/circle"): redirect("/circle"),
    (SMALL, "/to-a-disk"): redirect("file:///etc/passwd"),
    (SMALL, "/to-http"): redirect("http://small.example.org/model.pt"),
    (SMALL, "/inside"): redirect("https://10.0.0.1/admin"),
    (SMALL, "/broken"): Said(503),
    (SMALL, "/forbidden"): Said(403),
    (LIAR, "/cut.pt"): Said(200, {}, WEIGHTS, cut=10),
    (LIAR, "/linked.pt"): Said(200, {"X-Linked-Etag": f'"{"0" * 64}"', "X-Linked-Size": "1"}, WEIGHTS),
    (LIAR, "/garbled.pt"): Said(200, {"Repr-Digest": "sha-256=:nonsense:", "Content-Type": "x"}, WEIGHTS),
}  # fmt: skip


class Hosts(ThreadingHTTPServer):
    """All of them, on one port."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Host)
        self.answers: Answers = dict(ANSWERS)
        self.asked: list[tuple[str, str, str]] = []
        self.agents: set[str | None] = set()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


class _Host(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Hosts

    def do_GET(self) -> None:
        key = (self.headers["Host"], self.path.partition("?")[0])
        self.server.asked.append((self.command, *key))
        self.server.agents.add(self.headers.get("User-Agent"))
        said = self.server.answers.get(key, Said(404))
        said = said() if callable(said) else said
        self.close_connection = True
        is_head = self.command == "HEAD"
        self.send_response(said.on_head if is_head and said.on_head else said.status)
        for name, value in {"Content-Length": str(len(said.body) + said.cut), **said.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if not is_head:
            with suppress(OSError):
                self.wfile.write(said.body)

    do_HEAD = do_GET  # noqa: N815 - the base class looks for this name

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - as the base class has it
        pass


def certificate(folder: Path) -> Path:
    """A certificate for all names, with its key behind it."""
    names = ",".join(f"DNS:{name}" for name in NAMES)
    made = folder / "hosts.pem"
    command = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=hosts", "-addext", f"subjectAltName={names}",
        "-keyout", str(made), "-out", str(folder / "certificate.pem"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    made.write_bytes(made.read_bytes() + (folder / "certificate.pem").read_bytes())
    return made


@contextmanager
def weight_hosts(pem: Path) -> Iterator[tuple[Hosts, Network]]:
    """The hosts, and a network on which they are found and trusted. Other names are looked up as usual."""
    hosts = Hosts()
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(pem)
    hosts.socket = theirs.wrap_socket(hosts.socket, server_side=True)
    address = ("127.0.0.1", hosts.server_address[1])
    ours = Network()
    allowed = Network(
        lambda name: [address] if name in NAMES else ours.look_up(name),
        lambda found: found == "127.0.0.1" or ours.is_allowed(found),
        ssl.create_default_context(cafile=str(pem)),
    )
    with serving(hosts):
        yield hosts, allowed
