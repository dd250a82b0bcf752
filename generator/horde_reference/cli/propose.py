"""Commands that propose models: in words, in a table or folder, in an issue."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import click

from horde_reference.adapters.weights import Scales
from horde_reference.cli.bar import progress
from horde_reference.cli.options import data_option, format_option, repository_option, with_options
from horde_reference.cli.proposal_shown import show_proposal
from horde_reference.proposals.questions import ASKABLE, Operation
from horde_reference.proposals.stated import BadStatement, with_statement
from horde_reference.workflows import batches, wishes
from horde_reference.workflows.drafts import Weigh
from horde_reference.workflows.hub import CLOCK, hub, now
from horde_reference.workflows.issue import answer
from horde_reference.workflows.issue_event import read_event
from horde_reference.workflows.proposing import Manner, ask_for

_LONGEST_TITLE: Final = 200
_FILE: Final = click.Path(path_type=Path, exists=True, dir_okay=False)
_category = click.argument("category", type=click.Choice(ASKABLE))
_name = click.argument("name")


def _title(_ctx: click.Context, _parameter: click.Parameter, value: str) -> str:
    if len(value) > _LONGEST_TITLE or not value.isprintable():
        raise click.BadParameter(f"A title has at most {_LONGEST_TITLE} characters on one line.")
    return value.strip()


def _statements(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    category = str(ctx.params.get("category") or ASKABLE[0])
    for value in values:
        try:
            with_statement({}, category, value)
        except BadStatement as fault:
            raise click.BadParameter(f"{fault}.", ctx, parameter) from None
    return values


_COMMON: Final = (
    data_option,
    repository_option,
    click.option("--dry-run", is_flag=True, help="Show files, difference, branch and words, and write nothing."),
    click.option("--title", default="", callback=_title, help="Title of the pull request, instead of one made for it."),
    click.option("--batch", default="", metavar="NAME", help="Batch that it belongs to: applied together."),
    click.option("--no-fill", is_flag=True, help="Do not ask hosts of files for hashes and sizes."),
    format_option("text", "json"),
)
_STATED: Final = (
    click.option("--set", "statements", multiple=True, metavar="PATH=VALUE", callback=_statements,
                 help="A value, as JSON or else as text, at a dotted path; empty takes out what is there."),
    click.option("--file", "record", type=_FILE, help="The record as a JSON file."),
    click.option("--download", "downloads", multiple=True, metavar="URL",
                 help="A file to download; its host is asked for name, hash and size."),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Common:
    """The options that all of these commands have."""

    data: Path
    repository: str | None
    dry_run: bool
    title: str
    batch: str
    no_fill: bool
    form: str


@click.group()
def propose() -> None:
    """Propose models: a branch and a pull request, without touching git.

    The branch lies in the repository for who may write there, else in a fork, which is made. The same again brings
    the same pull request up to date. Needs a token in GITHUB_TOKEN, but for --dry-run.
    """


@propose.command()
@_category
@_name
@with_options(_STATED)
@with_options(_COMMON)
def add(category: str, name: str, **said: Any) -> None:  # noqa: ANN401 - options as click hands them over
    """Propose a new model.

    Reads the main branch of the repository, and asks hosts of files for hashes and sizes. Writes a branch and a pull
    request on GitHub, and nothing on this machine. Exits 0, 1 if there are errors, 2 or 3.
    """
    _stated("add", category, name, **said)


@propose.command()
@_category
@_name
@with_options(_STATED)
@with_options(_COMMON)
def update(category: str, name: str, **said: Any) -> None:  # noqa: ANN401 - options as click hands them over
    """Propose a change of a model.

    Reads the record as the main branch of the repository has it, or --file in its place. Writes a branch and a pull
    request on GitHub, and nothing on this machine. Exits 0, 1 if there are errors, 2 or 3.
    """
    _stated("update", category, name, **said)


def _stated(
    operation: Operation,
    category: str,
    name: str,
    *,
    statements: tuple[str, ...],
    record: Path | None,
    downloads: tuple[str, ...],
    **common: Any,  # noqa: ANN401 - options as click hands them over
) -> None:
    said = wishes.Said(
        operation=operation, category=category, name=name, record=record, statements=statements, downloads=downloads
    )
    _propose(lambda main: wishes.in_words(main, said), (operation, category, name), _Common(**common))


@propose.command()
@_category
@_name
@click.option("--reason", required=True, help="Why, for whoever uses the model.")
@click.option("--replaced-by", metavar="NAME", help="Model to use instead.")
@with_options(_COMMON)
def remove(category: str, name: str, reason: str, replaced_by: str | None, **common: Any) -> None:  # noqa: ANN401
    """Propose to withdraw a model. Its file stays, and says why.

    Reads the main branch of the repository. Writes a branch and a pull request on GitHub, and nothing on this
    machine. Exits 0, 1 if there are errors, 2 or 3.
    """
    date = f"{datetime.fromtimestamp(now(), UTC):%Y-%m-%d}"
    wish = partial(wishes.removal, category=category, name=name, reason=reason, replaced_by=replaced_by, date=date)
    _propose(wish, ("remove", category, name), _Common(**common))


@propose.command()
@click.argument("what", nargs=-1, required=True, metavar="FOLDER | CATEGORY FILE.csv")
@with_options(_COMMON)
def batch(what: tuple[str, ...], **common: Any) -> None:  # noqa: ANN401 - options as click hands them over
    """Propose many changes at once, from a table or a folder.

    Reads a table that `records export` made, or a folder laid out like --data, and takes what differs there from
    --data for what is wanted; what others changed on the main branch since stays. Writes a branch and a pull request
    on GitHub, and nothing on this machine. Exits 0, 1 if there are errors, 2 or 3.
    """
    options = _Common(**common)
    *category, path = what
    source = Path(path)
    if len(category) > 1 or (category and category[0] not in ASKABLE) or source.is_dir() == bool(category):
        raise click.UsageError(f"Name a folder, or a category and a table. Categories: {', '.join(ASKABLE)}.")
    if category:
        wish = partial(batches.in_table, data=options.data, category=category[0], table=source)
    else:
        wish = partial(batches.in_folder, data=options.data, folder=source)
    _propose(wish, ("batch", *category, options.batch or source.stem), options)


def _propose(wish: Callable[[Path], wishes.Wish], words: tuple[str, ...], options: _Common) -> None:
    weigh = _weigh(no_fill=options.no_fill)
    manner = Manner(words=words, title=options.title, batch=options.batch, dry_run=options.dry_run, weigh=weigh)
    with hub(os.environ, options.repository, needs_token=not options.dry_run) as found:
        done = ask_for(found, options.data, wish, manner, progress())
    click.get_current_context().exit(show_proposal(done, options.form))


@propose.command()
@click.option("--event", type=click.Path(path_type=Path), envvar="GITHUB_EVENT_PATH", show_envvar=True, required=True,
              help="File with GitHub's payload of an issue event.")  # fmt: skip
@data_option
@repository_option
@click.option("--dry-run", is_flag=True, help="Say what would be answered, and write nothing.")
@click.option("--no-fill", is_flag=True, help="Do not ask hosts of files for hashes and sizes.")
def issue(event: Path, data: Path, repository: str | None, *, dry_run: bool, no_fill: bool) -> None:
    """Make a pull request of an issue that was made with a form, or say on it what is wrong.

    Reads the event that GitHub describes in --event, and the main branch of the repository. Writes on GitHub: a
    branch, a pull request, one comment on the issue, and its label `needs-work`; closes the pull request of an issue
    that was closed. An issue that is answered is done, whatever is wrong with it. Exits 0, 2 or 3.
    """
    with hub(os.environ, repository, needs_token=not dry_run) as found:
        happened = read_event(event, found.repository.name)
        click.echo(answer(found, data, happened, _weigh(no_fill=no_fill), dry_run=dry_run))


def _weigh(*, no_fill: bool) -> Weigh | None:
    return None if no_fill else Scales(CLOCK).weigh
