"""Settings: each does what its row says, and each of the old library's four backends has its equivalent."""

import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typical_use
from misbehaving import Misbehaving, answers
from redis_server import RedisServer
from repositories import Repository
from small_trees import image, records, tree_of

from horde_reference import __all__ as public
from horde_reference.client.directory import Directory
from horde_reference.client.http import Http
from horde_reference.client.legacy import Legacy
from horde_reference.client.opening import open_reference, shared
from horde_reference.client.reference import Reference
from horde_reference.client.settings import PREFIX, ROWS, Settings
from horde_reference.client.source import Memory
from horde_reference.errors import CannotRun, NotThere, Unread
from horde_reference.formats.canonical import encode
from horde_reference.formats.legacy_image import encode_file
from horde_reference.records.kinds import ImageGeneration
from horde_reference.workflows.build import build


def opened(**environment: object) -> Reference:
    stated = {f"{PREFIX}{name.upper()}": str(value) for name, value in environment.items()}
    return open_reference(Settings.from_environment(stated))


def test_a_published_tree_with_a_copy_on_disk(server: Misbehaving, tmp_path: Path) -> None:
    """The old library's REPLICA with a primary."""
    with opened(url=server.address, cache=tmp_path) as reference:
        assert reference.images.count() == 10
    assert list(tmp_path.rglob("*")), "a copy is kept"
    server.trick = answers(500)
    with opened(url=server.address, cache=tmp_path, ttl="0.001", deadline=1) as reference:
        assert reference.images.count() == 10


def test_the_legacy_repositories_where_no_address_answers(server: Misbehaving, tmp_path: Path) -> None:
    """The old library's REPLICA without a primary, or with one that is down."""
    found = [record for record in records() if isinstance(record, ImageGeneration)]
    server.files["me/images/dev/stable_diffusion.json"] = bytes(encode_file(found))
    settings = {"github_root": server.address, "image_repo": "me/images@dev", "cache": tmp_path, "deadline": 1}
    with opened(url="", **settings) as reference:
        assert reference.images.count() == 10
    with opened(url="http://127.0.0.1:1", **settings) as reference:
        assert reference.images.count() == 10
        assert reference.clips.count() > 0, "what the repositories lack comes from the snapshot"


def test_a_folder(tmp_path: Path) -> None:
    """The old library's PRIMARY on files."""
    for path, body in tree_of(*records()).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(body)
    assert opened(directory=tmp_path).images.count() == 10


def test_copies_in_redis(redis: RedisServer, server: Misbehaving) -> None:
    """The old library's PRIMARY with Redis."""
    for _ in range(2):
        with opened(url=server.address, redis_url=redis.url, ttl="never") as reference:
            assert reference.images.count() == 10
    assert server.asked["api/model_references/v2/image_generation.json"] == 1


def test_offline_nobody_is_asked(server: Misbehaving, tmp_path: Path) -> None:
    with opened(url=server.address, cache=tmp_path) as reference:
        reference.load(ImageGeneration)
    server.asked.clear()
    with opened(url=server.address, cache=tmp_path, offline="true", ttl="0.001") as reference:
        assert reference.images.count() == 10
        assert reference.clips.names() == ["ViT-L/14"], "that of the snapshot"
        assert reference.refresh() is False, "the images could not be asked for"
        assert reference.images.count() == 10
    settings = {"url": server.address, "cache": tmp_path, "offline": "yes", "snapshot": "no"}
    with opened(**settings) as reference, pytest.raises(Unread, match="offline"):
        reference.clips.count()
    assert not server.asked


def test_own_records_and_proposals_lie_over_the_published_ones(server: Misbehaving, tmp_path: Path) -> None:
    path, body = encode(image(3, description="Mine."))
    (tmp_path / "own" / path).parent.mkdir(parents=True)
    (tmp_path / "own" / path).write_bytes(body)
    with opened(url=server.address, cache="off", own=tmp_path / "own", beta="true") as reference:
        assert reference.images["Model 03"].description == "Mine."
        assert reference.images.count() == 10


def test_a_pinned_number_gives_the_same_records_for_ever(tmp_path: Path, serve: Callable[[Path], str]) -> None:
    repository = Repository(tmp_path / "repository")
    repository.write("clip", "one")
    repository.commit("One")
    repository.write("clip", "two")
    repository.commit("Two")
    repository.write("clip", "one", version="2")
    repository.commit("Three")
    build(repository.data, repository.root / "public")
    address = serve(repository.root / "public")
    seen = {}
    for number in (1, 2, 3):
        with opened(url=address, pin=number, cache=tmp_path / "cache") as reference:
            seen[number] = {record.name: record.version for record in reference.clips}
    assert seen == {1: {"one": None}, 2: {"one": None, "two": None}, 3: {"one": "2", "two": None}}
    with opened(url=address, pin=4, cache="off") as reference, pytest.raises(NotThere, match="4"):
        reference.clips.count()
    with opened(url="http://127.0.0.1:1", pin=2, cache="off", deadline=1) as reference, pytest.raises(Unread):
        reference.clips.count()


def test_everything_that_is_wrong_with_the_environment_is_told_at_once() -> None:
    with pytest.raises(CannotRun) as caught:
        opened(ttl="soon", offline="perhaps", url="ftp://x", image_repo="images", max_shrink="2", cash="/tmp")  # noqa: S108
    for word in ("TTL", "OFFLINE", "URL", "IMAGE_REPO", "MAX_SHRINK", "Did you mean HORDE_REFERENCE_CACHE"):
        assert word in str(caught.value)


def test_a_setting_that_is_misspelt_in_code_is_said() -> None:
    with pytest.raises(TypeError, match="urls"):
        open_reference(urls="x")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_setting_has_a_default_and_a_word_on_it(row: object) -> None:
    settings = Settings.from_environment({})
    assert hasattr(settings, row.name)  # type: ignore[attr-defined]
    assert row.doc.endswith(".")  # type: ignore[attr-defined]


def test_programs_that_want_one_reference_share_one(server: Misbehaving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HORDE_REFERENCE_URL", server.address)
    monkeypatch.setenv("HORDE_REFERENCE_CACHE", "off")
    shared.cache_clear()
    with shared() as one:
        assert shared() is one
        assert one.images.count() == 10
        assert open_reference() is not one
    shared.cache_clear()


def test_what_users_write_runs(server: Misbehaving, tree: dict[str, bytes]) -> None:
    with Reference(Http(server.address)) as reference:
        assert len(typical_use.worker(reference)) == 5
        assert "7 billion" in typical_use.bot(reference, "author/Text-7B")
        assert "Did you mean" in typical_use.bot(reference, "text-1")
        assert typical_use.guides(reference) == set()
        assert [record.name for record in typical_use.anything(reference)] == ["ViT-L/14"]
        with pytest.raises(LookupError, match="2DN"):
            typical_use.first_of(reference)
    assert typical_use.careful(tree) is not None
    assert typical_use.careful({}) is None


def test_records_can_be_copied_to_other_processes() -> None:
    record = image(1)
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301 - ours


def test_a_missing_library_is_named_with_the_line_that_installs_it() -> None:
    script = "import sys; sys.modules['redis'] = None\nfrom horde_reference import RedisStore"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "pip install 'horde-reference[redis]'" in done.stderr


def test_every_public_name_can_be_had() -> None:
    script = "import horde_reference\nfor name in horde_reference.__all__: getattr(horde_reference, name)\nprint('all')"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout == "all\n", done.stderr
    assert len(public) > 50


@pytest.mark.parametrize(("folder", "count"), [("image", 161), ("text", 719)])
def test_the_real_legacy_files_are_converted_to_what_is_published(
    folder: str, count: int, shared: Path, published: Path
) -> None:
    legacy, ours = Reference(Legacy(Directory(shared / "corpus" / folder))), Reference(Directory(published))
    found = legacy.images if folder == "image" else legacy.texts
    expected = ours.images if folder == "image" else ours.texts
    assert found.count() == count
    assert found.to_dict() == expected.to_dict()
    assert legacy.problems == []


def test_a_mapping_may_lack_a_category() -> None:
    with pytest.raises(NotThere, match="clip"):
        Reference(Memory({})).clips.count()
