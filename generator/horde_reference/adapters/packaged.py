"""What comes with this package: its own code, and the schemas that were made from it.

Making the schemas takes as long as building five hundred records, and they change with the code alone. So they are
made by `horde-reference schemas`, committed, compared by a test, and shipped: the folder here is the `schemas/` of the
repository.
"""

import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

import horde_reference.version

_PACKAGE: Final = str(Path(horde_reference.version.__file__).parent)


def packaged_schemas() -> dict[str, bytes]:
    """Path from the public root → bytes of a schema."""
    return {f"schemas/{path}": body for path, body in _files(f"{_PACKAGE}/schemas", ".json")}


def generator_digest(schemas: Mapping[str, bytes]) -> str:
    """SHA-256 over code and schemas: another generator may write another tree from the same records."""
    digest = sha256()
    for _, body in _files(_PACKAGE, ".py"):
        digest.update(body)
    for body in schemas.values():
        digest.update(body)
    return digest.hexdigest()


def _files(root: str, ending: str) -> Iterator[tuple[str, bytes]]:
    """Path below a folder, and bytes, of the files with an ending, in order. Every build asks, so not by `pathlib`."""
    found = [f"{folder}/{name}" for folder, _, names in os.walk(root) for name in names if name.endswith(ending)]
    for path in sorted(found):
        with open(path, "rb") as file:  # noqa: PTH123
            yield path[len(root) + 1 :], file.read()
