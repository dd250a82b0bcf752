"""The pages that people write: found from somewhere, and true where a program can tell."""

import ast
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml
from code_blocks import Block, blocks, command_lines
from made_docs import ROOT, SITE

import horde_reference
from horde_reference.cli.main import cli
from horde_reference.emit.reference.markdown import MARK
from horde_reference.formats.addresses import PUBLIC_ROOT

PAGES = sorted(path for path in SITE.rglob("*.md"))
WRITTEN = [page for page in PAGES if MARK not in page.read_text()]
OUTSIDE = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
BLOCKS = [block for page in (*WRITTEN, *OUTSIDE) for block in blocks(page)]
SHELL = [line for block in BLOCKS if block.language == "sh" for line in command_lines(block)]
OURS = sorted({line for line in SHELL if re.search(r"(^|&& )horde-reference ", line)})
ROLES = ("contributor", "maintainer", "python", "any-language", "worker", "self-hosting")


def in_navigation(entry: object) -> Iterator[str]:
    """Pages that a part of the navigation names."""
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, list | dict):
        for inner in entry.values() if isinstance(entry, dict) else entry:
            yield from in_navigation(inner)


def links(page: Path) -> Iterator[str]:
    """Pages that a page leads to, below the folder."""
    for target in re.findall(r"\]\(([^)#\s]+\.md)", page.read_text()):
        yield (page.parent / target).resolve().relative_to(SITE.resolve()).as_posix()


def test_every_page_is_found_from_the_navigation_or_an_index() -> None:
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_bytes())["nav"]
    found = {path for path in in_navigation(nav) if path.endswith(".md")}
    assert len(found) > 30
    reached = found | {link for path in found for link in links(SITE / path)}
    assert {page.relative_to(SITE).as_posix() for page in PAGES} == reached


def test_there_is_a_start_for_each_role() -> None:
    assert {page.stem for page in (SITE / "start").glob("*.md")} == set(ROLES)
    assert all(f"(start/{role}.md)" in (SITE / "index.md").read_text() for role in ROLES)


def test_links_of_pages_outside_lead_somewhere() -> None:
    for page in OUTSIDE:
        targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text())
        assert targets
        assert [target for target in targets if not (ROOT / target).exists()] == []


@pytest.mark.parametrize("line", OURS)
def test_commands_that_pages_show_can_be_typed(line: str) -> None:
    for words in (shlex.split(part, comments=True) for part in re.split(r" && | \| ", line)):
        if words and words[0] == "horde-reference":
            typed(words[1:])


def typed(words: list[str]) -> None:
    """Parse a command line as click would, up to where it would run. Files that it names need not be there."""
    command: click.Command = cli
    ctx = click.Context(cli, info_name="horde-reference")
    while isinstance(command, click.Group):
        assert words, f"{ctx.command_path} is no whole command"
        inner = command.get_command(ctx, words[0])
        assert inner is not None, f"{ctx.command_path} {words[0]}"
        command, words = inner, words[1:]
        ctx = click.Context(command, info_name=command.name, parent=ctx)
    options, _, _ = command.make_parser(ctx).parse_args(args=list(words))
    for parameter in command.params:
        if isinstance(parameter.type, click.Choice) and isinstance(value := options.get(str(parameter.name)), str):
            assert value in parameter.type.choices, f"{parameter.name} {value}"


def test_a_command_that_cannot_be_typed_would_be_noticed() -> None:
    with pytest.raises(click.NoSuchOption):
        typed(["queue", "apply", "--folly"])
    with pytest.raises(AssertionError):
        typed(["queue", "follow"])
    with pytest.raises(AssertionError):
        typed(["build", "--host", "apache"])
    assert len(OURS) > 40


def test_targets_of_make_that_pages_show_exist() -> None:
    there = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    shown = {name for line in SHELL for name in re.findall(r"(?:^|&& )make ([a-z]+)", line)}
    assert len(shown) > 3
    assert shown <= there


@pytest.mark.parametrize(
    "block", [block for block in BLOCKS if block.language == "python"], ids=lambda block: block.page.stem
)
def test_python_that_pages_show_compiles_and_imports_what_there_is(block: Block) -> None:
    for node in ast.walk(ast.parse(block.text)):
        if isinstance(node, ast.ImportFrom) and node.module == "horde_reference":
            assert {alias.name for alias in node.names} <= set(horde_reference.__all__)


@pytest.mark.parametrize(
    "block", [block for block in BLOCKS if block.language == "json"], ids=lambda block: block.page.stem
)
def test_json_that_pages_show_is_json(block: Block) -> None:
    text = block.text.strip()
    json.loads(text if text.startswith("{") else f"{{{text}}}")


def test_the_first_steps_in_python_can_be_taken(address: str, tmp_path: Path) -> None:
    program = "\n".join(block.text for block in blocks(SITE / "start/python.md") if block.language == "python")
    environment = {**os.environ, "HORDE_REFERENCE_URL": address, "HORDE_REFERENCE_CACHE": str(tmp_path)}
    environment |= {"HORDE_REFERENCE_GITHUB": "false", "HORDE_REFERENCE_SNAPSHOT": "false"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "AlbedoBaseXL_v31.safetensors" in done.stdout or ".safetensors" in done.stdout


def test_the_first_steps_in_a_shell_can_be_taken(address: str, tmp_path: Path) -> None:
    shell = [block for block in blocks(SITE / "start/any-language.md") if block.language == "sh"]
    assert len(shell) == 2
    program = "set -e\n" + "\n".join(block.text for block in shell).replace(PUBLIC_ROOT, address)
    done = subprocess.run(["bash", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert '"ViT-L/14"' in done.stdout
    assert json.loads((tmp_path / "head.json").read_bytes())["files"]


def test_the_first_steps_in_javascript_can_be_taken(address: str) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs node, which is not installed")
    (block,) = [block for block in blocks(SITE / "start/any-language.md") if block.language == "js"]
    program = block.text.replace(PUBLIC_ROOT, address)
    command = [node, "--input-type=module", "-e", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 3
