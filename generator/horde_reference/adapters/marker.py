"""The file in the root of each built tree that says that we made it, and from what."""

from dataclasses import asdict
from pathlib import Path
from typing import Final, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from horde_reference.errors import OutputNotOurs
from horde_reference.formats.json_writing import pretty

MARKER: Final = ".horde-reference.json"
"""Name of the file. It is not published: servers hide what begins with a dot."""


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class Marker:
    """What is said of a built tree."""

    inputs: str
    """SHA-256 over records, history, generator and host."""
    counts: dict[str, int]
    """Records by category."""
    warnings: int
    """Warnings that the records had."""
    files: int = 0
    """Files in the tree, the marker aside."""
    outputs: str = ""
    """SHA-256 over paths and bytes of all files."""
    made_by: Literal["horde-reference"] = "horde-reference"
    """Who made the tree."""

    def encode(self) -> bytes:
        """The file's bytes."""
        return pretty(asdict(self))


_ADAPTER: Final = TypeAdapter(Marker)


def read_marker(out: Path) -> Marker | None:
    """What the marker of a tree says; `None` where there is no tree yet.

    Raises:
        OutputNotOurs: the folder holds files and no marker of ours, or is no folder.
    """
    marker = out / MARKER
    if marker.is_file():
        try:
            return _ADAPTER.validate_json(marker.read_bytes())
        except ValidationError:
            raise OutputNotOurs(f"{marker} is not what a build writes. Build into another folder.") from None
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise OutputNotOurs(
            f"{out} holds files that this tool did not make; it would replace them. Build into another folder."
        )
    return None
