"""Files of usage on disk: the snapshot, and the days of a series. Plain files only, and none that is too large."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from horde_reference.adapters.plain_files import opened, read_plain
from horde_reference.analytics.series import LAST_SECOND, Day, Series
from horde_reference.analytics.series import decode as decode_day
from horde_reference.analytics.usage import Usage, UsageUnsound
from horde_reference.analytics.usage import decode as decode_usage
from horde_reference.errors import CannotRun, NotThere, Unsound

MAX_SNAPSHOT_BYTES: Final = 64 * 2**20
"""A snapshot may have this many bytes."""
MAX_DAY_BYTES: Final = MAX_SNAPSHOT_BYTES
"""The file of a day may have this many bytes."""
MAX_DAYS: Final = 800
"""Days of a series that are read, the newest: two years, and some of what was before them."""

_YEAR: Final = re.compile(r"\d{4}")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}\.json")
_OPEN_FOLDER: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY


def read_snapshot(path: Path) -> Usage:
    """The snapshot that a file holds.

    Raises:
        NotThere: there is no such file.
        Unsound: it holds no snapshot, is no plain file, or too large.
        CannotRun: it cannot be read.
    """
    try:
        return _dated(decode_usage(read_plain(path, MAX_SNAPSHOT_BYTES)))
    except FileNotFoundError:
        raise NotThere(f"There is no snapshot of usage at {path}.") from None
    except (UsageUnsound, Unsound) as error:
        raise Unsound(f"{path} cannot be used: {error}.") from None
    except OSError as error:
        raise CannotRun(f"{path} cannot be read: {error.strerror}.") from error


def _dated(usage: Usage) -> Usage:
    if not 0 <= usage.fetched_at <= LAST_SECOND:
        raise UsageUnsound("it was fetched at a time that there is not")
    return usage


def read_series(folder: Path, problems: list[str]) -> Series:
    """The newest days below a folder. Files that hold none are passed over, and said; other files are let be.

    Raises:
        CannotRun: the folder does not exist or cannot be listed.
    """
    try:
        with opened(folder, os.O_RDONLY | os.O_DIRECTORY) as root:
            days = list(_days(root, problems))
    except OSError as error:
        raise CannotRun(f"The folder {folder} cannot be read: {error.strerror}.") from error
    return Series.of(days)


def _days(root: int, problems: list[str]) -> Iterator[Day]:
    left = MAX_DAYS
    for year in sorted(filter(_YEAR.fullmatch, os.listdir(root)), reverse=True):
        try:
            with opened(year, _OPEN_FOLDER, root) as inside:
                names = sorted(filter(_DAY.fullmatch, os.listdir(inside)), reverse=True)[:left]  # noqa: PTH208 - no path leads to it for certain
                for name in names:
                    yield from _day(f"{year}/{name}", inside, problems)
                left -= len(names)
        except OSError as error:
            problems.append(f"{year} was passed over: {error.strerror}.")


def _day(path: str, folder: int, problems: list[str]) -> Iterator[Day]:
    """The day of a file, or a problem."""
    try:
        day = decode_day(read_plain(path[5:], MAX_DAY_BYTES, folder))
    except (UsageUnsound, Unsound) as error:
        problems.append(f"{path} was passed over: {error}.")
    except OSError as error:
        problems.append(f"{path} was passed over: {error.strerror}.")
    else:
        if day.path == path:
            yield day
        else:
            problems.append(f"{path} was passed over: it was fetched on {day.date}.")
