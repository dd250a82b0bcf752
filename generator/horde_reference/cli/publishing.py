"""Commands around publishing."""

import os
from contextlib import closing
from pathlib import Path
from typing import Final, cast, get_args

import click

from horde_reference.adapters.visiting import Visitor
from horde_reference.cli import show
from horde_reference.cli.options import data_option, folder_option, format_option, repository_option, web_address
from horde_reference.cli.proposal_shown import show_proposal
from horde_reference.formats.head import PATH
from horde_reference.workflows.hub import CLOCK, hub, now
from horde_reference.workflows.publishing import archiving, failing, releasing
from horde_reference.workflows.publishing.public_checks import Scope
from horde_reference.workflows.publishing.published_head import keep_head
from horde_reference.workflows.publishing.rolling_back import roll_back
from horde_reference.workflows.publishing.smoke import Smoke, Wanted, expectation
from horde_reference.workflows.publishing.smoke import smoke as run_smoke

_RESULTS: Final = get_args(failing.Result)
_dry_run = click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")


@click.group()
def publish() -> None:
    """Look at what is public, tell people, keep it, and go back."""


@publish.command()
@click.argument("url", callback=web_address)
@click.option("--head", type=click.Path(path_type=Path), help="head.json of what was built, which must be public.")
@click.option(
    "--patience", type=click.FloatRange(0, 3600), default=0.0, metavar="SECONDS",
    help="Look again at what is wrong for so long: caches between may keep what was before.",
)  # fmt: skip
@click.option("--sample", type=click.IntRange(0), help="Look at so many files only, always the same of a commit.")
@click.option(
    "--released-python", "released", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Python that has the released client, which then must read every category.",
)  # fmt: skip
@click.option("--site/--no-site", default=True, show_default=True, help="Look at the pages that people read as well.")
@format_option(*show.FINDING_FORMATS)
@click.pass_context
def smoke(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context,
    url: str,
    *,
    head: Path | None,
    patience: float,
    sample: int | None,
    released: Path | None,
    site: bool,
    form: str,
) -> None:
    """Test that what is public at URL is whole, and what it should be.

    Reads head.json there, and with it every file that it and files.json list: SHA-256, size, that any site may read it;
    that each is answered without .json as well, directly; that what is not there is answered with 404; that pages of
    the site are there. Writes nothing. Exits 0, 1 if anything is wrong or nobody answers, 2, or 3 also if the released
    client cannot be run.
    """
    wanted = Wanted(expectation(head) if head else None, Scope(sample, site), patience, released)
    with closing(Visitor(url)) as visitor:
        found = run_smoke(visitor, wanted, CLOCK, lambda words: click.echo(show.visible(words), err=True))
    code = show.findings(found.findings, form, checks=found.checks, number=found.head.number if found.head else None)
    if form == "text":
        click.echo(_smoked(url, found))
    ctx.exit(code)


def _smoked(url: str, found: Smoke) -> str:
    if found.head is None:
        return f"{url} has no head that can be read."
    return f"{url}: number {found.head.number}, commit {found.head.commit}, {show.counted(found.checks, 'thing')} seen."


def _results(_ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, failing.Result]:
    found: dict[str, failing.Result] = {}
    for value in values:
        job, _, result = value.partition("=")
        if not job or result not in _RESULTS:
            raise click.BadParameter(f"{value!r} is not a job and one of {', '.join(_RESULTS)}.", param=parameter)
        found[job] = cast("failing.Result", result)
    return found


@publish.command()
@click.argument("url", callback=web_address)
@click.option("--into", type=click.Path(path_type=Path, dir_okay=False), default="head.json", show_default=True,
              help="File to keep it in.")  # fmt: skip
@click.option("--patience", type=click.FloatRange(0, 3600), default=0.0, metavar="SECONDS",
              help="Ask again for so long where nobody answers.")  # fmt: skip
def head(url: str, into: Path, patience: float) -> None:
    """Keep the head that is public at URL, for `build --published`.

    Reads head.json there. Writes --into, or removes it where the host says that nothing is there. What a host does not
    say is not taken for granted.

    Exits 0, 2 or 3.
    """
    with closing(Visitor(url)) as visitor:
        found = keep_head(visitor, into, CLOCK, patience)
    click.echo(f"Number {found.number}, commit {found.commit}." if found else f"Nothing is published at {url} yet.")


@publish.command()
@click.option("--job", "jobs", multiple=True, required=True, callback=_results, metavar="NAME=RESULT",
              help="How a job of the run ended, as GitHub calls it; one option a job, in their order.")  # fmt: skip
@click.option("--commit", default="", help="Commit that was to be published, if the run came so far.")
@repository_option
def report(jobs: dict[str, failing.Result], commit: str, repository: str | None) -> None:
    """Say on GitHub that publishing fails, or that it does not any more.

    Reads and writes one issue, which a failure opens, later ones keep up to date, and a success closes. A run with jobs
    that were left out changes nothing. Needs a token in GITHUB_TOKEN. Exits 0, 2 or 3.
    """
    with hub(os.environ, repository, needs_token=True) as found:
        number = os.environ.get("GITHUB_RUN_ID", "")
        url = f"{found.server}/{found.repository.name}/actions/runs/{number}" if number else ""
        told = failing.tell(found.repository, failing.Run(jobs, url, commit, now()))
    click.echo(f"Issue {f'#{told.number}: ' if told.number else ''}{told.did}.")


@publish.command()
@folder_option("--dir", "tree", default="public", help="Tree that was built.")
@folder_option("--out", default="dist", help="Folder to put the archive into.")
def archive(tree: Path, out: Path) -> None:
    """Pack a built tree as one file.

    Reads --dir, which must be as a build of a commit left it. Writes horde-models-<number>.tar.gz below --out, and its
    SHA-256 beside it. The same tree gives the same bytes, wherever and whenever. Exits 0, 2 or 3.
    """
    made = archiving.archive(tree, out)
    click.echo(f"{made.file}: SHA-256 {made.sha256}.")


@publish.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@folder_option("--dir", "tree", default="public", help="Tree that was built.")
@data_option
@repository_option
@_dry_run
def release(files: tuple[Path, ...], *, tree: Path, data: Path, repository: str | None, dry_run: bool) -> None:
    """Make a release of the records on GitHub, with FILES.

    Reads head.json of --dir, the releases that there are, and what changed since the last one from the clone around
    --data. Writes a release with the tag data-<number>, which nobody sees before all files are there; nothing if no
    record changed since the last one. Needs a token in GITHUB_TOKEN. Exits 0, 2 or 3.
    """
    head = expectation(tree / PATH)
    with hub(os.environ, repository, needs_token=not dry_run) as found:
        made = releasing.release(found.repository, data, head, files, dry_run=dry_run)
    if made.draft and dry_run:
        click.echo(f"{made.draft.tag}, commit {made.draft.commit}: {made.draft.title}\n\n{made.draft.body}")
    click.echo(made.why)


@publish.command()
@click.argument("commit")
@data_option
@repository_option
@click.option(
    "--for", "asked_by", default="", metavar="LOGIN", help="Who asks, if not who the token is; may not approve."
)
@_dry_run
@format_option("text", "json")
def rollback(commit: str, *, data: Path, repository: str | None, asked_by: str, dry_run: bool, form: str) -> None:
    """Propose to go back to the records of an older COMMIT, which may be a number as well.

    Reads the main branch of the repository, and the clone around --data, which must have the whole history. Writes a
    branch and a pull request on GitHub, with one new commit on top of all others; nothing on this machine. Once it is
    applied, the older records are published under a newer number. Exits 0, 1 if they have errors by the rules of today,
    2 or 3.
    """
    with hub(os.environ, repository, needs_token=not dry_run) as found:
        done = roll_back(found, data, commit, asked_by, dry_run=dry_run)
    click.get_current_context().exit(show_proposal(done, form))
