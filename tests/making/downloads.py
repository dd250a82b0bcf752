"""Records with downloads on the hosts of `weight_hosts`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import Result
from places import record
from weight_hosts import HUGGING_FACE, SHA256

GOOD = f"https://{HUGGING_FACE}/a/b/resolve/main/model.safetensors"
GONE = f"https://{HUGGING_FACE}/a/b/resolve/main/no.pt"

Run = Callable[..., Result]
"""Runs a command with hosts on loopback."""


def write(data: Path, name: str, *files: dict[str, Any] | str, **stated: Any) -> None:
    """Write the record of a model with these files, each an address or what its download states."""
    downloads = [{"file_name": f"{name}-{place}.pt", **_file(one)} for place, one in enumerate(files)]
    path = data / "clip" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(record(name, config={"download": downloads}, **stated) if files else record(name, **stated))


def _file(one: dict[str, Any] | str) -> dict[str, Any]:
    return {"file_url": one} if isinstance(one, str) else one


def stated(url: str = GOOD, sha256: str = SHA256, **more: Any) -> dict[str, Any]:
    """A download with a hash."""
    return {"file_url": url, "sha256sum": sha256, **more}
