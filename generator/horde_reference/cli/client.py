"""Commands that read what is published, as any program can: query, get, status."""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final

import click

from horde_reference.cli import records_shown
from horde_reference.cli.options import format_option, settings_with, source_options
from horde_reference.cli.show import visible
from horde_reference.client.opening import open_reference
from horde_reference.client.reference import Reference
from horde_reference.client.shortcuts import RecordT, Shortcuts
from horde_reference.client.status import CategoryStatus
from horde_reference.errors import EXIT_CANNOT_RUN, EXIT_CLEAN, EXIT_FINDINGS, Unread
from horde_reference.formats.head import Head
from horde_reference.query.conditions import parse_condition
from horde_reference.query.errors import UnknownField, UnknownValue, Unsuitable, nearest
from horde_reference.query.query import Query
from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES

_SUGGESTIONS: Final = 3


class _Kinds(Shortcuts):
    """Says of a shortcut which kind of records it stands for."""

    def of(self, kind: type[RecordT]) -> Query[RecordT]:
        return Query(kind, dict)


_SHORTCUTS = [name for name, value in vars(Shortcuts).items() if isinstance(value, property)]
KINDS: Final[Mapping[str, type[Record]]] = {name: getattr(_Kinds(), name).kind for name in _SHORTCUTS} | {
    name: category.record for name, category in CATEGORIES.items()
}
"""Category or shortcut → kind of its records."""


def _kind(_ctx: click.Context, parameter: click.Parameter, value: str | None) -> type[Record] | None:
    if value is None:
        return None
    found = KINDS.get(value.casefold().replace("-", "_"))
    if found is None:
        unknown = UnknownValue(value, list(KINDS), f"There is no category {value!r}.")
        raise click.BadParameter(str(unknown), param=parameter)
    return found


@contextmanager
def _opened(sources: Mapping[str, Any]) -> Iterator[Reference]:
    """The reference that environment and options describe; what it warns of is told, a line each."""
    with warnings.catch_warnings(record=True) as caught, open_reference(settings_with(**sources)) as reference:
        warnings.simplefilter("always", UserWarning)
        try:
            yield reference
        finally:
            for message in dict.fromkeys(str(one.message) for one in caught):
                click.echo(f"Warning: {visible(message)}", err=True)


@click.command()
@click.argument("kind", callback=_kind, metavar="CATEGORY")
@click.option(
    "--where", "conditions", metavar="CONDITION", multiple=True,
    help="Field, sign and value, such as 'size<7e9', with one of = != < <= > >= or ~= for contains. All must hold.",
)  # fmt: skip
@click.option("--sfw/--nsfw", default=None, help="Only models that are safe for work, or only those that are not.")
@click.option("--tag", "tags", multiple=True, help="Only models with this tag; several: with all of them.")
@click.option("--baseline", help="Only models of this baseline; of image models in any spelling, such as SDXL.")
@click.option("--sort", metavar="FIELD", help="Put models in the order of this field.")
@click.option("--descending", is_flag=True, help="With --sort: from the greatest to the least.")
@click.option("--limit", type=click.IntRange(0), help="Show no more than so many.")
@click.option("--offset", type=click.IntRange(0), default=0, help="Leave out the first so many.")
@click.option("--fields", "paths", metavar="A,B,C", help="Show these fields; of parts: finetune_series.name.")
@format_option("table", "json", "csv", "names")
@source_options
def query(  # noqa: PLR0913 - one parameter an option
    kind: type[Record], paths: str | None, form: str, *,
    url: tuple[str, ...], directory: str | None, offline: bool, pin: int | None, **wanted: Any,  # noqa: ANN401 - values of the options
) -> None:  # fmt: skip
    """Show the models of a category that meet conditions.

    CATEGORY is one such as image_generation, or a word such as images, texts, controlnets. Reads what is published,
    from where HORDE_REFERENCE_* and the options say. Writes nothing but copies of it into the cache. A table shows
    the fields that tell most and fits the terminal; json and csv have every field, as it is. Exits 0, also where
    nothing is found, 2 or 3.
    """
    if paths and form == "names":
        raise click.UsageError("--fields is for the formats table, json and csv.")
    with _opened({"url": url, "directory": directory, "offline": offline, "pin": pin}) as reference:
        try:
            columns = records_shown.named_fields(kind, paths or "")
            selected = _selected(reference.of(kind), wanted)
        except (UnknownField, UnknownValue, Unsuitable) as error:
            raise click.UsageError(str(error)) from error
        records_shown.show(form, kind, list(iter(selected)), columns)


def _selected(found: Query[Record], wanted: Mapping[str, Any]) -> Query[Record]:
    for text in wanted["conditions"]:
        found = found.where(**dict([parse_condition(text, found.kind)]))
    if wanted["sfw"] is not None:
        found = found.sfw() if wanted["sfw"] else found.nsfw()
    if wanted["baseline"]:
        found = found.for_baseline(wanted["baseline"])
    if wanted["tags"]:
        found = found.tagged(all_of=wanted["tags"])
    found = _ordered(found, wanted["sort"], descending=wanted["descending"]).offset(wanted["offset"])
    return found if wanted["limit"] is None else found.limit(wanted["limit"])


def _ordered(found: Query[Record], field: str | None, *, descending: bool) -> Query[Record]:
    if field:
        return found.order_by(records_shown.path_of(field), descending=descending)
    if descending:
        raise click.UsageError("--descending needs --sort.")
    return found


@click.command()
@click.argument("name")
@click.option("--category", "kind", metavar="CATEGORY", callback=_kind, help="Only of this category.")
@format_option("text", "json")
@source_options
@click.pass_context
def get(
    ctx: click.Context, /, name: str, kind: type[Record] | None, form: str, **sources: Any  # noqa: ANN401 - values of the options
) -> None:  # fmt: skip
    """Show all that is published of the model NAME.

    Reads what is published, from where HORDE_REFERENCE_* and the options say. Writes nothing but copies of it into
    the cache. Where several categories have a model of this name, all are shown. Exits 0, 1 if there is no such
    model, 2 or 3.
    """
    kinds = [kind] if kind else [category.record for category in CATEGORIES.values()]
    with _opened(sources) as reference:
        found, known = _named(reference, name, kinds)
    if form == "json":
        documents = [{"record_type": one.category, **records_shown.published(one)} for one in found]
        click.echo(records_shown.as_json(documents))
    else:
        click.echo("\n\n".join("\n".join(records_shown.as_lines(one)) for one in found), nl=bool(found))
    if not found:
        click.echo(_no_such(name, known), err=True)
        ctx.exit(EXIT_FINDINGS)


def _named(reference: Reference, name: str, kinds: Iterable[type[Record]]) -> tuple[list[Record], set[str]]:
    """The records of a name, and all names. A category that cannot be had matters only where nothing was found.

    Raises:
        Unread: nothing was found, and a category cannot be had.
    """
    found: list[Record] = []
    known: set[str] = set()
    failures: list[Unread] = []
    for kind in kinds:
        try:
            records = reference.of(kind).to_dict()
        except Unread as failure:
            failures.append(failure)
            continue
        known |= records.keys()
        found += [records[name]] if name in records else []
    if failures and not found:
        raise failures[0]
    return found, known


def _no_such(name: str, known: set[str]) -> str:
    near: list[str] = []
    while len(near) < _SUGGESTIONS and (one := nearest(name, known.difference(near))):
        near.append(one)
    hint = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
    return f"There is no model {name!r}.{hint}"


@click.command()
@format_option("table", "json")
@source_options
@click.pass_context
def status(ctx: click.Context, /, form: str, **sources: Any) -> None:  # noqa: ANN401 - values of the options
    """Show where models are read from, and how each category stands.

    Reads every category, from where HORDE_REFERENCE_* and the options say. Writes nothing but copies of them into
    the cache. Says the sources, the newest commit that they publish, and for each category its number of models, how
    long ago they were last known to be so, and what went wrong since. Exits 0, 2, or 3 if nothing can be had.
    """
    with _opened(sources) as reference:
        categories, head = reference.status(), _head(reference)
        source = " over ".join(reference.sources)
    if form == "json":
        click.echo(records_shown.as_json(_facts(source, head, categories)))
    else:
        for line in _described(source, head, categories):
            click.echo(visible(line))
    ctx.exit(EXIT_CANNOT_RUN if all(one.count is None for one in categories) else EXIT_CLEAN)


def _head(reference: Reference) -> Head | None:
    try:
        return reference.head
    except Unread:  # the categories may be had from elsewhere
        return None


def _facts(source: str, head: Head | None, categories: Iterable[CategoryStatus]) -> dict[str, Any]:
    said = head and {"number": head.number, "commit": head.commit, "time": head.time, "modified": head.modified}
    rows = [{"category": one.category, "count": one.count, "age": one.age, "problem": one.problem}
            for one in categories]  # fmt: skip
    return {"source": source, "head": said, "categories": rows}


def _described(source: str, head: Head | None, categories: Iterable[CategoryStatus]) -> Iterator[str]:
    yield f"source: {source}"
    yield f"head: {_of_head(head) if head else 'not known'}"
    yield ""
    rows = [[one.category, "-" if one.count is None else str(one.count), _age(one.age), one.problem]
            for one in categories]  # fmt: skip
    yield from records_shown.aligned([["category", "models", "age", "problem"], *map(_visible, rows)])


def _visible(row: Iterable[str]) -> list[str]:
    return [visible(cell) for cell in row]


def _of_head(head: Head) -> str:
    when = "" if head.time is None else f", {datetime.fromtimestamp(head.time, UTC):%Y-%m-%d %H:%M} UTC"
    modified = ", edited since" if head.modified else ""
    return f"number {head.number}, commit {head.commit or 'not known'}{when}{modified}"


def _age(seconds: float | None) -> str:
    """A span of time in the largest unit of which there is at least one."""
    if seconds is None:
        return "-"
    units = ((86400, "d"), (3600, "h"), (60, "min"))
    return next((f"{seconds / size:.0f} {unit}" for size, unit in units if seconds >= size), f"{seconds:.0f} s")
