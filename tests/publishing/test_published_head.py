"""What is public is known before it is replaced; who does not answer has not said that nothing is there."""

from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import Result
from public_trees import IN_NO_TIME, Show
from serving import serving

from horde_reference.adapters.visiting import Visitor
from horde_reference.errors import CannotRun
from horde_reference.formats.head import decode
from horde_reference.workflows.publishing.published_head import PAUSE, keep_head

Run = Callable[..., Result]


class Faulty(BaseHTTPRequestHandler):
    """Has a fault so often before it answers with the head of a tree."""

    left: int
    head: bytes

    def do_GET(self) -> None:
        fault, type(self).left = self.left > 0, self.left - 1
        body = b"" if fault else self.head
        self.send_response(HTTPStatus.SERVICE_UNAVAILABLE if fault else HTTPStatus.OK)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def faulty(head: bytes, left: int) -> HTTPServer:
    return HTTPServer(("127.0.0.1", 0), type("Now", (Faulty,), {"head": head, "left": left}))


def test_the_head_is_kept(built: Path, tmp_path: Path, show: Show, run: Run) -> None:
    done = run("publish", "head", show(built), "--into", tmp_path / "head.json")
    assert done.exit_code == 0
    assert (tmp_path / "head.json").read_bytes() == (built / "head.json").read_bytes()
    commit = decode((built / "head.json").read_bytes()).commit
    assert commit
    assert commit in done.output


def test_where_the_host_says_that_there_is_none_there_is_none(tmp_path: Path, show: Show, run: Run) -> None:
    (tmp_path / "head.json").write_text("of long ago")
    done = run("publish", "head", show(tmp_path / "nothing"), "--into", tmp_path / "head.json")
    assert done.exit_code == 0
    assert "Nothing is published" in done.output
    assert not (tmp_path / "head.json").exists()


@pytest.mark.parametrize("answer", ["silence", "a fault", "another page"])
def test_any_other_answer_stops_it_and_leaves_what_was_kept(answer: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "head.json").write_text("as it was")
    with serving(faulty(b"<p>Soon.", 99 if answer == "a fault" else 0)) as address:
        url = "http://127.0.0.1:9" if answer == "silence" else address
        done = run("publish", "head", url, "--into", tmp_path / "head.json")
    assert done.exit_code == 3
    assert "does not say what is public" in done.output
    assert (tmp_path / "head.json").read_text() == "as it was"


def test_a_fault_that_passes_is_outlived(built: Path, tmp_path: Path) -> None:
    body = (built / "head.json").read_bytes()
    with serving(faulty(body, 2)) as address:
        visitor = Visitor(address)
        assert keep_head(visitor, tmp_path / "head.json", IN_NO_TIME, 10 * PAUSE) == decode(body)
        visitor.close()
    with serving(faulty(body, 99)) as address:
        visitor = Visitor(address)
        with pytest.raises(CannotRun, match="503"):
            keep_head(visitor, tmp_path / "head.json", IN_NO_TIME, 0)
        visitor.close()
