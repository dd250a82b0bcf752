"""What stops a sync: too much at once, files that released programs could not read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

import jsonschema_rs

from horde_reference.adapters.released import read_by_released
from horde_reference.emit.schemas.legacy import legacy_file
from horde_reference.errors import CannotRun, NotConforming
from horde_reference.formats.json_reading import NotJson, loads
from horde_reference.formats.legacy_update.difference import entries
from horde_reference.records.categories import Category
from horde_reference.workflows.shrinking import refuse_shrinking
from horde_reference.workflows.sync.granting import CHANGES
from horde_reference.workflows.sync.planning import Plan
from horde_reference.workflows.sync.state import DATABASE

ALWAYS_FEW: Final = 10
"""So many changes are few, whatever their share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What may be done at once."""

    max_changes_share: float
    """Share of all records that may change; all of them if it is 1."""
    max_shrink: float
    """Share of its records that a category may lose."""
    released_python: Path | None = None
    """An interpreter that has the released client, which then must read the files."""


def guard(
    plan: Plan, categories: Iterable[Category], limits: Limits, allows: Mapping[str, int] = MappingProxyType({})
) -> None:
    """Let a plan pass, or say why not.

    Args:
        plan: what is to be done.
        categories: those that are synced.
        limits: what may be done at once.
        allows: what people let be done beyond, as `granting.allowed` has it: the limits count from there.

    Raises:
        CannotRun: it changes too much, or makes something that cannot be read.
    """
    carried = list(categories)
    _refuse_too_much(plan, limits.max_changes_share, allows.get(CHANGES, 0))
    before = {name: min(had, allows.get(name, had)) for name, had in plan.counts["before"].items()}
    refuse_shrinking(before, plan.counts["after"], limits.max_shrink, few=1)
    for category in carried:
        _conform(plan, category)
    if limits.released_python:
        _refuse_unread(plan, carried, limits.released_python)


def _refuse_too_much(plan: Plan, share: float, allowed: int) -> None:
    total = sum(plan.counts["before"].values())
    if share < 1 and len(plan.changes) - allowed > max(ALWAYS_FEW, share * total):
        raise CannotRun(
            f"This would change {len(plan.changes)} of {total} models of the {plan.repository} repository, more than "
            f"{share:.0%}. If that is meant, say --allow-many. Nothing was changed."
        )


def _conform(plan: Plan, category: Category) -> None:
    path = DATABASE if category.repository == "text" else str(category.legacy_file)
    if path not in plan.files:
        return
    try:
        document = loads(plan.files[path])
        jsonschema_rs.Draft202012Validator(legacy_file(category)).validate(document)
    except NotJson as fault:
        raise NotConforming(f"{path} would not be JSON: {fault}. Nothing was changed.") from None
    except jsonschema_rs.ValidationError as error:
        where = "/".join(map(str, error.instance_path))
        raise NotConforming(
            f"{path} would not keep to its schema at /{where}: {error.message}. Nothing was changed."
        ) from None


def _refuse_unread(plan: Plan, categories: list[Category], python: Path) -> None:
    """Compare what the released client reads from the new files with what stands in them.

    Files that are left as they are because they cannot be read are not shown to it: it could not read them either.
    """
    broken = {fault.path for fault in plan.faults}
    files = {path: body for path, body in {**plan.before, **plan.files}.items() if path not in broken}
    found = read_by_released(python, plan.repository, files)
    for category in categories:
        path = str(category.legacy_file)
        if path not in plan.files:
            continue
        wanted, read = entries(path, files[path]).keys(), set(found.get(category.name, ()))
        if differ := sorted(wanted ^ read):
            raise NotConforming(
                f"The released client would read {len(read)} models from {path} and not {len(wanted)}; "
                f"they differ in {', '.join(differ[:ALWAYS_FEW])}. Nothing was changed."
            )
