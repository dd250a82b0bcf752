"""What stands in for actions does what they do."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import payloads
from repositories import Repository
from workflow_runner import (
    ActionFailed,
    Call,
    Machine,
    Result,
)

CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1"
Ran = Callable[..., Result]


def test_a_checkout_is_a_clean_clone_of_what_the_event_is_about(ran: Ran, machine: Machine) -> None:
    result = ran(
        f"""
        - uses: {CHECKOUT}
          with: {{ path: here, persist-credentials: false }}
        - run: cat README.md; git status --branch --short; git log --format=%s; git config --list --local
          working-directory: here
        """
    )
    assert result.succeeded, result
    assert result.steps[1].output.startswith("first\n## main...origin/main\nFirst\n")
    assert "extraheader" not in result.steps[1].output
    again = ran(f"- uses: {CHECKOUT}\n- run: git config --list --local\n", replace(machine, run_id=2))
    assert "extraheader" in again.steps[1].output


def test_a_pull_request_is_checked_out_as_it_would_be_merged(ran: Ran, machine: Machine) -> None:
    repository = Repository(Path(machine.root))
    repository.git("checkout", "--quiet", "-b", "proposed")
    commit = repository.commit("Proposed")
    repository.git("update-ref", "refs/pull/7/merge", commit)
    repository.git("checkout", "--quiet", "main")
    event = "pull_request", payloads.pull_request(number=7)
    result = ran(f"- uses: {CHECKOUT}\n- run: git log --format=%H%s; git branch --show-current\n", event=event)
    assert result.steps[1].output == f"{commit}Proposed\n"
    whole = ran(f"- uses: {CHECKOUT}\n  with: {{ fetch-depth: 0 }}\n- run: git log --format=%s\n", event=event)
    assert whole.steps[1].output == "Proposed\nFirst\n"
    assert result.steps[1].environment["GITHUB_REF"] == "refs/pull/7/merge"


def test_a_ref_that_is_not_there_fails_the_checkout(ran: Ran) -> None:
    result = ran(f"- uses: {CHECKOUT}\n  with: {{ ref: nowhere }}\n- run: echo never\n")
    assert result.outcomes == ["failure", "skipped"]
    assert "could not be found" in result.steps[0].output


def test_artifacts_go_from_run_to_run(ran: Ran, machine: Machine) -> None:
    first = ran(
        """
        - run: mkdir -p a/.b && touch a/x a/.b/y
        - uses: actions/upload-artifact@v7
          with: { name: found, path: a }
        """
    )
    assert [path.name for path in first.artifacts.rglob("*")] == ["found", "x"]
    download = """
        - uses: actions/download-artifact@v8
          with: { name: found, path: got, run-id: 1, github-token: "${{ github.token }}" }
        - run: ls got
        """
    assert ran(download, replace(machine, run_id=2)).steps[1].output == "x\n"
    missing = ran("- uses: actions/download-artifact@v8\n  with: { name: other }\n", replace(machine, run_id=3))
    assert "Artifact not found" in missing.steps[0].output


def test_pages_are_a_folder(ran: Ran, machine: Machine) -> None:
    result = ran(
        """
        jobs:
          one:
            runs-on: ubuntu-24.04
            permissions: { pages: write, id-token: write }
            steps:
              - run: mkdir public && echo hello > public/index.html
              - uses: actions/upload-pages-artifact@v5
                with: { path: public }
              - uses: actions/deploy-pages@v5
        """
    )
    assert result.succeeded, result
    assert (machine.pages / "index.html").read_text() == "hello\n"


def test_an_app_gives_a_token_that_is_a_secret_as_well(ran: Ran, machine: Machine) -> None:
    text = """
        - uses: actions/create-github-app-token@v3
          id: app
          with: { client-id: "1", private-key: "${{ secrets.KEY }}", permission-contents: write }
        - run: echo "$TOKEN"
          id: use
          env: { TOKEN: "${{ steps.app.outputs.token }}" }
        """
    result = ran(text, replace(machine, app_token=lambda asked: f"token-for-{asked['contents']}"))
    assert result.step("use").output == "token-for-write\n"
    assert result.step("use").secrets == {"actions/create-github-app-token:token"}
    assert ran(text, replace(machine, secrets={})).steps[0].outcome == "failure"


def test_programs_and_actions_can_be_stood_in_for(ran: Ran, machine: Machine) -> None:
    def refuses(call: Call) -> Mapping[str, str]:
        raise ActionFailed(f"not {call.inputs['what']}")

    changed = replace(machine, tools={"sudo": 'echo "as root: $*"'}, actions={"other/action": refuses})
    result = ran("- run: sudo reboot\n- uses: other/action@v1\n  with: { what: today }\n", changed)
    assert result.steps[0].output == "as root: reboot\n"
    assert result.steps[1].output == "Error: not today\n"


def test_a_statement_is_about_files_that_are_there_and_takes_its_rights(ran: Ran) -> None:
    text = """
        jobs:
          one:
            runs-on: ubuntu-24.04
            permissions: { %s }
            steps:
              - run: touch a.tar.gz b.txt
              - uses: actions/attest@v4
                with: { subject-path: "%s" }
        """
    rights = "attestations: write, id-token: write"
    assert ran(text % (rights, "*.tar.gz")).steps[1].output == "Attested a.tar.gz.\n"
    assert "Could not find subject" in ran(text % (rights, "*.zip")).steps[1].output
    assert "Ensure GITHUB_TOKEN has permission" in ran(text % ("attestations: write", "*.tar.gz")).steps[1].output
