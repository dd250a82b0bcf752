"""Every host that a tree can be arranged for: how to run it here, and what it promises."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path

import github_pages
import pytest
from asking import Answer, Asker
from installed import npm
from processes import free_port, running
from serving import serving

from horde_reference.adapters.web import server as preview
from horde_reference.emit.hosting.caching import FOR_EVER, SHORT
from horde_reference.emit.hosting.host import Host

BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
WRANGLER = "wrangler@4.86.0"
HTML, JSON = "text/html", "application/json"

Run = Callable[[Path, Path], AbstractContextManager[int]]
"""Runs a host on a tree, with a folder for what it keeps; gives the port."""


def _needs(program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"needs {program}, which is not installed")


@contextmanager
def _in_a_thread(http: ThreadingHTTPServer) -> Iterator[int]:
    with serving(http):
        yield http.server_address[1]


def run_preview(root: Path, home: Path) -> AbstractContextManager[int]:  # noqa: ARG001 - keeps nothing
    return _in_a_thread(preview(root))


def run_github_pages(root: Path, home: Path) -> AbstractContextManager[int]:  # noqa: ARG001 - keeps nothing
    return _in_a_thread(github_pages.server(root))


def run_nginx(root: Path, home: Path) -> AbstractContextManager[int]:
    if not BROTLI.exists():
        pytest.skip(f"needs {BROTLI}, which is not installed")
    return nginx_with("nginx.brotli.conf", root, home)


@contextmanager
def nginx_with(configuration: str, root: Path, home: Path) -> Iterator[int]:
    """nginx, with what was emitted for it; only its port and where it may write are others, as any user may change."""
    _needs("nginx")
    port = free_port()
    for emitted in (root / "hosting").glob("*.conf"):
        text = emitted.read_text().replace("/tmp/", f"{home}/").replace("127.0.0.1:8080", f"127.0.0.1:{port}")  # noqa: S108
        (home / emitted.name).write_text(text)
    command = ["nginx", "-e", "stderr", "-p", f"{root}/", "-c", str(home / configuration)]
    if os.geteuid() == 0:  # its workers could not read what only root may
        command += ["-g", "user root;"]
    with running(command, port, home, cwd=home):
        yield port


@contextmanager
def run_caddy(root: Path, home: Path) -> Iterator[int]:
    """Caddy, with exactly what was emitted for it."""
    _needs("caddy")
    port = free_port()
    command = ["caddy", "run", "--config", f"{root.name}/hosting/Caddyfile"]
    with running(command, port, home, cwd=root.parent, settings={"PORT": str(port), "XDG_DATA_HOME": str(home)}):
        yield port


@contextmanager
def run_wrangler(root: Path, home: Path) -> Iterator[int]:
    """Cloudflare Pages on this machine, asking no other and telling nobody."""
    program = npm(WRANGLER) / "bin/wrangler.js"
    port = free_port()
    command = [
        "node", str(program), "pages", "dev", str(root), "--ip", "127.0.0.1", "--port", str(port),
        "--inspector-port", str(free_port()), "--compatibility-date", "2026-04-01",
    ]  # fmt: skip
    settings = {
        "CI": "true",
        "CLOUDFLARE_CF_FETCH_ENABLED": "false",
        "WRANGLER_HIDE_BANNER": "true",
        "WRANGLER_LOG": "error",
        "WRANGLER_LOG_PATH": str(home),
        "WRANGLER_REGISTRY_PATH": str(home),
        "WRANGLER_SEND_ERROR_REPORTS": "false",
        "WRANGLER_SEND_METRICS": "false",
    }
    with running(command, port, home, cwd=home, settings=settings):
        yield port


@dataclass(frozen=True)
class Promise:
    """A host, and what can be held against it."""

    name: str
    profile: Host
    run: Run
    encodings: frozenset[str] = frozenset()
    kind: str = JSON
    short: str = SHORT
    for_ever: str = FOR_EVER
    answers_options: bool = False
    refuses_writing: bool = True
    states_policy: bool = True
    tells_people: bool = False


COMPRESSED = frozenset({"gzip", "br"})
PROMISES = [
    Promise("serve", Host.PLAIN, run_preview, short="no-cache", for_ever="no-cache", answers_options=True,
            states_policy=False, tells_people=True),
    Promise("nginx", Host.NGINX, run_nginx, COMPRESSED, answers_options=True, tells_people=True),
    Promise("caddy", Host.CADDY, run_caddy, COMPRESSED, answers_options=True, tells_people=True),
    Promise("wrangler", Host.CLOUDFLARE_PAGES, run_wrangler, COMPRESSED),
    Promise(
        "github-pages", Host.GITHUB_PAGES, run_github_pages, frozenset({"gzip"}), HTML,
        short="max-age=600", for_ever="max-age=600", refuses_writing=False, states_policy=False,
    ),
]  # fmt: skip


@dataclass(frozen=True)
class Served:
    """A tree that is served."""

    promise: Promise
    port: int
    ask: Asker

    def get(self, target: str, **headers: str) -> Answer:
        return self.ask(target, **headers)
