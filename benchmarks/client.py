"""What reading the reference costs: our client, the released one, and the least that Python could do, side by side.

All read the same files from the same server on loopback, each in a process of its own with an empty cache, several
rounds in which each is first in turn. Times are from the start of the process until the records are there; ratios
are taken within a round. The released client is installed once into `.cache/`, in a virtual environment of its own.

    python benchmarks/client.py [--rounds 9] [--folder DIR]
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from operator import truediv
from pathlib import Path
from socket import SHUT_WR, create_connection, create_server, socket

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests/making"))

from installed import kept  # noqa: E402 - found by the line above
from processes import free_port, running  # noqa: E402
from released import CLIENT, _install  # noqa: E402

from client_scripts import FLOOR, LIBRARIES, OLD, OURS, OURS_KEPT, SCRIPTS, TELL  # noqa: E402
from horde_reference.workflows.adopt import adopt  # noqa: E402
from horde_reference.workflows.build import build  # noqa: E402

CORPUS = ROOT.parent / "shared/corpus"

Told = tuple[float, float, object, list[str]]
Rounds = dict[str, list[float]]


class Counting:
    """Passes connections on to a server, and counts the bytes in both directions."""

    def __init__(self, port: int) -> None:
        self.bytes = 0
        self._target = "127.0.0.1", port
        self._listening = create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            inner, _ = self._listening.accept()
            outer = create_connection(self._target)
            for ends in ((inner, outer), (outer, inner)):
                threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, source: socket, target: socket) -> None:
        try:
            while piece := source.recv(65536):
                self.bytes += len(piece)
                target.sendall(piece)
            target.shutdown(SHUT_WR)
        except OSError:  # either end was closed
            return


class Clients:
    """Runs the clients, each with a folder of its own."""

    def __init__(self, url: str, tree: Path, folder: Path) -> None:
        self.url = url
        self._tree = tree
        self._folder = folder
        self._old = kept(CLIENT, _install) / "bin/python"
        self._number = 0
        self._full = {OURS: folder / "kept-ours", OLD: folder / "kept-old", FLOOR: folder / "kept-floor"}

    def run(self, task: str, who: str, url: str = "") -> Told:
        """Run one client once; returns seconds, MB, what it read, libraries that it loaded."""
        start = time.monotonic()
        with self._started(task, who, url or self.url) as process:
            answer, complaint = process.communicate("\n", timeout=300)
        if process.returncode:
            raise SystemExit(f"{task} by {who} failed:\n{complaint[-2000:]}")
        return self._told(answer, 0.0 if task == "refresh" else start)

    def refresh_bytes(self, who: str, proxy: Counting) -> tuple[int, int]:
        """Bytes that reading all moves, and after that a refresh when nothing changed."""
        before = proxy.bytes
        with self._started("refresh", who, proxy.url) as process:
            for line in process.stdout or ():
                if line == "ready\n":
                    break
            time.sleep(0.2)  # what is on its way arrives
            read = proxy.bytes
            process.communicate("\n", timeout=300)
        if process.returncode:
            raise SystemExit(f"a refresh by {who} failed")
        time.sleep(0.2)
        return read - before, proxy.bytes - read

    def keep_copies(self) -> None:
        """Give each client what it keeps on disk: ours its cache, the released one the legacy files."""
        ours = [sys.executable, "-c", f"{OURS_KEPT}reference().load()", self.url, str(self._full[OURS])]
        subprocess.run(ours, check=True)
        legacy = self._full[OLD] / "horde_model_reference/legacy"
        legacy.mkdir(parents=True, exist_ok=True)
        for file in (self._tree / "legacy").glob("*/*.*"):
            shutil.copy(file, legacy)
        self._full[FLOOR].mkdir(exist_ok=True)
        self.run("offline start", OLD)  # converts them

    @contextmanager
    def _started(self, task: str, who: str, url: str) -> Iterator["subprocess.Popen[str]"]:
        self._number += 1
        home = self._folder / f"home-{self._number}" if task != "offline start" else self._full[who]
        home.mkdir(exist_ok=True)
        python = self._old if who == OLD else sys.executable
        script = SCRIPTS[task][who] + TELL
        file = self._tree / "api/model_references/v2/image_generation.json"
        with subprocess.Popen(
            [python, "-c", script, url, home, file], env=_environment(home, "" if task == "offline start" else url),
            cwd=home, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            yield process

    def _told(self, answer: str, start: float) -> Told:
        done, memory, said, loaded = json.loads(answer.splitlines()[-1])
        return done - start, memory, said, loaded


def _environment(home: Path, url: str) -> dict[str, str]:
    """As tests/making/released.py has it: no GitHub, caches in a folder of its own."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "AIWORKER_CACHE_HOME": str(home),
        "HORDE_MODEL_REFERENCE_REPLICATE_MODE": "REPLICA",
        "HORDE_MODEL_REFERENCE_ENABLE_GITHUB_FALLBACK": "false",
        "HORDE_MODEL_REFERENCE_PRIMARY_API_URL": f"{url}/api" if url else "",
    }


def built(folder: Path) -> Path:
    """The tree to serve: of the real legacy files where they are here, else of our own records."""
    data = ROOT / "data"
    if CORPUS.is_dir():
        data = folder / "data"
        adopt(CORPUS / "image", CORPUS / "text", data)
    build(data, folder / "public")
    return folder / "public"


def measure(clients: Clients, rounds: int) -> tuple[Rounds, Rounds, dict[str, list[str]]]:
    """Seconds and MB by task and client, a value a round, and the libraries that an import loads."""
    seconds: Rounds = defaultdict(list)
    memory: Rounds = defaultdict(list)
    loaded: dict[str, list[str]] = {}
    for number in range(-1, rounds):  # the round before the first compiles what is imported, and is not counted
        for task in SCRIPTS:
            read = set()
            for place in range(3):
                who = (OURS, OLD, FLOOR)[(number + place) % 3]
                took, mb, said, libraries = clients.run(task, who)
                read.add(said)
                if number >= 0:
                    seconds[f"{task} {who}"].append(took)
                    memory[f"{task} {who}"].append(mb)
                if task == "import":
                    loaded[who] = libraries
            if task != "offline start" and len(read) > 1:  # there the released client has the order of legacy files
                raise SystemExit(f"{task}: the clients read different things: {read}")
    return seconds, memory, loaded


def report(what: str, values: Rounds, unit: float) -> None:
    """Print a table of medians, and of ratios within a round."""
    print(f"\n{what:16}{OURS:>9}{FLOOR:>9}{OLD:>10}{'ours/floor':>12}{'released/ours':>15}")
    for task in SCRIPTS:
        ours, floor, old = (values[f"{task} {who}"] for who in (OURS, FLOOR, OLD))
        medians = [statistics.median(one) * unit for one in (ours, floor, old)]
        print(
            f"{task:16}{medians[0]:9.1f}{medians[1]:9.1f}{medians[2]:10.1f}"
            f"{_ratio(ours, floor):12.2f}{_ratio(old, ours):15.1f}"
        )


def _ratio(above: list[float], below: list[float]) -> float:
    """Median of the ratios within a round: the machine may be slower in the next."""
    return float(statistics.median(map(truediv, above, below)))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "horde-reference-bench-client")
    options = parser.parse_args()
    folder: Path = options.folder.absolute()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tree, port = built(folder), free_port()
    serve = [sys.executable, "-m", "horde_reference", "serve", "--dir", str(tree), "--port", str(port)]
    with running(serve, port, folder, cwd=folder):
        clients = Clients(f"http://127.0.0.1:{port}", tree, folder)
        clients.keep_copies()
        seconds, memory, loaded = measure(clients, options.rounds)
        proxy = Counting(port)
        moved = {who: clients.refresh_bytes(who, proxy) for who in (OURS, FLOOR, OLD)}
    report("ms", seconds, 1000)
    report("MB at most", memory, 1)
    print("\nbytes moved both ways: " + ", ".join(f"{who} {said[1]}" for who, said in moved.items()) + " by a refresh")
    print(f"when nothing changed; {OURS} {moved[OURS][0]}, {OLD} {moved[OLD][0]} by reading all before it")
    print(f"\nan import loads, of {', '.join(LIBRARIES)}:")
    for who in (OURS, OLD):
        print(f"  {who}: {', '.join(loaded[who]) or 'none'}")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
