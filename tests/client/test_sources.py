"""One contract for every source and store: what is published comes back, changes are seen, what is missing is said."""

import gzip
import os
import shutil
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from hashlib import sha256
from http.server import ThreadingHTTPServer
from pathlib import Path

import brotli
import pytest
from github_pages import server as pages_server
from hard_names import ODD
from misbehaving import Asked, Misbehaving, answers, misbehaving
from redis_server import RedisServer
from serving import serving
from small_trees import image, records, tree_of

from horde_reference.adapters.web import server as preview
from horde_reference.client.cached import Cached
from horde_reference.client.channels import Beta
from horde_reference.client.directory import Directory, snapshot
from horde_reference.client.http import Http
from horde_reference.client.legacy import Legacy, github
from horde_reference.client.redis_store import RedisStore
from horde_reference.client.reference import Reference
from horde_reference.client.source import Answer, Fallback, Later, Memory, Source
from horde_reference.client.stores import DiskStore, MemoryStore
from horde_reference.errors import NotThere, Unread
from horde_reference.formats.addresses import category_path
from horde_reference.formats.canonical import encode
from horde_reference.formats.legacy_image import encode_file
from horde_reference.formats.legacy_text import encode_table
from horde_reference.records.base import Record
from horde_reference.records.kinds import ImageGeneration, TextGeneration
from horde_reference.tree import File

IMAGES = category_path("image_generation")
Make = Callable[[list[Record]], Source]


class World:
    """Publishes records somewhere, and gives the source that reads them there."""

    def __init__(self, home: Path, stack: ExitStack) -> None:
        self.home = home
        self.stack = stack
        self.files: dict[str, bytes] = {}

    def publish(self, found: list[Record]) -> None:
        self.files.clear()
        self.files.update(tree_of(*found))

    def source(self) -> Source:
        return Memory(self.files)


class Folder(World):
    """A build folder."""

    def publish(self, found: list[Record]) -> None:
        self._write(tree_of(*found).items())

    def _write(self, files: object) -> None:
        root = self.home / "tree"
        shutil.rmtree(root, ignore_errors=True)
        for path, body in files:  # type: ignore[attr-defined]
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(body)

    def source(self) -> Source:
        return Directory(self.home / "tree")


class Checkout(Folder):
    """A git checkout of the records, as people edit them."""

    def publish(self, found: list[Record]) -> None:
        self._write((f"data/{path}", body) for path, body in map(encode, found))
        git = partial(subprocess.run, cwd=self.home / "tree", check=True, capture_output=True)
        git(["git", "init", "--quiet"])
        git(["git", "add", "--all"])


class LegacyCheckout(Folder):
    """A git checkout of legacy files."""

    def publish(self, found: list[Record]) -> None:
        self._write(legacy_files(found))
        subprocess.run(["git", "init", "--quiet"], cwd=self.home / "tree", check=True, capture_output=True)

    def source(self) -> Source:
        return Legacy(Directory(self.home / "tree"))


def legacy_files(found: list[Record]) -> Iterator[File]:
    for category, name in (("image_generation", "stable_diffusion.json"), ("clip", "clip.json"), ("blip", "blip.json")):
        yield name, bytes(encode_file(record for record in found if record.category == category))
    yield "models.csv", encode_table(record for record in found if isinstance(record, TextGeneration))


class Served(World):
    """A host that speaks HTTP."""

    def source(self) -> Source:
        self.http = self.stack.enter_context(misbehaving(self.files))
        return Http(self.http.address)


class WithoutHead(Served):
    def publish(self, found: list[Record]) -> None:
        super().publish(found)
        del self.files["head.json"]


class GitHub(Served):
    def publish(self, found: list[Record]) -> None:
        self.files.clear()
        self.files.update((f"o/r/main/{path}", body) for path, body in legacy_files(found))

    def source(self) -> Source:
        super().source()
        return github("o/r", root=self.http.address)


class Previewed(Folder):
    """The server of `horde-reference serve`."""

    server: Callable[[Path], ThreadingHTTPServer] = staticmethod(preview)

    def source(self) -> Source:
        return Http(self.stack.enter_context(serving(self.server(self.home / "tree"))))


class Pages(Previewed):
    """A host with GitHub Pages' rules: gzip, weak ETags."""

    server = staticmethod(pages_server)

    def publish(self, found: list[Record]) -> None:
        super().publish(found)
        (self.home / "tree/404.html").write_text("{}")


class Kept(Served):
    def source(self) -> Source:
        return Cached(super().source(), MemoryStore(), ttl=None)


class KeptOnDisk(Served):
    def source(self) -> Source:
        return Cached(super().source(), DiskStore(self.home / "cache"), ttl=None)


class KeptInRedis(Served):
    def source(self) -> Source:
        redis = RedisServer(self.home)
        redis.start()
        self.stack.callback(redis.stop)
        return Cached(super().source(), RedisStore(redis.url), ttl=None)


class FellBack(World):
    def source(self) -> Source:
        return Fallback(Memory({}), Later(super().source, "later"))


WORLDS = [
    World, Folder, Checkout, LegacyCheckout, Served, WithoutHead, GitHub, Previewed, Pages, Kept, KeptOnDisk,
    KeptInRedis, FellBack,
]  # fmt: skip


@pytest.fixture(params=WORLDS, ids=lambda world: world.__name__)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with ExitStack() as stack:
        yield request.param(tmp_path, stack)


def names(reference: Reference) -> dict[str, list[str]]:
    found = {"images": reference.images, "texts": reference.texts, "clips": reference.clips, "blips": reference.blips}
    return {name: sorted(query.names()) for name, query in found.items()}


def test_what_is_published_comes_back_and_changes_are_seen(world: World) -> None:
    found = records(images=6)
    world.publish(found)
    with Reference(world.source(), ttl=None) as reference:
        assert list(reference.images) == [record for record in found if isinstance(record, ImageGeneration)]
        assert names(reference)["texts"] == ["author/Text-1B", "author/Text-7B"]
        assert reference.clips["ViT-L/14"].name == "ViT-L/14"
        assert not reference.blips
        world.publish([*found, image(99)])
        assert reference.images.count() == 6, "nothing is asked before it is time"
        assert reference.refresh() is True
        assert reference.images["Model 99"].size_on_disk_bytes == 99 * 10**9
        world.publish(found)
        assert reference.refresh() is True
        assert "Model 99" not in reference.images
        assert reference.problems == []


def test_what_is_not_there_is_said(world: World) -> None:
    world.publish(records())
    source = world.source()
    with pytest.raises(NotThere):
        source.read("api/nothing.json")
    source.close()


def test_a_tag_spares_the_body(world: World) -> None:
    world.publish(records())
    source = world.source()
    first = source.read(IMAGES)
    assert first.body is not None
    again = source.read(IMAGES, first.tag or None)
    assert again.body in {None, first.body}
    assert first.tag == "" or again.body is None
    assert again.checked >= first.checked
    source.close()


def test_redis_keeps_copies_that_workers_share(redis: RedisServer, server: Misbehaving) -> None:
    def worker() -> Reference:
        return Reference(Cached(Http(server.address), RedisStore(redis.url), ttl=None), ttl=1e-9)

    with worker() as one, worker() as other:
        assert one.images.count() == 10
        server.asked.clear()
        assert list(other.images) == list(one.images)
        assert not server.asked, "the second worker takes the copy of the first"
        server.files = tree_of(*records(images=11))
        assert one.images.count() == other.images.count() == 10
        one.refresh()
        assert one.images.count() == other.images.count() == 11


def test_forgetting_in_redis_is_forgetting_for_all(redis: RedisServer, server: Misbehaving) -> None:
    mine, theirs = (Cached(Http(server.address), RedisStore(redis.url), ttl=None) for _ in range(2))
    mine.read(IMAGES)
    server.files = tree_of(*records(images=1))
    assert theirs.read(IMAGES).body == mine.read(IMAGES).body
    mine.invalidate()
    assert theirs.read(IMAGES).body == server.files[IMAGES], "after forgetting, also far fewer records are believed"
    for one in (mine, theirs):
        one.close()


def test_redis_may_die_between_calls_and_come_back(redis: RedisServer, server: Misbehaving) -> None:
    cached = Cached(Http(server.address), RedisStore(redis.url, timeout=0.5), ttl=1e-9)
    with Reference(cached, ttl=1e-9) as reference:
        assert reference.images.count() == 10
        redis.stop()
        server.files = tree_of(*records(images=12))
        assert reference.images.count() == 12
        assert "Redis" in str(cached.store_failure)
        redis.start()
        server.files = tree_of(*records(images=13))
        reference.refresh()
        assert reference.images.count() == 13
        assert cached.store_failure is None


def test_two_deployments_with_a_prefix_each_share_nothing(redis: RedisServer, server: Misbehaving) -> None:
    Cached(Http(server.address), RedisStore(redis.url, prefix="one:")).read(IMAGES)
    assert RedisStore(redis.url, prefix="one:").get(IMAGES) is not None
    assert RedisStore(redis.url, prefix="two:").get(IMAGES) is None


def test_asking_for_images_downloads_no_texts_and_one_request_says_that_nothing_changed(server: Misbehaving) -> None:
    with Reference(Http(server.address)) as reference:
        reference.images.first()
        assert sorted(server.asked) == [IMAGES, "head.json"]
        reference.load()
        server.asked.clear()
        reference.refresh()
        assert dict(server.asked) == {"head.json": 1}
        assert server.log[-1]["If-None-Match"]
        assert server.connections == 1, "one connection for all"


def test_only_the_category_that_changed_is_read_again(server: Misbehaving) -> None:
    with Reference(Http(server.address)) as reference:
        reference.load()
        server.files = tree_of(*records(), image(50))
        server.asked.clear()
        reference.refresh()
        assert dict(server.asked) == {"head.json": 1, IMAGES: 1}


def test_after_a_restart_a_copy_on_disk_is_checked_with_one_small_request(server: Misbehaving, tmp_path: Path) -> None:
    for _ in range(2):
        server.asked.clear()
        with Reference(Cached(Http(server.address), DiskStore(tmp_path), ttl=1e-9)) as reference:
            assert reference.images.count() == 10
            assert reference.texts.count() == 2
    assert dict(server.asked) == {"head.json": 1}


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_answers_may_be_compressed(server: Misbehaving, encoding: str) -> None:
    compress = {"gzip": gzip.compress, "br": brotli.compress}[encoding]

    def compressed(asked: Asked) -> None:
        assert encoding in asked.headers["Accept-Encoding"]
        path = asked.path.partition("?")[0].removeprefix("/")
        asked.close_connection = False
        asked.answer(200, compress(asked.server.files[path]), Content_Encoding=encoding)

    server.trick = compressed
    with Reference(Http(server.address)) as reference:
        assert reference.images.count() == 10
        assert server.connections == 1


def test_a_few_bytes_that_stand_for_many_are_refused(server: Misbehaving) -> None:
    zeros = b"0" * 200_000_000
    for encoding, body in (("gzip", gzip.compress(zeros)), ("br", brotli.compress(zeros, quality=1))):
        server.trick = answers(200, body, Content_Encoding=encoding)
        with pytest.raises(Unread, match="more than 1000000 bytes"):
            Http(server.address, max_bytes=1_000_000, verify=False).read(IMAGES)


def test_a_file_that_is_published_between_two_requests_is_taken(server: Misbehaving) -> None:
    later = tree_of(*records(images=11))

    def publish(asked: Asked) -> None:
        asked.server.trick = None
        asked.server.files = later
        asked.close_connection = False
        asked.do_GET()

    server.about, server.trick = "image_generation", publish
    with Reference(Http(server.address)) as reference:
        assert reference.images.count() == 11


def test_a_stale_cache_on_the_way_is_passed_by(server: Misbehaving) -> None:
    with Reference(Http(server.address)) as reference:
        reference.images.first()
    digest = sha256(server.files[IMAGES]).hexdigest()
    assert any(digest[:16] in line for line in server.targets), "the address names the state that is wanted"


def test_what_a_fallback_says_when_nobody_answers() -> None:
    with pytest.raises(Unread, match=r"No source has api/x\.json") as caught:
        Fallback(Memory({}), Http("http://127.0.0.1:1", deadline=1)).read("api/x.json")
    assert "127.0.0.1:1" in str(caught.value)
    assert "mapping" in str(caught.value)


def test_own_records_lie_over_the_published_ones(tmp_path: Path, tree: dict[str, bytes]) -> None:
    mine = image(3, description="Mine.")
    for path, body in map(encode, [mine, image(77)]):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(body)
    tree["api/model_references/v2/image_generation/pending.json"] = tree_of(image(4, description="Proposed."))[IMAGES]
    base = Memory(tree)
    reference = Reference(Beta(base), Directory(tmp_path), base)
    assert reference.images["Model 03"].description == "Mine."
    assert reference.images["Model 04"].description == "Proposed."
    assert reference.images.count() == 11
    origins = {record.name: reference.origin(record) for record in reference.images}
    assert origins["Model 03"] == origins["Model 77"] == f"folder {tmp_path}"
    assert origins["Model 04"] == "proposals at Memory"
    assert origins["Model 05"] == "Memory"
    assert reference.texts.count() == 2


def test_a_record_of_ones_own_that_cannot_be_read_is_reported(tmp_path: Path, tree: dict[str, bytes]) -> None:
    (tmp_path / "clip").mkdir()
    (tmp_path / "clip/broken.json").write_text('{"name": ')
    (tmp_path / "clip/good.json").write_text('{"name": "good"}')
    reference = Reference(Directory(tmp_path), Memory(tree))
    with pytest.warns(UserWarning, match=r"broken\.json"):
        assert reference.clips.names() == ["ViT-L/14", "good"]


def test_a_source_over_the_base_may_be_away(tree: dict[str, bytes]) -> None:
    reference = Reference(Http("http://127.0.0.1:1", deadline=1), Memory(tree))
    with pytest.warns(UserWarning, match="left out"):
        assert reference.images.count() == 10


def test_the_snapshot_holds_the_records_of_this_project() -> None:
    data = Path(__file__).parent.parent.parent / "data"
    files = [path.relative_to(data) for path in data.rglob("*.json") if path.parent.name != "text_groups"]
    stated = {path.parts[0] for path in files}
    reference = Reference(snapshot())
    assert len(list(reference)) == len(files) > 100
    assert {record.category for record in reference} >= stated
    assert reference.problems == []


def test_a_source_is_three_lines(tree: dict[str, bytes]) -> None:
    class Mine(Source):
        def read(self, path: str, tag: str | None = None) -> Answer:  # noqa: ARG002
            return Answer(tree[path], "", 0.0)

    assert Reference(Mine()).images.count() == 10


def test_importing_the_client_loads_nothing_that_it_does_not_need() -> None:
    script = (
        "import sys\n"
        "from horde_reference import Http, Reference, Query, Cached, DiskStore, open_reference\n"
        "print(sorted({'click', 'git', 'jinja2', 'jsonschema', 'pydantic', 'requests', 'orjson'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ODD)
def test_a_name_may_hold_anything(name: str, server: Misbehaving) -> None:
    path = f"api/model_references/v2/clip/model/{name}.json"
    server.files[path] = b'{"name":1}'
    source = Http(server.address)
    assert source.read(path).body == b'{"name":1}'
    source.close()


def test_https_is_spoken_and_strangers_are_not_trusted(server: Misbehaving, tmp_path: Path) -> None:
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
               "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    address = f"https://localhost:{server.server_address[1]}"
    script = (
        "import sys; from horde_reference import Http, Reference\n"
        "with Reference(Http(sys.argv[1], deadline=5)) as reference: print(reference.load().images.count())"
    )
    run = partial(subprocess.run, [sys.executable, "-c", script, address], capture_output=True, text=True, check=False)
    trusting = run(env={**os.environ, "SSL_CERT_FILE": str(certificate)})
    assert trusting.stdout == "10\n", trusting.stderr
    assert server.connections == 1
    assert "CERTIFICATE_VERIFY_FAILED" in run().stderr
