"""One list of probes, the same for every host: real servers, as many as run here."""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest
from asking import Answer
from hard_names import ODD
from hosts import HTML, Served
from released import read_from

from horde_reference.emit.policy import EVERYWHERE
from horde_reference.formats.addresses import MISSING_PAGE

REFERENCES = "/api/model_references"
IMAGES = f"{REFERENCES}/v2/image_generation"
LARGE = (IMAGES, f"{IMAGES}.json", "/head.json", "/legacy/text/models.csv")
RAW = "/!$&'()*+,;=:@~"
DECODED: Mapping[str, Callable[[bytes], bytes]] = {"gzip": gzip.decompress, "br": brotli.decompress}
MISSING = (
    "/none",
    "/api/none",
    f"{REFERENCES}/v2/none",
    f"{REFERENCES}/v2/CLIP",
    f"{REFERENCES}/v2/clip.json.json",
    f"{REFERENCES}/v2/clip/model",
    f"{REFERENCES}/v2/clip/model/",
    f"{REFERENCES}/v2/clip/model/ViT-L",
    f"{REFERENCES}/v2/clip/model/none",
    f"{IMAGES}/model/a/none",
    f"{IMAGES}/model/a%252Fc",
    f"{IMAGES}/model/none.csv",
    "/changes/999999",
    "/changes/999999.json",
    "/legacy/text/none.csv",
    "/changes/none/",
    "/api/none/",
    "/models/none.json",
    "/models/clip/none",
)
PAGES = ("/none/", "/models/clip/none/", "/models/clip/ViT-L/", "/docs/none/", "/a/%2e%3C/?x=/")


def parents(files: Mapping[str, bytes]) -> Iterator[str]:
    """Resources that have others below them, without their ending."""
    folders = {path[:place] for path in files for place, character in enumerate(path) if character == "/"}
    return (folder for folder in sorted(folders) if f"{folder}.json" in files)


def one_of_each_folder(files: Mapping[str, bytes]) -> Iterator[str]:
    names = [path for path in files if path.endswith(".json") and not path.endswith("/index.json")]
    return iter({path.rpartition("/")[0]: path.removesuffix(".json") for path in names}.values())


def spellings(path: str) -> set[str]:
    """Every way to write a path: escaped as little as may be, as Python does, and with slashes in names escaped."""
    head, model, name = path.partition("/model/")
    return {"/" + quote(path), "/" + quote(path, safe=RAW), "/" + quote(head) + model + quote(name, safe="")}


def same(answer: Answer, body: bytes) -> bool:
    """Whether an answer says what a file of the tree says, in a way that no browser takes for a page."""
    if answer.kind == "text/html":
        return json.loads(answer.body) == json.loads(body) and not set(b"<>&") & set(answer.body)
    return answer.body == body


def test_the_tree_has_resources_that_others_lie_below(canonical: Mapping[str, bytes]) -> None:
    found = set(parents(canonical))
    assert {"api", "api/model_references/v2/clip", "api/model_references/v2/image_generation/model/a/b"} <= found
    assert len(found) > 40


def test_every_path_is_answered_at_once_whatever_lies_below_it(served: Served, canonical: Mapping[str, bytes]) -> None:
    for path in {*parents(canonical), *one_of_each_folder(canonical)}:
        answer = served.get("/" + quote(path))
        assert (answer.status, answer.kind) == (200, served.promise.kind), path
        assert same(answer, canonical[f"{path}.json"]), path


def test_every_name_is_found_however_it_is_spelt(served: Served, canonical: Mapping[str, bytes]) -> None:
    for name in ODD:
        path = f"{IMAGES}/model/{name}".lstrip("/")
        for target in spellings(path):
            answer = served.get(target)
            assert (answer.status, answer.kind) == (200, served.promise.kind), target
            assert json.loads(answer.body)["name"] == name, target
            assert same(answer, canonical[f"{path}.json"]), target


def test_the_json_spelling_works_everywhere(served: Served, canonical: Mapping[str, bytes]) -> None:
    names = [f"{IMAGES}/model/{name}".lstrip("/") for name in ODD]
    for path in {*parents(canonical), *one_of_each_folder(canonical), *names}:
        for target in spellings(f"{path}.json"):
            answer = served.get(target)
            assert (answer.status, answer.kind) == (200, "application/json"), target
            assert answer.body == canonical[f"{path}.json"], target


def test_files_of_other_kinds_are_answered_as_they_are(served: Served, canonical: Mapping[str, bytes]) -> None:
    others = [path for path in canonical if not path.endswith((".json", ".html"))]
    assert {path.rpartition(".")[2] for path in others} >= {"csv", "atom", "jsonl"}
    for path in others:
        answer = served.get("/" + quote(path))
        assert (answer.status, answer.body) == (200, canonical[path]), path
        assert answer.kind not in {"application/json", "text/html"}, path


def test_pages_are_answered_in_their_folders(served: Served, canonical: Mapping[str, bytes]) -> None:
    pages = {path.removesuffix("index.html"): body for path, body in canonical.items() if path.endswith("index.html")}
    assert {"", "models/", "models/clip/", "models/clip/ViT-L/14/"} <= pages.keys()
    assert len(pages) > len(ODD)
    for path, body in pages.items():
        answer = served.get(f"/{quote(path)}")
        assert (answer.status, answer.kind, answer.body) == (200, HTML, body), path


def test_a_page_without_its_slash_is_found_with_it(served: Served) -> None:
    answer = served.get("/models")
    assert answer.status in {301, 307, 308}
    assert answer.headers["Location"].endswith("/models/")


def test_hosts_with_headers_of_ones_own_tell_browsers_what_pages_may_do(served: Served) -> None:
    if served.promise.states_policy:
        for target in ("/models/", "/models/clip/ViT-L/14/"):
            assert served.get(target).headers["Content-Security-Policy"] == EVERYWHERE, target


@pytest.mark.parametrize("target", MISSING)
def test_what_is_not_there_is_404_with_json(served: Served, target: str) -> None:
    answer = served.get(target)
    assert answer.status == 404
    assert json.loads(answer.body) == {"detail": "Not Found"}
    assert "immutable" not in answer.headers["Cache-Control"]
    if target.startswith("/api/"):
        assert answer.kind == served.promise.kind


@pytest.mark.parametrize("target", PAGES)
def test_people_are_told_in_a_page_that_there_is_none(
    served: Served, canonical: Mapping[str, bytes], target: str
) -> None:
    answer = served.get(target)
    assert answer.status == served.ask(target, "HEAD").status == 404
    assert "immutable" not in answer.headers["Cache-Control"]
    if served.promise.tells_people:
        assert (answer.kind, answer.body) == (HTML, canonical[MISSING_PAGE])
    else:
        assert json.loads(answer.body) == {"detail": "Not Found"}


@pytest.mark.parametrize("target", ["/../data", "/%2e%2e/data", "/api/../../data", "/api/%2e%2e%2f%2e%2e%2fdata"])
def test_nothing_outside_the_tree_is_answered(served: Served, target: str) -> None:
    assert served.get(target).status in {400, 404}


@pytest.mark.parametrize(
    "target", [IMAGES, f"{IMAGES}.json", f"{IMAGES}/model/a%2Fb", "/legacy/text/models.csv", "/none"]
)
def test_head_says_what_get_says_without_a_body(served: Served, target: str) -> None:
    got, asked = served.get(target), served.ask(target, "HEAD")
    assert (asked.status, asked.body) == (got.status, b"")
    for header in ("Content-Type", "ETag", "Cache-Control", "Access-Control-Allow-Origin"):
        assert asked.headers[header] == got.headers[header]
    assert asked.headers["Content-Length"] in {None, str(len(got.body))}


@pytest.mark.parametrize("target", [*LARGE, f"{IMAGES}/model/what%3F", "/api"])
def test_what_did_not_change_is_not_sent_again(served: Served, target: str) -> None:
    for encoding in ("identity", *served.promise.encodings):
        etag = served.get(target, Accept_Encoding=encoding).headers["ETag"]
        answer = served.get(target, Accept_Encoding=encoding, If_None_Match=etag)
        assert (answer.status, answer.body) == (304, b""), encoding
        assert served.get(target, Accept_Encoding=encoding, If_None_Match='"other"').status == 200


@pytest.mark.parametrize("target", LARGE[:3])
def test_compressed_answers_are_the_same_when_unpacked(served: Served, target: str) -> None:
    plain = served.get(target, Accept_Encoding="identity")
    assert "Content-Encoding" not in plain.headers
    for encoding in served.promise.encodings:
        answer = served.get(target, Accept_Encoding=encoding)
        assert (answer.headers["Content-Encoding"], answer.kind) == (encoding, plain.kind)
        assert len(answer.body) < len(plain.body) / 2
        assert DECODED[encoding](answer.body) == plain.body


@pytest.mark.parametrize("target", [*LARGE, "/none", "/changes/1"])
def test_sites_elsewhere_may_read_every_answer(served: Served, target: str) -> None:
    answer = served.get(target)
    again = served.get(target, If_None_Match=answer.headers["ETag"] or '""')
    assert answer.headers["Access-Control-Allow-Origin"] == again.headers["Access-Control-Allow-Origin"] == "*"


def test_caches_ask_again_soon_but_for_what_never_changes(served: Served) -> None:
    for target in ("/head.json", "/head", "/api", IMAGES, "/changes/index.json", "/changes/feed.atom"):
        assert served.get(target).headers["Cache-Control"] == served.promise.short, target
    for target in ("/changes/1", "/changes/1.json", "/changes/2.json"):
        assert served.get(target).headers["Cache-Control"] == served.promise.for_ever, target


def test_a_browser_may_ask_whether_it_may_ask(served: Served) -> None:
    if served.promise.answers_options:
        answer = served.ask(IMAGES, "OPTIONS", Origin="https://example.org", Access_Control_Request_Method="GET")
        assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (204, "*")
        assert answer.headers["Access-Control-Allow-Headers"] == "*"


def test_nothing_can_be_written(served: Served) -> None:
    if served.promise.refuses_writing:
        assert [served.ask(IMAGES, method).status for method in ("POST", "PUT", "DELETE")] == [405, 405, 405]


def test_the_released_client_reads_it(served: Served, canonical: Mapping[str, bytes], tmp_path: Path) -> None:
    for category, records in read_from(f"http://127.0.0.1:{served.port}", tmp_path / "home").items():
        ours = json.loads(canonical[f"api/model_references/v2/{category}.json"])
        assert records.keys() == ours.keys(), category
        for name, record in records.items():
            assert (record["name"], record["description"]) == (name, ours[name].get("description")), name
