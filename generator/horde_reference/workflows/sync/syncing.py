"""A sync from end to end: what is asked for, what would be done, doing it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from horde_reference.adapters.disk import write_file
from horde_reference.adapters.git.patches import patch
from horde_reference.changes.three_way import Edit
from horde_reference.records.categories import Category
from horde_reference.tree import checked_path
from horde_reference.workflows.hub import now
from horde_reference.workflows.sync.guarding import Limits, guard
from horde_reference.workflows.sync.ours import Ours
from horde_reference.workflows.sync.past import Past
from horde_reference.workflows.sync.planning import Basis, Plan, plan
from horde_reference.workflows.sync.pushing import Manner, Outcome, branch_of, push
from horde_reference.workflows.sync.state import categories_in, paths_of
from horde_reference.workflows.sync.targets import Target, target
from horde_reference.workflows.sync_settings import Place, SyncSettings

REPOSITORIES: Final = ("image", "text")
"""The legacy repositories."""
NO_BASE: Final = "none"
"""In place of a base: both sides never were the same."""
_SERVER: Final = "https://github.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for."""

    repository: str
    """image or text."""
    data: Path
    """Folder of our records."""
    environment: Mapping[str, str]
    """Where GitHub is, and who asks."""
    settings: SyncSettings
    target: str = ""
    """Owner and name, or a folder; empty for what the settings name."""
    base: str = ""
    """Commit of ours that both sides were the same at; empty for what the target says, `NO_BASE` for none."""
    take_ours: frozenset[str] = field(default_factory=frozenset)
    """Names of models that were edited there and are to be as they are here."""
    again: bool = False
    """Whether to propose even what was refused."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan, and what it was made of."""

    ours: Ours
    target: Target
    categories: Sequence[Category]
    plan: Plan


@contextmanager
def prepared(order: Order, *, writes: bool = False) -> Iterator[Prepared]:
    """What would be done.

    Raises:
        CannotRun: one side cannot be read.
    """
    ours = Ours(order.data)
    categories = categories_in(order.repository, order.settings.categories_to_sync)
    place: Place = getattr(order.settings, f"{order.repository}_repo")
    paths, branch = paths_of(categories_in(order.repository)), branch_of(order.repository)
    with target(order.target, place, paths, branch, order.environment, writes=writes) as there:
        past = Past(ours, there)
        basis = _basis(order, ours, there, past)
        made = plan(order.repository, categories, there.files, ours.current, basis)
        yield Prepared(ours, there, categories, replace(made, notes=[*_notes(past)]))


def sync(order: Order) -> tuple[Plan, Outcome]:
    """Do what is to be done.

    Raises:
        CannotRun: it is not to be done, or cannot be. Doing it again goes on from there.
    """
    settings = order.settings
    with prepared(order, writes=not settings.dry_run) as found:
        if settings.dry_run:
            return found.plan, Outcome("shown")
        if found.plan.files:
            guard(found.plan, found.categories, limits_of(settings))
        source = found.ours.stated_commit() if found.plan.files and not found.target.folder else ""
        manner = Manner(settings=settings, source=source, origin=_origin(order), time=now(), again=order.again)
        return found.plan, push(found.target, found.plan, manner)


def limits_of(settings: SyncSettings) -> Limits:
    """What may be done at once."""
    return Limits(
        max_changes_share=settings.max_changes_share,
        max_shrink=settings.max_shrink,
        released_python=settings.released_python,
    )


def write_out(made: Plan, out: Path) -> list[Path]:
    """Write the new files and the patch that makes them; returns what was written."""
    written = [out / checked_path(path) for path in made.files]
    for path, body in made.files.items():
        write_file(out / path, body)
    difference = out / f"{made.repository}.patch"
    present = {path: body for path, body in made.before.items() if path in made.files}
    write_file(difference, patch(present, made.files) if made.files else b"")
    return [*written, difference]


def _basis(order: Order, ours: Ours, there: Target, past: Past) -> Basis | None:
    # Where no sync is ours, the newest one tells what is missing.
    commit = order.base or next((one.source for one in (*past.syncs, *there.syncs)), None)
    if commit is None or commit == NO_BASE:
        return None

    def judge(edit: Edit) -> Edit | None:
        if order.take_ours.intersection(edit.names):
            return replace(edit, before=edit.theirs)
        return past.judged(edit, commit, stated=bool(order.base))

    return Basis(records=ours.at(commit), judge=judge)


def _notes(past: Past) -> Iterator[str]:
    for one in past.foreign:
        yield f"{one.commit} there says that it was synced from {one.source}, which is no part of our history: ignored."


def _origin(order: Order) -> str:
    """Address of the commits of our repository, as a workflow knows it."""
    name = order.environment.get("GITHUB_REPOSITORY")
    server = order.environment.get("GITHUB_SERVER_URL", _SERVER).rstrip("/")
    return f"{server}/{name}/commit/" if name else ""
