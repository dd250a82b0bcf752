"""Git over HTTP as GitHub serves it: everybody reads, who has a token and the right writes, branches are protected.

`git http-backend` does the work. `answer` is for a server that serves other things as well, `git_server` is one.
"""

import os
import subprocess
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from serving import serving

Trouble = Callable[[BaseHTTPRequestHandler], bool]
"""Answers a request in its own way, or not at all; returns whether it did."""

# As GitHub words it. The names of refs come as arguments.
_UPDATE_HOOK = """#!/bin/sh
if grep -qxF "${1#refs/heads/}" "$GIT_DIR/protected" 2>/dev/null; then
  echo "error: GH006: Protected branch update failed for $1." >&2
  echo "error: Changes must be made through a pull request." >&2
  exit 1
fi
"""
_SETTINGS = {"http.receivepack": "true", "uploadpack.allowFilter": "true", "uploadpack.allowAnySHA1InWant": "true"}


def git(folder: Path, *arguments: str, given: bytes = b"", settings: dict[str, str] | None = None) -> str:
    """What git prints in a folder."""
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C",
        "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
        "GIT_COMMITTER_NAME": "GitHub", "GIT_COMMITTER_EMAIL": "noreply@github.com", **(settings or {}),
    }  # fmt: skip
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, input=given, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout.decode().strip()


@dataclass
class Hosting:
    """Bare repositories below a folder, and who may do what."""

    root: Path
    tokens: dict[str, str] = field(default_factory=dict)
    """Whose each token is. Take one away, and it has expired."""
    writers: dict[str, set[str]] = field(default_factory=dict)
    """Who may push, by repository."""
    trouble: Trouble | None = None
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    """Method, target and headers of all requests."""

    def folder(self, name: str) -> Path:
        return self.root / f"{name}.git"

    def make(self, name: str, files: Mapping[str, bytes], *, writers: set[str] | None = None) -> str:
        """A repository with one commit on main; returns its id."""
        folder = self.folder(name)
        folder.mkdir(parents=True)
        git(folder, "init", "--quiet", "--bare", "--initial-branch=main")
        self._set_up(name, writers or set())
        return self.write(name, "main", files, "Initial commit")

    def fork(self, name: str, into: str, writers: set[str]) -> None:
        """A copy of a repository."""
        self.folder(into).parent.mkdir(parents=True, exist_ok=True)
        git(self.root, "clone", "--quiet", "--bare", str(self.folder(name)), str(self.folder(into)))
        self._set_up(into, writers)

    def _set_up(self, name: str, writers: set[str]) -> None:
        for key, value in _SETTINGS.items():
            git(self.folder(name), "config", key, value)
        hook = self.folder(name) / "hooks/update"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(_UPDATE_HOOK)
        hook.chmod(0o755)
        self.writers[name] = writers

    def protect(self, name: str, branch: str) -> None:
        """Refuse every push to a branch from now on."""
        with (self.folder(name) / "protected").open("a") as protected:
            protected.write(f"{branch}\n")

    def tip(self, name: str, branch: str) -> str:
        return git(self.folder(name), "rev-parse", "--verify", f"refs/heads/{branch}")

    def branches(self, name: str) -> dict[str, str]:
        listed = git(self.folder(name), "for-each-ref", "--format=%(refname:lstrip=2) %(objectname)", "refs/heads")
        return dict(line.rsplit(" ", 1) for line in listed.splitlines())

    def read(self, name: str, revision: str, path: str) -> bytes:
        """A file as it is at a revision."""
        command = ["git", f"--git-dir={self.folder(name)}", "show", f"{revision}:{path}"]
        shown = subprocess.run(command, capture_output=True, check=True)
        return shown.stdout

    def write(
        self, name: str, branch: str, files: Mapping[str, bytes | None], message: str, *,
        base: str | None = None, author: str = "Ada",
    ) -> str:  # fmt: skip
        """What somebody does by hand: a commit with changed files on a branch, which is made from main or a base."""
        folder = self.folder(name)
        index = {"GIT_INDEX_FILE": str(folder / "by-hand.index"), "GIT_AUTHOR_NAME": author}
        there = self.branches(name)
        parent = base or there.get(branch) or there.get("main")
        git(folder, "read-tree", *([parent] if parent else ["--empty"]), settings=index)
        for path, body in files.items():
            if body is None:
                line = f"0 {'0' * 40}\t{path}\n"
            else:
                line = f"100644 {git(folder, 'hash-object', '-w', '--stdin', given=body)}\t{path}\n"
            git(folder, "update-index", "--index-info", given=line.encode(), settings=index)
        tree = git(folder, "write-tree", settings=index)
        above = ["-p", parent] if parent else []
        made = git(folder, "commit-tree", tree, *above, given=message.encode(), settings=index)
        git(folder, "update-ref", f"refs/heads/{branch}", made)
        return made


def is_git(target: str) -> bool:
    return ".git/" in target.partition("?")[0]


def answer(asked: BaseHTTPRequestHandler, hosting: Hosting) -> None:
    """Answer one of git's requests."""
    hosting.asked.append((asked.command, asked.path, dict(asked.headers)))
    if hosting.trouble is not None and hosting.trouble(asked):
        return
    path, _, query = asked.path.partition("?")
    name = path.partition(".git/")[0].lstrip("/")
    token = _token(asked)
    login = hosting.tokens.get(token) if token else None
    is_push = "git-receive-pack" in asked.path
    if (token and login is None) or (is_push and login is None):
        say(asked, 401, "Invalid username or token.", WWW_Authenticate='Basic realm="GitHub"')
    elif not hosting.folder(name).is_dir():
        say(asked, 404, "Repository not found.")
    elif is_push and login not in hosting.writers[name]:
        say(asked, 403, f"Permission to {name}.git denied to {login}.")
    else:
        _backend(asked, hosting, path, query, login or "")


def say(asked: BaseHTTPRequestHandler, status: int, text: str, **headers: str) -> None:
    """Answer with a line of text, which git shows."""
    body = f"{text}\n".encode()
    asked.send_response(status)
    for key, value in {"Content-Type": "text/plain", "Content-Length": str(len(body)), **headers}.items():
        asked.send_header(key.replace("_", "-"), value)
    asked.end_headers()
    asked.wfile.write(body)


def _token(asked: BaseHTTPRequestHandler) -> str | None:
    kind, _, told = asked.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        return b64decode(told, validate=True).decode().partition(":")[2]
    except (NotBase64, UnicodeDecodeError):
        return "?"


def body_of(asked: BaseHTTPRequestHandler) -> bytes:
    """The body of a request, which may come in chunks."""
    if asked.headers.get("Transfer-Encoding", "").lower() != "chunked":
        return asked.rfile.read(int(asked.headers.get("Content-Length") or 0))
    found = b""
    while size := int(asked.rfile.readline().strip(), 16):
        found += asked.rfile.read(size)
        asked.rfile.readline()
    asked.rfile.readline()
    return found


def _backend(asked: BaseHTTPRequestHandler, hosting: Hosting, path: str, query: str, login: str) -> None:
    body = body_of(asked)
    environment = {
        "PATH": os.environ["PATH"], "GIT_PROJECT_ROOT": str(hosting.root), "GIT_HTTP_EXPORT_ALL": "1",
        "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(hosting.root),
        "PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": asked.command, "REMOTE_USER": login,
        "CONTENT_TYPE": asked.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(len(body)),
        "HTTP_CONTENT_ENCODING": asked.headers.get("Content-Encoding", ""),
        "GIT_PROTOCOL": asked.headers.get("Git-Protocol", ""),
    }  # fmt: skip
    done = subprocess.run(["git", "http-backend"], env=environment, input=body, capture_output=True, check=False)
    head, _, content = done.stdout.partition(b"\r\n\r\n")
    headers = message_from_bytes(head)
    asked.send_response(int(str(headers.get("Status", "200")).split()[0]))
    for key, value in headers.items():
        if key != "Status":
            asked.send_header(key, value)
    asked.send_header("Content-Length", str(len(content)))
    asked.end_headers()
    asked.wfile.write(content)


class Handler(BaseHTTPRequestHandler):
    """Hands every request to a `respond` of the server."""

    protocol_version = "HTTP/1.1"

    def respond(self) -> None:
        self.server.respond(self)  # type: ignore[attr-defined] # the servers here have one

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = respond  # noqa: N815 - as the base class calls them

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - as the base class has it
        pass


class Server(ThreadingHTTPServer):
    """A server on loopback that gives its requests to a function."""

    daemon_threads = True

    def __init__(self, respond: Callable[[BaseHTTPRequestHandler], None]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.respond = respond

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


@contextmanager
def git_server(hosting: Hosting) -> Iterator[str]:
    """Serve repositories; gives the address below which they are."""
    with serving(Server(lambda asked: answer(asked, hosting))) as address:
        yield address
