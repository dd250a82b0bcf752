"""Actions that runs here know, and what stands in for each. Any other is an error."""

import re
from collections.abc import Mapping
from pathlib import Path

from actions_runner.machine import ActionFailed, Call, StandIn
from actions_runner.stand_ins.artifacts import download_artifact, upload_artifact
from actions_runner.stand_ins.checkout import checkout
from actions_runner.stand_ins.pages import configure_pages, deploy_pages, upload_pages_artifact


class UnknownAction(LookupError):
    """Nothing stands in for an action, or not for one of its inputs."""


def _nothing(call: Call) -> Mapping[str, str]:  # noqa: ARG001 - whatever it is asked for is here already
    return {}


def _no_cache(call: Call) -> Mapping[str, str]:
    return {"cache-hit": "", "cache-primary-key": call.inputs.get("key", "")}


def _python(call: Call) -> Mapping[str, str]:
    """`python3` of PATH is the one that runs the tests, whatever version was asked for."""
    return {"python-version": call.inputs.get("python-version", "")}


def _app_token(call: Call) -> Mapping[str, str]:
    if not call.inputs.get("private-key"):
        raise ActionFailed("Input required and not supplied: private-key")
    if not (call.inputs.get("client-id") or call.inputs.get("app-id")):
        raise ActionFailed("Input required and not supplied: client-id")
    asked = {
        key.removeprefix("permission-"): right for key, right in call.inputs.items() if re.match("permission-", key)
    }
    token = call.machine.app_token(asked)
    return {"token": token, "installation-id": "1", "app-slug": "horde-reference"}


def _attest(call: Call) -> Mapping[str, str]:
    """A statement about files, which must be there."""
    for right in ("attestations", "id-token"):
        if call.permissions.get(right) != "write":
            raise ActionFailed(f"Ensure GITHUB_TOKEN has permission '{right}: write'.")
    subjects = sorted(call.workspace.glob(call.inputs["subject-path"]))
    if not subjects:
        raise ActionFailed(f"Could not find subject at path {call.inputs['subject-path']}")
    call.said += [f"Attested {one.name}.\n" for one in subjects]
    return {"attestation-id": "1"}


ACTIONS: dict[str, tuple[StandIn, str]] = {
    "actions/checkout": (
        checkout,
        "repository ref token path persist-credentials fetch-depth sparse-checkout sparse-checkout-cone-mode",
    ),
    "actions/setup-python": (
        _python,
        "python-version python-version-file cache cache-dependency-path check-latest update-environment",
    ),
    "actions/setup-node": (
        _nothing,
        "node-version node-version-file cache cache-dependency-path package-manager-cache",
    ),
    "actions/cache": (_no_cache, "path key restore-keys enableCrossOsArchive fail-on-cache-miss lookup-only"),
    "actions/cache/restore": (_no_cache, "path key restore-keys fail-on-cache-miss lookup-only"),
    "actions/cache/save": (_nothing, "path key"),
    "actions/upload-artifact": (
        upload_artifact,
        "name path if-no-files-found retention-days compression-level overwrite include-hidden-files",
    ),
    "actions/download-artifact": (
        download_artifact,
        "name path pattern merge-multiple github-token repository run-id",
    ),
    "actions/create-github-app-token": (
        _app_token,
        "app-id client-id private-key owner repositories skip-token-revoke permission-*",
    ),
    "actions/attest": (_attest, "subject-path"),
    "actions/configure-pages": (configure_pages, "enablement token"),
    "actions/upload-pages-artifact": (upload_pages_artifact, "name path retention-days include-hidden-files"),
    "actions/deploy-pages": (deploy_pages, "artifact_name token timeout error_count reporting_interval preview"),
}


def stand_in_for(uses: str, more: Mapping[str, StandIn], inputs: Mapping[str, str]) -> StandIn:
    action = uses.partition("@")[0]
    if action in more:
        return more[action]
    if action not in ACTIONS:
        raise UnknownAction(f"{uses}: nothing stands in for it here. Give Machine(actions={{{action!r}: …}}).")
    stand_in, known = ACTIONS[action]
    unknown = [name for name in inputs if not any(Path(name).match(one) for one in known.split())]
    if unknown:
        raise UnknownAction(f"{action}: what stands in for it does not know the inputs {unknown}.")
    return stand_in
