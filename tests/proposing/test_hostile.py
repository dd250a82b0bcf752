"""Hostile and careless proposals: each is refused or harmless, and it is said why."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import forge as making
import pytest
from github_emulator import token_of
from places import Place
from proposed_models import Proposals, form
from submitted_forms import ADD, elements, proposal, submitted
from usages import HASTY
from weight_hosts import HUGGING_FACE, SHA256, SIZE, certificate, weight_hosts

from horde_reference.adapters.polite import Clock
from horde_reference.adapters.weights import Scales
from horde_reference.pending.opening import title_of
from horde_reference.proposals.branches import branch_of
from horde_reference.proposals.wanted import Wanted
from horde_reference.workflows.drafts import Weigh
from horde_reference.workflows.hub import hub
from horde_reference.workflows.issue import answer
from horde_reference.workflows.issue_event import read_event

MARKUP = "`x` **b** <img src=x onerror=alert(1)> [a](javascript:alert(1)) @reviewer fixes #1 ![i](http://e.vil/i)"
SHELL = "$(touch pwned) `touch pwned` ; touch pwned & | > pwned ${{ github.token }} %0A::set-output"
NAMES = [
    "../../../.github/workflows/x", "/etc/passwd", "..", "a/../../b", "--upload-pack=touch pwned", "-rf", "a\\..\\b",
    "CON", ".git/config", "refs/heads/main", "main", "HEAD@{1}", "a..b~1^2:c", "x.lock", "name;touch pwned",
    "$(touch pwned)", "`touch pwned`", "fixes #1", "@reviewer", "名前", "<script>", "%2e%2e%2f", "a" * 300,
]  # fmt: skip


def live(markdown: str) -> str:
    """What of a text GitHub takes for Markdown: all but inline code."""
    return re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", markdown, flags=re.DOTALL)


def assert_harmless(place: Place, proposals: Proposals, number: int) -> None:
    """Nothing that was said works, nothing was run, and only a record may have changed."""
    said = [*place.comments(number), *(one["body"] for one in proposals.pulls())]
    assert said
    for text in said:
        for word in ("<img", "javascript:", "@reviewer", "fixes #1", "![i]", "**b**", "<script"):
            assert word not in live(text)
        assert len(text) <= 60_000
    for pull in proposals.pulls():
        assert re.fullmatch(r"[^@#`<>$|\x00-\x1f]+( \(closes #\d+\))?", pull["title"])
    assert not list(place.clone.parent.rglob("pwned"))
    for branch in proposals.branches():
        assert re.fullmatch(r"proposal/[a-z0-9-]+", branch)
        assert all(path.startswith("data/clip/") for path in proposals.changed(branch))


@pytest.mark.parametrize("text", [MARKUP, SHELL])
@pytest.mark.parametrize("field", [one["id"] for one in elements("propose-clip")])
def test_no_answer_works(place: Place, proposals: Proposals, field: str, text: str) -> None:
    answers = {"operation": ADD, "name": "Four", "description": "Sees.", field: text}
    number = proposals.issue(submitted("propose-clip", answers))
    proposals.happened(number)
    assert_harmless(place, proposals, number)


@pytest.mark.parametrize("name", NAMES)
def test_no_name_works(place: Place, proposals: Proposals, name: str) -> None:
    number = proposals.issue(form(name))
    proposals.happened(number)
    assert_harmless(place, proposals, number)
    done = place.run("propose", "add", "--set", "description=Sees.", "--no-fill", "--", "clip", name)
    assert done.exit_code in {0, 1}, done.output
    assert done.exit_code == 1 or len(proposals.pulls()) == 2
    assert_harmless(place, proposals, number)


def test_no_name_makes_a_branch_that_is_not_just_letters() -> None:
    for name in NAMES:
        assert re.fullmatch(r"proposal/[a-z0-9-]{1,80}", branch_of("add", "image_generation", name, owner="ada"))
    assert branch_of("add", "clip", "名前") != branch_of("add", "clip", "他の")
    assert branch_of("add", "clip", "One", owner="ada") != branch_of("add", "clip", "One", owner="eve")


def test_no_name_makes_a_title_that_closes_or_calls() -> None:
    for name in ("fixes #1", "Fix: GH-1", "a/b#1", "@ada", "x`y`", "closes https://github.com/a/b/issues/1"):
        title = title_of([Wanted(operation="add", category="clip", name=name, document={})])
        assert re.fullmatch(r"Add clip [a-z0-9-]+", title)


def test_a_megabyte_is_refused(place: Place, proposals: Proposals) -> None:
    number = proposals.issue(form())
    event = proposals.event(number)
    said = json.loads(event.read_text())
    for body, code in ((form(description="x" * 1_000_000), 0), ("y" * 5_000_000, 3)):
        event.write_text(json.dumps(said | {"issue": said["issue"] | {"body": body}}))
        assert place.run("propose", "issue", "--event", event, "--no-fill").exit_code == code
    (comment,) = place.comments(number)
    assert "no form makes more than 65536" in comment
    assert proposals.pulls("all") == []


def test_many_faults_stay_below_what_github_takes(place: Place, proposals: Proposals) -> None:
    lines = "\n".join(f"{'`' * 50}{number}" for number in range(190))
    number = proposals.issue(form(config_download=lines, finetune_series=lines))
    proposals.happened(number)
    (comment,) = place.comments(number)
    assert 50_000 < len(comment) <= 60_000
    assert "too long to be shown here" in comment


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u2066", "\x07", "\ufeff"])
def test_what_cannot_be_seen_is_refused_and_spelt_out(place: Place, proposals: Proposals, hidden: str) -> None:
    number = proposals.issue(form(f"Fo{hidden}ur"))
    proposals.happened(number)
    (comment,) = place.comments(number)
    assert f"U+{ord(hidden):04X}" in comment
    assert hidden not in comment
    assert proposals.pulls("all") == []
    done = place.run("propose", "add", "clip", f"Fo{hidden}ur", "--set", "description=Sees.", "--no-fill")
    assert hidden not in done.output
    assert done.exit_code == 1, done.output


def test_a_link_that_is_no_link_is_refused(place: Place, proposals: Proposals) -> None:
    number = proposals.issue(form(config_download="x.pt | javascript:alert(1)"))
    proposals.happened(number)
    (comment,) = place.comments(number)
    assert "https" in comment
    assert proposals.pulls("all") == []


def test_a_record_that_shadows_another_by_case_is_refused(place: Place, proposals: Proposals) -> None:
    number = proposals.issue(form("ONE"))
    proposals.happened(number)
    assert "differs only in how it is written" in place.comments(number)[0]
    assert proposals.pulls("all") == []


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("hosts"))


@pytest.fixture
def weigh(pem: Path) -> Iterator[Weigh]:
    with weight_hosts(pem) as (_, network):
        yield Scales(Clock(time.monotonic, lambda _seconds: None), network, HASTY).weigh


def answered(place: Place, event: Path, weigh: Weigh) -> str:
    with hub({**place.env, "GITHUB_TOKEN": token_of("reviewer")}) as found:
        return answer(found, Path("data"), read_event(event, making.NAME), weigh)


def test_hash_and_size_are_filled_in_and_a_lie_is_refused(place: Place, proposals: Proposals, weigh: Weigh) -> None:
    url = f"https://{HUGGING_FACE}/a/b/resolve/main/model.safetensors"
    number = proposals.issue(form(config_download=url))
    answered(place, proposals.event(number), weigh)
    (body,) = proposals.changed(f"proposal/issue-{number}").values()
    (download,) = json.loads(body)["config"]["download"]
    assert (download["sha256sum"], download["size_bytes"]) == (SHA256, SIZE)
    lying = proposals.issue(form("Five", config_download=f"m.safetensors | {url} | {'0' * 64}"))
    answered(place, proposals.event(lying), weigh)
    (comment,) = place.comments(lying)
    assert f"{HUGGING_FACE} says {SHA256}" in comment
    assert len(proposals.pulls("all")) == 1


@pytest.mark.parametrize(
    "payload",
    [
        "", "[]", "{}", '{"action": 1}', "{" * 5000, '{"action": "opened", "issue": null}',
        '{"action":"opened","issue":{"number":"1","state":"open","user":null,"labels":[]}}',
        '{"action":"opened","issue":{"number":-1,"state":"open","user":null,"labels":[]}}',
        '{"action":"opened","issue":{"number":1,"state":"open","user":{"login":"a b\\n"},"labels":[]}}',
        '{"action":"opened","issue":{"number":1,"state":"open","user":{"login":"--x=`y`"},"labels":[]}}',
        '{"action":"opened","issue":{"number":1,"state":"open","user":null,"labels":[]},"repository":{"full_name":"a/b"}}',
    ],
)  # fmt: skip
def test_a_payload_that_is_none_is_refused(place: Place, proposals: Proposals, tmp_path: Path, payload: str) -> None:
    event = tmp_path / "event.json"
    event.write_text(payload)
    done = place.run("propose", "issue", "--event", event)
    assert done.exit_code == 3
    assert "event.json is" in done.stderr
    assert proposals.writes() == []


def test_an_account_that_is_gone_has_a_name_all_the_same(place: Place, proposals: Proposals) -> None:
    event = proposals.event(proposals.issue(proposal("clip", {"name": "Four", "description": "Sees."})))
    said = json.loads(event.read_text())
    event.write_text(json.dumps(said | {"issue": said["issue"] | {"user": None}}))
    assert place.run("propose", "issue", "--event", event, "--no-fill").exit_code == 0
    (branch,) = proposals.branches()
    assert proposals.log(branch, "%an") == "ghost"
