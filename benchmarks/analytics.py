"""What statistics, usage and deletion risk cost, as a share of a full build with them.

A synthetic corpus, half images and half texts, each of which the AI-Horde counts. The share is taken within a round:
the files of statistics and risk made, checked, digested and written alone, beside a build of everything.

    python benchmarks/analytics.py [--sizes 1000,10000,100000] [--rounds 5]
"""

import argparse
import gc
import os
import random
import statistics as numbers
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

import synthetic
from horde_reference.adapters.marker import Marker
from horde_reference.adapters.packaged import packaged_schemas
from horde_reference.adapters.publish import write_tree
from horde_reference.analytics.usage import Counted, Usage, Use, encode
from horde_reference.edition import Edition
from horde_reference.emit import risk, statistics
from horde_reference.emit.conformance import conforming
from horde_reference.emit.head import headed
from horde_reference.tree import Digests
from horde_reference.workflows.build import Wishes, build
from horde_reference.workflows.fetched import FetchedFiles
from horde_reference.workflows.gather import gather, paused_collection


def usage_of(names: list[str]) -> Usage:
    """A use of every name, under up to three names for texts."""
    chance = random.Random(1)

    def use() -> Use:
        month = chance.randint(0, 5000)
        return Use(day=month // 30, month=month, total=month * 12, workers=chance.randint(0, 9), jobs=1, queued=900)

    image = {name: use() for name in names if "/" not in name}
    text = {f"{backend}{name}": use() for name in names if "/" in name for backend in ("", "aphrodite/", "koboldcpp/")}
    return Usage(fetched_at=1_764_000_000, image=Counted(models=image), text=Counted(models=text))


def corpus(size: int, folder: Path) -> tuple[Path, Path]:
    """So many records below a folder and their usage, and where both are."""
    data, usage = folder / "data", folder / "usage.json"
    synthetic.write(size // 2, data)
    synthetic.write(size - size // 2, data, synthetic.texts)
    usage.write_bytes(encode(usage_of([record.name for record in gather(data).corpus])))
    return data, usage


def timed(work: Callable[[], object]) -> float:
    """Seconds that the work takes."""
    os.sync()
    gc.collect()
    start = time.perf_counter()
    with paused_collection():
        work()
    return time.perf_counter() - start


def shares(size: int, rounds: int) -> Iterator[float]:
    """Share of a build that statistics and risk take, one a round."""
    with tempfile.TemporaryDirectory() as scratch:
        data, usage = corpus(size, Path(scratch))
        checked, known = gather(data), FetchedFiles(usage)
        found = checked.corpus
        schemas, said = packaged_schemas(), usage_of([record.name for record in found])
        for number in range(rounds):
            whole = timed(partial(build, data, Path(scratch) / f"all-{number}", Wishes(fetched=known, site=False)))

            def alone(number: int = number) -> None:
                edition, digests = Edition(found, usage=said, known_groups=checked.groups), Digests()
                files = conforming(chain(statistics.emit(edition), risk.emit(edition)), schemas)
                out = Path(scratch) / f"part-{number}"
                write_tree(headed(files, edition, digests), out, Marker("", {}, 0), digests)

            yield timed(alone) / whole


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    for size in map(int, arguments.sizes.split(",")):
        found = list(shares(size, arguments.rounds))
        print(f"{size} records: {100 * numbers.median(found):.0f} % of a full build", flush=True)


if __name__ == "__main__":
    main()
