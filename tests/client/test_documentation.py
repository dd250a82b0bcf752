"""What the pages on the client say is so."""

import re
from pathlib import Path

from horde_reference import __all__ as public
from horde_reference.client.settings import ROWS
from horde_reference.client.shortcuts import Shortcuts
from horde_reference.query.query import Query

SITE = Path(__file__).parent.parent.parent / "site"
CLIENT = (SITE / "guides/python.md").read_text()
MIGRATION = (SITE / "guides/migrating.md").read_text()


def test_every_shortcut_and_every_step_of_a_query_is_named() -> None:
    shortcuts = [name for name, value in vars(Shortcuts).items() if isinstance(value, property)]
    steps = [name for name in dir(Query) if not name.startswith("_") and name not in {"kind", "to_dict"}]
    assert len(shortcuts) == 15
    for name in (*shortcuts, *steps):
        assert re.search(rf"[.`]{name}\b", CLIENT), name


def test_names_that_the_pages_import_exist() -> None:
    imported = re.findall(r"^from horde_reference import (.+)$", CLIENT + MIGRATION, re.MULTILINE)
    assert len(imported) > 1
    assert {name.strip() for line in imported for name in line.split(",")} <= set(public)


def test_settings_that_the_migration_names_exist() -> None:
    table = MIGRATION.partition("## Settings")[2].partition("## A worker")[0]
    named = set(re.findall(r"\| `([A-Z_]+)[`=]", re.sub(r"^\| [^|]*", "", table, flags=re.MULTILINE)))
    assert len(named) > 7
    assert named <= {row.name.upper() for row in ROWS}
