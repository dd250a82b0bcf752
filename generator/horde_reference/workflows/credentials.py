"""Who asks GitHub: an App, or else whoever a token belongs to. Both stand in the environment only, see `variables`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from horde_reference.adapters.github.credentials import App, Credential, Token
from horde_reference.errors import CannotRun

_KEY: Final = "GITHUB_APP_PRIVATE_KEY"
_KEY_PATH: Final = "GITHUB_APP_PRIVATE_KEY_PATH"
_NUMBERS: Final = ("GITHUB_APP_INSTALLATION_ID", "GITHUB_INSTALLATION_ID")


def credential(environment: Mapping[str, str], repository: str) -> Credential | None:
    """Who asks about a repository; `None` for nobody, who may read what is public.

    Raises:
        CannotRun: an App is stated by halves, or its key cannot be used. It says what is missing.
    """
    app_id, key = environment.get("GITHUB_APP_ID", "").strip(), _private_key(environment)
    if app_id and key:
        return App(app_id, key, repository, _installation(environment))
    if app_id:
        raise CannotRun(f"GITHUB_APP_ID names an App, but its key is missing: set {_KEY} or {_KEY_PATH}.")
    if key:
        raise CannotRun("There is a private key of an App, but GITHUB_APP_ID, which says of which, is missing.")
    secret = environment.get("GITHUB_TOKEN") or environment.get("GH_TOKEN")
    return Token(secret) if secret else None


def _private_key(environment: Mapping[str, str]) -> str:
    key, path = environment.get(_KEY, "").strip(), environment.get(_KEY_PATH, "").strip()
    if key and path:
        raise CannotRun(f"Set either {_KEY} or {_KEY_PATH}, not both.")
    if not path:
        return key.replace("\\n", "\n")
    try:
        return Path(path).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRun(f"{_KEY_PATH} names {path}, which cannot be read as a key in PEM.") from error


def _installation(environment: Mapping[str, str]) -> int | None:
    text = next((environment[name].strip() for name in _NUMBERS if environment.get(name, "").strip()), "")
    if text and not text.isdecimal():
        raise CannotRun(f"{_NUMBERS[0]} is {text!r}, not the number of an installation.")
    return int(text) if text else None
