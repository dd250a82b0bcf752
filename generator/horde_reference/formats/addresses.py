"""Public addresses, in one place."""

from typing import Final

PUBLIC_ROOT: Final = "https://models.aihorde.net"
"""Root of the published tree; the live service answers below `/api` of the same host."""


def record_schema_path(category: str) -> str:
    """Path, from the public root, of the JSON Schema of the files below `data/<category>/`."""
    return f"schemas/record/{category}.json"


def record_schema_url(category: str) -> str:
    """Address of the JSON Schema of the files below `data/<category>/`: the value of their `$schema`."""
    return f"{PUBLIC_ROOT}/{record_schema_path(category)}"
