"""The smoke test: what is public is what was built, for everybody who reads it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from horde_reference.adapters.heads import read_head
from horde_reference.adapters.polite import Clock
from horde_reference.adapters.released import read_published
from horde_reference.adapters.visiting import Visitor
from horde_reference.errors import CannotRun, Unread
from horde_reference.finding import Finding
from horde_reference.formats.addresses import API_ROOT
from horde_reference.formats.head import PATH, Head, decode
from horde_reference.workflows.publishing.public_checks import Check, Scope, body_at, checks, finding, names_at

HEAD: Final = "published-head"
UNREAD: Final = "published-unread"
PAUSE: Final = 15.0
"""Seconds between two rounds."""

Say = Callable[[str], None]
"""Tells people how it goes."""


@dataclass(frozen=True, slots=True)
class Smoke:
    """What a smoke test found."""

    findings: list[Finding]
    """All that is wrong, in the order in which it was asked for."""
    head: Head | None
    """The head that is public; `None` where there is none that can be read."""
    checks: int = 0
    """So many things were looked at."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for."""

    expected: Head | None = None
    """The head of what was built; `None` for whatever is public."""
    scope: Scope = field(default_factory=Scope)
    patience: float = 0.0
    """Seconds in which all of it must come to be right. Caches between may need as long."""
    released: Path | None = None
    """An interpreter that has the released client, which then must read everything."""


def expectation(path: Path) -> Head:
    """The head of a built tree.

    Raises:
        CannotRun: there is none.
    """
    head = read_head(path)
    if head is None:
        raise CannotRun(f"There is no {path}; it is the head.json of what was built.")
    return head


@dataclass(slots=True)
class _Course:
    """How far it is."""

    head: Head | None = None
    """The head that is public by now."""
    checks: list[Check] = field(default_factory=list)
    """All that there is to look at."""
    pending: list[Check] = field(default_factory=list)
    """What was not seen right yet."""


def smoke(visitor: Visitor, wanted: Wanted, clock: Clock, say: Say = lambda _: None) -> Smoke:
    """Look at all of it, and again at what was wrong, until nothing is or patience is at its end.

    Raises:
        CannotRun: the released client cannot be run.
    """
    end = clock.seconds() + wanted.patience
    course = _Course()
    found = _round(visitor, wanted, course)
    while found and clock.seconds() + PAUSE <= end:
        say(f"Not yet right: {len(found)}, such as {found[0].path}: {found[0].message}")
        clock.sleep(PAUSE)
        found = _round(visitor, wanted, course)
    if course.head and wanted.released:
        found = [*found, *_released(visitor, course.head, wanted.released)]
    return Smoke(found, course.head, len(course.checks))


def _round(visitor: Visitor, wanted: Wanted, course: _Course) -> list[Finding]:
    """One look; gives what is wrong. With another head all is to be looked at anew."""
    try:
        head = decode(body_at(visitor, PATH))
    except Unread as error:
        return [finding(visitor, PATH, HEAD, f"{error}.")]
    if fault := head_fault(head, wanted.expected):
        return [finding(visitor, PATH, HEAD, fault)]
    if head != course.head or not course.checks:
        try:
            course.checks = course.pending = checks(visitor, head, wanted.scope)
        except Unread as error:
            return [finding(visitor, PATH, HEAD, f"What it lists cannot be looked at: {error}.")]
        course.head = head
    failed = [(check, wrong) for check in course.pending if (wrong := list(check(visitor)))]
    course.pending = [check for check, _ in failed]
    return [one for _, wrong in failed for one in wrong]


def head_fault(found: Head, expected: Head | None) -> str:
    """What is wrong with a head that is public; nothing if something newer was published meanwhile."""
    if expected is None or found.number > expected.number:
        return ""
    if (found.number, found.commit) != (expected.number, expected.commit):
        return f"It is number {found.number}, {_short(found)}, and not number {expected.number}, {_short(expected)}."
    for path in sorted({*found.files, *expected.files}):
        if found.files.get(path) != expected.files.get(path):
            return f"It is of the right commit, but lists another {path}."
    return ""


def _short(head: Head) -> str:
    return f"commit {head.commit[:10]}" if head.commit else "of no commit"


def _released(visitor: Visitor, head: Head, python: Path) -> Iterator[Finding]:
    """Where the released client reads something else than is public. Of what it does not know it need not read."""
    read = read_published(python, visitor.root)
    if not read:
        yield finding(visitor, API_ROOT, UNREAD, "The released client reads no category at all.")
    for category in [one for one in head.records if one in read]:
        path = f"{API_ROOT}/v2/{category}"
        try:
            names = set(names_at(visitor, category))
        except Unread as error:
            yield finding(visitor, path, UNREAD, f"{error}.")
            continue
        if differing := sorted(names ^ set(read[category])):
            few = ", ".join(map(repr, differing[:3]))
            message = (
                f"The released client reads {len(read[category])} models and not {len(names)}; they differ: {few}."
            )
            yield finding(visitor, path, UNREAD, message)
