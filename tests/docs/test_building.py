"""The documentation as part of a build."""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from click.testing import Result
from html_pages import addresses, one, target, text_of

from horde_reference.emit import documentation
from horde_reference.emit.hosting.arrange import arrange
from horde_reference.emit.hosting.host import Host
from horde_reference.emit.policy import DOCUMENTATION, EVERYWHERE
from horde_reference.formats.addresses import PUBLIC_ROOT
from horde_reference.tree import Body
from horde_reference.workflows.build import Wishes, build

Run = Callable[..., Result]
Write = Callable[..., Path]


@pytest.fixture
def data(tmp_path: Path, write: Write) -> Path:
    write(tmp_path / "data", "clip", "One")
    return tmp_path / "data"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A documentation of one page."""
    folder = tmp_path / "made"
    (folder / "search").mkdir(parents=True)
    (folder / "index.html").write_text('<html><head><meta charset="utf-8"></head></html>')
    (folder / "search/search_index.json").write_text("{}")
    return folder


def test_it_lies_below_docs_and_nothing_else_is_another(data: Path, small: Path, tmp_path: Path, run: Run) -> None:
    built = {}
    for name, options in (("with", ("--docs", small)), ("without", ())):
        assert run("build", "--data", data, "--out", tmp_path / name, *options).exit_code == 0
        found = (
            path.relative_to(tmp_path / name).as_posix() for path in (tmp_path / name).rglob("*") if path.is_file()
        )
        built[name] = {path for path in found if path != ".horde-reference.json"}
    assert built["with"] - built["without"] == {"docs/index.html", "docs/search/search_index.json"}
    again = run("build", "--data", data, "--out", tmp_path / "with")
    assert "docs/ was there and is gone" in again.stderr
    assert "docs/" not in run("build", "--data", data, "--out", tmp_path / "with").stderr
    assert (tmp_path / "with/head.json").read_bytes() == (tmp_path / "without/head.json").read_bytes()


def test_pages_lead_to_it_where_it_is_and_only_there(data: Path, small: Path, tmp_path: Path) -> None:
    for name, docs in (("with", small), ("without", None)):
        build(data, tmp_path / name, Wishes(docs=docs))
        assert (b'"./docs/"' in (tmp_path / name / "index.html").read_bytes()) is (docs is not None)
        assert (b"docs/start/python/" in (tmp_path / name / "index.html").read_bytes()) is (docs is not None)


def test_a_change_of_it_is_noticed_and_what_did_not_change_is_not_written(
    data: Path, small: Path, tmp_path: Path
) -> None:
    wishes, out = Wishes(docs=small), tmp_path / "public"
    build(data, out, wishes)
    assert build(data, out, wishes).unchanged
    (small / "index.html").write_text("<html>new</html>")
    written = build(data, out, wishes).written
    assert written is not None
    assert written.written == 1


def test_a_folder_without_it_or_a_build_without_pages_is_refused(
    data: Path, small: Path, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "public"
    refused = run("build", "--data", data, "--out", out, "--docs", small, "--no-site")
    assert (refused.exit_code, "--no-site" in refused.stderr) == (2, True)
    (small / "index.html").unlink()
    refused = run("build", "--data", data, "--out", out, "--docs", small)
    assert (refused.exit_code, "make docs" in refused.stderr) == (3, True)
    (small / "index.html").symlink_to("/etc/hostname")
    refused = run("build", "--data", data, "--out", out, "--docs", small)
    assert refused.exit_code == 3
    assert not out.exists()


def test_nothing_that_says_when_it_was_made_is_taken() -> None:
    names = ["sitemap.xml", "sitemap.xml.gz", "404.html", "a.css.map", "assets/javascripts/lunr/min/lunr.de.min.js"]
    kept = ["index.html", "assets/a.css", "guides/sitemap.xml/index.html"]
    assert [path for path, _ in documentation.emit(dict.fromkeys([*names, *kept], b""))] == [
        f"docs/{one}" for one in kept
    ]


def test_no_page_holds_the_time_or_a_path_of_this_machine(made: Path, tmp_path: Path) -> None:
    taken = b"".join(body for _, body in documentation.emit({p.name: p.read_bytes() for p in made.rglob("*.html")}))
    assert str(made.parent).encode() not in taken
    assert str(tmp_path.parent).encode() not in taken
    assert not re.search(rb"<(?:time|meta)[^>]*\b20\d\d-\d\d-\d\dT", taken)


def test_every_page_states_a_policy_and_needs_no_exception_from_it(pages: Mapping[str, Element]) -> None:
    for path, page in pages.items():
        said = [meta.get("content") for meta in page.iter("meta") if meta.get("http-equiv")]
        assert said == [DOCUMENTATION], path
        for element in page.iter():
            if element.tag in {"script", "style"} and element.get("type") != "application/json":
                assert not text_of(element).strip(), path
            assert not [name for name in element.attrib if name == "style" or name.startswith("on")], path
    assert "unsafe" not in DOCUMENTATION
    assert all(part in EVERYWHERE for part in ("script-src 'self'", "img-src 'self' https: data:"))


def test_links_lead_somewhere_in_this_tree_and_to_no_public_one(
    pages: Mapping[str, Element], files: Mapping[str, bytes]
) -> None:
    broken, elsewhere = [], set()
    for path, page in pages.items():
        for tag, address in addresses(page):
            folder = f"{address}/" if address.endswith(".") else address
            if "//" in address:
                elsewhere.add(address)
            elif target(path, folder) not in files:
                broken.append(f"{path}: {tag} {address}")
    assert broken == []
    assert not [address for address in elsewhere if address.startswith(PUBLIC_ROOT)]
    assert len(elsewhere) < 20


def test_every_page_has_a_title_and_one_heading(pages: Mapping[str, Element]) -> None:
    for path, page in pages.items():
        assert text_of(one(page, "title")).strip(), path
        assert len(page.findall(".//h1")) == 1, path


def test_every_form_asks_for_what_there_is(pages: Mapping[str, Element], files: Mapping[str, bytes]) -> None:
    """As it is first shown. Only the one change that is proposed in an example is nobody's."""
    asked = [first_address(form) for page in pages.values() for form in page.iter("form") if form.get("data-file")]
    assert len(asked) > 60
    assert [path for path in asked if path not in files] == ["api/model_references/v2/pending_queue/changes/57-1.json"]


def first_address(form: Element) -> str:
    """What a form asks for before anything in it was changed."""
    path = form.get("data-file", "")
    for field in form.iter("input"):
        path = path.replace(f"{{{field.get('name')}}}", field.get("value", ""))
    for choice in form.iter("select"):
        path = path.replace(f"{{{choice.get('name')}}}", text_of(one(choice, "option")))
    return path.removeprefix("/")


def test_it_is_small(files: Mapping[str, bytes]) -> None:
    assert sum(len(body) for path, body in files.items() if path.startswith("docs/")) < 8_000_000


@pytest.mark.parametrize("host", Host)
def test_every_host_gets_it_as_it_is(host: Host, files: Mapping[str, bytes]) -> None:
    ours = {path: body for path, body in files.items() if path.startswith("docs/")}
    found: dict[str, Body] = dict(arrange(ours.items(), host))
    assert all(found[path] == body for path, body in ours.items())
    assert "docs/search/search_index.html" not in found
    rules = bytes(found.get("_headers", b"")).decode()
    assert "/docs" not in rules


def test_the_search_finds_what_is_made_from_the_code(files: Mapping[str, bytes]) -> None:
    index = json.loads(files["docs/search/search_index.json"])
    places = {entry["location"] for entry in index["docs"]}
    assert {"reference/commands/queue/#queue-apply", "rules/sha256-shared/", "reference/settings/#client"} <= places


def test_a_copy_of_what_was_made_makes_the_same_tree(made: Path, data: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "copy")
    build(data, tmp_path / "public", Wishes(docs=made))
    assert build(data, tmp_path / "public", Wishes(docs=tmp_path / "copy")).unchanged
