"""The checker of the W3C, which the HTML standard's own authors use: `vnu`."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from installed import npm

VNU = "vnu-jar@26.9.27"


def errors(*paths: Path) -> list[dict[str, Any]]:
    """What is wrong in pages and style sheets; not what it warns of: each policy, since files have no origin."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("needs java, which is not installed")
    checker = [java, "-jar", str(npm(VNU) / "build/dist/vnu.jar"), "--format", "json", "--also-check-css"]
    done = subprocess.run([*checker, *map(str, paths)], capture_output=True, text=True, check=False)
    return [one for one in json.loads(done.stderr)["messages"] if one["type"] != "info"]
