"""A GitHub for tests: `emulate` has pull requests and no git, git has no pull requests; here both are one.

One server on loopback answers the API and serves the repositories. Branches are what git says they are, also after a
push; a merge through the API makes the same commit in git, at once; a fork is a second repository. Where the emulator
is more lenient than GitHub, GitHub's refusals stand here (`forge_answers`). All requests are recorded.
"""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from forge_answers import own_answer
from forge_git import Mirror
from forge_messages import Asked, Said
from git_server import Hosting, Server, answer, body_of, git, is_git
from github_emulator import ADMIN, APP, APP_ID, ORGANISATION, USERS, Emulator, token_of
from serving import serving

from horde_reference.adapters.github.connection import Connection
from horde_reference.adapters.github.credentials import App, Credential, Token
from horde_reference.adapters.github.repository import Repository
from horde_reference.adapters.polite import Clock, Manners

NAME = f"{ORGANISATION}/reference"
HASTY = Manners(first_pause=0.01, longest_pause=0.3, connect=5, read=10, answer=20)
_HOP = {"connection", "content-length", "transfer-encoding", "content-encoding", "keep-alive", "date", "server"}


Trouble = Callable[[Asked], Said | None]
"""Answers a request in its own way; `None` to let it pass."""


class Forge:
    """The GitHub. `hosting` is its git side; set `trouble` to make the API misbehave.

    There is one repository to begin with, `NAME`, with `files` on main. ADMIN owns it, "reviewer" may write to it;
    "proposer" and "stranger" may read it, comment, and open pull requests from forks.
    """

    def __init__(self, emulator: Emulator, root: Path) -> None:
        self.emulator = emulator
        self.hosting = Hosting(root, {token_of(login): login for login in USERS})
        self.mirror = Mirror(self.hosting, emulator)
        self.trouble: Trouble | None = None
        self.requests: list[Asked] = []
        self.server = Server(self._respond)

    @property
    def address(self) -> str:
        return self.server.address

    def make(self, name: str, files: dict[str, bytes]) -> None:
        """A repository of the organisation, with one commit on main."""
        self.emulator.ask("POST", f"/orgs/{ORGANISATION}/repos", {"name": name.partition("/")[2], "auto_init": True})
        self.emulator.ask("PUT", f"/repos/{name}/collaborators/reviewer", {"permission": "push"})
        self.hosting.make(name, files, writers={ADMIN, "reviewer", f"{APP}[bot]"})
        self.mirror.bring()

    def delete(self, name: str) -> None:
        """Delete a repository, as its owner does by hand."""
        self.mirror.bring()
        owner = name.partition("/")[0]
        self.emulator.ask("DELETE", f"/repos/{name}", token=token_of(ADMIN if owner == ORGANISATION else owner))
        shutil.rmtree(self.hosting.folder(name))
        self.mirror.forget(name)

    def git_address(self, name: str = NAME) -> str:
        return f"{self.address}/{name}.git"

    def withdraw(self, login: str) -> None:
        """Make somebody's tokens expire."""
        self.hosting.tokens = {token: whose for token, whose in self.hosting.tokens.items() if whose != login}

    def app(self, name: str = NAME) -> App:
        """The App that is installed on the organisation."""
        return App(str(APP_ID), self.emulator.private_key, name)

    def connection(self, who: str | Credential = ADMIN, manners: Manners = HASTY) -> Connection:
        """A connection of a user, named by login, or of another credential."""
        credential = Token(token_of(who)) if isinstance(who, str) else who
        return Connection(credential, Clock(time.monotonic, time.sleep), time.time, self.address, manners)

    def repository(self, who: str | Credential = ADMIN, name: str = NAME) -> Repository:
        return Repository(name, self.connection(who))

    def ask(self, method: str, path: str, body: Any = None, who: str = ADMIN) -> Any:
        """What somebody does by hand: close, review, approve, merge."""
        headers = {"Authorization": f"Bearer {token_of(who)}"}
        got = requests.request(method, self.address + path, json=body, headers=headers, timeout=20)
        assert got.ok, f"{method} {path}: {got.status_code} {got.text}"
        return got.json() if got.content else None

    def review(self, number: int, who: str = "reviewer", event: str = "APPROVE", name: str = NAME) -> None:
        self.ask("POST", f"/repos/{name}/pulls/{number}/reviews", {"event": event, "body": "Seen."}, who)

    def _respond(self, http: BaseHTTPRequestHandler) -> None:
        if is_git(http.path):
            answer(http, self.hosting)
            return
        parts = urlsplit(http.path)
        asked = Asked(http.command, parts.path, dict(parse_qsl(parts.query)), dict(http.headers), body_of(http))
        self.requests.append(asked)
        said = (self.trouble and self.trouble(asked)) or self._answer(asked, http.path)
        body = (
            said.body if isinstance(said.body, bytes) else b"" if said.body is None else json.dumps(said.body).encode()
        )
        http.send_response(said.status)
        headers = {"Content-Type": "application/json; charset=utf-8", "Content-Length": str(len(body)), **said.headers}
        for key, value in headers.items():
            http.send_header(key, value)
        http.end_headers()
        if http.command != "HEAD":
            http.wfile.write(body)

    def _answer(self, asked: Asked, target: str) -> Said:
        is_app = asked.token.startswith("eyJ")
        if asked.token and not is_app:
            asked.login = self.hosting.tokens.get(asked.token)
            if asked.login is None:
                return Said(401, {"message": "Bad credentials", "status": "401"})
        with self.mirror.lock:
            self.mirror.bring()
            own = None if is_app else own_answer(self.mirror, asked)
            return own or self._forwarded(asked, target)

    def _forwarded(self, asked: Asked, target: str) -> Said:
        sent = {key: value for key, value in asked.headers.items() if key.lower() not in {"host", "content-length"}}
        url, data = self.emulator.address + target, self.mirror.outgoing(asked)
        got = requests.request(asked.method, url, data=data, headers=sent, timeout=20)
        headers = {key: self._renamed(value) for key, value in got.headers.items() if key.lower() not in _HOP}
        if not got.content:
            self.mirror.deleted(asked)
            return Said(got.status_code, None, headers)
        body = json.loads(self._renamed(got.text))
        if got.ok:
            self._note(asked, body)
            body = self.mirror.incoming(asked, body)
        return Said(got.status_code, body, headers)

    def _renamed(self, text: str) -> str:
        return text.replace(self.emulator.address, self.address)

    def _note(self, asked: Asked, body: Any) -> None:
        """Take over into git what was done through the API."""
        match asked.method, asked.parts, asked.about:
            case "POST", ["app", "installations", _, "access_tokens"], _:
                self.hosting.tokens[body["token"]] = f"{APP}[bot]"
            case "POST", _, ["forks"]:
                self.hosting.fork(str(asked.repository), body["full_name"], {str(asked.login)})
                self.mirror.bring()
            case "PUT", _, ["pulls", number, "merge"]:
                self.mirror.merged(str(asked.repository), int(number), asked.said, body["sha"])
            case "PATCH", _, ["releases", _] if not body["draft"]:
                folder = self.hosting.folder(str(asked.repository))
                git(folder, "update-ref", f"refs/tags/{body['tag_name']}", body["target_commitish"])


@contextmanager
def forge(emulator: Emulator, root: Path, files: dict[str, bytes]) -> Iterator[Forge]:
    """A GitHub with one repository. It is gone afterwards, so that the emulator can serve another test."""
    made = Forge(emulator, root)
    with serving(made.server):
        made.make(NAME, files)
        try:
            yield made
        finally:
            for name in list(made.hosting.writers):
                if made.hosting.folder(name).is_dir():
                    made.delete(name)
