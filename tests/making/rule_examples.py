"""The examples of the rules: records that break one, and their nearest neighbours that do not."""

import json
import shutil
from pathlib import Path
from typing import Final

from horde_reference.formats.canonical import decode, encode
from horde_reference.formats.json_writing import compact

KINDS: Final = ("bad", "good")
_RULES: Final = Path(__file__).parent.parent / "rules"
_NAMES: Final = json.loads((_RULES / "names.json").read_bytes())
"""Examples that are made when the tests run: no one could check them out on Windows or macOS."""


def write_examples(root: Path) -> None:
    """Write `bad/<rule>/` and `good/<rule>/`, folders of records: those that are stored, and those made from names."""
    for kind in KINDS:
        shutil.copytree(_RULES / kind, root / kind)
        for rule, example in _NAMES.items():
            for category, names in example[kind].items():
                for name in names:
                    _write_record(root / kind / rule, category, name)
    for rule, example in _NAMES.items():
        (root / "bad" / rule / ".also").write_text("\n".join(example.get("also", [])))


def _write_record(data: Path, category: str, name: str) -> None:
    stated: dict[str, object] = {"name": name, "description": f"An invented model called {name}."}
    needed: dict[str, dict[str, object]] = {
        "image_generation": {"baseline": "stable_diffusion_xl", "nsfw": False},
        "text_generation": {"parameters": 8_000_000_000},
        "controlnet": {"controlnet_style": "control_canny"},
    }
    path, body = encode(decode(category, compact(stated | needed[category])))
    (data / path).parent.mkdir(parents=True, exist_ok=True)
    (data / path).write_bytes(body)
