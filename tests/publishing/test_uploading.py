"""While a tree is uploaded as the documentation says, nobody sees half of it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

import pytest
import requests
from documented import block
from public_trees import Show
from repositories import Repository
from workflow_files import GITHUB, WorkflowFile
from workflow_laws import LAWS, broken

from horde_reference.client.cached import Cached
from horde_reference.client.http import Http
from horde_reference.client.reference import Reference
from horde_reference.client.stores import MemoryStore
from horde_reference.records.kinds import Clip
from horde_reference.workflows.build import Wishes, build

SLOWLY = 'exec {rsync} --bwlimit=6m "$@"'


@pytest.fixture
def clone(repository: Repository, tmp_path: Path) -> Repository:
    shutil.copytree(repository.root, tmp_path / "clone")
    return Repository(tmp_path / "clone", clock=1_800_000_000)


def rebuilt(clone: Repository) -> int:
    """Build it; returns the number."""
    build(clone.data, clone.root.parent / "public", Wishes(max_shrink=1.0, site=False))
    number: int = json.loads((clone.root.parent / "public/head.json").read_bytes())["number"]
    return number


def change_much(clone: Repository) -> None:
    """One more record, another without its name, and changes of the rest."""
    clone.write("clip", "One", description="Better still.")
    clone.write("clip", "Three")
    (clone.data / "image_generation/X/Y.json").unlink()
    clone.commit("Much")


def upload(commands: str, home: Path) -> None:
    """Run the commands of the documentation, slowly, to a folder of this machine that stands for that of a host."""
    rsync = shutil.which("rsync")
    assert rsync, "needs rsync: see .ci/packages"
    tools = home / "tools"
    tools.mkdir(exist_ok=True)
    (tools / "rsync").write_text(f"#!/bin/sh\n{SLOWLY.format(rsync=rsync)}\n")
    (tools / "ssh").write_text('#!/bin/sh\nexec sh -c "$2"\n')
    for tool in tools.iterdir():
        tool.chmod(0o755)
    here = commands.replace("$HOST:", "")
    assert here != commands
    settings = {"HOST": "host", "ROOT": str(home / "root"), "PATH": f"{tools}:{os.environ['PATH']}"}
    subprocess.run(["bash", "-euc", here], cwd=home, env=settings, check=True)


class Reader:
    """Reads all that a head lists, again and again. `faults` are heads that were public while a file was not so."""

    def __init__(self, url: str, *, only_newest: int = 0) -> None:
        self.url = url
        self.only_newest = only_newest
        self.seen: list[int] = []
        self.faults: list[str] = []
        self.asked = requests.Session()

    def read(self) -> None:
        head = self._at("head.json")
        if not head:
            return
        said = json.loads(head)
        self.seen.append(said["number"])
        wrong = [
            path for path, print_ in said["files"].items() if sha256(self._at(path)).hexdigest() != print_["sha256"]
        ]
        if said["number"] >= self.only_newest and self._at("head.json") == head:  # nothing was published meanwhile
            self.faults += wrong

    def _at(self, path: str) -> bytes:
        got = self.asked.get(f"{self.url}/{path}", timeout=10)
        return got.content if got.ok else b""


@contextmanager
def repeated(*work: Callable[[], object]) -> Iterator[list[BaseException]]:
    """Do some work again and again meanwhile, and once before and after; gives what it raised."""
    stop, failures = Event(), list[BaseException]()

    def run() -> None:
        try:
            while not stop.is_set():
                for one in work:
                    one()
        except (AssertionError, OSError, ValueError) as error:
            failures.append(error)

    for one in work:
        one()
    thread = Thread(target=run)
    thread.start()
    yield failures
    stop.set()
    thread.join()
    for one in work:
        one()


def test_where_a_link_can_be_switched_everybody_sees_one_tree_or_the_other(
    clone: Repository, tmp_path: Path, show: Show
) -> None:
    (tmp_path / "root/releases").mkdir(parents=True)
    commands = block("guides/hosting.md", "switch")
    first = rebuilt(clone)
    upload(commands, tmp_path)
    url = show(tmp_path / "root/current")
    reader, reference = Reader(url), Reference(Http(url, attempts=5))
    untouched = (tmp_path / "root/current/api/heartbeat.json").stat()
    change_much(clone)
    assert rebuilt(clone) == first + 1
    with repeated(reader.read, lambda: (reference.refresh(), list(reference.of(Clip)))) as failures:
        upload(commands, tmp_path)
    assert failures == []
    assert reader.faults == []
    assert sorted(reader.seen) == reader.seen
    assert {first, first + 1} == set(reader.seen)
    assert [one.name for one in reference.of(Clip)] == ["One", "Three", "Two"]
    kept = (tmp_path / "root/current/api/heartbeat.json").stat()
    assert (kept.st_ino, kept.st_mtime_ns) == (untouched.st_ino, untouched.st_mtime_ns)
    assert len(list((tmp_path / "root/releases").iterdir())) == 2
    # The same head again, as after a run that broke off, changes nothing.
    upload(commands, tmp_path)
    assert len(list((tmp_path / "root/releases").iterdir())) == 2


def test_where_there_is_none_whoever_sees_the_new_head_sees_all_of_it(
    clone: Repository, tmp_path: Path, show: Show
) -> None:
    (tmp_path / "root").mkdir()
    commands = block("guides/hosting.md", "in place")
    first = rebuilt(clone)
    upload(commands, tmp_path)
    url = show(tmp_path / "root")
    change_much(clone)
    rebuilt(clone)
    reader = Reader(url, only_newest=first + 1)
    reference = Reference(Cached(Http(url), MemoryStore(), ttl=0.0, pause=0.0))
    with repeated(reader.read, lambda: (reference.refresh(), list(reference.of(Clip)))) as failures:
        upload(commands, tmp_path)
    assert failures == []
    assert reader.faults == []
    assert {first, first + 1} == set(reader.seen)
    assert [one.name for one in reference.of(Clip)] == ["One", "Three", "Two"]
    assert not (tmp_path / "root/api/model_references/v2/image_generation/model/X/Y.json").exists()


def test_a_reader_would_see_a_head_that_comes_first(clone: Repository, tmp_path: Path, show: Show) -> None:
    (tmp_path / "root").mkdir()
    first = rebuilt(clone)
    files, head, _ = block("guides/hosting.md", "in place").split("#")[1:]
    upload(f"#{files}#{head}", tmp_path)
    change_much(clone)
    rebuilt(clone)
    reader = Reader(show(tmp_path / "root"), only_newest=first + 1)
    upload(f"#{head}", tmp_path)
    reader.read()
    assert reader.faults != []


def test_the_job_for_cloudflare_pages_would_be_a_good_one(tmp_path: Path) -> None:
    """In the place of the one that there is, every law and linter holds."""
    ours = (GITHUB / "workflows/publish.yml").read_text()
    before, _, rest = ours.partition("  deploy:\n")
    after = rest[rest.index("  smoke:\n") :]
    (tmp_path / "publish.yml").write_text(f"{before}{block('guides/hosting.md', 'cloudflare')}\n{after}")
    file = WorkflowFile(tmp_path / "publish.yml")
    assert {law: broken(LAWS[law], file) for law in LAWS if broken(LAWS[law], file)} == {}
    done = subprocess.run(
        [Path(sys.executable).with_name("actionlint"), "-pyflakes", "", "-shellcheck", "", file.path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
