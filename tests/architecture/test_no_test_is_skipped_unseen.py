"""Where a test that can run skips, the run fails: a check that looked at nothing must not pass."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parent.parent / "conftest.py"
SKIPPED = "import pytest\n\ndef test_skips():\n    pytest.skip('for want of anything')\n"
EXPECTED = "import pytest\n\n@pytest.mark.xfail\ndef test_fails():\n    assert 0\n"
NEEDS_SHARED = "def test_skips(shared):\n    pass\n"


def run(folder: Path, test: str, forbidden: str, *options: str) -> int:
    """Exit code of a run of one test beside a copy of our conftest."""
    (folder / "tests").mkdir()
    shutil.copy(CONFTEST, folder / "tests")
    (folder / "tests/test_one.py").write_text(test)
    environment = {**os.environ, "TESTS_MUST_NOT_SKIP": forbidden}
    found = ["-p", "no:cacheprovider", "-o", f"pythonpath={CONFTEST.parent / 'making'}"]
    command = [sys.executable, "-m", "pytest", "-q", *found, *options, "tests"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False).returncode


@pytest.mark.parametrize("options", [(), ("-n", "1")], ids=["alone", "distributed"])
@pytest.mark.parametrize(("forbidden", "code"), [("1", 1), ("", 0)], ids=["forbidden", "allowed"])
def test_a_skip_fails_the_run_where_it_is_forbidden(
    forbidden: str, code: int, options: tuple[str, ...], tmp_path: Path
) -> None:
    assert run(tmp_path, SKIPPED, forbidden, *options) == code


def test_a_failure_that_was_expected_fails_the_run_as_well(tmp_path: Path) -> None:
    assert run(tmp_path, EXPECTED, "1") == 1


def test_what_needs_the_real_legacy_files_may_skip_where_they_are_not(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    assert run(tmp_path / "inner", NEEDS_SHARED, "1") == 0
