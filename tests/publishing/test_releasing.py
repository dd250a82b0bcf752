"""Data releases on a GitHub: with all their files or not at all, and what changed since the last."""

from pathlib import Path
from typing import Any

import forge as making
import pytest
from forge_messages import Asked, Said, no
from places import Place, record

from horde_reference.adapters.github.connection import Connection
from horde_reference.errors import Unsound
from horde_reference.workflows.build import Wishes, build


def releases(place: Place) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = place.forge.ask("GET", f"/repos/{making.NAME}/releases")
    return found


def release(place: Place, *more: object) -> str:
    """Build, pack and release what the clone is at; returns what the command says."""
    out = place.clone.parent / "public"
    build(place.clone / "data", out, Wishes(site=False, max_shrink=1.0))
    packed = place.run("publish", "archive", "--dir", out, "--out", place.clone.parent / "dist")
    assert packed.exit_code == 0, packed.output
    number = place.git("rev-list", "--count", "HEAD").strip()
    files = [place.clone.parent / f"dist/horde-models-{number}.tar.gz{end}" for end in ("", ".sha256")]
    done = place.run("publish", "release", "--dir", out, *files, *more)
    assert done.exit_code == 0, done.output
    return done.output.rstrip("\n")


def test_each_says_what_changed_since_the_one_before(place: Place) -> None:
    first_commit = place.git("rev-parse", "HEAD").strip()
    assert release(place) == "The release data-1."
    (first,) = releases(place)
    assert (first["tag_name"], first["draft"], first["target_commitish"]) == ("data-1", False, first_commit)
    assert "number 1: 1 of blip, 2 of clip." in first["body"].replace(", ", ", ")
    assert "The first release." in first["body"]
    assert [(one["name"], one["size"]) for one in first["assets"]] == [
        (path.name, path.stat().st_size) for path in sorted((place.clone.parent / "dist").iterdir())
    ]
    tagged = place.git("rev-parse", "refs/tags/data-1", folder=place.forge.hosting.folder(making.NAME)).strip()
    assert tagged == first_commit

    assert release(place) == "There is a release data-1 already."
    place.edit({"code.py": b"print()\n"})
    assert release(place) == "No record differs from those of the release data-1."
    place.edit({"data/clip/One.json": record("One", description="`Better` <b>"), "data/clip/Two.json": None})
    assert release(place) == "The release data-3."
    newest = next(one for one in releases(place) if one["tag_name"] == "data-3")
    assert "Since `data-1`: 2 records" in newest["body"]
    assert "🔴 removed `clip/Two`" in newest["body"]
    assert '    - `description`: `"Sees."` → `` "`Better` <b>" ``' in newest["body"]


def test_nobody_sees_one_that_lacks_a_file(place: Place) -> None:
    """The second file fails; the run after begins anew, whatever is left."""
    sent: list[str] = []

    def refuses(asked: Asked) -> Said | None:
        if asked.about[-1:] != ["assets"]:
            return None
        sent.append(asked.query["name"])
        return no(422, "Validation Failed") if len(sent) == 2 else None

    place.forge.trouble = refuses
    with pytest.raises(AssertionError, match="GitHub refuses"):
        release(place)
    (left,) = releases(place)
    assert (left["draft"], len(left["assets"])) == (True, 1)
    assert place.git("tag", folder=place.forge.hosting.folder(making.NAME)) == ""
    place.forge.trouble = None
    assert release(place) == "The release data-1."
    (made,) = releases(place)
    assert (made["draft"], len(made["assets"])) == (False, 2)


def test_a_dry_run_shows_it_and_writes_nothing(place: Place) -> None:
    said = release(place, "--dry-run")
    assert said.startswith("data-1, commit ")
    assert "The first release." in said
    assert releases(place) == []


def test_what_is_not_of_this_history_is_not_released(place: Place, tmp_path: Path) -> None:
    out = tmp_path / "public"
    build(place.clone / "data", out, Wishes(site=False))
    place.git("-c", "user.name=A", "-c", "user.email=a@b", "commit", "-q", "--amend", "-m", "Another")
    done = place.run("publish", "release", "--dir", out, out / "head.json")
    assert (done.exit_code, "is not part of the history" in done.output) == (3, True)
    assert releases(place) == []


def test_a_file_is_sent_beside_the_api_and_nowhere_else(place: Place) -> None:
    """The token goes with it."""
    with_github = Connection(None, place.forge.connection()._clock, lambda: 0.0)  # noqa: SLF001 - where it would ask
    beside = "https://uploads.github.com/repos/a/b/releases/1/assets"
    assert with_github._beside(beside) == beside  # noqa: SLF001
    for other in (
        "https://uploads.github.com.evil.org/a", "http://uploads.github.com/a", "https://evil.org/a",
        "https://uploads.github.com@evil.org/a", "https://uploads.github.com:1/a", "//uploads.github.com/a", "https://[",
    ):  # fmt: skip
        with pytest.raises(Unsound, match="another host"):
            with_github.upload(other, {}, b"", "application/octet-stream")
