"""Running git on a repository of our own: by its own settings only, without hooks, and with a token that nobody sees.

The token is handed over in the environment: it stands on no command line, in no address and in no file.
"""

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from horde_reference.adapters.git.failures import HostSilent, failure
from horde_reference.adapters.secrecy import basic, checked_token, shown
from horde_reference.errors import CannotRun

Token = Callable[[], str | None]
"""Gives a token that is good for the next minutes."""

_SECONDS: Final = 600.0
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
# What git needs of its surroundings. Where it has a token, it gets nothing else: settings could send that elsewhere.
_KEPT: Final = (
    "PATH", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO",
    "http_proxy", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY",
)  # fmt: skip
# What may speak for whoever runs this, where there is no token.
_OURS: Final = frozenset({"GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSL_CAINFO", "GIT_ASKPASS", "GIT_CONFIG_GLOBAL"})
_SETTINGS: Final = {
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "core.protectHFS": "true",
    "core.protectNTFS": "true",
    "core.autocrlf": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "push.gpgSign": "false",
    "submodule.recurse": "false",
    "http.followRedirects": "false",
    "fetch.negotiationAlgorithm": "noop",
    "http.lowSpeedLimit": "100",
    "http.lowSpeedTime": "60",
    "protocol.allow": "never",
}


def checked_address(address: str) -> str:
    """The address of a repository: with https, or a folder; with http on this machine; with ssh.

    Raises:
        CannotRun: it is another, or holds a password.
    """
    try:
        parts = urlsplit(address)
        host, is_bare = parts.hostname or "", not parts.password and (parts.username is None or parts.scheme == "ssh")
    except ValueError:
        parts, host, is_bare = urlsplit(""), "", False
    is_known = parts.scheme in {"https", "ssh"} or (parts.scheme == "http" and host in _LOOPBACK)
    is_folder = not parts.scheme and Path(address).is_absolute()
    if not address.isprintable() or not (is_folder or (is_known and host and is_bare)):
        raise CannotRun("The repository's address must be one with https:// and without a password, or a folder.")
    return address


class Git:
    """Git on a bare repository that is ours, and the one repository elsewhere that it speaks with.

    Args:
        folder: the repository that is ours.
        address: the other one.
        token: gives what the other one lets us in with; without, the settings of whoever runs this let them in.
    """

    def __init__(self, folder: Path, address: str, token: Token | None = None) -> None:
        self.folder = folder
        self.address = checked_address(address)
        self._token = token
        if token is not None and urlsplit(address).scheme not in {"http", "https"}:
            raise CannotRun("A token is of use over https:// only.")

    def here(self, *arguments: str, given: bytes = b"", settings: Mapping[str, str] | None = None) -> bytes:
        """What git prints, without asking anybody.

        Raises:
            GitFailed: it could not do it.
        """
        return self._run(arguments, given, {**self._environment(None), **(settings or {})}, None)

    def there(self, *arguments: str, given: bytes = b"") -> bytes:
        """What git prints, which may ask the other repository.

        Raises:
            GitFailed: it could not do it; see `failures`. What the other one says of a token is not shown.
        """
        token = self._token() if self._token else None
        secret = None if token is None else checked_token(token)
        return self._run(arguments, given, self._environment(secret), secret)

    def _run(
        self, arguments: tuple[str, ...], given: bytes, environment: Mapping[str, str], token: str | None
    ) -> bytes:
        command = ["git", f"--git-dir={self.folder}", *arguments]
        try:
            done = subprocess.run(  # noqa: S603 - git, and arguments that are no shell's
                command,
                input=given,
                env=environment,
                cwd=self.folder,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except FileNotFoundError:
            raise CannotRun("git is not installed.") from None
        except subprocess.TimeoutExpired:
            raise HostSilent(f"git {arguments[0]} did not end within {_SECONDS:.0f} s.") from None
        if done.returncode:
            said = (done.stderr + done.stdout).decode(errors="replace")
            raise failure(said)(f"git {arguments[0]} failed for {self.address}: {shown(said, token)}")
        return done.stdout

    def _environment(self, token: str | None) -> dict[str, str]:
        around = dict(os.environ)
        if self._token is None:
            kept = {name: value for name, value in around.items() if not name.startswith("GIT_") or name in _OURS}
        else:
            kept = {name: around[name] for name in _KEPT if name in around}
            kept |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
        return {**kept, **_settled(self._settings(token)), "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}

    def _settings(self, token: str | None) -> dict[str, str]:
        parts = urlsplit(self.address)
        settings = {**_SETTINGS, f"protocol.{parts.scheme or 'file'}.allow": "always"}
        if token:
            # Only for this host: what else git may ask is asked without.
            settings[f"http.{parts.scheme}://{parts.netloc}/.extraHeader"] = f"Authorization: Basic {basic(token)}"
        return settings


def _settled(settings: Mapping[str, str]) -> dict[str, str]:
    """Settings as git finds them in its environment."""
    found = {"GIT_CONFIG_COUNT": str(len(settings))}
    for place, (key, value) in enumerate(settings.items()):
        found |= {f"GIT_CONFIG_KEY_{place}": key, f"GIT_CONFIG_VALUE_{place}": value}
    return found
