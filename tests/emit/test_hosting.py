"""Each host's tree: what is added to the canonical one, and that nothing of that is lost."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

from horde_reference.emit.hosting.arrange import arrange
from horde_reference.emit.hosting.host import Host
from horde_reference.tree import Body, Emitted, Members
from horde_reference.workflows.build import Wishes, build

LARGE = Members(tuple(b'"%d":{"text":"<b>Tom & Jerry</b> %d"}' % (one, one) for one in range(100)), b"}\n")
FILES: dict[str, Body] = {
    "api/clip.json": LARGE,
    "api/clip/model/<i>.json": b'{"name":"<i>"}\n',
    "legacy/models.csv": b"name\r\n" * 1000,
    "changes/1.json": b"{}\n",
    "changes/feed.atom": b"<feed/>\n",
    "picture.png": b"\x89PNG" * 1000,
    "404.json": b'{"detail":"Not Found"}\n',
    "head.json": b"{}\n",
}


def arranged(host: Host) -> dict[str, bytes]:
    files = [(path, bytes(body)) for path, body in arrange(FILES.items(), host)]
    assert len(dict(files)) == len(files), "two files have one path"
    return dict(files)


@pytest.mark.parametrize("host", Host)
def test_the_canonical_files_are_in_every_tree_as_they_are(host: Host) -> None:
    assert arranged(host).items() >= {path: bytes(body) for path, body in FILES.items()}.items()


@pytest.mark.parametrize("host", Host)
def test_no_compressed_variant_holds_a_time_or_a_name(host: Host) -> None:
    """Bytes 3 to 7 of a gzip file: no further fields, and no time. What holds neither is the same on another day."""
    variants = {path: bytes(body) for path, body in arranged(host).items() if path.endswith(".gz")}
    assert bool(variants) == (host in {Host.NGINX, Host.CADDY})
    assert all(raw[3:8] == bytes(5) for raw in variants.values())


@pytest.mark.parametrize("host", Host)
def test_files_pass_one_by_one(host: Host) -> None:
    taken = []

    def coming() -> Iterator[Emitted]:
        for path, body in FILES.items():
            taken.append(path)
            yield path, body

    next(iter(arrange(coming(), host)))
    assert len(taken) == 1


def test_plain_adds_nothing() -> None:
    assert arranged(Host.PLAIN).keys() == FILES.keys()


@pytest.mark.parametrize("host", [Host.NGINX, Host.CADDY])
def test_what_is_worth_it_lies_there_compressed(host: Host) -> None:
    files = arranged(host)
    assert {path for path in files if path.endswith((".br", ".gz"))} == {
        "api/clip.json.br", "api/clip.json.gz", "legacy/models.csv.br", "legacy/models.csv.gz",
    }  # fmt: skip
    for path in ("api/clip.json", "legacy/models.csv"):
        assert brotli.decompress(files[f"{path}.br"]) == gzip.decompress(files[f"{path}.gz"]) == files[path]


def test_gzip_says_neither_when_nor_of_what() -> None:
    head = arranged(Host.NGINX)["api/clip.json.gz"][:10]
    assert head[:4] == b"\x1f\x8b\x08\x00"  # no flags: no name, no comment
    assert head[4:8] == b"\x00\x00\x00\x00"  # no time


@pytest.mark.parametrize("host", [Host.CLOUDFLARE_PAGES, Host.GITHUB_PAGES])
def test_every_json_file_has_a_twin_that_says_the_same(host: Host) -> None:
    files = arranged(host)
    twins = {path: files[f"{path.removesuffix('.json')}.html"] for path in files if path.endswith(".json")}
    assert "404.json" in twins
    assert all(json.loads(twin) == json.loads(files[path]) for path, twin in twins.items())


def test_no_twin_on_github_pages_could_be_a_page() -> None:
    for path, body in arranged(Host.GITHUB_PAGES).items():
        assert not (path.endswith(".html") and set(b"<>&") & set(body)), path


def test_a_twin_on_github_pages_stays_in_pieces() -> None:
    bodies = dict(arrange(FILES.items(), Host.GITHUB_PAGES))
    twin = bodies["api/clip.html"]
    assert isinstance(twin, Members)
    assert len(twin.texts) == len(LARGE.texts)


def test_cloudflare_pages_takes_all_rules(published: Path) -> None:
    paths = [path.relative_to(published).as_posix() for path in published.rglob("*") if path.is_file()]
    rules = dict(arrange(((path, b"") for path in paths), Host.CLOUDFLARE_PAGES))["_headers"]
    assert isinstance(rules, bytes)
    assert 10 < sum(line.startswith("/") for line in rules.decode().splitlines()) <= 100
    assert max(map(len, rules.splitlines())) < 2000


def test_a_tree_for_one_host_may_take_the_place_of_one_for_another(tmp_path: Path, adopted: Path) -> None:
    out = tmp_path / "public"
    for host in (*Host, Host.PLAIN):
        written = build(adopted, out, Wishes(host, site=False)).written
        assert written is not None
        assert written.written < 3000
    assert not (out / "hosting").exists()
    assert not (out / "_headers").exists()
