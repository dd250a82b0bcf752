"""Syncing whenever something is new, until somebody says stop."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from horde_reference.adapters.github.errors import RateLimited
from horde_reference.errors import HordeReferenceError

MOST_ERRORS: Final = 10
"""So many errors in a row of all repositories, or of looking, and watching ends: somebody has to look."""
_STATUS_EVERY: Final = 300.0
_REST: Final = 300.0
"""Seconds until one that failed so often is tried again, as long as others can be synced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What is watched, and how."""

    look: Callable[[], str]
    """Says what is newest, such as the id of a commit."""
    act: Callable[[str], Sequence[str]]
    """Syncs one repository; says what it did, in lines."""
    say: Callable[[str], None]
    """Tells people."""
    wait: Callable[[float], bool]
    """Lets seconds pass; returns whether somebody said stop."""
    seconds: Callable[[], float]
    """Time that never goes back."""
    since_epoch: Callable[[], float]
    """Seconds since 1970, in which GitHub says when to come again."""
    repositories: Sequence[str]
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
    errors: Counter[str] = field(default_factory=Counter)
    """Repository → errors in a row."""
    unseen: int = 0
    """Looks in a row at which nobody could tell what is newest."""
    rests: dict[str, float] = field(default_factory=dict)
    """Repository → until when it is left alone."""
    newest: str = ""
    told: float = 0.0

    def is_hopeless(self, repositories: Sequence[str]) -> bool:
        """Whether there is nothing left that works."""
        return self.unseen >= MOST_ERRORS or all(self.errors[one] >= MOST_ERRORS for one in repositories)


def watch(wanted: Watch) -> bool:
    """Look and sync until somebody says stop; returns whether it was that which ended it, and no run of errors.

    A repository that could not be synced is tried again at the next look, or when GitHub says so, and keeps no other
    from being synced.
    """
    course = _Course(told=wanted.seconds())
    if wanted.initial_delay and wanted.wait(wanted.initial_delay):
        return True
    while True:
        _turn(wanted, course)
        _tell(wanted, course)
        if course.is_hopeless(wanted.repositories):
            wanted.say(f"{MOST_ERRORS} errors in a row: stopped.")
            return False
        if wanted.wait(wanted.interval):
            wanted.say("Stopped.")
            return True


def _turn(wanted: Watch, course: _Course) -> None:
    """One look, and what it calls for."""
    course.looks += 1
    try:
        newest = wanted.look()
    except (HordeReferenceError, OSError) as error:
        wanted.say(f"Nobody knows whether anything is new: {error}")
        course.unseen += 1
        return
    course.unseen = 0
    is_first, course.newest = not course.newest, newest
    for repository in wanted.repositories:
        if is_first and not wanted.syncs_at_start:
            course.done[repository] = newest
        if course.done.get(repository) != newest and course.rests.get(repository, 0.0) <= wanted.seconds():
            _sync(wanted, course, repository)


def _sync(wanted: Watch, course: _Course, repository: str) -> None:
    try:
        said = wanted.act(repository)
    except RateLimited as limit:
        said = [str(limit)]
        course.rests[repository] = wanted.seconds() + max(limit.until.timestamp() - wanted.since_epoch(), 0.0)
    except (HordeReferenceError, OSError) as error:
        said = [str(error)]
        course.errors[repository] += 1
        if course.errors[repository] >= MOST_ERRORS:
            course.rests[repository] = wanted.seconds() + _REST
    else:
        course.done[repository] = course.newest
        course.errors[repository] = 0
        course.syncs += 1
    for line in said:
        wanted.say(f"{repository}: {line}")


def _tell(wanted: Watch, course: _Course) -> None:
    now = wanted.seconds()
    if now - course.told >= _STATUS_EVERY:
        course.told = now
        at, errors = course.newest[:12] or "nothing", course.unseen + course.errors.total()
        wanted.say(f"Looked {course.looks} times, synced {course.syncs}, {errors} errors in a row; at {at}.")
