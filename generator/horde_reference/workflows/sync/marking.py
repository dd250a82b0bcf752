"""What the body of a pull request remembers of its sync, in a comment that nobody sees, at the end of it."""

import re
from typing import Final

import msgspec
from msgspec import Struct, field

_MARK: Final = re.compile(r"^<!-- horde-reference sync: (\{.*\}) -->\s*\Z", re.MULTILINE)


class Mark(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is remembered: ids, digests and numbers, so that nothing in it can end the comment."""

    digest: str = ""
    """Tells one difference from another; empty where closing the pull request refuses none."""
    source: str = ""
    """The commit of ours that it was made from."""
    commit: str = ""
    """The commit that we pushed there, once labels and reviewers were seen to."""
    asked: str = ""
    """Tells which labels and reviewers those were."""
    takes: tuple[str, ...] = ()
    """Edits made by hand that people let be replaced, as `granting.key_of` names them."""
    allows: dict[str, int] = field(default_factory=dict)
    """How much people let be done at once; see `granting.allowed`."""


def marked(body: str, mark: Mark) -> str:
    """A body that remembers something, in place of what it remembered."""
    said = msgspec.json.encode(mark).decode()
    return f"{without(body)}\n<!-- horde-reference sync: {said} -->\n"


def without(body: str) -> str:
    """A body that remembers nothing."""
    return _MARK.sub("", body).rstrip()


def read(body: str) -> Mark:
    """What a body remembers. Only its end is believed: what stands above it may be words of records."""
    found = _MARK.search(body)
    try:
        return msgspec.json.decode(found[1], type=Mark) if found else Mark()
    except (msgspec.DecodeError, ValueError):  # somebody wrote there
        return Mark()
