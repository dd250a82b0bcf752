"""Tokens must be shown nowhere: not in errors, not in logs, not in a table of values."""

from base64 import b64encode
from urllib.parse import quote

from horde_reference.errors import CannotRun

_HIDDEN = "[hidden]"
_LONGEST = 500


def checked_token(text: str) -> str:
    """A token, without the line break that a file or a shell left behind it.

    Raises:
        CannotRun: it cannot be one. The error does not show it.
    """
    token = text.strip()
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise CannotRun("The token is empty, or holds what no token holds, such as spaces or line breaks.")
    return token


def basic(token: str) -> str:
    """A token as git sends it: user and password in Base64."""
    return b64encode(f"x-access-token:{token}".encode()).decode()


def shown(text: str, token: str | None) -> str:
    """What somebody else said, as it may be shown: without the token that they were sent, short, on one line."""
    if token:
        for form in (token, basic(token), quote(token, safe="")):
            text = text.replace(form, _HIDDEN)
    line = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
