"""A preview server: the tree over HTTP on loopback, as clients will see it on a real host."""

import json
from email.message import Message
from email.utils import formatdate
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from horde_reference.errors import CannotRun, UnsafePath
from horde_reference.formats.addresses import MISSING_PAGE, is_page
from horde_reference.media import type_of
from horde_reference.tree import checked_path

_COMMON: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "*",
    "Cache-Control": "no-cache",
}


def server(root: Path, host: str = "127.0.0.1", port: int = 0) -> ThreadingHTTPServer:
    """A server of a tree, not yet running; call `serve_forever`. With port 0 the system chooses one.

    Raises:
        CannotRun: the folder does not exist, or the port is taken.
    """
    if not root.is_dir():
        raise CannotRun(f"There is no folder {root}. Run horde-reference build first.")
    handler = type("TreeHandler", (_Handler,), {"root": root.resolve()})
    try:
        return ThreadingHTTPServer((host, port), handler)
    except OSError as error:
        raise CannotRun(f"Port {port} cannot be used: {error.strerror}.") from error


def find(root: Path, target: str) -> Path | None:
    """The file that a request's target names: with `.json` behind it, as it is, or as a folder's index."""
    path = unquote(urlsplit(target).path).removeprefix("/")
    is_folder = not path or path.endswith("/")
    names = ("index.html", "index.json") if is_folder else (".json", "", "/index.html")
    return next((file for name in names if (file := _shown(root, path + name))), None)


def _shown(root: Path, name: str) -> Path | None:
    """A file of the tree, if there is one of that name that is not hidden."""
    try:
        file = root / checked_path(name)
        return file if file.is_file() and "/." not in f"/{name}" else None
    except (UnsafePath, OSError):  # climbs out of the tree, or is longer than a path can be
        return None


def _without_slash(target: str, file: Path) -> str | None:
    """Where a folder's page is found that was asked for without the slash: it names others from where it lies."""
    asked, mark, query = target.partition("?")
    if file.name != "index.html" or asked.endswith(("/", file.name)):
        return None
    return f"/{asked.lstrip('/')}/{mark}{query}"


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD with files; everything else with JSON, and pages that are not there with a page."""

    root: Path
    protocol_version = "HTTP/1.1"
    server_version = "horde-reference"
    sys_version = ""
    # Head and body leave together: the second of two packets would wait for the first to be acknowledged.
    wbufsize = -1

    def do_GET(self) -> None:
        """Answer with a file."""
        path = find(self.root, self.path)
        if path is None:
            self._miss()
            return
        if (folder := _without_slash(self.path, path)) is not None:
            self._answer(HTTPStatus.PERMANENT_REDIRECT, b"", {"Location": folder})
            return
        body = path.read_bytes()
        etag = f'"{sha256(body).hexdigest()[:32]}"'
        headers = {"ETag": etag, "Last-Modified": formatdate(path.stat().st_mtime, usegmt=True)}
        known = {one.strip().removeprefix("W/") for one in self.headers.get("If-None-Match", "").split(",")}
        if known & {etag, "*"}:
            self._answer(HTTPStatus.NOT_MODIFIED, b"", headers)
        else:
            self._answer(HTTPStatus.OK, body, headers, type_of(path.name))

    do_HEAD = do_GET  # noqa: N815 - the base class looks for this name

    def _miss(self) -> None:
        """Say that nothing is there: to people, who ask for pages, in a page."""
        page = self.root / MISSING_PAGE
        if is_page(unquote(urlsplit(self.path).path).removeprefix("/")) and page.is_file():
            self._answer(HTTPStatus.NOT_FOUND, page.read_bytes(), {}, type_of(page.name))
        else:
            self._answer(HTTPStatus.NOT_FOUND, _detail("Not Found"), {})

    def do_OPTIONS(self) -> None:
        """Answer a browser that asks whether it may read from another site."""
        allowed = {"Access-Control-Allow-Methods": "GET, HEAD, OPTIONS", "Access-Control-Allow-Headers": "*"}
        self._answer(HTTPStatus.NO_CONTENT, b"", allowed)

    def do_POST(self) -> None:
        """Say that nothing can be written here."""
        self.close_connection = True  # the body is not read
        message = "These are files: changes are pull requests."
        self._answer(HTTPStatus.METHOD_NOT_ALLOWED, _detail(message), {"Allow": "GET, HEAD, OPTIONS"})

    do_PUT = do_PATCH = do_DELETE = do_POST  # noqa: N815 - the base class looks for these names

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Answer what the standard library refuses by itself, such as an unknown method, in JSON as well."""
        self.close_connection = True
        self.headers = getattr(self, "headers", None) or Message()
        status = HTTPStatus(code)
        self._answer(status, _detail(message or status.phrase), {})

    def _answer(self, status: HTTPStatus, body: bytes, headers: dict[str, str], kind: str = "application/json") -> None:
        self.send_response(status)
        if self.close_connection or self.headers.get("Content-Length"):  # a body that nobody read is in the way
            self.close_connection = True
            headers = {"Connection": "close", **headers}
        if status not in {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}:
            headers = {"Content-Type": kind, "Content-Length": str(len(body)), **headers}
        for name, value in (_COMMON | headers).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _detail(message: str) -> bytes:
    return json.dumps({"detail": message}).encode() + b"\n"
