"""Names of branches that proposals lie on. Whatever a model is called, none can be an option, a path or a trick."""

import re
from hashlib import sha256
from typing import Final

PREFIX: Final = "proposal/"
"""What they all begin with."""

_OTHER: Final = re.compile("[^a-z0-9]+")
_LONGEST: Final = 40
_DIGITS: Final = 10


def slug(text: str) -> str:
    """A text in small letters, digits and single hyphens; empty where nothing of it is left."""
    return _OTHER.sub("-", text.lower())[:_LONGEST].strip("-")


def branch_of(*words: str, owner: str = "") -> str:
    """The branch of a proposal that these words tell from all others, such as operation, category and name.

    Args:
        words: the last is cut off where it is long.
        owner: login of whoever proposes: what others propose in the same words lies on branches of their own.
    """
    digest = sha256("\0".join([owner.lower(), *words]).encode(errors="surrogatepass")).hexdigest()[:_DIGITS]
    return PREFIX + "-".join(part for part in (*map(slug, words), digest) if part)


def branch_of_issue(number: int) -> str:
    """The branch of a proposal that an issue made."""
    return f"{PREFIX}issue-{number}"
