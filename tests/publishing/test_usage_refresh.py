"""Newer usage of the same commit makes anew what shows usage, and nothing else."""

import re
from pathlib import Path

from repositories import Repository

from horde_reference.analytics.usage import Counted, Usage, Use, encode
from horde_reference.emit.site.links import model_folder
from horde_reference.workflows.build import Wishes, build
from horde_reference.workflows.fetched import FetchedFiles

SHOWS_USAGE = re.compile(
    r"api/model_references/statistics/(image|text)_generation(/.*)?\.(json|csv)"
    r"|api/model_references/v2/(image|text)_generation/popular\.json"
    r"|search/models\.json|search/risk/(image|text)_generation\.json"
    r"|(statistics|risk)/((image|text)_generation/)?index\.html"
    r"|index\.html|models/(image|text)_generation/.+/index\.html"
    r"|head\.json"
)


def usage(into: Path, day: int, requests: int) -> FetchedFiles:
    """A snapshot in which two models are used so much."""
    counted = Use(day=requests, month=30 * requests, total=300 * requests, workers=3)
    images, texts = Counted(models={"A & B <i>": counted, "Not ours": counted}), Counted(models={"a/T-8B": counted})
    asked = Usage(fetched_at=1_700_000_000 + 86_400 * day, source="https://aihorde.net/api", image=images, text=texts)
    into.write_bytes(encode(asked))
    return FetchedFiles(into)


def states(tree: Path) -> dict[str, tuple[int, int]]:
    """Path → which file it is and when it was written."""
    found = {path: path.stat() for path in tree.rglob("*") if path.is_file() and not path.name.startswith(".")}
    return {path.relative_to(tree).as_posix(): (stat.st_ino, stat.st_mtime_ns) for path, stat in found.items()}


def test_it_makes_anew_what_shows_usage_and_nothing_else(repository: Repository, tmp_path: Path) -> None:
    out, snapshot = tmp_path / "public", tmp_path / "usage.json"
    build(repository.data, out, Wishes(fetched=usage(snapshot, 1, 100)))
    before = states(out)
    built = build(repository.data, out, Wishes(fetched=usage(snapshot, 2, 170)))
    after = states(out)
    assert after.keys() == before.keys()
    changed = {path for path in after if after[path] != before[path]}
    assert {path for path in changed if not SHOWS_USAGE.fullmatch(path)} == set()
    assert built.written is not None
    assert built.written.written == len(changed)
    assert {
        "head.json", "index.html", "search/models.json", model_folder("image_generation", "A & B <i>") + "index.html",
        "api/model_references/v2/text_generation/popular.json",
        "api/model_references/statistics/image_generation/deletion-risk.json",
    } <= changed  # fmt: skip
    assert len(changed) < len(after) / 5


def test_what_was_fetched_again_and_says_the_same_changes_nothing(repository: Repository, tmp_path: Path) -> None:
    out, snapshot = tmp_path / "public", tmp_path / "usage.json"
    build(repository.data, out, Wishes(fetched=usage(snapshot, 1, 100)))
    again = build(repository.data, out, Wishes(fetched=usage(snapshot, 1, 100)))
    assert again.unchanged
