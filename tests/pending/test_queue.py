"""Proposals become queued changes, batches and beta records."""

import pytest
from queues import clip, proposal

from horde_reference.pending.approval import Approvers, ApproversUnsound, decode, judged
from horde_reference.pending.batches import batches, net_changes
from horde_reference.pending.beta import beta
from horde_reference.pending.duplicates import duplicates
from horde_reference.pending.items import items
from horde_reference.pending.proposal import Approval, Proposal, RecordChange


def change(name: str, before: object = None, after: object = "new") -> RecordChange:
    documents = {None: None, "new": clip(name), "other": clip(name, version="2"), "gone": clip(name, withdrawn={})}
    return RecordChange("clip", name, documents[before], documents[after])  # type: ignore[index]


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        ({}, "pending"),
        ({"is_approved": True}, "approved"),
        ({"state": "merged", "is_approved": True}, "applied"),
        ({"state": "closed", "is_approved": True}, "rejected"),
    ],
)
def test_states_are_those_of_the_live_service(stated: dict[str, object], status: str) -> None:
    assert [one.status for one in items(proposal(1, change("a"), **stated))] == [status]


def test_every_change_has_an_id_of_its_own_and_names_the_others() -> None:
    found = list(items(proposal(57, change("a"), change("b", "new", "gone"))))
    assert [(one.change_id, one.operation, one.related_models) for one in found] == [
        ("57-1", "create", ["clip/b"]), ("57-2", "delete", ["clip/a"]),
    ]  # fmt: skip
    assert found[1].payload is None


def test_who_rejected_and_why_is_said_of_what_was_rejected_only() -> None:
    facts = {"closed_by": "eve", "closed_at": 9, "reason": "No licence."}
    (rejected,) = items(proposal(1, change("a"), state="closed", **facts))
    assert (rejected.rejected_by, rejected.reject_reason, rejected.applied_by) == ("eve", "No licence.", None)
    (applied,) = items(proposal(1, change("a"), state="merged", **facts))
    assert (applied.rejected_by, applied.reject_reason, applied.applied_by) == (None, None, "eve")


def versions(*proposals: Proposal) -> dict[str, str | None]:
    return {name: record.version for name, record in beta(proposals)["clip"].items()}


def test_of_several_proposals_for_one_record_the_newest_counts() -> None:
    assert versions(proposal(1, change("a", None, "other")), proposal(2, change("a"))) == {"a": None}
    assert versions(proposal(1, change("a", None, "other"), updated_at=9), proposal(2, change("a"))) == {"a": "2"}


def test_the_beta_channel_holds_what_is_open_and_valid_and_no_removals() -> None:
    assert versions(proposal(1, change("a"), errors=1), proposal(2, change("b"), state="merged")) == {}
    assert versions(proposal(1, change("a")), proposal(2, change("a", "new", "gone"))) == {}
    assert versions(proposal(1, RecordChange("clip", "x", None, {"name": "x", "unheard_of": 1}))) == {}


def test_a_batch_is_what_has_its_label() -> None:
    label = ("batch: autumn", "add")
    found = batches([proposal(3, change("a"), labels=label), proposal(2, change("b"), labels=label), proposal(4)])
    assert [(one.batch_id, one.pull_requests) for one in found] == [("autumn", [2, 3]), ("pull-4", [4])]


def test_what_changes_come_to() -> None:
    found = net_changes([
        change("new"), change("new", "new", "other"), change("passing"), change("passing", "new", None),
        change("back", "new", "other"), change("back", "other", "new"), change("gone", "new", "gone"),
        change("changed", "new", "other"),
    ])  # fmt: skip
    assert {one.model_name: one.operation for one in found} == {
        "new": "added", "passing": "unchanged", "back": "unchanged", "gone": "deleted", "changed": "modified",
    }  # fmt: skip


APPROVERS = Approvers(maintainers=("Mia",), categories={"clip": ("carl",)})
HEAD = "f" * 40


def verdict(*logins: str, touched: tuple[str | None, ...] = ("clip",), head: str = HEAD) -> tuple[bool, list[str]]:
    found = judged([Approval(login, 1, head) for login in logins], ["ada"], HEAD, touched, APPROVERS)
    return found.is_approved, list(found.missing)


def test_who_may_approve_what() -> None:
    assert verdict("carl") == (True, [])
    assert verdict("mia", touched=("clip", "blip", None)) == (True, [])
    assert verdict("carl", touched=("clip", "blip")) == (False, ["blip"])
    assert verdict("carl", touched=("clip", None)) == (False, ["program"])
    assert verdict("stranger") == (False, ["clip"])
    assert verdict() == (False, ["clip"])


def test_nobody_approves_their_own() -> None:
    own = judged([Approval("Mia", 1, HEAD)], ["mia"], HEAD, ["clip"], APPROVERS)
    assert not own.is_approved
    assert own.ignored == ("Mia wrote it",)


def test_an_approval_is_of_the_commit_that_was_seen() -> None:
    assert verdict("mia", head="e" * 40) == (False, ["clip"])


@pytest.mark.parametrize("raw", [b"", b"[]", b'{"categories": {"unheard_of": ["a"]}}', b'{"maintainers": "ada"}'])
def test_a_broken_file_lets_nobody_approve(raw: bytes) -> None:
    with pytest.raises(ApproversUnsound):
        decode(raw)


def file(name: str, digest: str, url: str) -> RecordChange:
    config = {"download": [{"file_name": "f", "file_url": url, "sha256sum": digest}]}
    return RecordChange("clip", name, None, clip(name, config=config))


def test_duplicates_have_a_name_a_hash_or_an_address_in_common() -> None:
    own = [file("a", "A" * 64, "https://x/1")]
    others = [
        proposal(1, file("A", "b" * 64, "https://x/2")), proposal(2, file("z", "a" * 64, "https://x/3")),
        proposal(3, file("y", "c" * 64, "https://x/1")), proposal(4, file("q", "d" * 64, "https://x/4")),
        proposal(5, file("a", "a" * 64, "https://x/1"), state="closed"),
    ]  # fmt: skip
    assert {(one.number, one.what) for one in duplicates(own, others)} == {(1, "name"), (2, "hash"), (3, "address")}
