"""What can go wrong, and the exit code that the command line gives it.

    HordeReferenceError
    ├── CannotRun            3  the command could not do its work
    │   ├── NoHistory        3  there is no git history where one is needed; a build goes on without
    │   ├── NotConforming    3  an emitted file does not keep to its schema
    │   ├── OutputNotOurs    3  the output folder holds something that this tool did not make
    │   ├── Refused, RateLimited   3  GitHub does not do it; see `adapters.github.errors`
    │   ├── GitFailed        3  git does not do it; see `adapters.git.failures`
    │   ├── Malformed        3  a legacy file cannot be updated; see `formats.legacy_update.malformed`
    │   └── WouldShrink      3  a category lost more records than may pass unnoticed
    ├── Unread               3  a source could not be read
    │   ├── NotThere         3  it has no such file
    │   ├── Unreachable      3  it did not answer, or not in time
    │   └── Unsound          3  its answer is not what it should be
    ├── UnknownField, UnknownName, UnknownValue   3  a query asks for what there is not; see `query.errors`
    └── UnsafePath           3  a path would leave the folder that it belongs to

Exit codes: 0 done and clean (warnings do not count), 1 findings, 2 wrong usage of the command line, 3 could not run.
"""

from typing import Final

EXIT_CLEAN: Final = 0
EXIT_FINDINGS: Final = 1
EXIT_USAGE: Final = 2
EXIT_CANNOT_RUN: Final = 3


class HordeReferenceError(Exception):
    """Base of every error that this package raises on purpose."""


class CannotRun(HordeReferenceError):
    """The command could not do its work."""


class NoHistory(CannotRun):
    """There is no git history where one is needed."""


class NotConforming(CannotRun):
    """An emitted file does not keep to its schema: a fault of the generator, so nothing is published."""


class OutputNotOurs(CannotRun):
    """The output folder holds something that this tool did not make."""


class WouldShrink(CannotRun):
    """A category lost more records than may pass unnoticed."""


class Unread(HordeReferenceError):
    """A source could not be read."""


class NotThere(Unread):
    """A source has no such file."""


class Unreachable(Unread):
    """A source did not answer, or not in time."""


class Unsound(Unread):
    """The answer of a source is not what it should be: cut off, another file, far fewer records than before."""


class UnsafePath(HordeReferenceError):
    """A path would leave the folder that it belongs to."""
