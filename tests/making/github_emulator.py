"""GitHub's REST API as `emulate` has it: stateful, with Apps, and without git. One process serves many tests.

What it does not do as GitHub does, `forge` mends.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from installed import npm
from processes import free_port, running

EMULATE = "emulate@0.11.2"
ORGANISATION = "haidra"
ADMIN = "maintainer"
USERS = (ADMIN, "reviewer", "proposer", "stranger")
APP_ID = 4711
APP = "horde-reference-sync"
PERMISSIONS = dict.fromkeys(("contents", "issues", "pull_requests", "checks", "metadata"), "write")


def token_of(login: str) -> str:
    """The token of one of the users."""
    return f"ghp_{login:_<36}"


@dataclass(frozen=True)
class Emulator:
    """A running emulator."""

    address: str
    private_key: str
    """Of the App that is installed on the organisation."""

    def ask(self, method: str, path: str, body: Any = None, token: str = token_of(ADMIN)) -> Any:
        """Ask it directly, past everything that `forge` mends."""
        headers = {"Authorization": f"Bearer {token}"}
        answer = requests.request(method, self.address + path, json=body, headers=headers, timeout=20)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None


def _seed(private_key: str) -> dict[str, Any]:
    app = {
        "app_id": APP_ID, "slug": APP, "name": "Sync", "private_key": private_key, "permissions": PERMISSIONS,
        "installations": [{
            "installation_id": 100, "account": ORGANISATION, "repository_selection": "all", "permissions": PERMISSIONS,
        }],
    }  # fmt: skip
    members = [{"login": ADMIN, "role": "admin"}]
    return {
        "tokens": {token_of(login): {"login": login, "scopes": ["repo", "user", "admin:org"]} for login in USERS},
        "github": {
            "users": [{"login": login, "email": f"{login}@example.org"} for login in USERS],
            "orgs": [{"login": ORGANISATION, "members": members}],
            "apps": [app],
        },
    }


@contextmanager
def emulator(home: Path) -> Iterator[Emulator]:
    """An emulator with an organisation, users and an App, but without a repository."""
    program = npm(EMULATE) / "dist/index.js"
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (home / "seed.json").write_text(json.dumps(_seed(key.decode())))
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [
        "node", "--require", str(Path(__file__).with_name("loopback.cjs")), str(program), "start",
        "--service", "github", "--port", str(port), "--seed", str(home / "seed.json"), "--base-url", address,
    ]  # fmt: skip
    with running(command, port, home, cwd=home):
        yield Emulator(address, key.decode())
