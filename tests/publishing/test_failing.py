"""The one issue about publishing that fails, on a GitHub."""

from typing import Any

import forge as making
import pytest
from places import Place

from horde_reference.workflows.publishing.failing import MATTER

COMMIT = "c0ffee" * 6 + "abcd"


def issues(place: Place) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = place.forge.ask(
        "GET", f"/repos/{making.NAME}/issues?state=all&labels={MATTER.label.name}"
    )
    return found


def report(place: Place, run: int, *results: str) -> str:
    """What the command says after a run whose jobs ended so."""
    place.env["GITHUB_RUN_ID"] = str(run)
    jobs = [
        word for one in zip(("build", "deploy", "smoke"), results, strict=True) for word in ("--job", "=".join(one))
    ]
    done = place.run("publish", "report", *jobs, "--commit", COMMIT)
    assert done.exit_code == 0, done.output
    return done.output.strip()


def test_it_is_opened_kept_up_to_date_closed_and_opened_again(place: Place) -> None:
    assert report(place, 1, "success", "success", "success") == "Issue nothing."
    assert issues(place) == []
    assert report(place, 2, "success", "failure", "skipped") == "Issue #1: opened."
    (issue,) = issues(place)
    assert issue["title"] == "Publishing fails"
    address = f"{place.forge.address}/{making.NAME}/actions/runs"
    assert "- Last: 20" in issue["body"]
    assert f"{address}/2, commit `{COMMIT}`" in issue["body"]
    assert "| `build` | success |\n| `deploy` | failure |\n| `smoke` | skipped |" in issue["body"]

    assert report(place, 3, "failure", "skipped", "skipped") == "Issue #1: updated."
    (issue,) = issues(place)
    first, last = [line for line in issue["body"].splitlines() if line.startswith("- ")]
    assert "- First: 20" in first
    assert f"{address}/2," in first
    assert f"{address}/3," in last
    assert place.comments(1) == []

    assert report(place, 4, "success", "success", "success") == "Issue #1: closed."
    assert issues(place)[0]["state"] == "closed"
    assert "Published again: 20" in place.comments(1)[-1]
    assert report(place, 5, "success", "success", "success") == "Issue nothing."

    assert report(place, 6, "success", "success", "failure") == "Issue #1: reopened."
    (issue,) = issues(place)
    assert issue["state"] == "open"
    assert f"{address}/2," not in issue["body"]
    assert issue["body"].count(f"{address}/6,") == 2


@pytest.mark.parametrize("results", [("skipped", "skipped", "skipped"), ("success", "skipped", "skipped")])
def test_a_run_that_had_nothing_to_do_neither_opens_nor_closes(place: Place, results: tuple[str, ...]) -> None:
    assert report(place, 1, *results) == "Issue nothing."
    report(place, 2, "failure", "skipped", "skipped")
    assert report(place, 3, *results) == "Issue nothing."
    assert issues(place)[0]["state"] == "open"


def test_a_job_that_took_too_long_failed(place: Place) -> None:
    """GitHub calls it cancelled; of a run that somebody cancelled nothing is said at all."""
    assert report(place, 1, "success", "cancelled", "skipped") == "Issue #1: opened."


def test_what_only_looks_like_it_is_left_alone(place: Place) -> None:
    wanted = {"title": "Forged", "body": f"{MATTER.mark}\nMine."}
    place.forge.ask("POST", f"/repos/{making.NAME}/issues", wanted, "stranger")
    assert report(place, 1, "failure", "skipped", "skipped") == "Issue #2: opened."
    assert report(place, 2, "success", "success", "success") == "Issue #2: closed."


@pytest.mark.parametrize("words", [(), ("--job", "build"), ("--job", "=success"), ("--job", "build=fine")])
def test_what_is_no_result_is_wrong_usage(place: Place, words: tuple[str, ...]) -> None:
    assert place.run("publish", "report", *words).exit_code == 2
