"""What comes with this package: its own code, and the schemas that were made from it.

Making the schemas takes as long as building five hundred records, and they change with the code alone. So they are
made by `horde-reference schemas`, committed, compared by a test, and shipped: the folder here is the `schemas/` of the
repository.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

import horde_reference.version

_PACKAGE: Final = Path(horde_reference.version.__file__).parent


def packaged_schemas() -> dict[str, bytes]:
    """Path from the public root → bytes of a schema."""
    root = _PACKAGE / "schemas"
    return {
        f"schemas/{path.relative_to(root).as_posix()}": path.read_bytes() for path in sorted(root.glob("**/*.json"))
    }


def generator_digest(schemas: Mapping[str, bytes]) -> str:
    """SHA-256 over code and schemas: another generator may write another tree from the same records."""
    digest = sha256()
    for path in sorted(map(str, _PACKAGE.rglob("*.py"))):
        digest.update(Path(path).read_bytes())
    for body in schemas.values():
        digest.update(body)
    return digest.hexdigest()
