"""GitHub Pages, as its documentation and its answers describe it: it cannot be run elsewhere.

A path is answered with the file of that name, with `<path>.html`, or with a folder's `index.html`, in this order;
where there is none, with `404.html` and status 404. The type goes by the ending of the file's name. Every answer may
be kept for ten minutes and read from any site; none has headers of one's own. Text is compressed with gzip as it is
sent, never with brotli.
"""

import gzip
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".xml": "application/xml",
    ".atom": "application/atom+xml",
}
HEADERS = {"Access-Control-Allow-Origin": "*", "Cache-Control": "max-age=600", "Server": "GitHub.com"}


def find(root: Path, target: str) -> Path | None:
    """The file that a request names."""
    path = unquote(urlsplit(target).path)
    inner = normpath(path).lstrip("/")
    if path.endswith("/"):
        return next((file for file in [root / inner / "index.html"] if file.is_file()), None)
    return next((file for file in [root / inner, root / f"{inner}.html"] if file.is_file()), None)


class _Handler(BaseHTTPRequestHandler):
    root: Path
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def do_GET(self) -> None:
        file = find(self.root, self.path)
        if file is None and (self.root / unquote(self.path).strip("/") / "index.html").is_file():
            self._answer(HTTPStatus.MOVED_PERMANENTLY, b"", Location=f"{self.path}/")
        elif not (self.root / "404.html").is_file() and file is None:  # nothing was published yet
            self._answer(HTTPStatus.NOT_FOUND, b"")
        elif file is None:
            self._send(HTTPStatus.NOT_FOUND, self.root / "404.html")
        else:
            self._send(HTTPStatus.OK, file)

    do_HEAD = do_GET  # noqa: N815 - the base class looks for this name

    def _send(self, status: HTTPStatus, file: Path) -> None:
        body = file.read_bytes()
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        kind = TYPES.get(file.suffix, "application/octet-stream")
        headers = {"ETag": etag, "Vary": "Accept-Encoding", "Content-Type": kind}
        if status is HTTPStatus.OK and self.headers.get("If-None-Match", "").removeprefix("W/") == etag:
            self._answer(HTTPStatus.NOT_MODIFIED, b"", **headers)
        elif "gzip" in self.headers.get("Accept-Encoding", ""):
            headers |= {"Content-Encoding": "gzip", "ETag": f"W/{etag}"}
            self._answer(status, gzip.compress(body), **headers)
        else:
            self._answer(status, body, **headers)

    def _answer(self, status: HTTPStatus, body: bytes, **headers: str) -> None:
        self.send_response_only(status)
        if status is not HTTPStatus.NOT_MODIFIED:
            headers["Content-Length"] = str(len(body))
        for name, value in (HEADERS | headers).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def server(root: Path) -> ThreadingHTTPServer:
    """A server of a folder, not yet running."""
    return ThreadingHTTPServer(("127.0.0.1", 0), type("PagesHandler", (_Handler,), {"root": root}))
