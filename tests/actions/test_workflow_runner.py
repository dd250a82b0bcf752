"""Steps and jobs run here as on GitHub: which, in which order, with what, and how they end."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from workflow_runner import (
    InvalidWorkflow,
    Machine,
    Result,
    UnknownAction,
    Unsupported,
)

CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1"
Ran = Callable[..., Result]


def test_outputs_go_from_step_to_step_and_from_job_to_job(ran: Ran) -> None:
    result = ran(
        r"""
        jobs:
          second:
            needs: first
            runs-on: ubuntu-24.04
            steps:
              - id: read
                env: { SAID: "${{ needs.first.outputs.said }}", RESULT: "${{ needs.first.result }}" }
                run: echo "$SAID, $RESULT"
          first:
            runs-on: ubuntu-24.04
            outputs: { said: "${{ steps.say.outputs.said }} by ${{ steps.say.outcome }}" }
            steps:
              - id: say
                run: printf 'said<<END\na=b\n<<c\nEND\nother=x<<y\n' >> "$GITHUB_OUTPUT"
        """
    )
    assert result.step("say").outputs == {"said": "a=b\n<<c", "other": "x<<y"}
    assert result.step("read").output == "a=b\n<<c by success, success\n"
    assert list(result.jobs) == ["first", "second"]


def test_the_environment_is_what_github_and_the_workflow_state(ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OF_WHOEVER_RUNS_TESTS", "1")
    result = ran(
        """
        env: { A: workflow, B: workflow, C: workflow, D: 1.50, E: true }
        jobs:
          one:
            runs-on: ubuntu-24.04
            env: { B: job, C: job }
            steps:
              - run: echo "F=step before" >> "$GITHUB_ENV"; echo "GITHUB_SHA=forged" >> "$GITHUB_ENV"
              - run: echo "$A $B $C $D $E $F" && env
                id: two
                env: { C: "${{ env.B }} and step" }
        """
    )
    step = result.step("two")
    assert step.output.startswith("workflow job job and step 1.5 true step before\n")
    assert step.environment["GITHUB_REF_NAME"] == "main"
    assert step.environment["GITHUB_SHA"] == result.step("two").environment["GITHUB_SHA"] != "forged"
    assert "OF_WHOEVER_RUNS_TESTS" not in step.environment
    assert "GITHUB_TOKEN" not in step.environment


@pytest.mark.parametrize(("shell", "code"), [("", 0), ("shell: bash", 1), ("shell: bash -euo pipefail {0}", 1)])
def test_a_pipe_fails_as_its_shell_says(shell: str, code: int, ran: Ran) -> None:
    assert ran(f"- run: false | cat\n  {shell}\n").steps[0].exit_code == code


def test_a_failure_stops_the_job_but_for_what_is_always_done(ran: Ran) -> None:
    result = ran(
        """
        - run: exit 3
          id: bad
        - run: echo never
        - run: echo "${{ steps.bad.outcome }}"
          if: failure()
        - run: echo always
          if: ${{ always() }}
        - run: echo never
          if: github.event_name == 'push'
        """
    )
    assert result.outcomes == ["failure", "skipped", "success", "success", "skipped"]
    assert result.steps[0].exit_code == 3
    assert not result.succeeded


def test_a_step_may_fail_where_the_workflow_says_so(ran: Ran) -> None:
    result = ran(
        """
        - run: exit 1
          id: bad
          continue-on-error: true
        - run: echo "${{ steps.bad.outcome }} ${{ steps.bad.conclusion }}"
        """
    )
    assert result.steps[1].output == "failure success\n"
    assert result.succeeded


def test_jobs_after_a_failure_are_skipped_unless_they_ask_for_it(ran: Ran) -> None:
    result = ran(
        """
        jobs:
          bad: { runs-on: ubuntu-24.04, steps: [{ run: exit 1 }] }
          after: { needs: bad, runs-on: ubuntu-24.04, steps: [{ run: echo }] }
          later: { needs: after, runs-on: ubuntu-24.04, steps: [{ run: echo }] }
          tells: { needs: [later], if: failure(), runs-on: ubuntu-24.04, steps: [{ run: echo }] }
          apart: { runs-on: ubuntu-24.04, if: "github.ref == 'refs/heads/other'", steps: [{ run: echo }] }
        """
    )
    results = {name: job.result for name, job in result.jobs.items()}
    assert results == {
        "bad": "failure", "after": "skipped", "later": "skipped", "tells": "success", "apart": "skipped"
    }  # fmt: skip


def test_a_matrix_gives_its_first_combination_or_the_chosen_one(ran: Ran, machine: Machine) -> None:
    text = """
        jobs:
          one:
            runs-on: ubuntu-24.04
            strategy:
              matrix: { a: [1, 2], b: [x], exclude: [{ a: 1 }], include: [{ a: 2, c: y }, { a: 3 }] }
            steps:
              - run: echo "${{ matrix.a }}${{ matrix.b }}${{ matrix.c }}"
        """
    assert ran(text).steps[0].output == "2xy\n"
    assert ran(text, replace(machine, matrix={"one": {"a": 3}})).steps[0].output == "3\n"


def test_what_is_left_out_is_listed(ran: Ran, machine: Machine) -> None:
    result = ran("- run: make test\n  id: tested\n- run: echo\n", replace(machine, skip=["Run make test"]))
    assert result.outcomes == ["left out", "success"]
    assert result.left_out == ["Run make test"]


def test_a_step_that_does_not_end_is_ended(ran: Ran, machine: Machine) -> None:
    result = ran("- run: sleep 1000 & sleep 1000\n", replace(machine, patience=0.5))
    assert result.steps[0].exit_code == 124


@pytest.mark.parametrize(
    "written", ["no sign", "a<<END\nnever ended", "=value"], ids=["without a sign", "without an end", "without a name"]
)
def test_an_output_that_github_cannot_read_fails_its_step(written: str, ran: Ran) -> None:
    assert ran(f"- run: printf '%s\\n' {written!r} >> \"$GITHUB_OUTPUT\"\n").steps[0].outcome == "failure"


def test_a_value_that_is_no_json_fails_its_step(ran: Ran) -> None:
    result = ran('- run: echo\n  env: { A: "${{ fromJSON(github.event.ref) }}" }\n- run: echo never\n')
    assert result.outcomes == ["failure", "skipped"]
    assert "JSON" in result.steps[0].output


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("- uses: someone/else@v1", UnknownAction),
        (f"- uses: {CHECKOUT}\n  with: {{ reff: main }}", UnknownAction),
        ("- run: echo ${{ nothing.like.this }}", InvalidWorkflow),
        ("- { run: echo, uses: a/b@v1 }", InvalidWorkflow),
        ("jobs: { one: { uses: ./.github/workflows/other.yml } }", Unsupported),
    ],
)
def test_what_is_not_known_is_an_error_that_says_so(text: str, error: type[Exception], ran: Ran) -> None:
    with pytest.raises(error):
        ran(text)


def test_jobs_of_an_attempt_before_are_not_run_again(ran: Ran, machine: Machine) -> None:
    text = """
        jobs:
          first:
            runs-on: ubuntu-24.04
            outputs: { attempt: "${{ github.run_attempt }}" }
            steps: [ { run: "true" } ]
          second:
            needs: first
            if: needs.first.outputs.attempt == github.run_attempt
            runs-on: ubuntu-24.04
            steps: [ { run: "true" } ]
        """
    whole = ran(text)
    assert [job.result for job in whole.jobs.values()] == ["success", "success"]
    again = ran(text, replace(machine, run_attempt=2), kept={"first": whole.jobs["first"]})
    assert [job.result for job in again.jobs.values()] == ["success", "skipped"]
    assert [job.result for job in ran(text, replace(machine, run_attempt=2)).jobs.values()] == ["success", "success"]
