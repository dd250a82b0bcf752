"""Whatever there is, is documented: what the code says is looked for in the pages that are committed."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from inspect import getmembers, isclass

import click
import pytest
from made_docs import ROOT, SITE

import horde_reference
from horde_reference import errors
from horde_reference.analytics.presets import PRESETS
from horde_reference.analytics.risk import FLAGS
from horde_reference.analytics.thresholds import Thresholds
from horde_reference.cli.main import cli
from horde_reference.client import settings as client_settings
from horde_reference.emit.openapi.table import ENDPOINTS
from horde_reference.emit.reference import addresses, commands, python_api
from horde_reference.emit.reference.everything import FOLDERS
from horde_reference.emit.reference.facts import Command
from horde_reference.emit.reference.markdown import MARK
from horde_reference.records import vocabulary
from horde_reference.records.categories import CATEGORIES
from horde_reference.records.settings import SETTINGS
from horde_reference.rules.table import RULES
from horde_reference.workflows import sync_settings

REFERENCE = SITE / "reference"
OPENAPI = json.loads((ROOT / "schemas/openapi.json").read_bytes())
VARIABLE = re.compile(r"(GITHUB|GH|XDG|RUNNER)_[A-Z_]+|CI|LOCALAPPDATA")
LIMITS = re.compile(r"^(MAX_\w+): Final = ", re.MULTILINE)


def text(path: str) -> str:
    return (SITE / path).read_text()


def told(word: str, path: str) -> bool:
    """Whether a page has the word as code, whole or before what stands behind it."""
    return re.search(rf"`{re.escape(word)}[` \[]", text(path)) is not None


def all_commands(command: click.Command, ctx: click.Context) -> Iterator[tuple[str, click.Command]]:
    """Every command by what is typed, as click itself finds it."""
    if not isinstance(command, click.Group):
        yield ctx.command_path, command
        return
    for name in command.list_commands(ctx):
        inner = command.get_command(ctx, name)
        assert inner is not None
        yield from all_commands(inner, click.Context(inner, info_name=name, parent=ctx))


COMMANDS = dict(all_commands(cli, click.Context(cli, info_name="horde-reference")))


def undocumented(names: dict[str, click.Command]) -> list[str]:
    """Commands and options that no page names."""
    missing = []
    for path, command in names.items():
        page = REFERENCE / f"commands/{path.split()[1]}.md"
        said = page.read_text() if page.exists() else ""
        section = said.partition(f"```text\n{path} ")[2].partition("\n## ")[0]
        options = [one for option in command.params if isinstance(option, click.Option) for one in option.opts]
        missing += [f"{path} {word}" for word in ("", *options) if not section or word not in section]
    return missing


def test_every_command_and_option_is_told() -> None:
    assert len(COMMANDS) > 40
    assert undocumented(COMMANDS) == []


def test_a_command_or_an_option_that_is_not_told_would_be_noticed() -> None:
    fake = click.Command("fake", params=[click.Option(["--folly"])])
    real = "horde-reference queue apply"
    more = click.Command("apply", params=[*COMMANDS[real].params, click.Option(["--folly"])])
    assert undocumented({"horde-reference fake": fake, real: more}) == [
        "horde-reference fake ", "horde-reference fake --folly", f"{real} --folly",
    ]  # fmt: skip


def test_a_new_command_gets_a_page() -> None:
    made = dict(commands.emit(Command("x", "", "Root.", (), (Command("x new", "[OPTIONS]", "Does a new thing."),))))
    assert b"Does a new thing." in made["reference/commands/new.md"]
    assert b"[`new`](new.md)" in made["reference/commands/index.md"]


def test_every_rule_has_a_page() -> None:
    pages = {page.stem for page in (SITE / "rules").glob("*.md")}
    assert pages == {*RULES, "index"}
    assert all(f"[{rule}]({rule}.md)" in text("rules/index.md") for rule in RULES)


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_field_is_told(category: str) -> None:
    schema = json.loads((ROOT / f"schemas/record/{category}.json").read_bytes())
    published = json.loads((ROOT / f"schemas/v2/record/{category}.json").read_bytes())
    page = f"reference/records/{category}.md"
    for key, shape in {**published["properties"], **schema["properties"]}.items():
        assert told(key, page), key
        assert " ".join(shape["description"].split()[:4]) in text(page), key
    for name, shape in schema["$defs"].items():
        shapes = text("reference/records/index.md").partition(f"\n### {name}\n")[2].partition("\n### ")[0]
        assert all(f"`{key}`" in shapes for key in shape.get("properties", ())), name


def test_every_word_of_a_vocabulary_is_told() -> None:
    for name, words in getmembers(vocabulary, isclass):
        if words.__module__ == vocabulary.__name__ and issubclass(words, StrEnum):
            assert all(told(word, "reference/vocabularies.md") for word in words), name
    assert all(told(name, "reference/vocabularies.md") for name in SETTINGS)


def test_every_setting_is_told() -> None:
    page = "reference/settings.md"
    for settings in (client_settings, sync_settings):
        for row in settings.ROWS:
            assert told(settings.PREFIX + row.name.upper(), page), row.name
            assert row.doc in text(page), row.name
    assert all(told(sync_settings.PREFIX + name, page) for name in sync_settings.GONE)


def variables() -> Iterator[str]:
    """What looks like a variable of the environment anywhere in the code."""
    for path in (ROOT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and VARIABLE.fullmatch(str(node.value)):
                yield str(node.value)


def test_every_variable_that_the_code_names_is_told() -> None:
    found = set(variables())
    assert len(found) > 10
    assert [name for name in sorted(found) if not told(name, "reference/settings.md")] == []


def test_every_number_is_told() -> None:
    page = "reference/numbers.md"
    assert all(told(name, page) for name in (*FLAGS, *PRESETS, *(one.name for one in fields(Thresholds))))
    limits = [name for path in (ROOT / "generator").rglob("*.py") for name in LIMITS.findall(path.read_text())]
    assert len(limits) > 8
    assert [name for name in limits if f".{name}`" not in text(page)] == []


def test_every_address_is_told_and_can_be_tried() -> None:
    found = addresses.gathered(ENDPOINTS)
    for path, said in OPENAPI["paths"].items():
        whole = path if "servers" in said else f"/api{path}" if path != "/" else "/api"
        forms = [one for one in found if one.holds(whole)]
        assert len(forms) == 1, whole
        page = text(f"reference/api/{said['get']['tags'][0]}.md")
        assert f"GET {forms[0].path}\n" in page, whole
        assert f'data-file="{forms[0].file}"' in page, whole
        assert all(f"<option>{name}</option>" in page for name in forms[0].categories)


def test_every_public_name_is_told_once() -> None:
    names = [name for shelf in python_api.SHELVES for name in shelf.names]
    assert sorted(names) == sorted(horde_reference.__all__)
    assert all(
        f"\n::: horde_reference.{name}\n" in text(f"{python_api.FOLDER}/{shelf.name}.md")
        for shelf in python_api.SHELVES
        for name in shelf.names
    )


def test_every_error_and_exit_code_is_told() -> None:
    page = "reference/errors.md"
    assert all(told(name, page) for name, found in getmembers(errors, isclass) if issubclass(found, Exception))
    codes = {value for name, value in vars(errors).items() if name.startswith("EXIT_")}
    listed = text(page).partition("## Exit codes")[2].partition("## Errors")[0]
    assert codes == set(map(int, re.findall(r"\b(\d) ", listed)))


def test_nothing_else_lies_among_the_pages_that_are_made() -> None:
    for folder in FOLDERS:
        for page in (SITE / folder).rglob("*"):
            assert page.is_dir() or MARK in page.read_text(), page
