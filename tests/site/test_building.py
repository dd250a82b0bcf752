"""The site as part of a build: there unless one says no, the same for the same records."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from horde_reference.adapters.packaged import packaged_look
from horde_reference.workflows.build import Wishes, build

ROOT = Path(__file__).parent.parent.parent
SITE = (
    "index.html", "models", "search", "assets", "propose", "records",
    "statistics", "risk", "families", "news", "queue",
)  # fmt: skip
Run = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path, write: Callable[..., Path]) -> Path:
    for name in ("One", "Two"):
        write(tmp_path / "data", "image_generation", name)
    return tmp_path / "data"


def digests(out: Path) -> dict[str, str]:
    found = (path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def test_a_build_has_the_site_unless_one_says_no(data: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "public"
    assert run("build", "--data", data, "--out", out).exit_code == 0
    with_it = digests(out)
    assert all((out / name).exists() for name in SITE)
    assert run("build", "--data", data, "--out", out, "--no-site").exit_code == 0
    assert not any((out / name).exists() for name in SITE)
    assert run("build", "--data", data, "--out", out).exit_code == 0
    assert digests(out) == with_it


def test_the_api_is_the_same_with_and_without(data: Path, tmp_path: Path) -> None:
    build(data, tmp_path / "with")
    build(data, tmp_path / "without", Wishes(site=False))
    with_it, without = digests(tmp_path / "with"), digests(tmp_path / "without")
    del with_it[".horde-reference.json"], without[".horde-reference.json"]
    assert with_it.items() > without.items()
    assert {path.partition("/")[0] for path in with_it.keys() - without.keys()} == {*SITE, "hosting"}


def test_templates_and_assets_are_those_of_the_repository() -> None:
    found = {
        path.relative_to(ROOT / "site").as_posix(): path.read_bytes()
        for folder in ("templates", "assets")
        for path in (ROOT / "site" / folder).rglob("*")
        if path.is_file()
    }
    assert packaged_look() == found


def test_the_whole_real_corpus_has_pages(adopted: Path, tmp_path: Path) -> None:
    built = build(adopted, tmp_path / "public")
    pages = list((tmp_path / "public/models").rglob("index.html"))
    assert len(pages) > sum(built.counts.values()) > 900
