"""`actions/checkout`: a real clone of a local repository."""

import base64
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from actions_runner.machine import ActionFailed, Call

_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True)
class _Git:
    folder: Path
    environment: Mapping[str, str]

    def __call__(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.folder), *arguments]
        done = subprocess.run(command, env=dict(self.environment), capture_output=True, text=True, check=False)
        if done.returncode:
            raise ActionFailed(f"The process '/usr/bin/git' failed with exit code {done.returncode}: {done.stderr}")
        return done.stdout.strip()


def checkout(call: Call) -> Mapping[str, str]:
    folder = call.paths()
    if not folder.is_relative_to(call.workspace):
        raise ActionFailed(f"Repository path '{folder}' is not under '{call.workspace}'")
    repository = call.inputs.get("repository") or call.machine.repository
    git = _emptied(folder, call)
    git("init", "--quiet", f"--initial-branch={call.machine.default_branch}")
    git("remote", "add", "origin", call.machine.source(repository))
    _authorise(git, call)
    name = _fetch(git, *_wanted(call, repository), call)
    _sparse(git, call)
    git("checkout", "--quiet", "--force", *name)
    if call.inputs.get("persist-credentials", "true") != "true":
        git("config", "--local", "--unset-all", _header(call))
    return {"commit": git("rev-parse", "HEAD"), "ref": call.inputs.get("ref") or str(call.github["ref"])}


def _emptied(folder: Path, call: Call) -> _Git:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
    return _Git(folder, call.environment)


def _header(call: Call) -> str:
    return f"http.{call.machine.server_url}/.extraheader"


def _authorise(git: _Git, call: Call) -> None:
    token = call.inputs.get("token") or call.token
    words = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    git("config", "--local", _header(call), f"AUTHORIZATION: basic {words}")


def _wanted(call: Call, repository: str) -> tuple[str, str]:
    """What is asked for, and at which commit if that is known: of the event, where nothing is said."""
    ref = call.inputs.get("ref", "")
    if not ref and repository == call.machine.repository:
        return str(call.github["ref"]), str(call.github["sha"])
    return (ref, ref) if _COMMIT.fullmatch(ref) else (ref, "")


def _fetch(git: _Git, ref: str, commit: str, call: Call) -> list[str]:
    """Fetch it; returns what to check out."""
    depth = call.inputs.get("fetch-depth", "1")
    if depth == "0":
        git("fetch", "--quiet", "--tags", "origin", "+refs/heads/*:refs/remotes/origin/*")
    limits = [] if depth == "0" else [f"--depth={depth}"]
    full = ref if commit else _full(git, ref)
    git("fetch", "--quiet", "--no-tags", *limits, "origin", commit or full)
    at = commit or git("rev-parse", "FETCH_HEAD^{commit}")
    if not full.startswith("refs/heads/"):
        return ["--detach", at]
    branch = full.removeprefix("refs/heads/")
    git("update-ref", f"refs/remotes/origin/{branch}", at)
    return ["-B", branch, f"refs/remotes/origin/{branch}"]


def _full(git: _Git, ref: str) -> str:
    """A ref by its whole name: a branch before a tag, the default branch where nothing is said."""
    known = [line.split("\t")[-1] for line in git("ls-remote", "--symref", "origin").splitlines()]
    if not ref:
        head = git("ls-remote", "--symref", "origin", "HEAD")
        return head.split()[1]
    names = [ref] if ref.startswith("refs/") else [f"refs/heads/{ref}", f"refs/tags/{ref}"]
    found = [name for name in names if name in known]
    if not found:
        raise ActionFailed(f"A branch or tag with the name '{ref}' could not be found")
    return found[0]


def _sparse(git: _Git, call: Call) -> None:
    wanted = call.inputs.get("sparse-checkout", "").split()
    if wanted:
        cone = "--no-cone" if call.inputs.get("sparse-checkout-cone-mode") == "false" else "--cone"
        git("sparse-checkout", "set", cone, *wanted)
