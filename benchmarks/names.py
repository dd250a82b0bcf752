"""What parsing the name of a text model costs: ours, the released parser, and the least that Python could do.

The least is one pass of a compiled pattern over the name that parts it into words, with nothing thought about. Each
parses the same names, made of those of our records, in a process of its own, several rounds in which each is first in
turn. Ratios are taken within a round. The released parser keeps what it parsed, and here parses each name anew.

    python benchmarks/names.py [--names 100000] [--rounds 5]
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from operator import truediv
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests/making"))

from installed import kept  # noqa: E402 - found by the line above
from released import CLIENT, _install  # noqa: E402

from client_scripts import FLOOR, OLD, OURS  # noqa: E402

GROUPED = f"{OURS}, grouped"
PARSERS: Mapping[str, str] = {
    OURS: "from horde_reference.text.names import parse_name as work",
    GROUPED: "from horde_reference.text.names import parse_name\ndef work(name):\n    return parse_name(name).group",
    FLOOR: "import re\nwork = re.compile('[^-_ ./]+').findall",
    OLD: "from loguru import logger\nlogger.remove()\n"
    "from horde_model_reference.analytics.text_model_parser import parse_text_model_name\n"
    "work = parse_text_model_name.__wrapped__",
}
TIMED = """
import json, sys, time
names = json.load(open(sys.argv[1]))
work(names[0])
start = time.perf_counter()
for name in names:
    work(name)
print((time.perf_counter() - start) / len(names) * 1e6)
"""


def names(number: int) -> list[str]:
    """As many names: those of our records, some with another size, a quantisation or a backend."""
    chance = random.Random(20)
    ours = [json.loads(file.read_text())["name"] for file in sorted((ROOT / "data/text_generation").rglob("*.json"))]
    tails = ["", "", "-Q4_K_M", "-Q5_K_M.gguf", ".i1-IQ2_XXS", "-GPTQ-4bit-128g", "-v2", "-Instruct-2507"]
    heads = ["", "", "koboldcpp/", "aphrodite/"]
    return [f"{chance.choice(heads)}{chance.choice(ours)}{chance.choice(tails)}" for _ in range(number)]


def measured(parser: str, file: Path) -> float:
    """Microseconds a name."""
    python = str(kept(CLIENT, _install) / "bin/python") if parser == OLD else sys.executable
    script = PARSERS[parser] + TIMED
    done = subprocess.run([python, "-c", script, file], capture_output=True, text=True, check=False, cwd=file.parent)
    if done.returncode:
        raise SystemExit(f"parsing by {parser} failed:\n{done.stderr[-2000:]}")
    return float(done.stdout)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    took: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "names.json"
        file.write_text(json.dumps(names(options.names)))
        for number in range(options.rounds):
            for place in range(len(PARSERS)):
                who = list(PARSERS)[(number + place) % len(PARSERS)]
                took[who].append(measured(who, file))
    print(f"{'':16}{'µs a name':>10}{'of the floor':>14}")
    for who in PARSERS:
        ratio = statistics.median(map(truediv, took[who], took[FLOOR]))
        print(f"{who:16}{statistics.median(took[who]):10.2f}{ratio:14.2f}")


if __name__ == "__main__":
    main()
