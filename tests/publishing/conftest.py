"""A GitHub on loopback whose main branch holds this program, with Pages, and small trees that are served."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import github_pages
import pytest
from made_docs import in_place_of_make
from place_fixtures import emulator, place  # noqa: F401
from places import Place, program_on_main
from public_trees import Show
from released import in_place_of_python
from repositories import Repository
from serving import serving
from workflow_runner import Machine

from horde_reference.adapters.visiting import Visitor
from horde_reference.emit.hosting.host import Host
from horde_reference.workflows.build import Wishes, build


@pytest.fixture
def show() -> Iterator[Show]:
    """Serve a folder as GitHub Pages would; returns its address. The folder may come later, or be another by then."""
    with ExitStack() as stack:
        yield lambda root: stack.enter_context(serving(github_pages.server(root)))


@pytest.fixture
def machine(place: Place, tmp_path: Path, show: Show) -> Machine:
    """What is deployed is public at once, and nobody waits for it."""
    made = program_on_main(place, tmp_path)
    variables = {"PUBLIC_URL": show(made.pages), "SMOKE_PATIENCE": "0"}
    return replace(made, vars=variables, tools={"python3": in_place_of_python(), "make": in_place_of_make()})


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Records of three categories, in two commits."""
    made = Repository(tmp_path_factory.mktemp("records") / "repository")
    for category, names in {
        "clip": ["One", "Two"], "image_generation": ["A & B <i>", "Modèle 模型", "X/Y"], "text_generation": ["a/T-8B"],
    }.items():  # fmt: skip
        for name in names:
            made.write(category, name)
    made.commit("First")
    made.write("clip", "One", description="Better.")
    made.commit("Second")
    return made


@pytest.fixture(scope="session")
def built(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is published of them on GitHub Pages."""
    out = tmp_path_factory.mktemp("built") / "public"
    assert build(repository.data, out, Wishes(Host.GITHUB_PAGES)).written
    return out


@pytest.fixture
def visitor() -> Iterator[Callable[[str], Visitor]]:
    """Somebody who asks a host."""
    made: list[Visitor] = []

    def visit(url: str) -> Visitor:
        made.append(Visitor(url))
        return made[-1]

    yield visit
    for one in made:
        one.close()
