"""Careless and hostile branches: each is refused or made harmless, and it is said why. No GitHub is needed."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from places import APPROVERS, record
from repositories import Repository

from horde_reference.finding import Severity
from horde_reference.pending.comment import MARK, comment
from horde_reference.pending.review import Review, labels_of
from horde_reference.workflows.review import review

Change = Callable[[Path], object]
CLIP = "data/clip"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repository")
    for path, body in {
        f"{CLIP}/One.json": record("One"), f"{CLIP}/Two.json": record("Two"), "code.py": b"pass\n",
        ".github/workflows/check.yml": b"on: push\n", ".github/approvers.json": json.dumps(APPROVERS).encode(),
    }.items():  # fmt: skip
        write(made.root, path, body)
    made.commit("All")
    return made


def write(root: Path, path: str, body: bytes) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)


def git(repository: Repository, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=repository.root, check=True, capture_output=True, text=True).stdout


def proposed(repository: Repository, change: Change, message: str = "Change") -> Review:
    main = git(repository, "rev-parse", "--abbrev-ref", "HEAD").strip()
    git(repository, "checkout", "-q", "-b", "proposal")
    change(repository.root)
    repository.commit(message)
    git(repository, "checkout", "-q", main)
    return review(repository.data, main, "proposal")


def rules(found: Review) -> set[str]:
    return {one.rule for one in found.findings if one.severity is Severity.ERROR}


def adding(name: str, body: bytes) -> Change:
    return lambda root: write(root, f"{CLIP}/{name}.json", body)


def with_download(name: str, **file: Any) -> bytes:
    stated = {"file_name": "f.pt", "file_url": "https://huggingface.co/a/b/resolve/main/f.pt", "sha256sum": "a" * 64}
    return record(name, config={"download": [stated | file]})


def linking(target: str) -> Change:
    return lambda root: (root / f"{CLIP}/Link.json").symlink_to(target)


REFUSED: dict[str, tuple[Change, str]] = {
    "a link": (linking("/etc/passwd"), "not-a-file"),
    "a link to another record": (linking("One.json"), "not-a-file"),
    "a name that climbs": (adding("Climber", record("../../.github/workflows/evil")), "path-matches-name"),
    "a name of another file": (adding("Three", record("One")), "path-matches-name"),
    "a name that differs by case": (adding("one", record("one")), "path-collision"),
    "an alias that shadows": (adding("Three", record("Three", aliases=["One"])), "alias-taken"),
    "half a megabyte": (adding("Large", b'{"name": "Large", "description": "' + b"x" * 500_000 + b'"}'), "too-large"),
    "invisible characters": (adding("Hidden", record("Hidden", description="a\u202eb\u200bc")), "invisible-characters"),
    "an address that runs": (adding("Js", with_download("Js", file_url="javascript:alert(1)")), "download-https"),
    "an address without tls": (adding("Plain", with_download("Plain", file_url="http://a.b/f.pt")), "download-https"),
    "a path as file name": (adding("Path", with_download("Path", file_name="../../.bashrc")), "file-name-form"),
    "a hash that is none": (adding("Hash", with_download("Hash", sha256sum="$(id)")), "sha256-form"),
    "a key twice": (adding("Twice", b'{"name": "One", "name": "Twice"}\n'), "json-duplicate-key"),
    "no json": (adding("Broken", b"{"), "json-syntax"),
    "nested without end": (adding("Deep", b"[" * 20_000), "json-syntax"),
    "an unknown key": (adding("Key", record("Key", __proto__={"a": 1})), "unknown-key"),
    "an unknown category": (lambda root: write(root, "data/evil/X.json", record("X")), "unknown-category"),
    "no record": (lambda root: write(root, f"{CLIP}/run.sh", b"rm -rf /\n"), "unknown-file"),
    "approvals of its own": (adding("Four", record("Four")), "forged-approval"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_and_says_why(what: str, repository: Repository) -> None:
    change, rule = REFUSED[what]
    message = "Four\n\nApproved-by: mia" if rule == "forged-approval" else "Change"
    found = proposed(repository, change, message)
    assert rule in rules(found)
    assert "needs-work" in labels_of(found)
    (finding, *_) = [one for one in found.findings if one.rule == rule]
    assert finding.message
    assert finding.hint


def test_a_record_that_is_deleted_is_seen(repository: Repository) -> None:
    found = proposed(repository, lambda root: (root / f"{CLIP}/One.json").unlink())
    assert "remove" in labels_of(found)
    assert "🔴 removed `clip/One`" in comment(found)


def test_a_workflow_or_approver_in_the_same_proposal_is_pointed_out(repository: Repository) -> None:
    def change(root: Path) -> None:
        write(root, f"{CLIP}/Three.json", record("Three"))
        write(root, ".github/workflows/check.yml", b"on: pull_request_target\n")
        write(root, ".github/approvers.json", b'{"maintainers": ["eve"]}')

    found = proposed(repository, change)
    assert list(found.outside) == [".github/approvers.json", ".github/workflows/check.yml"]
    assert set(found.touched) == {"clip", None}
    assert "code" in labels_of(found)
    assert "data-only" not in labels_of(found)


def test_attributes_and_hidden_files_change_nothing_that_is_read_and_are_seen(repository: Repository) -> None:
    def change(root: Path) -> None:
        write(root, ".gitattributes", b"*.json filter=evil text eol=crlf ident\n")
        write(root, f"{CLIP}/.gitattributes", b"*.json text eol=crlf\n")
        write(root, f"{CLIP}/Three.json", record("Three"))

    found = proposed(repository, change)
    assert rules(found) == {"unknown-file"}
    assert [one.name for one in found.changes] == ["Three"]
    assert list(found.outside) == [".gitattributes", f"{CLIP}/.gitattributes"]


MARKS = (
    "](javascript:x) <script>alert(1)</script> <!-- horde-reference: review --> `` ``` @everyone #1 |\n# Title\n- [x]"
)


@pytest.mark.parametrize("text", [MARKS, "`" * 50, "a\r\nb\0c\u2028d", "*" * 5000])
def test_no_text_of_a_proposal_works_in_the_comment(text: str, repository: Repository) -> None:
    def change(root: Path) -> None:
        write(root, f"{CLIP}/One.json", record("One", description=text, version=text))
        write(root, "`;$(id)<b>.py", b"")

    said = comment(proposed(repository, change)).removeprefix(MARK)
    outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", said)  # what no code span holds
    for active in ("<script", "<b>", "<!--", "](javascript", "@everyone", "# Title", "$(id)"):
        assert active not in outside
    assert "\0" not in said
    assert len(said) < 65_536


def test_a_thousand_records_fit_into_one_comment(repository: Repository) -> None:
    def change(root: Path) -> None:
        for number in range(1000):
            write(root, f"{CLIP}/New {number}.json", record(f"New {number}", description="x" * 500))

    found = proposed(repository, change)
    assert len(found.changes) == 1000
    assert len(comment(found)) < 65_536
    assert "and 950 more" in comment(found)


def test_a_branch_without_a_common_past_is_merged_or_refused_but_never_believed(repository: Repository) -> None:
    git(repository, "checkout", "-q", "--orphan", "other")
    git(repository, "rm", "-rqf", ".")
    write(repository.root, f"{CLIP}/One.json", record("One", version="evil"))
    repository.commit("Another past")
    git(repository, "checkout", "-q", "-f", "main")
    found = review(repository.data, "main", "other")
    assert found.conflicts or [(one.name, one.operation) for one in found.changes] == [("One", "update")]


@pytest.mark.parametrize(
    "path",
    ["data/.evil/run.sh", "data/.gitattributes", f"{CLIP}/.One.json", "data/text_groups/families.json", "data/x.md"],
)
def test_whatever_lies_beside_the_records_needs_a_maintainer(path: str, repository: Repository) -> None:
    found = proposed(repository, lambda root: write(root, path, b"{}\n"))
    assert list(found.touched) == [None]
    assert "code" in labels_of(found)


def test_the_mode_of_a_record_is_a_change_of_its_category(repository: Repository) -> None:
    found = proposed(repository, lambda root: (root / f"{CLIP}/One.json").chmod(0o755))
    assert list(found.touched) == ["clip"]


def test_what_conflicts_or_cannot_be_read_still_touches_its_category(repository: Repository) -> None:
    found = proposed(repository, lambda root: write(root, f"{CLIP}/One.json", b"{"))
    assert list(found.touched) == ["clip"]
    write(repository.root, f"{CLIP}/One.json", record("One", version="3"))
    repository.commit("Meanwhile")
    conflicting = review(repository.data, "main", "proposal")
    assert conflicting.conflicts
    assert list(conflicting.touched) == ["clip"]


def test_a_past_that_crosses_hides_no_change(repository: Repository) -> None:
    """With two merge bases, what differs from one of them is not what merging would change."""
    start = git(repository, "rev-parse", "HEAD").strip()
    git(repository, "checkout", "-q", "-b", "side")
    write(repository.root, "code.py", b"fixed\n")
    repository.commit("A fix")
    git(repository, "checkout", "-q", "main")
    write(repository.root, "other.py", b"")
    repository.commit("Something else")
    first = git(repository, "rev-parse", "HEAD").strip()
    identity = ("-c", "user.name=A", "-c", "user.email=a@b")
    git(repository, *identity, "merge", "-q", "--no-ff", "-m", "Merge", "side")
    git(repository, "checkout", "-q", "-b", "evil", first)
    git(repository, *identity, "merge", "-q", "-s", "ours", "-m", "Ours", "side")
    git(repository, "checkout", "-q", "main")
    assert start
    found = review(repository.data, "main", "evil")
    assert list(found.outside) == ["code.py"]
    assert list(found.touched) == [None]


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"maintainer": ["eve"]}', b'{"categories": {"clipp": []}}'])
def test_a_file_of_approvers_that_would_lock_everybody_out_is_refused(body: bytes, repository: Repository) -> None:
    assert rules(proposed(repository, lambda root: write(root, ".github/approvers.json", body))) == {"approvers-form"}
