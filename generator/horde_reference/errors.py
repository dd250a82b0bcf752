"""What can go wrong, and the exit code that the command line gives it.

    HordeReferenceError
    ├── CannotRun            3  the command could not do its work
    │   ├── NoHistory        3  there is no git history where one is needed; a build goes on without
    │   ├── NotConforming    3  an emitted file does not keep to its schema
    │   ├── OutputNotOurs    3  the output folder holds something that this tool did not make
    │   └── WouldShrink      3  a category lost more records than may pass unnoticed
    ├── NotRecords           3  a file of records is not what it should be
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


class NotRecords(HordeReferenceError):
    """A file of records is not what it should be."""


class UnsafePath(HordeReferenceError):
    """A path would leave the folder that it belongs to."""
