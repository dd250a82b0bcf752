"""Which files of a folder a command is about."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Selection:
    """Files and folders that the user named."""

    named: frozenset[str]
    """Paths relative to the folder; `.` for all of it."""

    def __contains__(self, path: str) -> bool:
        """Whether a file was named, or lies in a folder that was."""
        return "." in self.named or any(path == one or path.startswith(one + "/") for one in self.named)


EVERYTHING: Final = Selection(frozenset({"."}))
"""All files of the folder."""
