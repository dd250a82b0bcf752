"""Syncing whenever something is new, until somebody says stop."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from horde_reference.errors import HordeReferenceError

MOST_ERRORS: Final = 10
"""So many errors in a row, and watching ends: somebody has to look."""
_STATUS_EVERY: Final = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What is watched, and how."""

    look: Callable[[], str]
    """Says what is newest, such as the id of a commit."""
    act: Callable[[str], str]
    """Syncs one repository; says what it did."""
    say: Callable[[str], None]
    """Tells people."""
    wait: Callable[[float], bool]
    """Lets seconds pass; returns whether somebody said stop."""
    seconds: Callable[[], float]
    """Time that never goes back."""
    repositories: Iterable[str]
    interval: float
    initial_delay: float = 0.0
    syncs_at_start: bool = True


@dataclass(slots=True)
class _Course:
    """How it went so far."""

    done: dict[str, str] = field(default_factory=dict)
    """Repository → what it was last synced to."""
    looks: int = 0
    syncs: int = 0
    errors: int = 0
    """In a row."""
    newest: str = ""
    told: float = 0.0


def watch(wanted: Watch) -> bool:
    """Look and sync until somebody says stop; returns whether it was that which ended it, and no run of errors.

    A repository that could not be synced is tried again at the next look, and keeps no other from being synced.
    """
    course = _Course(told=wanted.seconds())
    if wanted.initial_delay and wanted.wait(wanted.initial_delay):
        return True
    while course.errors < MOST_ERRORS:
        failed = _turn(wanted, course)
        course.errors = course.errors + 1 if failed else 0
        _tell(wanted, course)
        if course.errors < MOST_ERRORS and wanted.wait(wanted.interval):
            wanted.say("Stopped.")
            return True
    wanted.say(f"{MOST_ERRORS} errors in a row: stopped.")
    return False


def _turn(wanted: Watch, course: _Course) -> bool:
    """One look, and what it calls for; returns whether anything failed."""
    course.looks += 1
    try:
        newest = wanted.look()
    except (HordeReferenceError, OSError) as error:
        wanted.say(f"Nobody knows whether anything is new: {error}")
        return True
    is_first, course.newest = not course.newest, newest
    failed = False
    for repository in wanted.repositories:
        if is_first and not wanted.syncs_at_start:
            course.done[repository] = newest
        if course.done.get(repository) != newest:
            failed |= not _sync(wanted, course, repository)
    return failed


def _sync(wanted: Watch, course: _Course, repository: str) -> bool:
    try:
        wanted.say(f"{repository}: {wanted.act(repository)}")
    except (HordeReferenceError, OSError) as error:
        wanted.say(f"{repository}: {error}")
        return False
    course.done[repository] = course.newest
    course.syncs += 1
    return True


def _tell(wanted: Watch, course: _Course) -> None:
    now = wanted.seconds()
    if now - course.told >= _STATUS_EVERY:
        course.told = now
        at = course.newest[:12] or "nothing"
        wanted.say(f"Looked {course.looks} times, synced {course.syncs}, {course.errors} errors in a row; at {at}.")
