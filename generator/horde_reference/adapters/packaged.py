"""What comes with this package: its own code, the schemas that were made from it, and how the site looks.

Making the schemas takes as long as building five hundred records, and they change with the code alone. So they are
made by `horde-reference schemas`, committed, compared by a test, and shipped: the folder here is the `schemas/` of the
repository. Likewise `templates/` and `assets/` are those of the repository's `site/`.
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


def packaged_look() -> dict[str, bytes]:
    """Path → bytes of the site's templates and assets, below `templates/` and `assets/`."""
    return {
        f"{folder}/{path}": body
        for folder in ("templates", "assets")
        for path, body in _files(f"{_PACKAGE}/{folder}", "")
    }


def generator_digest(shipped: Mapping[str, bytes]) -> str:
    """SHA-256 over code and what is shipped with it: another generator may write another tree from the same records."""
    digest = sha256()
    for _, body in _files(_PACKAGE, ".py"):
        digest.update(body)
    for path, body in shipped.items():
        digest.update(f"{path}\0{len(body)}\0".encode())
        digest.update(body)
    return digest.hexdigest()


def _files(root: str, ending: str) -> Iterator[tuple[str, bytes]]:
    """Path below a folder, and bytes, of the files with an ending, in order. Every build asks, so not by `pathlib`."""
    found = [f"{folder}/{name}" for folder, _, names in os.walk(root) for name in names if name.endswith(ending)]
    for path in sorted(found):
        with open(path, "rb") as file:  # noqa: PTH123
            yield path[len(root) + 1 :], file.read()
