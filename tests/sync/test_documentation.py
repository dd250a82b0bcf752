"""What the page on syncing says is so."""

import re
from pathlib import Path

import pytest

from horde_reference.errors import CannotRun
from horde_reference.workflows.sync_settings import GONE, PREFIX, ROWS, SyncSettings

PAGE = (Path(__file__).parent.parent.parent / "site/sync.md").read_text()


def test_the_table_of_settings_is_that_of_the_code() -> None:
    rows = re.findall(rf"^\| `{PREFIX}(\w+)` \| (.*?) \| (.*) \|$", PAGE, re.MULTILINE)
    assert rows == [(row.name.upper(), f"`{row.default}`" if row.default else "", row.doc) for row in ROWS]


def test_settings_that_are_gone_are_named() -> None:
    assert dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]*) \|$", PAGE, re.MULTILINE)) == dict(GONE)


def test_all_that_cannot_be_is_told_at_once() -> None:
    wrong = {
        "DRY_RUN": "perhaps", "MIN_CHANGES_THRESHOLD": "-1", "MAX_CHANGES_SHARE": "2", "IMAGE_REPO": "nobody",
        "WATCH_INTERVAL_SECONDS": "0", "CATEGORIES_TO_SYNC": "clip, dogs", "RELEASED_PYTHON": "/nowhere",
        "PRIMARY_API_URL": "ftp://x", "MAX_SHRINK": "much", "WATCH_MODES": "1",
    }  # fmt: skip
    with pytest.raises(CannotRun) as refused:
        SyncSettings.from_environment({PREFIX + name: value for name, value in wrong.items()})
    assert all(PREFIX + name in str(refused.value) for name in wrong)


def test_what_the_service_before_knew_is_passed_over() -> None:
    SyncSettings.from_environment({PREFIX + name: "x" for name in GONE})
