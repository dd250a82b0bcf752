"""The files of a proposal are asked about where they lie, before it is labelled and answered."""

import json
from pathlib import Path
from typing import Any

from downloads import GONE, GOOD, Run
from downloads import stated as file
from places import Place, record
from weight_hosts import CIVITAI, SIZE, SMALL, Hosts

from horde_reference.adapters.weights import Scales
from horde_reference.workflows.review import review
from horde_reference.workflows.review_downloads import MOST, with_downloads

NEW = "data/clip/New.json"


def with_files(name: str, *files: dict[str, Any], **stated: Any) -> bytes:
    named = [{"file_name": f"{name}-{place}.pt", **one} for place, one in enumerate(files)]
    return record(name, config={"download": named}, **stated)


def committed(place: Place, branch: str, changes: dict[str, bytes]) -> None:
    place.git("checkout", "-q", "-b", branch)
    for path, body in changes.items():
        (place.clone / path).write_bytes(body)
    place.git("add", "--all")
    place.git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", branch)
    place.git("checkout", "-q", "main")


def test_what_a_proposal_brings_is_asked_about_with_its_line(place: Place, asking: Run) -> None:
    files = [
        file(),
        file(GONE, "c" * 64),
        file(f"{GOOD}?b", "a" * 64),
        file(f"https://{SMALL}/told.pt", "b" * 64),
        file(f"{GOOD}?c", size_bytes=SIZE + 1),
        file(f"https://{CIVITAI}/api/download/models/1", "d" * 64),
    ]
    committed(place, "new", {NEW: with_files("New", *files)})
    quiet = asking("review", "report", "main", "new", "--format", "json")
    assert not [one for one in json.loads(quiet.stdout)["findings"] if one["rule"].startswith("download-absent")]
    done = asking("review", "report", "main", "new", "--format", "json", "--downloads")
    said = json.loads(done.stdout)
    assert done.exit_code == 1
    lines = with_files("New", *files).decode().splitlines()
    told = {
        (one["rule"], one["pointer"], one["severity"])
        for one in said["findings"]
        if one["rule"] in {"download-absent", "download-hash-differs", "download-size-differs", "download-unconfirmed"}
    }
    assert told == {
        ("download-absent", "/config/download/1/file_url", "error"),
        ("download-hash-differs", "/config/download/2/sha256sum", "error"),
        ("download-hash-differs", "/config/download/3/sha256sum", "error"),
        ("download-size-differs", "/config/download/4/size_bytes", "error"),
        ("download-unconfirmed", "/config/download/5/file_url", "warning"),
    }
    (absent,) = [one for one in said["findings"] if one["rule"] == "download-absent"]
    assert absent["path"] == NEW
    assert GONE in lines[absent["line"] - 1]
    assert "needs-work" in said["labels"]
    assert said["views"] == []
    annotated = asking("review", "report", "main", "new", "--format", "github", "--downloads").output
    assert f"::error file={NEW},line={absent['line']},title=download-absent::" in annotated


def test_files_that_stay_as_they_are_or_go_are_asked_about_by_nobody(
    place: Place, hosts: Hosts, scales: Scales
) -> None:
    committed(place, "base", {"data/clip/One.json": with_files("One", file(GONE)), NEW: with_files("New", file(GONE))})
    withdrawn = {"reason": "Gone.", "date": "2026-01-01"}
    place.git("checkout", "-q", "base")
    committed_on_base = {
        "data/clip/One.json": with_files("One", file(), file(GONE), version="2"),
        NEW: with_files("New", file(GONE), withdrawn=withdrawn),
    }
    place.git("checkout", "-q", "-b", "head")
    for path, body in committed_on_base.items():
        (place.clone / path).write_bytes(body)
    place.git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qam", "head")
    place.git("checkout", "-q", "main")
    data = Path("data")
    found = with_downloads(data, review(data, "base", "head"), scales)
    # The one that stays has another file name now, as it is the second: it is asked about again.
    assert {path for _, _, path in hosts.asked} <= {"/a/b/resolve/main/model.safetensors", "/a/b/resolve/main/no.pt"}
    assert [one.pointer for one in found.findings if one.rule == "download-absent"] == ["/config/download/1/file_url"]
    hosts.asked.clear()
    place.git("branch", "-q", "same", "base")
    assert with_downloads(data, review(data, "base", "same"), scales).findings == []
    assert hosts.asked == []


def test_an_answer_says_what_hosts_say_and_labels_it(place: Place, asking: Run) -> None:
    number = place.propose("new", {NEW: with_files("New", file(GONE))})
    assert asking("review", "answer", number).exit_code == 0
    assert "needs-work" not in place.labels(number)
    assert asking("review", "answer", number, "--downloads").exit_code == 0
    (said,) = place.comments(number)
    assert "download-absent" in said
    assert "needs-work" in place.labels(number)
    place.push("proposer/reference", "new", {NEW: with_files("New", file())})
    assert asking("review", "answer", number, "--downloads").exit_code == 0
    assert "needs-work" not in place.labels(number)


def test_thousands_of_files_keep_nobody_busy(place: Place, hosts: Hosts, scales: Scales) -> None:
    files = [file(f"https://{SMALL}/{number}", f"{number:064x}") for number in range(MOST + 20)]
    committed(place, "many", {NEW: with_files("New", *files)})
    found = with_downloads(Path("data"), review(Path("data"), "main", "many"), scales)
    assert len({path for _, _, path in hosts.asked}) == MOST
    assert len([one for one in found.findings if one.rule == "download-absent"]) == MOST
    assert len([one for one in found.findings if "Nobody was asked" in one.message]) == 20
