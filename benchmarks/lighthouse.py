"""What Lighthouse says of the site: at least 95 in each of its categories, on a phone and on a desk.

Builds the site of `data/`, serves it with nginx as in production, and asks Lighthouse, from npm, with a real Chromium.
Of several rounds the median counts, since speed varies with what else the machine does. Exits with 1 below the least.

    python benchmarks/lighthouse.py [--rounds 3]
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests/making"))

from chromium import FLAGS  # noqa: E402 - found by the line above
from hosts import nginx_with  # noqa: E402
from installed import npm  # noqa: E402

from horde_reference.emit.hosting.host import Host  # noqa: E402
from horde_reference.workflows.build import Wishes, build  # noqa: E402

LIGHTHOUSE = "lighthouse@12.8.2"
LEAST = 95
DEVICES = {"phone": [], "desk": ["--preset=desktop"]}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def pages(root: Path) -> Iterator[tuple[str, str]]:
    """What is looked at, and its path."""
    model = min((root / "models/image_generation").glob("*/index.html")).parent
    yield "home", "/"
    yield "catalogue", "/models/"
    yield "model", f"/{quote(model.relative_to(root).as_posix())}/"


def scores(address: str, device: str) -> dict[str, float]:
    """Category → what Lighthouse says of a page, of 100."""
    command = [
        "node", str(npm(LIGHTHOUSE) / "cli/index.js"), address, "--quiet", "--output=json", *DEVICES[device],
        f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(['--headless=new', *FLAGS])}",
    ]  # fmt: skip
    settings = {**os.environ, "CHROME_PATH": shutil.which("chromium") or "chromium"}
    done = subprocess.run(command, capture_output=True, env=settings, check=True)
    said = json.loads(done.stdout)["categories"]
    return {name: said[name]["score"] * 100 for name in CATEGORIES}


def main() -> int:
    """Measure, print, and judge."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=3)
    rounds = options.parse_args().rounds
    found: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        root, home = Path(folder) / "public", Path(folder) / "home"
        home.mkdir()
        build(ROOT / "data", root, Wishes(host=Host.NGINX))
        with nginx_with("nginx.conf", root, home) as port:
            for name, path in [page for page in pages(root) for _ in range(rounds)]:
                for device in DEVICES:
                    for category, score in scores(f"http://127.0.0.1:{port}{path}", device).items():
                        found[name, device, category].append(score)
    medians = {key: statistics.median(some) for key, some in found.items()}
    for (name, device, category), score in medians.items():
        print(f"{name:10} {device:6} {category:15} {score:.0f}{'' if score >= LEAST else f', below {LEAST}'}")
    return int(min(medians.values()) < LEAST)


if __name__ == "__main__":
    sys.exit(main())
