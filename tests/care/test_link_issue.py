"""The one issue about broken links, on a GitHub: opened, kept up to date, closed, and opened again."""

import re
from pathlib import Path
from typing import Any

import forge as making
import forge_messages as messages
import pytest
from downloads import GONE, GOOD, Run, write
from places import Place, record
from weight_hosts import HUGGING_FACE, WEIGHTS, Hosts, Said

from horde_reference.links.body import LABEL, MARK, body
from horde_reference.links.report import Broken, Link, Report, Seen
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.link_issue import tell

NOW = 1_800_000_000


def report(*links: Link, unknown: int = 0, is_confirmed: bool = True) -> Report:
    broken = tuple(Broken(one, "absent", "answered 404.", NOW, is_confirmed=is_confirmed) for one in links)
    silent = tuple(Seen(Link("clip", "S", f"https://{number}"), "unknown") for number in range(unknown))
    return Report(NOW, 10 + len(links), 8, 2, silent, broken)


def issues(place: Place) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = place.forge.ask("GET", f"/repos/{making.NAME}/issues?state=all&labels={LABEL}")
    return found


def link(name: str = "One", url: str = GONE) -> Link:
    return Link("clip", name, url)


def test_it_is_opened_updated_closed_and_opened_again(place: Place, found: Hub) -> None:
    repository = found.repository
    assert tell(repository, report()).did == "nothing"
    assert issues(place) == []
    opened = tell(repository, report(link()))
    assert opened.did == "opened"
    (one,) = issues(place)
    assert one["body"].startswith(MARK)
    assert "11 looked at, 1 broken, 2 gated (they want a login first), 0 unknown" in one["body"]
    assert "2027-01-15 08:00 UTC" in one["body"]
    assert f"#### `{HUGGING_FACE}`\n\n- `clip/One`: `{GONE}` (absent, since 2027-01-15): `answered 404.`" in one["body"]
    assert tell(repository, report(link())).did == "nothing"
    assert tell(repository, report(link(), link("Two"))).did == "updated"
    assert "`clip/Two`" in issues(place)[0]["body"]
    assert tell(repository, report()).did == "closed"
    (one,) = issues(place)
    assert one["state"] == "closed"
    assert "No download is broken any more." in place.comments(one["number"])[-1]
    assert tell(repository, report()).did == "nothing"
    again = tell(repository, report(link("Three")))
    assert (again.did, again.number) == ("reopened", opened.number)
    (one,) = issues(place)
    assert (one["state"], "`clip/Three`" in one["body"], "`clip/One`" in one["body"]) == ("open", True, False)


def test_what_is_broken_for_the_first_time_opens_nothing_and_closes_nothing(place: Place, found: Hub) -> None:
    new = report(link(), is_confirmed=False)
    assert tell(found.repository, new).did == "nothing"
    assert issues(place) == []
    tell(found.repository, report(link("Two")))
    assert tell(found.repository, new).did == "updated"
    (one,) = issues(place)
    assert one["state"] == "open"
    assert "0 broken, 2 gated (they want a login first), 0 unknown" in one["body"]
    assert "1 broken for the first time, not reported yet" in one["body"]
    assert "clip/" not in one["body"]


def test_what_looks_like_it_without_the_label_or_the_marker_is_not_touched(place: Place, found: Hub) -> None:
    wanted = {"title": "Forged", "body": f"{MARK}\nMine."}
    forged = place.forge.ask("POST", f"/repos/{making.NAME}/issues", wanted, "stranger")["number"]
    place.forge.ask("POST", f"/repos/{making.NAME}/labels", {"name": LABEL, "color": "ededed"})
    other = place.forge.ask(
        "POST", f"/repos/{making.NAME}/issues", {"title": "Other", "body": "By hand.", "labels": [LABEL]}
    )["number"]
    told = tell(found.repository, report(link()))
    assert told.did == "opened"
    assert told.number not in {forged, other}
    assert tell(found.repository, report()).number == told.number


@pytest.mark.parametrize("text", ["`" * 30 + "<script>", "a|b](javascript:x)", "@everyone #1", "a\n# b", "x" * 5000])
def test_nothing_that_a_record_says_works_in_it(text: str) -> None:
    said = body(report(link(text, f"https://{text}/x"))).removeprefix(MARK)
    outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", said)
    for active in ("<script", "](javascript", "@everyone", "#1", "\n# b"):
        assert active not in outside


def test_a_thousand_links_fit() -> None:
    many = report(*(link(f"Model {number}", f"https://h{number % 7}.org/{'x' * 200}") for number in range(1000)))
    said = body(many)
    assert len(said) < 60_000
    left = re.search(r"… and (\d+) more", said)
    assert left is not None
    assert said.count("\n- ") + int(left[1]) == 1000


def test_the_command_does_it_all(place: Place, asking: Run, hosts: Hosts, tmp_path: Path) -> None:
    data = tmp_path / "data"
    write(data, "One", GONE, GOOD)
    first = asking("care", "links", "--data", data, "--issue")
    assert (first.exit_code, "Issue #1: opened." in first.output) == (1, True)
    hosts.answers[HUGGING_FACE, "/a/b/resolve/main/no.pt"] = Said(200, {}, WEIGHTS)
    second = asking("care", "links", "--data", data, "--issue")
    assert (second.exit_code, "Issue #1: closed." in second.output) == (0, True)
    (data / "clip/One.json").write_bytes(record("One"))
    assert asking("care", "links", "--data", data, "--issue").exit_code == 3
    assert len(issues(place)) == 1


def test_what_nobody_answers_closes_nothing(place: Place, asking: Run, hosts: Hosts, tmp_path: Path) -> None:
    data = tmp_path / "data"
    write(data, "One", GONE, GOOD)
    assert asking("care", "links", "--data", data, "--issue").exit_code == 1
    for key in list(hosts.answers):
        hosts.answers[key] = Said(503)
    hosts.answers[HUGGING_FACE, "/a/b/resolve/main/no.pt"] = Said(503)
    assert asking("care", "links", "--data", data, "--issue").exit_code == 3
    assert issues(place)[0]["state"] == "open"


def test_the_run_that_left_the_last_report_is_found(place: Place) -> None:
    def run(number: int, *, fork: bool = False, branch: str = "main", expired: bool = False) -> dict[str, Any]:
        of = {"id": number, "repository_id": 1, "head_repository_id": 2 if fork else 1, "head_branch": branch}
        return {"id": number, "name": "links-report", "expired": expired, "workflow_run": of}

    left = [run(3), run(9, fork=True), run(8, branch="x"), run(7, expired=True), run(5), {"id": 10, "expired": False}]
    answers: list[Any] = [{"total_count": 6, "artifacts": left}, {"total_count": 0, "artifacts": []}]
    place.forge.trouble = lambda asked: (
        messages.Said(200, answers.pop(0)) if asked.about == ["actions", "artifacts"] else None
    )
    assert place.run("care", "earlier", "--artifact", "links-report").output == "run=5\n"
    assert place.run("care", "earlier", "--artifact", "links-report").output == "run=\n"
