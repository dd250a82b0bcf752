"""What tests of several folders use: the real legacy files, folders of records, a served tree."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from serving import serving

from horde_reference.adapters.web import server
from horde_reference.cli.main import cli
from horde_reference.formats.canonical import decode, encode
from horde_reference.formats.json_writing import compact
from horde_reference.workflows.adopt import adopt
from horde_reference.workflows.build import build

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
_NEEDS_SHARED = "needs the real legacy files in ../shared, which are not here"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real legacy files and captured answers."""
    if not SHARED.is_dir():
        pytest.skip(_NEEDS_SHARED)
    return SHARED


@pytest.fixture(scope="session")
def adopted(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real legacy files as records."""
    data = tmp_path_factory.mktemp("adopted") / "data"
    adopt(shared / "corpus/image", shared / "corpus/text", data)
    return data


@pytest.fixture(scope="session")
def published(adopted: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree published from the real legacy files."""
    out = tmp_path_factory.mktemp("published") / "public"
    build(adopted, out)
    return out


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files go first: at the end, one of them would keep a single worker busy."""
    items.sort(key=lambda item: "sync" not in item.path.parts)


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve a folder over HTTP on loopback; returns its address."""
    with ExitStack() as stack:
        yield lambda root: stack.enter_context(serving(server(root)))


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run the command line in this process."""

    def run_cli(*arguments: str | Path) -> Result:
        return CliRunner().invoke(cli, [str(argument) for argument in arguments], catch_exceptions=False)

    return run_cli


NEEDED: dict[str, dict[str, object]] = {
    "image_generation": {"baseline": "stable_diffusion_xl", "nsfw": False},
    "text_generation": {"parameters": 8_000_000_000},
    "controlnet": {"controlnet_style": "control_canny"},
}


@pytest.fixture
def write() -> Callable[..., Path]:
    """Write a record below a data folder; returns its file. What the category requires is filled in."""

    def write_record(data: Path, category: str, name: str, **stated: object) -> Path:
        document = {"name": name, "description": f"A model called {name}.", **NEEDED.get(category, {}), **stated}
        path, body = encode(decode(category, compact(document)))
        (data / path).parent.mkdir(parents=True, exist_ok=True)
        (data / path).write_bytes(body)
        return data / path

    return write_record


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6,400 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6400k", "tmpfs", disk], check=False)
    if mounted.returncode:
        pytest.skip("only root can make a small disk")
    yield disk
    subprocess.run(["umount", disk], check=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where skipping is forbidden, a test that skipped for want of anything but ../shared fails the run.

    So does one that was expected to fail, and did.
    """
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("TESTS_MUST_NOT_SKIP") or reporter is None:
        return
    skipped = [str(report.longrepr) for report in reporter.stats.get("skipped", ())]
    skipped += [f"{report.nodeid}, expected to fail" for report in reporter.stats.get("xfailed", ())]
    forbidden = [reason for reason in skipped if SHARED.is_dir() or _NEEDS_SHARED not in reason]
    if forbidden and exitstatus == pytest.ExitCode.OK:
        reporter.write_line("Skipped where nothing may be skipped: " + "; ".join(forbidden), red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
