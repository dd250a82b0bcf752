"""Going back: older records under a newer number, which everybody takes who has the records of today."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import forge as making
import pytest
from github_emulator import token_of
from places import Place, record
from released import read_from

from horde_reference.client.cached import Cached
from horde_reference.client.http import Http
from horde_reference.client.reference import Reference
from horde_reference.client.stores import DiskStore
from horde_reference.records.kinds import Clip
from horde_reference.workflows.build import Wishes, build
from horde_reference.workflows.hub import Hub, hub
from horde_reference.workflows.proposals import open_candidate

Serve = Callable[[Path], str]
V1 = "api/model_references/v1/clip.json"
SPOILT = {"data/clip/One.json": record("One", description="Wrong."), "data/clip/Bad.json": record("Bad")}


def publish(place: Place, out: Path) -> int:
    """Publish what main holds, as a workflow does that knows what is public now; returns its number."""
    place.git("pull", "-q")
    head = out / "head.json"
    wishes = Wishes(max_shrink=1.0, needs_history=True, published=head if head.exists() else None, site=False)
    assert build(place.clone / "data", out, wishes).written
    number: int = json.loads(head.read_bytes())["number"]
    return number


def names(reference: Reference) -> list[tuple[str, str | None]]:
    return [(one.name, one.description) for one in reference.of(Clip)]


@pytest.fixture
def found(place: Place) -> Iterator[Hub]:
    with hub({**place.env, "GITHUB_TOKEN": token_of("reviewer")}) as made:
        yield made


def test_clients_that_have_the_spoilt_records_read_the_older_ones(place: Place, serve: Serve, tmp_path: Path) -> None:
    out, kept = tmp_path / "public", DiskStore(tmp_path / "copies")
    good = publish(place, out)
    v1 = (out / V1).read_bytes()
    place.edit(SPOILT, "Spoil")
    assert publish(place, out) == good + 1
    url = serve(out)
    reference = Reference(Cached(Http(url), kept, ttl=0.0))
    assert names(reference) == [("Bad", "Sees."), ("One", "Wrong."), ("Two", "Sees.")]
    assert len(read_from(url, tmp_path / "released")["clip"]) == 3

    proposed = place.run("publish", "rollback", str(good))
    assert proposed.exit_code == 0, proposed.output
    assert "#1 was opened" in proposed.output
    place.forge.ask("PUT", f"/repos/{making.NAME}/pulls/1/merge", {"merge_method": "squash"})
    assert publish(place, out) == good + 2
    assert reference.refresh()
    for one in (reference, Reference(Cached(Http(url), kept, ttl=0.0))):  # also after a restart
        assert names(one) == [("One", "Sees."), ("Two", "Sees.")]
    assert sorted(read_from(url, tmp_path / "released")["clip"]) == ["One", "Two"]
    assert (out / V1).read_bytes() == v1
    change = json.loads((out / f"changes/{good + 2}.json").read_bytes())["categories"]["clip"]
    assert (change["removed"], change["changed"]) == (["Bad"], {"One": ["description"]})
    assert place.run("audit", "log", "--name", "One").output.count("clip/One") == 3
    assert place.run("audit", "verify").exit_code == 0


def test_all_that_data_holds_comes_back(place: Place) -> None:
    """Also what is no record, what was taken out, and what was moved."""
    aliases = json.dumps(
        {"$schema": "https://models.aihorde.net/schemas/text_groups/aliases.json", "aliases": {}}
    ).encode()
    whole = {"data/text_groups/aliases.json": aliases, "data/clip/Three.json": record("Three")}
    commit = place.edit(whole)
    held = place.git("ls-tree", "-r", "HEAD", "data")
    place.edit({"data/clip/Two.json": None, "data/text_groups/aliases.json": None, "data/clip/Three.json": None})
    place.edit({"data/clip/Four.json": record("Four", aliases=["Three"]), "code.py": b"newer\n"})
    done = place.run("publish", "rollback", commit[:10])
    assert done.exit_code == 0, done.output
    place.forge.ask("PUT", f"/repos/{making.NAME}/pulls/1/merge", {"merge_method": "squash"})
    place.git("pull", "-q")
    assert place.git("ls-tree", "-r", "HEAD", "data") == held
    assert (place.clone / "code.py").read_bytes() == b"newer\n"
    assert place.run("publish", "rollback", commit).output == (
        "Nothing to change: the main branch says all of this already.\n"
    )


def test_it_is_shown_before_it_is_done(place: Place) -> None:
    place.edit(SPOILT)
    done = place.run("publish", "rollback", "1", "--dry-run")
    assert done.exit_code == 0, done.output
    assert "- clip/Bad\n" in done.output
    assert '    description: "Wrong." -> "Sees."' in done.output
    assert "clip/Bad.json is gone." in done.output
    assert "The main branch is at number 2." in done.output
    assert done.output.endswith("Nothing was written.\n")
    told = json.loads(place.run("publish", "rollback", "1", "--dry-run", "--format", "json").output)
    assert told["files"]["clip/Bad.json"] is None
    assert place.forge.ask("GET", f"/repos/{making.NAME}/pulls") == []


def test_who_asks_cannot_approve(place: Place, found: Hub) -> None:
    place.edit(SPOILT)
    assert place.run("publish", "rollback", "1", "--for", "reviewer", who="maintainer").exit_code == 0
    place.forge.review(1, "reviewer")
    asked = open_candidate(found, place.clone / "data", 1)
    assert (asked.proposer, asked.verdict.is_approved) == ("reviewer", False)
    place.forge.review(1, "stranger")
    assert open_candidate(found, place.clone / "data", 1).verdict.is_approved
    assert place.run("queue", "apply", "1", who="maintainer").exit_code == 0
    assert "Approved-by: stranger" in place.log()


def test_asked_for_again_it_is_brought_up_to_date(place: Place) -> None:
    place.edit(SPOILT)
    assert "#1 was opened" in place.run("publish", "rollback", "1").output
    place.edit({"data/clip/Worse.json": record("Worse")})
    assert "#1 was updated" in place.run("publish", "rollback", "1").output
    (pull,) = place.forge.ask("GET", f"/repos/{making.NAME}/pulls")
    assert "removed `clip/Worse`" in pull["body"]
    assert pull["title"] == "Roll the records back to number 1"


def test_what_the_rules_of_today_refuse_does_not_come_back(place: Place) -> None:
    place.edit({"data/clip/One.json": b'{"name": "One", "nonsense": 1}\n'})
    place.edit({"data/clip/One.json": record("One")})
    done = place.run("publish", "rollback", "2")
    assert done.exit_code == 1
    assert "[unknown-key]" in done.output
    assert place.forge.ask("GET", f"/repos/{making.NAME}/pulls") == []


@pytest.mark.parametrize("commit", ["0", "99", "f" * 40, "nonsense", "side"])
def test_what_main_never_was_is_refused(place: Place, commit: str) -> None:
    """Such as a commit of a branch that nobody reviewed."""
    place.git("checkout", "-q", "-b", "side")
    (place.clone / "data/clip/One.json").write_bytes(record("One", description="Mine."))
    place.git("-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qam", "Side")
    done = place.run("publish", "rollback", commit)
    assert done.exit_code == 3, done.output
    assert place.forge.ask("GET", f"/repos/{making.NAME}/pulls") == []


def test_half_a_history_is_not_enough(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.edit(SPOILT)
    shallow = place.clone.parent / "shallow"
    place.git("clone", "-q", "--depth=1", f"file://{place.forge.hosting.folder(making.NAME)}", str(shallow))
    monkeypatch.chdir(shallow)
    done = place.run("publish", "rollback", "1")
    assert (done.exit_code, "shallow" in done.output) == (3, True)
