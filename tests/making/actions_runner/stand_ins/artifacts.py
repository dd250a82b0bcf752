"""Artifacts as folders: `artifacts/<run>/<name>/…`. A forged one is what a test writes there."""

import glob
import os
import shutil
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from actions_runner.machine import ActionFailed, Call


def folder_of(call: Call, run: str = "") -> Path:
    return call.machine.artifacts / (run or str(call.github["run_id"]))


def upload_artifact(call: Call) -> Mapping[str, str]:
    """What is uploaded is laid out below the deepest folder that all of it has in common."""
    name = call.inputs.get("name") or "artifact"
    hidden = call.inputs.get("include-hidden-files") == "true"
    found = [path for path in sorted(_found(call)) if hidden or not _is_hidden(path, call.workspace)]
    if not found:
        return _nothing_found(call)
    target = folder_of(call) / name
    if target.exists() and call.inputs.get("overwrite") != "true":
        raise ActionFailed("Failed to CreateArtifact: (409) Conflict: an artifact with this name already exists")
    shutil.rmtree(target, ignore_errors=True)
    top = _top(call, found)
    for path in found:
        (target / path.relative_to(top)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target / path.relative_to(top))
    call.said.append(f"Artifact {name} has been successfully uploaded: {len(found)} files.\n")
    return {
        "artifact-id": "1",
        "artifact-url": f"{call.machine.server_url}/artifacts/{name}",
        "artifact-digest": "0" * 64,
    }


def _nothing_found(call: Call) -> Mapping[str, str]:
    said = f"No files were found with the provided path: {call.inputs.get('path')}."
    if call.inputs.get("if-no-files-found") == "error":
        raise ActionFailed(said)
    call.said.append(f"{said} No artifacts will be uploaded.\n")
    return {}


def _patterns(call: Call) -> tuple[list[str], list[str]]:
    lines = [line.strip() for line in call.inputs.get("path", "").splitlines() if line.strip()]
    if not lines:
        raise ActionFailed("Input required and not supplied: path")
    wanted = [os.path.normpath(call.workspace / line) for line in lines if not line.startswith("!")]
    return wanted, [os.path.normpath(call.workspace / line[1:]) for line in lines if line.startswith("!")]


def _found(call: Call) -> set[Path]:
    wanted, unwanted = _patterns(call)
    return _files(wanted) - _files(unwanted)


def _files(patterns: list[str]) -> set[Path]:
    found = (Path(path) for one in patterns for path in glob.glob(one, recursive=True, include_hidden=True))  # noqa: PTH207
    return {path for one in found for path in _inside(one)}


def _inside(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (inner for inner in path.rglob("*") if inner.is_file())
    elif path.is_file():
        yield path


def _is_hidden(path: Path, workspace: Path) -> bool:
    below = path.relative_to(workspace) if path.is_relative_to(workspace) else path
    return any(part.startswith(".") for part in below.parts)


def _top(call: Call, found: list[Path]) -> Path:
    wanted, _ = _patterns(call)
    if len(wanted) == 1 and Path(wanted[0]).is_dir():
        return Path(wanted[0])
    return Path(os.path.commonpath([path.parent for path in found]))


def download_artifact(call: Call) -> Mapping[str, str]:
    """Of this run, or of another where a token is given for it."""
    run = call.inputs.get("run-id", "")
    if call.inputs.get("github-token") and not run:
        run = str(call.github["run_id"])
    there = folder_of(call, run if call.inputs.get("github-token") else "")
    name, target = call.inputs.get("name", ""), call.paths()
    if name:
        if not (there / name).is_dir():
            raise ActionFailed(f"Unable to download artifact(s): Artifact not found for name: {name}")
        shutil.copytree(there / name, target, dirs_exist_ok=True, symlinks=True)
        return {"download-path": str(target)}
    _download_all(call, there, target)
    return {"download-path": str(target)}


def _download_all(call: Call, there: Path, target: Path) -> None:
    pattern = call.inputs.get("pattern") or "*"
    together = call.inputs.get("merge-multiple") == "true"
    for one in sorted(there.iterdir()) if there.is_dir() else []:
        if fnmatchcase(one.name, pattern):
            shutil.copytree(one, target if together else target / one.name, dirs_exist_ok=True, symlinks=True)
