"""The preview server answers as the hosts do."""

import http.client
import json
import socket
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

Serve = Callable[[Path], str]
Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, body in {
        "api/clip.json": b'{"a":1}\n',
        "api/clip/model/ViT-L/14.json": b'{"b":2}\n',
        "api/clip/model/100% + \"q\" 'e' é #1?.json": b'{"c":3}\n',
        "legacy/models.csv": b"name\r\n",
        "changes/index.json": b'{"d":4}\n',
        "index.html": b"<!doctype html>",
    }.items():
        (tmp_path / "web" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "web" / path).write_bytes(body)
    (tmp_path / "secret.json").write_text("{}")
    return tmp_path / "web"


@pytest.fixture
def ask(root: Path, serve: Serve) -> Callable[..., Answer]:
    address = urlsplit(serve(root))

    def request(target: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=10)
        connection.request(method, target, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, dict(response.getheaders()), body

    return request


@pytest.mark.parametrize(
    ("target", "body"),
    [
        ("/api/clip", b'{"a":1}\n'),
        ("/api/clip.json", b'{"a":1}\n'),
        ("/api/clip?include_group=true", b'{"a":1}\n'),
        ("/api/clip/model/ViT-L/14", b'{"b":2}\n'),
        ("/api/clip/model/ViT-L%2F14", b'{"b":2}\n'),
        ("/api/clip/model/" + quote("100% + \"q\" 'e' é #1?"), b'{"c":3}\n'),
    ],
)
def test_resources_are_found_with_and_without_json_behind_them(
    target: str, body: bytes, ask: Callable[..., Answer]
) -> None:
    status, headers, answered = ask(target)
    assert (status, answered) == (200, body)
    assert headers["Content-Type"] == "application/json"
    assert headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "target",
    [
        "/" + "x" * 5000,
        "/" + "a/" * 3000,
        "/.hidden",
        "/api/none",
        "/api",
        "/api/clip/model",
        "/api/clip/",
        "/../secret",
        "/%2e%2e/secret",
        "//secret",
        "/..",
        "/../",
        "/api/clip%00",
    ],
)
def test_what_is_not_there_is_404_in_json(target: str, ask: Callable[..., Answer]) -> None:
    status, headers, body = ask(target)
    assert status == 404
    assert headers["Content-Type"] == "application/json"
    assert json.loads(body) == {"detail": "Not Found"}


def test_an_unchanged_answer_is_304_without_a_body(ask: Callable[..., Answer], root: Path) -> None:
    etag = ask("/api/clip")[1]["ETag"]
    status, headers, body = ask("/api/clip", If_None_Match=etag)
    assert (status, body, headers["ETag"]) == (304, b"", etag)
    (root / "api/clip.json").write_text("{}")
    assert ask("/api/clip", If_None_Match=etag)[0] == 200


@pytest.mark.parametrize("condition", ["*", '"other", {}', "W/{}"])
def test_conditions_may_be_lists_weak_or_any(condition: str, ask: Callable[..., Answer]) -> None:
    etag = ask("/api/clip")[1]["ETag"]
    assert ask("/api/clip", If_None_Match=condition.format(etag))[0] == 304
    assert ask("/api/clip", If_None_Match=etag[:-3] + '"')[0] == 200


def test_an_unknown_method_is_refused_in_json(ask: Callable[..., Answer]) -> None:
    status, headers, body = ask("/api/clip", "PROPFIND")
    assert status == 501
    assert headers["Content-Type"] == "application/json"
    assert "detail" in json.loads(body)


def test_a_body_that_is_not_read_does_not_become_the_next_request(root: Path, serve: Serve) -> None:
    address = urlsplit(serve(root))
    with socket.create_connection((str(address.hostname), address.port or 0), timeout=10) as connection:
        inner = b"GET /secret HTTP/1.1\r\nHost: a\r\n\r\n"
        head = f"GET /api/clip HTTP/1.1\r\nHost: a\r\nContent-Length: {len(inner)}\r\n\r\n"
        connection.sendall(head.encode() + inner)
        answered = b""
        while piece := connection.recv(4096):
            answered += piece
    assert answered.count(b"HTTP/1.1 ") == 1
    assert b"Connection: close" in answered


def test_head_has_the_headers_and_no_body(ask: Callable[..., Answer]) -> None:
    status, headers, body = ask("/api/clip", "HEAD")
    assert (status, headers["Content-Length"], body) == (200, "8", b"")


def test_a_browser_on_another_site_may_ask(ask: Callable[..., Answer]) -> None:
    status, headers, _ = ask("/api/clip", "OPTIONS")
    assert status == 204
    assert "GET" in headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written(method: str, ask: Callable[..., Answer]) -> None:
    status, headers, body = ask("/api/clip", method)
    assert status == 405
    assert headers["Allow"] == "GET, HEAD, OPTIONS"
    assert "pull requests" in json.loads(body)["detail"]


def test_other_files_have_their_types(ask: Callable[..., Answer]) -> None:
    assert ask("/")[1]["Content-Type"] == "text/html; charset=utf-8"
    assert ask("/legacy/models.csv")[1]["Content-Type"] == "text/csv; charset=utf-8"


def test_a_folder_is_answered_with_its_index(ask: Callable[..., Answer]) -> None:
    assert ask("/changes/")[2] == b'{"d":4}\n'
    assert ask("/changes/")[2] == ask("/changes/index")[2]


def test_many_answers_on_one_connection_do_not_wait_for_one_another(root: Path, serve: Serve) -> None:
    address = urlsplit(serve(root))
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=10)
    start = time.perf_counter()
    for _ in range(50):
        connection.request("GET", "/api/clip")
        connection.getresponse().read()
    connection.close()
    assert time.perf_counter() - start < 1  # 50 acknowledgements that are put off take 2 seconds
