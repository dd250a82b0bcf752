"""Commands that count and weigh records: stats, risk, popular."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from horde_reference.analytics.combined import Combined, combined, rank_by
from horde_reference.analytics.presets import PRESETS, summary
from horde_reference.analytics.risk import Risk, raised_names, risks
from horde_reference.analytics.risk_groups import grouped
from horde_reference.analytics.statistics import CategoryStatistics, statistics, units_of
from horde_reference.analytics.thresholds import SHOWN_POPULAR, THRESHOLDS
from horde_reference.cli.bar import progress
from horde_reference.cli.options import CommandT, data_option, format_option
from horde_reference.cli.records_shown import aligned, as_json
from horde_reference.cli.show import visible
from horde_reference.edition import Edition
from horde_reference.emit.risk import table
from horde_reference.formats.spreadsheet import csv_of
from horde_reference.records.categories import CATEGORIES
from horde_reference.workflows.fetched import FetchedFiles
from horde_reference.workflows.survey import survey

_FORMS: Final = ("text", "json", "csv")

usage_option: Final = click.option(
    "--usage", type=click.Path(path_type=Path), help="Snapshot of usage that `usage fetch` made."
)
category_argument: Final = click.argument("category", type=click.Choice(list(CATEGORIES)))
grouped_option: Final = click.option("--grouped", is_flag=True, help="Groups of text models instead of single ones.")


def _limit_option(default: int | None) -> Callable[[CommandT], CommandT]:
    words = "Show at most so many."
    return click.option(
        "--limit", type=click.IntRange(1), default=default, show_default=default is not None, help=words
    )


@click.command()
@click.argument("categories", metavar="[CATEGORY]...", nargs=-1, type=click.Choice(list(CATEGORIES)))
@data_option
@grouped_option
@format_option(*_FORMS)
def stats(categories: tuple[str, ...], data: Path, *, grouped: bool, form: str) -> None:
    """Count the models of categories: baselines, styles, sizes, hosts.

    Reads the records of --data; without CATEGORY those of all categories that have any. Writes nothing.
    Exits 0, 2 or 3.
    """
    edition, _ = survey(data, FetchedFiles(), progress())
    wanted = categories or [name for name, members in edition.published.categories.items() if members]
    found = [
        statistics(
            name, units_of(edition.published[name], edition.group_of(name) if grouped else None), computed_at=None
        )
        for name in wanted
    ]
    match form:
        case "json":
            click.echo(as_json({one.category: msgspec.to_builtins(one) for one in found}))
        case "csv":
            _print_csv([("category", "what", "value", "count"), *(row for one in found for row in _counts(one))])
        case _:
            click.echo("\n\n".join("\n".join(_statistics_lines(one)) for one in found))


def _counts(one: CategoryStatistics) -> Iterator[tuple[str, str, str, int]]:
    """What is counted, one number a row."""
    yield one.category, "models", "", one.total_models
    yield one.category, "nsfw", "", one.nsfw_count
    for baseline in one.baseline_distribution.values():
        yield one.category, "baseline", baseline.baseline, baseline.count
    for style in one.top_styles:
        yield one.category, "style", style.tag, style.count
    for tag in one.top_tags:
        yield one.category, "tag", tag.tag, tag.count
    for bucket in one.parameter_buckets:
        yield one.category, "parameters", bucket.bucket_label, bucket.count
    for host, files in one.download_stats.hosts.items():
        yield one.category, "files on", host, files


def _statistics_lines(one: CategoryStatistics) -> Iterator[str]:
    yield one.category
    rows = [(what, visible(value), f"{count:,}") for _, what, value, count in _counts(one) if count]
    yield from (f"  {line}" for line in aligned(rows))


@click.command()
@category_argument
@click.option("--preset", type=click.Choice(list(PRESETS)), help="Only a selection of the models.")
@data_option
@usage_option
@grouped_option
@_limit_option(None)
@format_option(*_FORMS)
def risk(  # noqa: PLR0913 - one parameter an option
    category: str, preset: str | None, data: Path, usage: Path | None, limit: int | None, *, grouped: bool, form: str
) -> None:
    """Show which models are at risk of being deleted, and why: the most used first.

    Reads the records of --data and the snapshot of --usage; without one, nobody is called unused. Writes nothing.
    Presets: deletion_candidates, zero_usage, no_workers, missing_data, host_issues, critical, low_usage. Exits 0
    whatever it shows, 2 or 3.
    """
    edition = _with_usage(data, usage)
    found = [one for one in _risks(edition, category, by_group=grouped) if preset is None or PRESETS[preset].takes(one)]
    shown = found[:limit]
    match form:
        case "json":
            said = {"category": category, "usage_as_of": edition.usage_as_of(category)}
            click.echo(
                as_json({**said, "models": msgspec.to_builtins(shown), "summary": msgspec.to_builtins(summary(found))})
            )
        case "csv":
            click.echo(table(shown, edition.usage_as_of(category)).decode(), nl=False, color=True)
        case _:
            _print_table(("name", "month", "workers", "share %", "score", "flags"), map(_risk_row, shown))
            come_to = summary(found)
            critical = f"{come_to.models_at_risk} at risk, {come_to.models_critical} critical"
            what = "groups" if grouped else "models"
            click.echo(f"{len(found)} {what}: {critical}. {_age(edition, category)}")


def _risks(edition: Edition, category: str, *, by_group: bool) -> list[Risk]:
    found = risks(category, edition.published[category], edition.seen(category))
    groups = edition.group_of(category) if by_group else {}
    return grouped(found, groups) if groups else found


def _risk_row(one: Risk) -> Iterator[str]:
    yield visible(one.name)
    yield _number(one.usage_month)
    yield _number(one.worker_count)
    yield "?" if one.usage_percentage_of_category is None else f"{one.usage_percentage_of_category:.4f}"
    yield f"{one.risk_score}{'!' if one.is_critical else ''}"
    yield " ".join(raised_names(one.deletion_risk_flags))


@click.command()
@category_argument
@click.option(
    "--by", type=click.Choice(["workers", "day", "month", "total"]), default="workers", show_default=True,
    help="What counts: workers that offer it now, or requests.",
)  # fmt: skip
@data_option
@usage_option
@_limit_option(SHOWN_POPULAR)
@format_option(*_FORMS)
def popular(category: str, by: str, data: Path, usage: Path | None, limit: int, form: str) -> None:
    """Show which models are used most.

    Reads the records of --data and the snapshot of --usage, without which nothing is known. Writes nothing.
    Exits 0, 2 or 3.
    """
    edition = _with_usage(data, usage)
    found = combined(edition.published[category], edition.seen(category), edition.usage_as_of(category))
    names = rank_by(found, by)[:limit]
    match form:
        case "json":
            click.echo(as_json([{"name": name, **msgspec.to_builtins(found[name])} for name in names]))
        case "csv":
            _print_csv(
                [("name", "workers", "day", "month", "total"), *((name, *_numbers(found[name])) for name in names)]
            )
        case _:
            rows = ((visible(name), *map(_number, _numbers(found[name]))) for name in names)
            _print_table(("name", "workers", "day", "month", "total"), rows)
            click.echo(_age(edition, category))


def _numbers(one: Combined) -> tuple[int | None, int | None, int | None, int | None]:
    asked = one.usage_stats
    return one.worker_count, *(attrgetter("day", "month", "total")(asked) if asked else (None, None, None))


def _with_usage(data: Path, usage: Path | None) -> Edition:
    """The records and their usage; what is wrong with the snapshot is said on standard error."""
    edition, findings = survey(data, FetchedFiles(usage), progress())
    for finding in findings:
        click.echo(f"Warning: {finding.message} {finding.hint}", err=True)
    return edition


def _age(edition: Edition, category: str) -> str:
    if THRESHOLDS[category].domain is None:
        return "The AI-Horde does not count how much these are used."
    if (as_of := edition.usage_as_of(category)) is None:
        return "Nothing is known of usage: fetch it with horde-reference usage fetch, and name it with --usage."
    return f"Usage as of {datetime.fromtimestamp(as_of, UTC):%Y-%m-%d %H:%M} UTC."


def _number(number: int | None) -> str:
    return "?" if number is None else f"{number:,}"


def _print_table(head: Sequence[str], rows: Iterable[Iterable[str]]) -> None:
    found = [tuple(row) for row in rows]
    if found:
        click.echo("\n".join(aligned([tuple(head), *found])))


def _print_csv(rows: Iterable[Sequence[Any]]) -> None:
    click.echo(csv_of(rows), nl=False, color=True)
