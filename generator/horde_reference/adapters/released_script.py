"""Run by an interpreter that has the released client and nothing of ours: what it reads.

Usage: released_script.py image|text   from legacy files, which lie in `legacy/` below AIWORKER_CACHE_HOME
       released_script.py published    from the tree that HORDE_MODEL_REFERENCE_PRIMARY_API_URL names

Prints category → names as JSON. All that the client itself prints goes to standard error.
"""

import json
import os
import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

_PACKAGE = "horde_model_reference"


def main() -> None:
    """Read, and say which names there are."""
    printed = os.dup(1)
    os.dup2(2, 1)  # the client may print; only our answer goes out
    found = published() if sys.argv[1] == "published" else names(sys.argv[1])
    os.write(printed, json.dumps(found).encode())


def published() -> dict[str, list[str]]:
    """Category → names of models, as the client itself fetches them; none of a category that it cannot read."""
    manager: Any = import_module(f"{_PACKAGE}.model_reference_manager").ModelReferenceManager()
    return {str(one): list(records or {}) for one, records in manager.get_all_model_references_unsafe().items()}


def names(repository: str) -> dict[str, list[str]]:
    """Category → names of models that keep to the client's own types."""
    client: Any = import_module(_PACKAGE)
    conversion: Any = import_module(f"{_PACKAGE}.legacy.convert_all_legacy_dbs")
    types: Any = import_module(f"{_PACKAGE}.model_reference_records").MODEL_RECORD_TYPE_LOOKUP
    paths: Any = client.horde_model_reference_paths
    base = Path(paths.base_path)
    given = Path(os.environ["AIWORKER_CACHE_HOME"]) / "legacy"
    (base / "legacy").mkdir(parents=True, exist_ok=True)
    (base / "log").mkdir(exist_ok=True)
    for file in given.iterdir():
        shutil.copy(file, base / "legacy" / file.name)
    found: dict[str, list[str]] = {}
    for category in client.MODEL_REFERENCE_CATEGORY:
        is_text = str(category) == "text_generation"
        legacy = Path(paths.get_legacy_model_reference_file_path(category, base_path=base))
        if is_text != (repository == "text") or not (is_text or legacy.is_file()):
            continue
        if not conversion.convert_legacy_database_by_category(category, base, base):
            sys.exit(f"it cannot convert {category}")
        records = json.loads(Path(paths.get_model_reference_file_path(category, base_path=base)).read_text())
        found[str(category)] = [key for key, one in records.items() if types[category].model_validate(one)]
    return found


if __name__ == "__main__":
    main()
