"""Published trees that are spoilt on purpose, and time that passes at once."""

import json
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from horde_reference.adapters.polite import Clock

CLIP = "api/model_references/v2/clip.json"
IN_NO_TIME = Clock(time.monotonic, lambda _: None)
Show = Callable[[Path], str]
"""Serves a folder as GitHub Pages would; returns its address."""


def put(tree: Path, path: str, body: bytes) -> None:
    """Publish other bytes at a path, all of it consistent with the head."""
    (tree / path).write_bytes(body)
    (tree / path).with_suffix(".html").write_bytes(body)
    head = json.loads((tree / "head.json").read_bytes())
    head["files"][path] = {"sha256": sha256(body).hexdigest(), "size": len(body)}
    (tree / "head.json").write_text(json.dumps(head))
