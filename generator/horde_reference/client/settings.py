"""Where a program reads the reference from, as its environment says.

One row a setting; the page `site/reference/settings.md` is made from these rows.
"""

import os
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final
from urllib.parse import urlsplit

from horde_reference.client.guard import MAX_SHRINK
from horde_reference.errors import CannotRun
from horde_reference.formats.addresses import PUBLIC_ROOT

PREFIX: Final = "HORDE_REFERENCE_"
"""What the names of all settings begin with."""

_DAY: Final = 86_400.0

_TRUE: Final = frozenset({"1", "true", "yes", "on"})
_FALSE: Final = frozenset({"0", "false", "no", "off"})


def _flag(text: str) -> bool:
    if text.lower() not in _TRUE | _FALSE:
        raise ValueError("say true or false")
    return text.lower() in _TRUE


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= _DAY:
        raise ValueError("say a number of seconds above 0, at most a day")
    return value


def _seconds_or_never(text: str) -> float | None:
    return None if text.lower() == "never" else _seconds(text)


def _number(text: str) -> int:
    value = int(text)
    if value < 0:
        raise ValueError("say a number, or 0 for the newest")
    return value


def _folder(text: str) -> str:
    if text and not os.path.isdir(text):  # noqa: PTH112 - pathlib takes long to load
        raise ValueError("there is no such folder")
    return text


def _redis(text: str) -> str:
    if text and not text.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("say an address that begins with redis://, rediss:// or unix://")
    return text


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise ValueError("say a number from 0 to 1")
    return value


def _address(text: str) -> str:
    if not text.startswith(("http://", "https://")) or not urlsplit(text).hostname:
        raise ValueError("say an address that begins with http:// or https://")
    return text


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(_address(one) for one in text.replace(",", " ").split())


def _repository(text: str) -> tuple[str, str]:
    """Owner/name and branch."""
    name, _, branch = text.partition("@")
    if name.count("/") != 1 or not all(name.split("/")):
        raise ValueError("say owner/name or owner/name@branch")
    return name, branch or "main"


def default_cache() -> str:
    """Folder where this user's programs keep copies."""
    home = os.path.expanduser("~")  # noqa: PTH111 - pathlib takes long to load
    places = (os.environ.get("XDG_CACHE_HOME"), os.environ.get("LOCALAPPDATA"), os.path.join(home, ".cache"))  # noqa: PTH118
    return os.path.join(next(filter(None, places)), "horde-reference")  # noqa: PTH118


class Setting:
    """One setting."""

    __slots__ = ("default", "doc", "name", "read")

    def __init__(self, name: str, default: str, read: Callable[[str], Any], doc: str) -> None:
        self.name = name
        """Its name without the prefix, in lower case: also the field of `Settings`."""
        self.default = default
        """What holds where nothing is set, as it would be set."""
        self.read = read
        """Text → value; raises `ValueError` with what to say instead."""
        self.doc = doc
        """What it is for."""


ROWS: Final = (
    Setting("url", PUBLIC_ROOT, _addresses, "Addresses of published trees, the first that answers; empty for none."),
    Setting(
        "directory", "", str, "Folder to read instead: a built tree or a checkout. Nothing is asked over the network."
    ),
    Setting("github", "true", _flag, "Whether to read the legacy repositories where no address answers."),
    Setting(
        "image_repo",
        "Haidra-Org/AI-Horde-image-model-reference",
        _repository,
        "Legacy image repository, with @branch if not main.",
    ),
    Setting(
        "text_repo",
        "Haidra-Org/AI-Horde-text-model-reference",
        _repository,
        "Legacy text repository, with @branch if not main.",
    ),
    Setting(
        "github_root",
        "https://raw.githubusercontent.com",
        _address,
        "Where GitHub's raw files are, or a proxy of them.",
    ),
    Setting("snapshot", "true", _flag, "Whether the records that came with the package serve where nothing else does."),
    Setting("cache", "", str, "Folder of copies on disk; empty for that of the user, off for none."),
    Setting("redis_url", "", _redis, "Redis in which workers share copies instead, such as redis://localhost:6379/0."),
    Setting("redis_prefix", "horde-reference:", str, "What keys in Redis begin with."),
    Setting("ttl", "60", _seconds_or_never, "Seconds for which a copy is fresh, or never."),
    Setting("deadline", "10", _seconds, "Seconds that reading one file over the network may take."),
    Setting("max_shrink", str(MAX_SHRINK), _share, "Share of its records that a category may lose at once."),
    Setting("offline", "false", _flag, "Whether to ask nobody: only copies and the snapshot are read."),
    Setting("pin", "0", _number, "Number of the edition to read, for reproducible runs; 0 for the newest."),
    Setting("beta", "false", _flag, "Whether proposed records lie over the published ones."),
    Setting("own", "", _folder, "Folder of records of your own, which lie over the published ones."),
)
"""All settings."""


class Settings:
    """The settings of a program, one attribute a row of `ROWS`."""

    def __init__(self, **stated: Any) -> None:  # noqa: ANN401 - values of any row
        """Settings by name; what is not stated has its default.

        Raises:
            TypeError: there is no setting of a name.
            CannotRun: a value cannot be, or there is nothing to read.
        """
        known = {row.name: row for row in ROWS}
        if unknown := stated.keys() - known.keys():
            raise TypeError(f"There is no setting {', '.join(sorted(unknown))}. There are {', '.join(known)}.")
        stated = {name: _value(known[name], value) for name, value in stated.items()}
        self._values = {name: stated[name] if name in stated else row.read(row.default) for name, row in known.items()}
        if not (self.url or self.directory or self.github or self.snapshot):
            raise CannotRun(
                "No setting names anything to read: state a url or a directory, or allow github or snapshot."
            )
        if self.pin and not (self.url or self.directory):
            raise CannotRun("Only a url or a directory can be read at a number; pin alone is not enough.")

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - values of any row
        try:
            return self.__dict__["_values"][name]
        except KeyError:
            raise AttributeError(name) from None

    def replaced(self, **stated: Any) -> "Settings":  # noqa: ANN401 - values of any row
        """The same settings but for those that are stated."""
        return Settings(**{**self._values, **stated})

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """The settings that environment variables state.

        Raises:
            CannotRun: a variable has a value that cannot be, or there is no setting of its name. All are told.
        """
        stated: dict[str, Any] = {}
        faults: list[str] = []
        known = {PREFIX + row.name.upper(): row for row in ROWS}
        for variable, text in environment.items():
            if (row := known.get(variable)) is not None:
                try:
                    stated[row.name] = row.read(text.strip())
                except ValueError as error:
                    faults.append(f"{variable} is {text!r}: {error}.")
            elif variable.startswith(PREFIX):
                faults.append(_unknown(variable, list(known)))
        if faults:
            raise CannotRun(" ".join(faults))
        return cls(**stated)


def _value(row: Setting, value: object) -> object:
    """A value that was stated in code: a text, or a path, is read as the environment's are."""
    if not isinstance(value, str | os.PathLike):
        return value
    try:
        return row.read(os.fspath(value))
    except ValueError as error:
        raise CannotRun(f"{row.name} is {value!r}: {error}.") from error


def _unknown(variable: str, known: list[str]) -> str:
    # Loaded here only: it takes longer than all of this module.
    near = import_module("difflib").get_close_matches(variable, known, n=1)
    return f"There is no setting {variable}." + (f" Did you mean {near[0]}?" if near else "")
