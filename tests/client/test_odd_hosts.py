"""What a reviewer broke once: odd servers, sources that come and go, threads, forks."""

import copy
import os
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from socket import create_server
from typing import Any

import pytest
from misbehaving import Misbehaving, answers, within
from small_trees import image, records, tree_of

from horde_reference.client.cached import Cached
from horde_reference.client.channels import Beta, Pinned
from horde_reference.client.directory import Directory, snapshot
from horde_reference.client.http import Http
from horde_reference.client.opening import open_reference
from horde_reference.client.redis_store import RedisStore
from horde_reference.client.reference import Reference
from horde_reference.client.source import Answer, Fallback, Memory, Source
from horde_reference.client.stores import DiskStore, MemoryStore
from horde_reference.errors import CannotRun, Unreachable, Unread, Unsound
from horde_reference.formats.addresses import category_path, pending_path
from horde_reference.formats.canonical import encode
from horde_reference.query.errors import UnknownName, Unsuitable
from horde_reference.records.kinds import Clip

IMAGES = category_path("image_generation")
CLIPS = category_path("clip")


class Flaky(Source):
    """A mapping that can be away."""

    def __init__(self, files: dict[str, bytes], error: Exception | None = None) -> None:
        self.files = files
        self.error = error
        self.before: Callable[[], None] = lambda: None

    def read(self, path: str, tag: str | None = None) -> Answer:
        self.before()
        if self.error:
            raise self.error
        return Memory(self.files).read(path, tag)


def clips(version: str, count: int = 2) -> bytes:
    members = (f'"m{number}":{{"name":"m{number}","version":"{version}"}}' for number in range(count))
    return ("{" + ",".join(members) + "}").encode()


@pytest.mark.parametrize("error", [Unreachable("away"), Unsound("another page"), ConnectionResetError("gone")])
def test_what_stands_in_never_takes_the_place_of_what_was_read(error: Exception) -> None:
    newest = Flaky({CLIPS: clips("new")})
    reference = Reference(Fallback(newest, Memory({CLIPS: clips("months old")})), ttl=None)
    assert reference.clips["m0"].version == "new"
    newest.error = error
    assert reference.refresh() is False
    assert reference.clips["m0"].version == "new"
    newest.error, newest.files = None, {CLIPS: clips("newer")}
    assert reference.refresh() is True
    assert reference.clips["m0"].version == "newer"


def test_what_stands_in_is_taken_where_there_is_nothing_else_and_goes_when_the_rest_is_back() -> None:
    newest = Flaky({CLIPS: clips("new")}, Unreachable("away"))
    older = {CLIPS: clips("old")}
    reference = Reference(Fallback(newest, Memory(older)), ttl=None)
    assert reference.clips["m0"].version == "old"
    older[CLIPS] = clips("less old")
    assert reference.refresh() is False
    assert reference.clips["m0"].version == "less old", "of two that stand in, the newer"
    newest.error = None
    assert reference.refresh() is True
    assert reference.clips["m0"].version == "new"


def test_without_a_store_the_copy_in_memory_outlives_the_host(server: Misbehaving) -> None:
    with open_reference(url=server.address, cache="off", github=False, deadline=1.0) as reference:
        reference.load()
        assert reference.images.count() == 10
        server.trick = answers(500)
        assert reference.refresh() is False
        assert reference.images.count() == 10
        assert reference.clips.names() == ["ViT-L/14"]


def test_proposals_and_own_records_go_when_they_are_taken_away(tmp_path: Path, tree: dict[str, bytes]) -> None:
    path, body = encode(image(77))
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_bytes(body)
    tree[pending_path("image_generation")] = tree_of(image(88))[IMAGES]
    reference = Reference(Beta(Memory(tree)), Directory(tmp_path), Memory(tree))
    assert reference.images.count() == 12
    tree[pending_path("image_generation")] = b"{}"
    assert reference.refresh() is True
    assert reference.images.count() == 11
    (tmp_path / path).unlink()
    (tmp_path / path).parent.rmdir()
    assert reference.refresh() is True
    assert reference.images.count() == 10


@pytest.mark.parametrize("location", ["http://[bad", "http://a..b/", "http://a:99999999/x", "//", "ftp://x/y"])
def test_an_address_that_cannot_be_is_no_other_error(server: Misbehaving, location: str) -> None:
    with Reference(Http(server.address, deadline=1), ttl=None) as reference:
        assert reference.images.count() == 10
        server.trick = answers(302, Location=location)
        assert reference.refresh() is False
        assert reference.images.count() == 10
    with pytest.raises(Unread):
        Http(server.address, deadline=1).read(IMAGES)


@pytest.mark.parametrize("pause", ["²", "-5", "soon", "9" * 400, "Wed, 99 Nov 2026 12:00:00 GMT"])
def test_a_pause_that_cannot_be_is_no_other_error(server: Misbehaving, pause: str) -> None:
    server.trick = answers(503, Retry_After=pause.encode().decode("latin-1"))
    with pytest.raises(Unreachable):
        within(20, lambda: Http(server.address, deadline=1).read(IMAGES))


def test_one_file_that_fails_says_nothing_of_the_others(server: Misbehaving) -> None:
    server.about, server.trick = "clip", answers(500)
    with Reference(Fallback(Http(server.address, deadline=5), snapshot())) as reference:
        problems = {status.category: status.problem for status in reference.status()}
    assert [category for category, problem in problems.items() if problem] == ["clip"]


def test_a_child_of_a_fork_does_not_wait_for_a_lock_of_its_parent() -> None:
    held, go_on = threading.Event(), threading.Event()
    source = Flaky({CLIPS: clips("1", 1)})
    reference = Reference(source, ttl=1e-9).load(Clip)

    def hold() -> None:
        held.set()
        go_on.wait(10)

    source.before = hold
    reader = threading.Thread(target=reference.clips.count)
    reader.start()
    held.wait(10)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # newer Pythons warn of what is tested here
        child = os.fork()
    if not child:
        source.before = lambda: None
        source.files = {CLIPS: clips("2", 9)}
        os._exit(0 if reference.refresh() and reference.clips.count() == 9 else 1)
    deadline = time.monotonic() + 10
    while (done := os.waitpid(child, os.WNOHANG))[0] == 0 and time.monotonic() < deadline:
        time.sleep(0.05)
    go_on.set()
    reader.join()
    assert done == (child, 0)


def test_a_refresh_that_could_not_ask_says_so_and_the_next_one_asks() -> None:
    asked, go_on = threading.Event(), threading.Event()
    source = Flaky({CLIPS: clips("1", 1)})
    reference = Reference(source, ttl=None).load(Clip)

    def wait() -> None:
        asked.set()
        go_on.wait(10)

    source.before = wait
    first = threading.Thread(target=reference.refresh)
    first.start()
    asked.wait(10)
    said = reference.refresh()
    go_on.set()
    first.join()
    source.files = {CLIPS: clips("2", 2)}
    assert said is False
    assert reference.refresh() is True
    assert reference.clips.count() == 2


def test_many_threads_see_whole_editions_only() -> None:
    source = Flaky({CLIPS: clips("0", 10)})
    reference = Reference(source, Memory({CLIPS: b"{}"}), ttl=1e-9)
    stop, faults = threading.Event(), list[object]()

    def read() -> None:
        while not stop.is_set():
            versions = {record.version for record in reference.clips}
            if len(versions) != 1:
                faults.append(versions)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for edition in range(1, 60):
        source.files = {CLIPS: clips(str(edition), 10)}
        time.sleep(0.005)
    stop.set()
    for thread in threads:
        thread.join()
    assert not faults
    reference.refresh()
    assert {record.version for record in reference.clips} == {"59"}


def test_readers_never_wait_while_layers_are_refreshed() -> None:
    one, other = Flaky({CLIPS: clips("1")}), Flaky({CLIPS: clips("2")})
    reference = Reference(one, other, ttl=None).load(Clip)
    one.before = other.before = lambda: time.sleep(1)
    refreshing = threading.Thread(target=reference.refresh)
    refreshing.start()
    longest = 0.0
    while refreshing.is_alive():
        start = time.perf_counter()
        reference.clips.count()
        longest = max(longest, time.perf_counter() - start)
    assert longest < 0.8


def test_one_record_that_strict_readers_refuse_costs_no_other() -> None:
    bodies = [
        b'{"B":{"name":"\\ud800"},"A":{"name":"A"}}',
        b'{"B":{"name":"B","version":NaN},"A":{"name":"A"}}',
        b'{"B":{"name":"B","x":' + b"[" * 900 + b"]" * 900 + b',"version":1},"A":{"name":"A"}}',
        b'{"B":{"name":"\xff","version":1},"A":{"name":"A"}}',
        b'{"B":"\xff\xfe","A":{"name":"A"}}',
    ]
    for body in bodies:
        reference = Reference(Memory({CLIPS: body}))
        with pytest.warns(UserWarning, match="B"):
            assert reference.clips.names() == ["A"]
        (problem,) = reference.problems
        assert problem.message


def test_a_redis_that_hangs_costs_its_time_once(tree: dict[str, bytes]) -> None:
    with create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        cached = Cached(Memory(tree), RedisStore(url, timeout=0.5), ttl=None)
        reference = Reference(cached)
        within(5, reference.load)
        assert reference.images.count() == 10
        assert cached.store_failure is not None


def test_two_editions_in_turn_are_sorted_out(server: Misbehaving) -> None:
    editions = [server.files, tree_of(*records(images=11))]

    class Alternating(dict[str, bytes]):
        turn = 0

        def get(self, path: str, default: Any = None) -> Any:
            self.turn += 1
            return editions[self.turn % 3 == 0].get(path, default)

    server.files = Alternating()
    with Reference(Http(server.address)) as reference:
        assert reference.images.count() in {10, 11}


def test_settings_in_code_are_read_as_those_of_the_environment(server: Misbehaving, tmp_path: Path) -> None:
    with open_reference(url=server.address, cache=tmp_path / "cache", offline="false", ttl="never") as reference:
        assert reference.images.count() == 10
    for wrong in (
        {"pin": "-3"}, {"redis_url": "nonsense"}, {"url": "http://[::1"}, {"own": tmp_path / "nowhere"},
        {"deadline": "inf"}, {"url": "", "pin": 4}, {"url": "", "github": False, "snapshot": False},
    ):  # fmt: skip
        with pytest.raises(CannotRun):
            open_reference(**wrong)


def test_questions_that_make_no_sense_are_refused_at_once(tree: dict[str, bytes]) -> None:
    images = Reference(Memory(tree)).images
    assert images.fits(8).count() == 8
    text: Any = "nsfw"
    with pytest.raises(Unsuitable, match="keywords"):
        images.where(text)
    half: Any = 2.5
    with pytest.raises(TypeError):
        images.limit(half)
    number: Any = 0
    with pytest.raises(UnknownName) as caught:
        images[number]
    assert "0" in str(caught.value)


def test_records_have_a_hash_and_copies_share_nothing() -> None:
    record = image(1, requirements={"clip_skip": 2})
    assert len({record, image(1, requirements={"clip_skip": 2}), image(2)}) == 2
    other = copy.deepcopy(record)
    assert other == record
    assert other.requirements is not None
    other.requirements["clip_skip"] = 3
    assert record.requirements == {"clip_skip": 2}


def test_forgetting_leaves_what_is_not_ours(server: Misbehaving, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("Chapter one")
    (tmp_path / "folder").mkdir()
    cached = Cached(Http(server.address), DiskStore(tmp_path))
    cached.read(IMAGES)
    assert len(list(tmp_path.iterdir())) == 3
    cached.invalidate()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "thesis.txt"]


@pytest.mark.parametrize("line", [b"{}", b'{"number":1,"model_name":"a","payload":null}', b"[]", b"not JSON"])
def test_an_audit_trail_that_cannot_be_read_is_said(line: bytes) -> None:
    head = b'{"number":9,"commit":null,"time":null,"modified":false,"records":{},"files":{}}'
    index = b'{"segments":{"clip":[{"path":"/a.jsonl"}]}}'
    source = Pinned(Memory({"head.json": head, "audit/index.json": index, "a.jsonl": line}), 3)
    with pytest.raises(Unsound, match="audit trail"):
        source.read(CLIPS)
    assert MemoryStore().get(CLIPS) is None


def test_a_category_without_a_past_is_empty_at_a_number() -> None:
    head = b'{"number":9,"commit":null,"time":null,"modified":false,"records":{},"files":{}}'
    source = Pinned(Memory({"head.json": head, "audit/index.json": b'{"segments":{}}'}), 3)
    assert source.read(CLIPS).body == b"{}"
