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
from horde_reference.workflows.hub import Hub, now
from horde_reference.workflows.sync import pulling
from horde_reference.workflows.sync.branching import branch_of
from horde_reference.workflows.sync.granting import allowed, key_of, taken
from horde_reference.workflows.sync.guarding import Limits, guard
from horde_reference.workflows.sync.marking import Mark, read
from horde_reference.workflows.sync.ours import Ours
from horde_reference.workflows.sync.past import Past
from horde_reference.workflows.sync.planning import Basis, Plan, plan
from horde_reference.workflows.sync.pushing import Manner, Outcome, push
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
    allow_many: bool = False
    """Whether however many models may change."""
    allow_shrink: bool = False
    """Whether a category may lose whatever share of its models."""
    again: bool = False
    """Whether to propose even what was refused."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan, and what it was made of."""

    ours: Ours
    target: Target
    categories: Sequence[Category]
    plan: Plan
    standing: pulling.Standing
    """Pull requests from the branch of the sync, where somebody asks who can be told of them."""
    mark: Mark
    """What people let it do, now and as long as its pull request is open."""


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
        standing, past = _standing(there.hub, order.repository, there.place), Past(ours, there)
        before = read(standing.open.body) if standing.open else Mark()
        made, takes = _planned(order, categories, past, before)
        allows = allowed(made, before.allows, many=order.allow_many, shrink=order.allow_shrink)
        made = replace(made, notes=[*_notes(past)])
        yield Prepared(ours, there, categories, made, standing, Mark(takes=takes, allows=allows))


def sync(order: Order) -> tuple[Plan, Outcome]:
    """Do what is to be done.

    Raises:
        CannotRun: it is not to be done, or cannot be. Doing it again goes on from there.
    """
    settings = order.settings
    with prepared(order, writes=not settings.dry_run) as found:
        if settings.dry_run:
            return found.plan, Outcome("shown")
        if not found.categories:  # settings chose those of the other repository
            return found.plan, Outcome("nothing")
        if found.plan.files:
            guard(found.plan, found.categories, limits_of(settings), found.mark.allows)
        source = found.ours.stated_commit() if found.plan.files and not found.target.folder else ""
        manner = Manner(
            settings=settings, source=source, origin=_origin(order), time=now(), comes_before=found.ours.comes_before,
            mark=found.mark, again=order.again,
        )  # fmt: skip
        return found.plan, push(found.target, found.plan, manner, found.standing)


def limits_of(settings: SyncSettings) -> Limits:
    """What may be done at once."""
    return Limits(
        max_changes_share=settings.max_changes_share,
        max_shrink=settings.max_shrink,
        released_python=settings.released_python,
    )


def write_out(made: Plan, out: Path) -> list[Path]:
    """Write the new files and the patch that makes them; returns what was written."""
    difference = out / f"{made.repository}.patch"
    _forget(made, out, difference)
    written = [out / checked_path(path) for path in made.files]
    for path, body in made.files.items():
        write_file(out / path, body)
    present = {path: body for path, body in made.before.items() if path in made.files}
    write_file(difference, patch(present, made.files) if made.files else b"")
    return [*written, difference]


def _forget(made: Plan, out: Path, difference: Path) -> None:
    """Take away the new files of a plan before this one, which its patch names. Nothing else there is ours."""
    if not difference.is_file():
        return
    named = set(difference.read_bytes().splitlines())
    for path in paths_of(categories_in(made.repository)):
        if f"+++ b/{path}".encode() in named and path not in made.files:
            (out / path).unlink(missing_ok=True)


def _standing(hub: Hub | None, repository: str, place: Place) -> pulling.Standing:
    if hub is None or hub.credential is None:
        return pulling.Standing(None, None)
    return pulling.standing(hub, branch_of(repository), place.branch)


def _planned(order: Order, categories: Sequence[Category], past: Past, before: Mark) -> tuple[Plan, tuple[str, ...]]:
    """What would be done, and the keys of the edits that it replaces as people said so, now or before."""
    basis, ours, files = _basis(order, past), past.ours.current, past.there.files
    made = plan(order.repository, categories, files, ours, basis)
    replaced = taken(made.edits, order.take_ours, before.takes)
    if basis is None or not replaced:
        return made, ()
    keys, judged = tuple(map(key_of, replaced)), basis.judge

    def judge(edit: Edit) -> Edit | None:
        found = judged(edit)  # first: keys are of what was judged, in which every safe fix is done
        return replace(found, before=found.theirs) if found and key_of(found) in keys else found

    made = plan(order.repository, categories, files, ours, replace(basis, judge=judge))
    return replace(made, taken=replaced), keys


def _basis(order: Order, past: Past) -> Basis | None:
    # Where no sync is ours, the newest one tells what is missing.
    commit = order.base or next((one.source for one in (*past.syncs, *past.there.syncs)), None)
    if commit is None or commit == NO_BASE:
        return None
    return Basis(records=past.ours.at(commit), judge=lambda edit: past.judged(edit, commit, stated=bool(order.base)))


def _notes(past: Past) -> Iterator[str]:
    for one in past.foreign:
        yield f"{one.commit} there says that it was synced from {one.source}, which is no part of our history: ignored."


def _origin(order: Order) -> str:
    """Address of the commits of our repository, as a workflow knows it."""
    name = order.environment.get("GITHUB_REPOSITORY")
    server = order.environment.get("GITHUB_SERVER_URL", _SERVER).rstrip("/")
    return f"{server}/{name}/commit/" if name else ""
