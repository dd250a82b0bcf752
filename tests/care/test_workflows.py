"""The scheduled workflows, run step by step on this machine against a GitHub and hosts on loopback."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import forge as making
import forge_messages as messages
import payloads
import pytest
from downloads import GONE, GOOD, write
from github_emulator import ADMIN, token_of
from places import APPROVERS, Place, record
from weight_hosts import HUGGING_FACE, NAMES, WEIGHTS, Hosts, Said
from workflow_files import GITHUB
from workflow_runner import Machine, Result, run_workflow

CARE, STALE = GITHUB / "workflows/care.yml", GITHUB / "workflows/stale.yml"
ROOT = GITHUB.parent
ON_LOOPBACK = ROOT / "tests/making/on_loopback"
PAYLOAD: dict[str, Any] = {"schedule": "17 4 * * 1"}


def program(into: Path) -> None:
    """The program as it is now, with the people and a few records of the test."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "Makefile", "*.toml", "*.txt", "*.md",
         "generator", "schemas", ".github"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            (into / name).write_bytes((ROOT / name).read_bytes())
            (into / name).chmod((ROOT / name).stat().st_mode)
    (into / ".github/approvers.json").write_text(json.dumps(APPROVERS))


@pytest.fixture
def machine(place: Place, hosts: Hosts, pem: Path, tmp_path: Path) -> Machine:
    work = tmp_path / "program"
    folder = place.forge.hosting.folder(making.NAME)
    place.git("clone", "--quiet", str(folder), str(work))
    program(work)
    write(work / "data", "One", GONE, GOOD)
    place.git("add", "--all", folder=work)
    place.git("-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "The program", folder=work)
    place.git("push", "-q", str(folder), "HEAD:main", folder=work)
    place.git("pull", "-q")
    env = {
        "PYTHONPATH": str(ON_LOOPBACK), "LOOPBACK_NAMES": " ".join(NAMES), "SSL_CERT_FILE": str(pem),
        "LOOPBACK_PORT": str(hosts.server_address[1]),
    }  # fmt: skip
    return Machine(
        home=tmp_path / "machine", root=folder, repository=making.NAME, token=lambda _rights: token_of(ADMIN),
        api_url=place.forge.address, server_url=place.forge.address, env=env,
    )  # fmt: skip


def left(place: Place, *runs: int) -> None:
    """Have GitHub say which runs left a report."""
    of = {"repository_id": 1, "head_repository_id": 1, "head_branch": "main"}
    found = [{"id": one, "expired": False, "workflow_run": {"id": one, **of}} for one in runs]
    place.forge.trouble = lambda asked: (
        messages.Said(200, {"total_count": len(found), "artifacts": found})
        if asked.about == ["actions", "artifacts"]
        else None
    )


def looked(machine: Machine, run: int) -> Result:
    return run_workflow(CARE, "schedule", PAYLOAD, replace(machine, run_id=run))


def issues(place: Place) -> list[tuple[str, bool]]:
    found = place.forge.ask("GET", f"/repos/{making.NAME}/issues?state=all&labels=broken-links")
    return [(one["state"], "clip/One" in one["body"]) for one in found]


def test_a_link_is_reported_in_the_second_week_and_the_issue_closed_in_the_third(
    place: Place, machine: Machine, hosts: Hosts
) -> None:
    left(place)
    first = looked(machine, 1)
    assert first.succeeded, first
    assert first.step("Get the last report").outcome == "skipped"
    kept = machine.home / "artifacts/1/links-report/report.json"
    report = json.loads(kept.read_bytes())
    assert [(one["fault"], one["is_confirmed"]) for one in report["broken"]] == [("absent", False)]
    assert issues(place) == []
    report["broken"][0]["since"] -= 7 * 86_400
    kept.write_text(json.dumps(report))
    left(place, 1)
    second = looked(machine, 2)
    assert second.step("Look at every download").exit_code == 1
    assert second.step("Keep the report").outcome == "success"
    assert issues(place) == [("open", True)]
    hosts.answers[HUGGING_FACE, "/a/b/resolve/main/no.pt"] = Said(200, {}, WEIGHTS)
    left(place, 1, 2)
    third = looked(machine, 3)
    assert third.succeeded, third
    assert [state for state, _ in issues(place)] == ["closed"]
    assert not any(step.secrets for step in third.steps if step.name == "Run make install")


def test_where_nothing_answers_nothing_is_kept_and_nothing_closed(place: Place, machine: Machine, hosts: Hosts) -> None:
    left(place)
    for path in ("no.pt", "model.safetensors"):
        hosts.answers[HUGGING_FACE, f"/a/b/resolve/main/{path}"] = Said(503, {"Retry-After": "3600"})
    result = looked(machine, 1)
    assert result.step("Look at every download").exit_code == 3, str(result)
    assert not (machine.home / "artifacts/1/links-report").exists()
    assert issues(place) == []


def test_proposals_are_looked_after(place: Place, machine: Machine) -> None:
    number = place.propose("zebra", {"data/clip/Zebra.json": record("Zebra")}, "Zebra $(touch evil) ::error::x")
    place.forge.ask("POST", f"/repos/{making.NAME}/labels", {"name": "ready", "color": "ededed"})
    place.forge.ask("POST", f"/repos/{making.NAME}/issues/{number}/labels", {"labels": ["ready"]})
    result = run_workflow(STALE, "schedule", {"schedule": "43 5 * * *"}, machine)
    assert result.succeeded, str(result)
    said = result.step("Look after proposals").output
    assert f"#{number} Zebra" in said
    assert "waits for an approval; what was said is taken away." in said
    assert place.labels(number) == set()
    assert list(machine.home.rglob("evil")) == []


@pytest.mark.parametrize("path", [CARE, STALE], ids=["care", "stale"])
def test_it_runs_for_the_main_branch_alone(path: Path, machine: Machine, place: Place) -> None:
    by_hand = payloads.recorded("workflow_dispatch", changes={"ref": "refs/heads/another"})
    place.git("push", "-q", "origin", "HEAD:refs/heads/another")
    result = run_workflow(path, "workflow_dispatch", by_hand, machine)
    assert {job.result for job in result.jobs.values()} == {"skipped"}
