"""What settings of the sync say when they cannot be."""

import pytest

from horde_reference.errors import CannotRun
from horde_reference.workflows.sync_settings import GONE, PREFIX, SyncSettings


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
