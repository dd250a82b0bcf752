"""From a pull request to the rebuilt tree: check, comment, approval, merge, audit."""

import json

import forge as making
from places import Place, ours, record


def test_a_proposal_becomes_a_published_record(place: Place) -> None:
    number = place.propose("add-four", {"data/clip/Four.json": record("Four")}, "Add Four")
    answered = place.run("review", "answer", number)
    assert answered.exit_code == 0, answered.output
    (said,) = place.comments(number)
    assert "added `clip/Four`" in said
    assert "Waits for approval" in said
    place.forge.review(number)
    assert place.run("review", "answer", number).exit_code == 0
    (said,) = place.comments(number)
    assert "Approved by `reviewer`" in said
    applied = place.run("queue", "apply", number)
    assert applied.exit_code == 0, applied.output
    assert place.files()["data/clip/Four.json"] == record("Four")
    place.git("pull", "-q")
    fetched = place.run("queue", "fetch", "--into", "../queue.json")
    assert fetched.exit_code == 0, fetched.output
    built = place.run("build", "--out", "../public", "--queue", "../queue.json")
    assert built.exit_code == 0, built.output
    public = place.clone.parent / "public"
    v2 = public / "api/model_references/v2"
    assert json.loads((v2 / "clip.json").read_bytes())["Four"]["description"] == "Sees."
    trail = [json.loads(line) for line in (public / "audit/v2/clip/audit-000001.jsonl").read_bytes().splitlines()]
    (event,) = [one for one in trail if one["model_name"] == "Four"]
    assert (event["proposed_by"], event["approved_by"], event["pull_request"]) == ("proposer", ["reviewer"], number)
    (batch,) = json.loads((v2 / "pending_queue/audit/batches.json").read_bytes())["batches"]
    assert [(one["model_name"], one["operation"]) for one in batch["net_changes"]] == [("Four", "added")]
    assert json.loads((v2 / "pending_queue/changes.json").read_bytes())["repository"] == making.NAME
    assert {one.method for one in ours(place.forge)} >= {
        "GET",
        "POST",
        "PUT",
    }  # all of which were held to GitHub's description
