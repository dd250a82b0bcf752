"""The smoke test sees what is wrong with what is public, and nothing where all is well."""

import json
import re
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hosts import PROMISES, Promise
from public_trees import CLIP, IN_NO_TIME, Show, put
from released import interpreter
from serving import serving

from horde_reference.adapters.polite import Clock
from horde_reference.adapters.visiting import Visitor
from horde_reference.workflows.build import Wishes, build
from horde_reference.workflows.publishing.public_checks import Scope
from horde_reference.workflows.publishing.smoke import PAUSE, Wanted, expectation, smoke

Run = Callable[..., Result]
Visit = Callable[[str], Visitor]


@pytest.fixture
def tree(built: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return shutil.copytree(built, tmp_path / "public")


def said(done: Result) -> dict[str, list[str]]:
    """Rule → paths at which it found something."""
    found: dict[str, list[str]] = {}
    for one in json.loads(done.stdout)["findings"]:
        found.setdefault(one["rule"], []).append(re.sub(r"^http://[^/]*/", "", one["path"]))
    return found


def test_all_is_well_also_for_the_released_client(tree: Path, show: Show, run: Run) -> None:
    url = show(tree)
    done = run("publish", "smoke", url, "--head", tree / "head.json", "--released-python", interpreter())
    assert done.exit_code == 0, done.output
    number = re.search(r"number 2, commit [0-9a-f]{40}, (\d+) things seen", done.output)
    assert number
    listed = (
        json.loads((tree / "head.json").read_bytes())["files"],
        json.loads((tree / "files.json").read_bytes())["files"],
    )
    assert int(number[1]) == sum(map(len, listed)) + 5  # home, catalogue, category, model, and nothing where nothing is


@pytest.mark.parametrize("promise", PROMISES, ids=lambda one: one.name)
def test_every_host_passes(promise: Promise, repository: Any, tmp_path: Path, visitor: Visit) -> None:
    assert build(repository.data, tmp_path / "public", Wishes(promise.profile)).written
    (tmp_path / "home").mkdir()
    running: AbstractContextManager[int] = promise.run(tmp_path / "public", tmp_path / "home")
    with running as port:
        found = smoke(visitor(f"http://127.0.0.1:{port}"), Wanted(scope=Scope(sample=60)), IN_NO_TIME)
    assert found.findings == []
    assert found.checks == 65


def test_what_is_spoilt_is_found(tree: Path, show: Show, run: Run) -> None:
    body = (tree / CLIP).read_bytes()
    (tree / CLIP).write_bytes(body.replace(b"Better", b"Bitter"))
    (tree / "legacy/image/clip.json").unlink()
    (tree / "api/model_references/v2/blip.html").write_text('{"a":"<script>"}')
    (tree / "api/heartbeat.html").unlink()
    (tree / "models/index.html").write_text("Soon.")
    done = run("publish", "smoke", show(tree), "--format", "json")
    assert done.exit_code == 1
    assert said(done) == {
        "published-file": [CLIP, "legacy/image/clip.json"],
        "published-path": ["api/heartbeat", "api/model_references/v2/blip"],
        "published-page": ["models/"],
    }


def test_a_host_that_answers_everything_or_lets_nobody_read_is_found(tree: Path, run: Run) -> None:
    class Lenient(SimpleHTTPRequestHandler):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, directory=str(tree), **named)

        def send_error(self, *_: Any, **__: Any) -> None:
            self.path = "/index.html"
            self.do_GET()

        def log_message(self, *_: Any) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Lenient)
    with serving(http) as address:
        done = run("publish", "smoke", address, "--sample", "20", "--format", "json")
    found = said(done)
    assert "api/model_references/v2/there-is-no-such-category" in found["published-path"]
    assert len(found["published-file"]) == 20
    assert "published-page" not in found


def test_a_host_that_leads_elsewhere_is_found(tree: Path, show: Show, run: Run) -> None:
    """The released client follows nobody."""
    (tree / "api/model_references/v2/clip.html").unlink()
    (tree / "api/model_references/v2/clip/index.html").write_bytes((tree / CLIP).read_bytes())
    done = run("publish", "smoke", show(tree), "--format", "json")
    assert said(done) == {"published-path": ["api/model_references/v2/clip"]}
    assert "It answers 301 and leads to" in done.stdout


def test_a_record_that_the_released_client_cannot_read_is_found(tree: Path, show: Show, run: Run) -> None:
    records = json.loads((tree / CLIP).read_bytes())
    records["Two"]["model_classification"] = 5
    put(tree, CLIP, json.dumps(records).encode())
    done = run("publish", "smoke", show(tree), "--sample", "5", "--released-python", interpreter(), "--format", "json")
    assert done.exit_code == 1
    assert said(done) == {"published-unread": ["api/model_references/v2/clip"]}
    assert "reads 0 models and not 2" in done.stdout


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"number": 1, "commit": "e" * 40}, "number 1, commit eeeeeeeeee, and not number 2"),
        ({"commit": "e" * 40}, "number 2, commit eeeeeeeeee, and not number 2"),
        ({"files": {}}, "lists another"),
        ({"number": "two"}, "head.json is not a head"),
    ],
)
def test_another_head_is_found(
    changed: dict[str, Any], words: str, built: Path, tree: Path, show: Show, run: Run
) -> None:
    head = json.loads((tree / "head.json").read_bytes())
    (tree / "head.json").write_text(json.dumps({**head, **changed}))
    done = run("publish", "smoke", show(tree), "--head", built / "head.json", "--format", "json")
    assert done.exit_code == 1
    assert said(done) == {"published-head": ["head.json"]}
    assert words in done.stdout


def test_what_is_newer_than_expected_is_well(built: Path, tree: Path, show: Show, run: Run) -> None:
    head = json.loads((tree / "head.json").read_bytes())
    (tree / "head.json").write_text(json.dumps({**head, "number": 3, "commit": "e" * 40}))
    assert run("publish", "smoke", show(tree), "--sample", "0", "--head", built / "head.json").exit_code == 0


def test_it_waits_until_caches_have_it(built: Path, tree: Path, show: Show, visitor: Visit) -> None:
    """First the head is the old one, then a file is."""
    head, clip = (tree / "head.json").read_bytes(), (tree / CLIP).read_bytes()
    (tree / "head.json").write_bytes(head.replace(b'"number":2', b'"number":1'))
    (tree / CLIP).write_bytes(b"{}")
    passed: list[float] = []

    def sleep(seconds: float) -> None:
        passed.append(seconds)
        (tree / ["head.json", CLIP][len(passed) - 1]).write_bytes([head, clip][len(passed) - 1])

    told: list[str] = []
    clock = Clock(lambda: sum(passed), sleep)
    wanted = Wanted(expectation(built / "head.json"), patience=5 * PAUSE)
    found = smoke(visitor(show(tree)), wanted, clock, told.append)
    assert found.findings == []
    assert passed == [PAUSE, PAUSE]
    assert "head.json: It is number 1" in told[0]
    assert f"{CLIP}: It has 2 bytes" in told[1]


def test_patience_has_an_end(built: Path, tree: Path, show: Show, visitor: Visit) -> None:
    (tree / CLIP).write_bytes(b"{}")
    passed: list[float] = []
    clock = Clock(lambda: sum(passed), passed.append)
    found = smoke(visitor(show(tree)), Wanted(expectation(built / "head.json"), patience=3.5 * PAUSE), clock)
    assert len(found.findings) == 1
    assert passed == [PAUSE] * 3


def test_what_publishes_nothing_or_does_not_answer_is_found(tmp_path: Path, show: Show, run: Run) -> None:
    nothing = run("publish", "smoke", show(tmp_path / "nowhere"))
    assert (nothing.exit_code, "It answers 404." in nothing.output) == (1, True)
    silent = run("publish", "smoke", "http://127.0.0.1:9", "--format", "github")
    assert (silent.exit_code, "the connection failed" in silent.output) == (1, True)


def test_what_cannot_be_run_is_said(tree: Path, show: Show, run: Run, tmp_path: Path) -> None:
    url = show(tree)
    assert run("publish", "smoke", "models.aihorde.net").exit_code == 2
    assert run("publish", "smoke", url, "--head", tmp_path / "none.json").exit_code == 3
    no_client = run("publish", "smoke", url, "--sample", "0", "--no-site", "--released-python", "/bin/false")
    assert (no_client.exit_code, "The released client does not run" in no_client.output) == (3, True)
