"""Run by the interpreter that has the released client: print, as JSON, the records it reads from a served tree and
those it converts itself from the legacy files.

Usage: released_client.py served                reads what HORDE_MODEL_REFERENCE_PRIMARY_API_URL points to
       released_client.py converted IMAGE TEXT  converts legacy files

Everything the client logs goes to standard error.
"""

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

sys.stdout, printed = sys.stderr, sys.stdout  # the client may print; only our answer goes out


def served() -> dict[str, dict[str, Any]]:
    from horde_model_reference.model_reference_manager import ModelReferenceManager

    manager = ModelReferenceManager()
    return {
        str(category): {name: record.model_dump(mode="json") for name, record in (records or {}).items()}
        for category, records in manager.get_all_model_references_unsafe().items()
    }


def converted(image: Path, text: Path) -> dict[str, dict[str, Any]]:
    from horde_model_reference import MODEL_REFERENCE_CATEGORY, horde_model_reference_paths
    from horde_model_reference.legacy.convert_all_legacy_dbs import convert_all_legacy_model_references
    from horde_model_reference.model_reference_records import MODEL_RECORD_TYPE_LOOKUP

    base = Path(horde_model_reference_paths.base_path)
    legacy = base / "legacy"
    legacy.mkdir(parents=True, exist_ok=True)
    for file in (*image.glob("*.json"), text / "models.csv"):
        shutil.copy(file, legacy / file.name)
    (base / "log").mkdir(exist_ok=True)
    if not convert_all_legacy_model_references(base, base):
        sys.exit("the client could not convert the legacy files")
    found: dict[str, dict[str, Any]] = {}
    for category in MODEL_REFERENCE_CATEGORY:
        path = Path(horde_model_reference_paths.get_model_reference_file_path(category, base_path=base))
        records = json.loads(path.read_text()) if path.is_file() else {}
        record_type = MODEL_RECORD_TYPE_LOOKUP[category]
        found[str(category)] = {
            key: record_type.model_validate(record).model_dump(mode="json") for key, record in records.items()
        }
    return found


if __name__ == "__main__":
    answer = served() if sys.argv[1] == "served" else converted(Path(sys.argv[2]), Path(sys.argv[3]))
    json.dump({"records": answer, "offline": os.environ.get("HORDE_MODEL_REFERENCE_PRIMARY_API_URL")}, printed)
