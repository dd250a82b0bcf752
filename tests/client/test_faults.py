"""Each fault of a host, with and without a good copy: the caller gets the last good data or one clear exception."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import misbehaving as tricks
import pytest
from misbehaving import Misbehaving, Trick, within
from small_trees import records, tree_of

from horde_reference.client.cached import Cached
from horde_reference.client.connecting import connected
from horde_reference.client.deadline import Deadline
from horde_reference.client.http import Http
from horde_reference.client.reference import Reference
from horde_reference.client.stores import DiskStore, MemoryStore
from horde_reference.errors import Unreachable, Unread, Unsound
from horde_reference.formats.addresses import category_path
from horde_reference.records.kinds import ImageGeneration

IMAGES = category_path("image_generation")
DEADLINE = 1.0
HTML = b"<!DOCTYPE html><html><body>It works!</body></html>"

FAULTS: dict[str, tuple[str, Trick, type[Unread]]] = {
    "refused at once": ("", tricks.hangs_up, Unreachable),
    "no answer": ("", tricks.never_answers, Unreachable),
    "time-out in the body": ("", tricks.stops_in_the_body, Unreachable),
    "cut off": ("", tricks.ends_in_the_body, Unreachable),
    "cut off in a chunk": ("", tricks.ends_in_a_chunk, Unreachable),
    "500": ("", tricks.answers(500), Unreachable),
    "403": ("", tricks.answers(403), Unreachable),
    "429 for long": ("", tricks.answers(429, Retry_After="3600"), Unreachable),
    "429 until a date": ("", tricks.answers(429, Retry_After="Wed, 25 Nov 2099 12:00:00 GMT"), Unreachable),
    "page for the head": ("head.json", tricks.answers(200, HTML), Unsound),
    "page for the category": ("image_generation", tricks.answers(200, HTML), Unsound),
    "empty head": ("head.json", tricks.answers(200), Unsound),
    "empty category": ("image_generation", tricks.answers(200), Unsound),
    "truncated JSON": ("image_generation", tricks.answers(200, b'{"Model 1":{"name":"Mod'), Unsound),
    "nested without end": ("image_generation", tricks.answers(200, b'{"a":' + b"[" * 100_000), Unsound),
    "another file": ("image_generation", tricks.answers(200, b"{}\n"), Unsound),
    "not what it is compressed with": ("", tricks.answers(200, b"{}", Content_Encoding="gzip"), Unsound),
    "a compression that nobody asked for": ("", tricks.answers(200, b"{}", Content_Encoding="zstd"), Unsound),
    "no end": ("image_generation", tricks.has_no_end, Unsound),
    "circle of redirects": ("", tricks.goes_in_circles, Unreachable),
    "redirect to the disk": ("", tricks.leads_to_a_file_on_disk, Unreachable),
    "drips its body": ("", tricks.drips_its_body, Unreachable),
    "drips its head": ("", tricks.drips_its_head, Unreachable),
    "not HTTP": ("", lambda asked: asked.raw(b"220 mail.example.org ESMTP\r\n"), Unreachable),
}


@pytest.fixture(params=FAULTS)
def fault(request: pytest.FixtureRequest) -> tuple[str, Trick, type[Unread]]:
    return FAULTS[request.param]


def reading(server: Misbehaving) -> Http:
    return Http(server.address, deadline=DEADLINE, max_bytes=1_000_000)


def test_without_a_copy_there_is_one_clear_exception(
    server: Misbehaving, fault: tuple[str, Trick, type[Unread]]
) -> None:
    server.about, server.trick, kind = fault
    with Reference(reading(server)) as reference:
        with pytest.raises(kind) as caught:
            within(20 * DEADLINE, reference.images.first)
        assert type(caught.value) is kind
        assert server.address in str(caught.value) or IMAGES in str(caught.value) or "answer" in str(caught.value)


def test_with_a_copy_the_last_good_data_stays(server: Misbehaving, fault: tuple[str, Trick, type[Unread]]) -> None:
    with Reference(reading(server)) as reference:
        before = list(reference.images)
        assert len(before) == 10
        server.files = tree_of(*records(images=12))  # were it not for the fault, this would be seen
        server.about, server.trick, _ = fault
        assert within(20 * DEADLINE, reference.refresh) is False
        assert list(reference.images) == before
        assert reference.age(ImageGeneration) > 0
        (status,) = [one for one in reference.status() if one.category == "image_generation"]
        assert status.problem
        server.trick = None
        if "Retry-After" not in str(server.sent):  # a pause that was asked for is kept
            assert reference.refresh() is True
            assert reference.images.count() == 12


def test_a_server_that_is_not_there() -> None:
    with Reference(Http("http://127.0.0.1:1", deadline=DEADLINE)) as reference, pytest.raises(Unreachable) as caught:
        within(10, reference.images.count)
    assert "127.0.0.1:1" in str(caught.value)


@pytest.mark.parametrize("trick", [tricks.answers(500), tricks.answers(503, Retry_After="0"), tricks.hangs_up])
def test_what_fails_for_a_while_is_asked_again(server: Misbehaving, trick: Trick) -> None:
    server.trick = tricks.for_a_while(2, trick)
    with Reference(Http(server.address, deadline=30)) as reference:
        assert reference.images.count() == 10


def test_a_pause_that_the_server_asks_for_is_kept(server: Misbehaving) -> None:
    server.trick = tricks.for_a_while(1, tricks.answers(429, Retry_After="1"))
    times: list[float] = []
    with Reference(Http(server.address, deadline=30)) as reference:
        start = threading.Event()
        timer = threading.Timer(0.9, lambda: times.append(server.asked["head.json"]))
        timer.start()
        assert reference.images.count() == 10
        timer.join()
        start.set()
    assert times == [1], "it was asked again before the pause was over"


def test_a_server_that_asked_for_a_long_pause_is_left_alone(server: Misbehaving) -> None:
    server.trick = tricks.answers(429, Retry_After="3600")
    with Reference(Http(server.address, deadline=DEADLINE)) as reference:
        for _ in range(5):
            with pytest.raises(Unreachable):
                reference.images.count()
    assert sum(server.asked.values()) == 1


def test_a_gutted_category_is_not_believed_even_where_its_head_speaks_of_it(server: Misbehaving) -> None:
    with Reference(Http(server.address)) as reference:
        assert reference.images.count() == 10
        server.files = tree_of(*records(images=3))
        assert reference.refresh() is False
        assert reference.images.count() == 10
        server.files = tree_of(*records(images=8))
        assert reference.refresh() is True
        assert reference.images.count() == 8


def test_records_that_nobody_can_read_are_as_good_as_gone(server: Misbehaving) -> None:
    with Reference(Http(server.address)) as reference:
        assert reference.images.count() == 10
        broken = {path: body.replace(b'"nsfw":', b'"nswf":') for path, body in server.files.items()}
        del broken["head.json"]
        server.files = broken
        assert reference.refresh() is False
        assert reference.images.count() == 10


@pytest.mark.parametrize("body", [b'{"a":' + b"[" * 100_000, HTML, b"", b"[]", b'"text"', b"\xff", b'{"a": NaN}'])
def test_without_a_head_a_body_is_still_looked_at(server: Misbehaving, body: bytes) -> None:
    del server.files["head.json"]
    with Reference(reading(server)) as reference:
        assert reference.images.count() == 10
        server.files[IMAGES] = body
        assert reference.refresh() is False
        assert reference.images.count() == 10


def test_one_bad_record_is_reported_and_costs_no_other(tree: dict[str, bytes]) -> None:
    del tree["head.json"]
    tree[IMAGES] = tree[IMAGES].replace(b'"name":"Model 07"', b'"name":7')
    with tricks.misbehaving(tree) as server, Reference(Http(server.address)) as reference:
        with pytest.warns(UserWarning, match="Model 07"):
            assert reference.images.count() == 9
        (problem,) = reference.problems
        assert (problem.category, problem.name) == ("image_generation", "Model 07")
        assert "str" in problem.message


def test_the_copy_on_disk_survives_the_process_and_the_host(server: Misbehaving, tmp_path: Path) -> None:
    with Reference(Cached(reading(server), DiskStore(tmp_path), ttl=0.001)) as reference:
        before = list(reference.images)
    server.trick = tricks.answers(500)
    with Reference(Cached(reading(server), DiskStore(tmp_path), ttl=0.001)) as again:
        assert within(20, lambda: list(again.images)) == before


def _unwritable(folder: Path) -> Path:
    (folder / "file").write_text("a file where a folder should be")
    return folder / "file/cache"


@pytest.mark.parametrize("place", [_unwritable, lambda _: Path("/proc/nowhere"), lambda _: Path("/dev/full")])
def test_a_cache_that_cannot_be_written_costs_no_data(
    server: Misbehaving, tmp_path: Path, place: Callable[[Path], Path]
) -> None:
    cached = Cached(Http(server.address), DiskStore(place(tmp_path)))
    with Reference(cached) as reference:
        assert reference.images.count() == 10
    assert cached.store_failure is not None


def test_a_full_disk_costs_no_data_and_leaves_no_half_file(server: Misbehaving, small_disk: Path) -> None:
    cached = Cached(Http(server.address), DiskStore(small_disk / "cache"), ttl=0.001)
    with Reference(cached) as reference:
        reference.load()
        (small_disk / "filler").write_bytes(b"x" * _room(small_disk))
        server.files = tree_of(*records(images=15, description="d" * 500))
        assert reference.refresh() is True
        assert reference.images.count() == 15
    assert cached.store_failure is not None
    (small_disk / "filler").unlink()
    kept = DiskStore(small_disk / "cache").get(IMAGES)
    assert kept is not None, "the old copy is whole"
    assert not [path for path in (small_disk / "cache").iterdir() if path.name.startswith(".")]


def _room(disk: Path) -> int:
    state = os.statvfs(disk)
    return state.f_bavail * state.f_bsize - 2 * state.f_bsize


def test_a_damaged_copy_is_no_copy(server: Misbehaving, tmp_path: Path) -> None:
    store = DiskStore(tmp_path)
    Cached(Http(server.address), store).read(IMAGES)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-10])
    assert store.get(IMAGES) is None
    with Reference(Cached(Http(server.address), store)) as reference:
        assert reference.images.count() == 10


def test_a_clock_that_goes_back_makes_nothing_fresh_for_ever(server: Misbehaving) -> None:
    now = [1_000_000_000_000.0]  # far ahead of the server's own time
    cached = Cached(Http(server.address), MemoryStore(), clock=lambda: now[0])
    cached.read(IMAGES)
    now[0] = 1_000_000.0
    server.asked.clear()
    cached.expire()
    cached.read(IMAGES)
    assert server.asked["head.json"] == 1


def test_processes_that_refresh_at_once_leave_a_whole_copy(server: Misbehaving, tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from horde_reference import Cached, DiskStore, Http, Reference\n"
        "for _ in range(30):\n"
        "    with Reference(Cached(Http(sys.argv[1]), DiskStore(sys.argv[2]), ttl=1e-9)) as reference:\n"
        "        assert reference.images.count() in {10, 11}\n"
    )
    started = [subprocess.Popen([sys.executable, "-c", script, server.address, tmp_path]) for _ in range(3)]
    other = tree_of(*records(images=11))
    first = server.files
    while any(process.poll() is None for process in started):
        server.files = other if server.files is first else first
        threading.Event().wait(0.05)
    assert [process.returncode for process in started] == [0, 0, 0]
    assert DiskStore(tmp_path).get(IMAGES) is not None


def test_a_deadline_is_for_all_that_reading_a_file_takes(server: Misbehaving) -> None:
    """The head comes late, and so there is less time for the file."""

    def late(asked: tricks.Asked) -> None:
        asked.server.over.wait(0.7)
        asked.close_connection = False
        asked.server.trick = tricks.never_answers
        path = asked.path.removeprefix("/")
        asked.answer(200, asked.server.files[path], ETag='"late"')

    server.trick = late
    start = time.monotonic()
    with pytest.raises(Unreachable):
        Http(server.address, deadline=2).read(IMAGES)
    assert time.monotonic() - start < 2.6


def test_dead_addresses_of_a_host_share_the_time_and_leave_some_for_a_good_one(server: Misbehaving) -> None:
    with ExitStack() as stack:
        dead: list[tuple[int, tuple[object, ...]]] = []
        for address in ("127.0.0.2", "127.0.0.3"):
            listening = stack.enter_context(socket.create_server((address, 0), backlog=0))
            for _ in range(3):  # a queue that is full answers no more
                waiting = stack.enter_context(socket.socket())
                waiting.setblocking(False)
                waiting.connect_ex(listening.getsockname())
            dead.append((socket.AF_INET, listening.getsockname()))
        good = (socket.AF_INET, server.server_address)
        start = time.monotonic()
        connected([*dead, good], Deadline(3)).close()
        assert 1.9 < time.monotonic() - start < 2.9
        with pytest.raises(TimeoutError):
            within(3, lambda: connected(dead, Deadline(1)))


def test_a_host_without_an_address_is_said() -> None:
    with pytest.raises(Unreachable, match=r"nowhere\.invalid"):
        within(20, lambda: Http("http://nowhere.invalid", deadline=2).read(IMAGES))
