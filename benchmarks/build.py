"""What a build costs, a record and phase by phase, beside the floor of each phase measured in the same round.

A floor is the least that the phase could cost in Python: the same bytes read, parsed, validated, dumped and written
by bare loops over the fastest library for it, with nothing thought about in between.

    python benchmarks/build.py [--sizes 1000,10000,100000] [--rounds 5] [--folder DIR]
"""

import argparse
import gc
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from operator import truediv
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import orjson

import synthetic
from horde_reference.adapters.marker import Marker
from horde_reference.adapters.packaged import packaged_schemas
from horde_reference.adapters.publish import write_tree
from horde_reference.edition import Edition
from horde_reference.emit.conformance import conforming
from horde_reference.emit.everything import emit
from horde_reference.emit.openapi.table import endpoint_of
from horde_reference.formats.canonical import load
from horde_reference.formats.validating import adapter_of
from horde_reference.rules.check import check
from horde_reference.tree import Body, Digests, Emitted, Members, pieces
from horde_reference.workflows.build import build
from horde_reference.workflows.gather import read

Times = dict[str, list[float]]


def timed(times: Times, label: str, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the work returns
    """Run the work, note its seconds, and return what it returned."""
    os.sync()  # what was written before must not be paid for now
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    result = work()
    times[label].append(time.perf_counter() - start)
    gc.enable()
    return result


def floor_read(data: Path) -> list[bytes]:
    """Read every file, relative to its folder."""
    bodies = []
    for folder, _, names in os.walk(data):
        inside = os.open(folder, os.O_RDONLY)
        for name in sorted(names):
            file = os.open(name, os.O_RDONLY, dir_fd=inside)
            bodies.append(os.read(file, 65537))
            os.close(file)
        os.close(inside)
    return bodies


def floor_parse(bodies: list[bytes]) -> int:
    """Parse each file into a typed record and keep it."""
    parse = adapter_of("image_generation").validate_json
    return len([parse(body) for body in bodies])


def parts(body: Body) -> list[bytes]:
    """JSON texts that a file is made of."""
    return list(body.objects()) if isinstance(body, Members) else [body]


def schema_of(path: str) -> str | None:
    """Path of the schema that a published file keeps to."""
    endpoint = endpoint_of(path)
    return endpoint.schema if endpoint else None


def floor_validate(bodies: list[tuple[jsonschema_rs.Draft202012Validator, Body]]) -> None:
    """Parse each emitted JSON file and run its compiled schema over it."""
    for validator, body in bodies:
        for text in parts(body):
            validator.validate(orjson.loads(text))


def floor_dump(documents: list[tuple[bool, object]]) -> int:
    """Dump what every emitted JSON file says, the legacy files with their four blanks a level."""
    size = 0
    for is_legacy, document in documents:
        text = orjson.dumps(document)
        size += len(msgspec.json.format(text, indent=4) if is_legacy else text)
    return size


def floor_write(files: list[Emitted], out: Path) -> None:
    """Write every emitted file."""
    for folder in {path.rpartition("/")[0] for path, _ in files}:
        (out / folder).mkdir(parents=True, exist_ok=True)
    for path, body in files:
        file = os.open(f"{out}/{path}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        for piece in pieces(body):
            os.write(file, piece)
        os.close(file)


def floors(times: Times, data: Path, scratch: Path) -> None:
    """Measure the floor of each phase."""
    files = list(emit(Edition(load(read(data).drained()).corpus), packaged_schemas()))
    bodies = timed(times, "floor read", lambda: floor_read(data))
    timed(times, "floor parse", lambda: floor_parse(bodies))
    schemas = packaged_schemas()
    compiled = {path: jsonschema_rs.Draft202012Validator(orjson.loads(schema)) for path, schema in schemas.items()}
    emitted = [(path, body) for path, body in files if path.endswith(".json") and not path.startswith("schemas/")]
    distinct = {id(body): (path, body) for path, body in emitted}.values()
    checks = [(compiled[schema], body) for path, body in distinct if (schema := schema_of(path))]
    timed(times, "floor validate", lambda: floor_validate(checks))
    documents = [
        ("/v1/" in path or path.startswith("legacy/"), orjson.loads(text))
        for path, body in distinct
        for text in parts(body)
    ]
    timed(times, "floor dump", partial(floor_dump, documents))

    timed(times, "floor write", lambda: floor_write(files, scratch / "floor"))


def phases(times: Times, data: Path, scratch: Path) -> None:
    """Measure the phases of our build one by one."""
    found = timed(times, "read", lambda: read(data))
    loaded = timed(times, "parse", lambda: load(found.drained()))
    timed(times, "check", lambda: check(loaded.corpus))
    schemas = packaged_schemas()
    files: list[Emitted] = timed(times, "dump", lambda: list(emit(Edition(loaded.corpus), schemas)))
    timed(times, "validate", lambda: sum(1 for _ in conforming(files, schemas)))
    timed(times, "write", lambda: write_tree(files, scratch / "phases", Marker("", {}, 0), Digests()))


def whole(times: Times, data: Path, scratch: Path) -> None:
    """Measure whole builds, each in a process of its own: full, then unchanged. Start-up is measured aside."""
    command = [sys.executable, __file__, "--child", str(data), str(scratch / "out")]
    for label in ("full build", "unchanged build"):
        os.sync()
        answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        times[label].append(float(answer[0]))
        times[f"{label} MB"].append(float(answer[1]))


def child(data: Path, out: Path) -> None:
    """Build once; print seconds and the highest memory in MB."""
    start = time.perf_counter()
    build(data, out)
    seconds = time.perf_counter() - start
    # Of this process alone; what getrusage says begins with the memory of the process that started it.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(seconds, int(status.partition("VmHWM:")[2].split()[0]) / 1024)


def measure(size: int, rounds: int, folder: Path) -> dict[str, float]:
    """Medians of several rounds for one size: seconds, and MB where the label says so."""
    data = folder / f"data-{size}"
    if not data.exists():
        synthetic.write(size, data)
    times: Times = defaultdict(list)
    for number in range(rounds):
        # Nothing is deleted before the end: files are made far more slowly right after many were deleted.
        scratch = folder / f"scratch-{size}-{number}"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        # Whoever writes first after a pause may pay for the disk's waking up: each is first in turn.
        steps = [
            partial(phases, times, data, scratch),
            partial(floors, times, data, scratch),
            partial(whole, times, data, scratch),
        ]
        for place in range(3):
            steps[(number + place) % 3]()
    return {label: statistics.median(values) for label, values in (times | ratios(times)).items()}


def ratios(times: Times) -> Times:
    """Whole builds beside others of the same round: the machine may be slower in the next."""
    floors_of_rounds = zip(*(values for label, values in times.items() if label.startswith("floor")), strict=True)
    return {
        "full to floors": [
            full / sum(parts) for full, parts in zip(times["full build"], floors_of_rounds, strict=True)
        ],
        "unchanged to full": list(map(truediv, times["unchanged build"], times["full build"])),
    }


def report(size: int, medians: dict[str, float]) -> float:
    """Print the table of one size; returns the cost of a full build, a record."""
    print(f"\n{size} records, µs a record\n{'phase':12}{'ours':>9}{'floor':>9}{'ratio':>8}")
    for phase in ("read", "parse", "check", "dump", "validate", "write"):
        ours, floor = medians[phase] / size * 1e6, medians.get(f"floor {phase}", 0) / size * 1e6
        print(f"{phase:12}{ours:9.1f}" + (f"{floor:9.1f}{ours / floor:8.2f}" if floor else f"{'-':>9}{'-':>8}"))
    total = sum(value for label, value in medians.items() if label.startswith("floor"))
    full = medians["full build"]
    print(f"{'full build':12}{full / size * 1e6:9.1f}{total / size * 1e6:9.1f}{medians['full to floors']:8.2f}")
    print(
        f"unchanged build: {medians['unchanged to full']:.2f} of a full one; memory {medians['full build MB']:.0f} MB"
    )
    return full / size


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["--child"]:
        child(Path(sys.argv[2]), Path(sys.argv[3]))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "horde-reference-bench")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    costs = [report(size, measure(size, options.rounds, options.folder)) for size in sizes]
    for scratch in options.folder.glob("scratch-*"):
        shutil.rmtree(scratch)
    print(f"\ncost a record from the least to the most: a factor of {max(costs) / min(costs):.2f}")


if __name__ == "__main__":
    main()
