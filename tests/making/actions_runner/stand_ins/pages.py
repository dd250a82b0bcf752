"""GitHub Pages as a folder: what was deployed last."""

import shutil
from collections.abc import Mapping

from actions_runner.machine import ActionFailed, Call
from actions_runner.stand_ins.artifacts import folder_of

_URL = "https://pages.invalid/"


def configure_pages(call: Call) -> Mapping[str, str]:  # noqa: ARG001 - there is one site
    return {"base_url": _URL, "origin": _URL.rstrip("/"), "host": "pages.invalid", "base_path": ""}


def upload_pages_artifact(call: Call) -> Mapping[str, str]:
    site = call.paths()
    if not site.is_dir():
        raise ActionFailed(f"tar: {site}: Cannot open: No such file or directory")
    target = folder_of(call) / (call.inputs.get("name") or "github-pages")
    if target.exists():
        raise ActionFailed("Failed to CreateArtifact: (409) Conflict: an artifact with this name already exists")
    hidden = None if call.inputs.get("include-hidden-files") == "true" else shutil.ignore_patterns(".*")
    shutil.copytree(site, target, ignore=hidden)
    return {"artifact_id": "1"}


def deploy_pages(call: Call) -> Mapping[str, str]:
    for right in ("pages", "id-token"):
        if call.permissions.get(right) != "write":
            raise ActionFailed(f"Ensure GITHUB_TOKEN has permission '{right}: write'.")
    source = folder_of(call) / (call.inputs.get("artifact_name") or "github-pages")
    if not source.is_dir():
        raise ActionFailed("No artifacts named 'github-pages' were found for this workflow run.")
    shutil.rmtree(call.machine.pages, ignore_errors=True)
    shutil.copytree(source, call.machine.pages)
    return {"page_url": _URL}
