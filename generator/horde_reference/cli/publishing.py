"""Commands around publishing."""

from contextlib import closing
from pathlib import Path

import click

from horde_reference.adapters.visiting import Visitor
from horde_reference.cli import show
from horde_reference.cli.options import format_option, web_address
from horde_reference.workflows.hub import CLOCK
from horde_reference.workflows.publishing.public_checks import Scope
from horde_reference.workflows.publishing.smoke import Smoke, Wanted, expectation
from horde_reference.workflows.publishing.smoke import smoke as run_smoke


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
