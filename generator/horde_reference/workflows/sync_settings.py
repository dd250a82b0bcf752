"""How the legacy repositories are synced, as the environment says. One row a setting."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from horde_reference.adapters.github.paths import checked_name
from horde_reference.errors import CannotRun
from horde_reference.records.categories import CATEGORIES
from horde_reference.workflows.shrinking import MAX_SHRINK

PREFIX: Final = "HORDE_GITHUB_SYNC_"
"""What the names of all settings begin with."""

_LONGEST: Final = 86_400.0
_FLAGS: Final = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A repository on GitHub, and one of its branches."""

    name: str
    """Owner and name, joined by a slash."""
    branch: str


def _flag(text: str) -> bool:
    if text.lower() not in _FLAGS:
        raise ValueError("say true or false")
    return _FLAGS[text.lower()]


def _number(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("say a whole number")
    return int(text)


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise ValueError("say a number from 0 to 1")
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= _LONGEST:
        raise ValueError("say a number of seconds, at most a day")
    return value


def _interval(text: str) -> float:
    value = _seconds(text)
    if value == 0:
        raise ValueError("say a number of seconds above 0")
    return value


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _categories(text: str) -> tuple[str, ...]:
    found = _words(text)
    if unknown := [name for name in found if name not in CATEGORIES]:
        raise ValueError(f"there is no category {', '.join(unknown)}")
    return found


def place(text: str) -> Place:
    """A repository, from `owner/name` or `owner/name@branch`.

    Raises:
        ValueError: it is none.
    """
    name, _, branch = text.partition("@")
    try:
        checked_name(name)
    except CannotRun:
        raise ValueError("say owner/name or owner/name@branch") from None
    return Place(name, branch or "main")


def _program(text: str) -> Path | None:
    if text and not os.access(text, os.X_OK):
        raise ValueError("there is no such program")
    return Path(text) if text else None


def _folder(text: str) -> Path | None:
    return Path(text) if text else None


def _address(text: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        raise ValueError("say an address that begins with http:// or https://")
    return text.rstrip("/")


@dataclass(frozen=True, slots=True)
class Row:
    """One setting."""

    name: str
    """Its name without the prefix, in lower case."""
    default: str
    """What holds where nothing is set, as it would be set."""
    read: Callable[[str], Any]
    """Text → value; raises `ValueError` with what to say instead."""
    doc: str
    """What it is for."""


# fmt: off
ROWS: Final = (
    Row("image_repo", "Haidra-Org/AI-Horde-image-model-reference", place, "Legacy image repository, with @branch if not main."),  # noqa: E501
    Row("text_repo", "Haidra-Org/AI-Horde-text-model-reference", place, "Legacy text repository, with @branch if not main."),  # noqa: E501
    Row("categories_to_sync", "", _categories, "Categories to sync, with commas between; empty for all."),
    Row("pr_labels", "automated, sync, ready-for-review", _words, "Labels of the pull request."),
    Row("pr_reviewers", "", _words, "Logins of those who are asked for a review."),
    Row("pr_auto_assign_team", "", str, "Slug of a team that is asked for a review."),
    Row("min_changes_threshold", "1", _number, "Changed models below which nothing is proposed."),
    Row("max_changes_share", "0.2", _share, "Share of all models above which nothing is proposed; ten are always few, 1 is no limit."),  # noqa: E501
    Row("max_shrink", str(MAX_SHRINK), _share, "Share of its models that a category may lose at once; one is always few."),  # noqa: E501
    Row("released_python", "", _program, "Python that has the released client, which then must read the new files."),
    Row("dry_run", "false", _flag, "Whether `push` only says what it would do."),
    Row("no_pr", "false", _flag, "Whether to push the branch and open no pull request."),
    Row("output_dir", "", _folder, "Folder that the new files and the patch are written to."),
    Row("primary_api_url", "", _address, "Published tree whose `head.json` `watch` asks; empty for the clone's own HEAD."),  # noqa: E501
    Row("primary_api_timeout", "30", _interval, "Seconds that asking it may take."),
    Row("watch_interval_seconds", "60", _interval, "Seconds between two looks of `watch`."),
    Row("watch_initial_delay_seconds", "0", _seconds, "Seconds before its first look."),
    Row("watch_enable_startup_sync", "true", _flag, "Whether `watch` syncs when it begins, before anything is new."),
    Row("github_app_id", "", str, "Number or client id of the GitHub App that asks; wins over a token."),
    Row("github_app_private_key", "", str, "Its private key in PEM; line ends may be written as `\\n`."),
    Row("github_app_private_key_path", "", str, "File that holds the key instead."),
    Row("github_app_installation_id", "", str, "Number of its installation; without, GitHub is asked."),
    Row("github_installation_id", "", str, "The same, as it was called before."),
    Row("github_token", "", str, "Token for where there is no App; plain `GITHUB_TOKEN` serves as well."),
)
# fmt: on
"""All settings."""

GONE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TARGET_CLONE_DIR": "`--target DIR` names a clone; without, none is needed.",
        "SYNC_TEMP_DIR": "`TMPDIR` says where temporary folders go.",
        "SUPPRESS_META_WARNINGS": "There are none.",
        "VERBOSE_LOGGING": "What is done is said.",
        "WATCH_MODE": "`sync watch` is a command.",
    }
)
"""Settings of the service that this replaces, which are passed over, and why."""


class SyncSettings:
    """How to sync, one attribute a row of `ROWS`."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = {row.name: values[row.name] if row.name in values else row.read(row.default) for row in ROWS}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - values of any row
        try:
            return self.__dict__["_values"][name]
        except KeyError:
            raise AttributeError(name) from None

    def replaced(self, **stated: Any) -> "SyncSettings":  # noqa: ANN401 - values of any row
        """The same but for those that are stated; `None` states nothing."""
        return SyncSettings(self._values | {name: value for name, value in stated.items() if value is not None})

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "SyncSettings":
        """What the environment states. A variable that is empty states nothing.

        Raises:
            CannotRun: values cannot be, or there are no such settings. All are told.
        """
        stated: dict[str, Any] = {}
        faults: list[str] = []
        rows = {PREFIX + row.name.upper(): row for row in ROWS}
        for variable, text in environment.items():
            if row := rows.get(variable):
                _read(row, text.strip(), stated, faults)
            elif variable.startswith(PREFIX) and variable.removeprefix(PREFIX) not in GONE:
                faults.append(_unknown(variable, rows))
        if faults:
            raise CannotRun(" ".join(faults))
        return cls(stated)


def _read(row: Row, text: str, stated: dict[str, Any], faults: list[str]) -> None:
    if not text:
        return
    try:
        stated[row.name] = row.read(text)
    except ValueError as error:
        faults.append(f"{PREFIX}{row.name.upper()} is {text!r}: {error}.")


def _unknown(variable: str, known: Mapping[str, Row]) -> str:
    near = get_close_matches(variable, known, n=1)
    return f"There is no setting {variable}." + (f" Did you mean {near[0]}?" if near else "")


def plainly_named(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment in which what says who asks has the names that it has elsewhere, without the prefix."""
    begin = f"{PREFIX}GITHUB_"
    ours = {name.removeprefix(PREFIX): value for name, value in environment.items() if name.startswith(begin) and value}
    return {**environment, **ours}
