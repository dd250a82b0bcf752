"""Commands about how much models are used: fetch a snapshot, show one."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from horde_reference.adapters.horde import PUBLIC_API, checked_address
from horde_reference.analytics.usage import DOMAINS, Counted, Usage
from horde_reference.cli import show
from horde_reference.cli.bar import progress
from horde_reference.cli.options import format_option
from horde_reference.errors import EXIT_CLEAN, EXIT_FINDINGS, CannotRun
from horde_reference.workflows.usage import TIMEOUT, Wishes, recall
from horde_reference.workflows.usage import fetch as run_fetch

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


@click.group()
def usage() -> None:
    """Say how much models are used, as the AI-Horde counts it.

    A snapshot is fetched once and lies in a file, which is an input of the build. No other command asks the AI-Horde.
    """


def _address(_ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    try:
        return checked_address(value)
    except CannotRun as error:
        raise click.BadParameter(str(error), param=parameter) from error


@usage.command()
@click.option("--into", type=click.Path(path_type=Path), required=True, help="File of the snapshot.")
@click.option(
    "--url", metavar="URL", default=PUBLIC_API, show_default=True, callback=_address, help="Address of the API."
)
@click.option("--series", type=click.Path(path_type=Path), help="Folder that also keeps a file a day, for trends.")
@click.option("--accept-partial", is_flag=True, help="Write also what lacks more than the snapshot that is there.")
@click.option("--allow-shrink", is_flag=True, help="Write also if more than half of the names are gone.")
@click.option(
    "--timeout", type=click.FloatRange(0, _HOUR, min_open=True), default=TIMEOUT, show_default=True,
    help="Seconds that all of it may take.",
)  # fmt: skip
@click.pass_context
def fetch(ctx: click.Context, /, into: Path, url: str, series: Path | None, **wanted: Any) -> None:  # noqa: ANN401 - the fields of wishes
    """Ask the AI-Horde which models are used how much.

    Six requests, one at a time: status, stats and workers of image and of text models. Reads --into, if it is there,
    and writes it anew, and below --series the file of the day (UTC). What could not be had is listed in the snapshot
    as missing and counts as unknown.

    Exits 0 if the snapshot was written, whole or not. Exits 1 if it lacks something that the snapshot at --into does
    not lack, which then stays as it was unless --accept-partial is given. Exits 3 if nothing could be had, or more
    than half of the names of a domain are gone; the snapshot at --into then stays as it was, too.
    """
    fetched = run_fetch(into, url=url, series=series, wishes=Wishes(**wanted), progress=progress())
    for missing in fetched.usage.missing:
        click.echo(f"Missing: {show.visible(missing)}.", err=True)
    for passed_over in fetched.passed_over:
        click.echo(f"No use could be made of: {passed_over}.", err=True)
    counts = ", ".join(show.counted(len(fetched.usage.of(domain).models), f"{domain} model") for domain in DOMAINS)
    if fetched.written:
        click.echo(f"{into} written: {counts}.")
    else:
        click.echo(f"{into} was left as it was, as it lacks less. With --accept-partial it is replaced all the same.")
    ctx.exit(EXIT_CLEAN if fetched.written else EXIT_FINDINGS)


@usage.command(name="show")
@click.option(
    "--usage", "path", type=click.Path(path_type=Path), default=Path("usage.json"), show_default=True,
    help="File of the snapshot.",
)  # fmt: skip
@format_option("text", "json")
def show_(path: Path, form: str) -> None:
    """Show how old a snapshot is, where it is from, what it holds, and what it lacks.

    Reads that file, writes nothing, and asks nobody. Exits 0, 2 or 3.
    """
    snapshot, age = recall(path)
    if form == "json":
        click.echo(json.dumps(_as_json(snapshot, age), indent=2, ensure_ascii=False))
        return
    when = datetime.fromtimestamp(snapshot.fetched_at, UTC)
    click.echo(f"Fetched {when:%Y-%m-%d %H:%M} UTC, {_ago(age)}, from {show.visible(snapshot.source) or 'nowhere'}.")
    for domain in DOMAINS:
        click.echo(f"{domain}: {_as_text(snapshot.of(domain))}")
    for missing in snapshot.missing:
        click.echo(f"Missing: {show.visible(missing)}.")


def _as_json(snapshot: Usage, age: int) -> dict[str, Any]:
    return {
        "fetched_at": snapshot.fetched_at,
        "age_seconds": age,
        "source": snapshot.source,
        **{domain: _summary(snapshot.of(domain)) for domain in DOMAINS},
        "missing": list(snapshot.missing),
    }


def _summary(counted: Counted) -> dict[str, Any]:
    known = [use.workers for use in counted.models.values() if use.workers is not None]
    return {
        "models": len(counted.models),
        "models_with_workers": sum(number > 0 for number in known) if known else None,
        "workers": asdict(counted.workers) if counted.workers else None,
    }


def _as_text(counted: Counted) -> str:
    said = _summary(counted)
    offered, workers = said["models_with_workers"], counted.workers
    return (
        f"{show.counted(said['models'], 'model')}, {'an unknown number' if offered is None else offered} of them with "
        f"workers; {show.counted(workers.online, 'worker') if workers else 'an unknown number of workers'} online."
    )


def _ago(seconds: int) -> str:
    if seconds < 0:
        return "in the future, by this computer's clock"
    for length, noun in ((_DAY, "day"), (_HOUR, "hour"), (_MINUTE, "minute")):
        if seconds >= length:
            return f"{show.counted(seconds // length, noun)} ago"
    return "just now"
