"""A proposal in words: what it changes, what is wrong with it, what became of it."""

from typing import Any

import click

from horde_reference.changes.report import as_json, as_text
from horde_reference.cli import show
from horde_reference.errors import EXIT_CLEAN
from horde_reference.workflows.drafts import Draft
from horde_reference.workflows.proposing import Done


def show_proposal(done: Done, form: str) -> int:
    """Print a proposal; returns the exit code that it calls for."""
    draft = done.draft
    code = EXIT_CLEAN
    if draft.findings or form == "json":
        code = show.findings([*draft.findings], form, **_facts(done))
    if form == "text" and not draft.has_errors:
        if done.outcome is None and draft.files:
            _show_draft(draft)
        click.echo(show.visible(_outcome(done)))
    return code


def _facts(done: Done) -> dict[str, Any]:
    draft, outcome = done.draft, done.outcome
    pull = outcome.pull if outcome else None
    return {
        "changes": as_json([*draft.changes]),
        "files": {path: None if body is None else body.decode() for path, body in draft.files.items()},
        "branch": draft.purpose.branch,
        "title": draft.title,
        "body": draft.body,
        "outcome": outcome.did if outcome else "not written",
        "pull_request": {"number": pull.number, "url": pull.url} if pull else None,
    }


def _show_draft(draft: Draft) -> None:
    _lines(as_text([*draft.changes]))
    for path, body in draft.files.items():
        click.echo(f"\n{show.visible(path)}{' is gone.' if body is None else ':'}")
        _lines((body or b"").decode())
    for head, text in (("Branch", draft.purpose.branch), ("Title", draft.title), ("Commit", draft.message)):
        click.echo(f"{head}: {show.visible(text.strip())}")
    click.echo("Pull request:")
    _lines(draft.body)


def _lines(text: str) -> None:
    for line in text.rstrip("\n").split("\n"):
        click.echo(show.visible(line))


def _outcome(done: Done) -> str:
    if not done.draft.files:
        return "Nothing to change: the main branch says all of this already."
    if done.outcome is None or done.outcome.pull is None:
        return "Nothing was written."
    pull, how = done.outcome.pull, done.outcome.did
    said = f"#{pull.number} was {how}: {pull.url}"
    return f"{said} (a maintainer has to put it into its batch)" if done.outcome.batch_left_out else said
