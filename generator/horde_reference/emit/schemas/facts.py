"""What several schemas say of commits, categories and files, and the example that they share."""

from typing import Final

from horde_reference.emit.schemas.shapes import SECONDS, integer, text
from horde_reference.records.categories import CATEGORIES

TIME: Final = 1795392627
COMMIT: Final = "4f1c0a9d2b7e8c3f5a6d1e0b9c8d7f6a5b4c3d2e"
STEP: Final = {"number": 1, "commit": COMMIT, "time": TIME, "author": "Ada", "subject": "Add a model (#12)"}
HASH: Final = text("SHA-256 of the file's bytes.", "e2cd4703ab14f4d0" * 4, pattern="^[0-9a-f]{64}$")
CATEGORY: Final = text("Name of the category.", "clip", enum=list(CATEGORIES))
COMMIT_FACTS: Final = {
    "number": integer("Place of the commit in the history; grows with every commit.", 1),
    "commit": text("Id of the commit.", COMMIT),
    "time": integer(f"When it was committed, {SECONDS}."),
    "author": text("Who wrote it.", "Ada"),
    "subject": text("First line of its message.", "Add a model (#12)"),
    "pull_request": integer("Number of its pull request, where its message says so.", 1),
}
