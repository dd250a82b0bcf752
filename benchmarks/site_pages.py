"""What the site costs: a page to build, the catalogue to load, a letter to search, at ten thousand models.

Searches are measured in a real Chromium, from the letter that is typed until what fits it stands in the page, and
until that is drawn. Bytes are those of the catalogue's first view, compressed as hosts do.

    python benchmarks/site_pages.py [--models 10000] [--pages 10000]
"""

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests/making"))

from browsing import weights  # noqa: E402 - found by the line above
from chromium import chromium  # noqa: E402
from serving import serving  # noqa: E402

import synthetic  # noqa: E402
from horde_reference.adapters.packaged import packaged_look  # noqa: E402
from horde_reference.adapters.web import server  # noqa: E402
from horde_reference.corpus import Corpus  # noqa: E402
from horde_reference.edition import Edition  # noqa: E402
from horde_reference.emit.site.pages import emit  # noqa: E402
from horde_reference.tree import size_of  # noqa: E402

QUERIES = ("portrait vivid", "anime harbuor", "stable diffusion xl", "film grain 77", "12b instruct q4", "xyzzyplugh")
TYPE = """async (text) => {
  const input = document.getElementById("q");
  const begun = performance.now();
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  const done = performance.now();
  await new Promise((then) => requestAnimationFrame(() => setTimeout(then)));
  return [done - begun, performance.now() - begun];
}"""


def edition(number: int) -> Edition:
    """Half images, half texts."""
    return Edition(Corpus.of([*synthetic.records(number // 2), *synthetic.texts(number - number // 2)]))


def built(number: int) -> None:
    """Every page of a site, made and thrown away."""
    known = edition(number)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun, pages, size = time.process_time(), 0, 0
    for path, body in emit(known, packaged_look()):
        pages += path.endswith(".html")
        size += size_of(body)
    taken, grown = time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{number} models: {taken:.1f} s of a processor, {taken / pages * 1e6:.0f} µs a page, {size / 1e6:.0f} MB")
    print(f"memory: {before / 1e3:.0f} MB for the records and all else, {grown / 1e3:.0f} MB more for the pages")


def write_catalogue(number: int, out: Path) -> None:
    """All that the catalogue loads."""
    for path, body in emit(edition(number), packaged_look()):
        if path.startswith("models/") and path != "models/index.html":
            break
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(bytes(body))


def weigh(page: Page, root: Path) -> None:
    """Bytes of the first view."""
    sizes = weights(page, root)
    print(f"first view: {sum(sizes.values()) / 1e3:.0f} kB, of it the index {sizes['search/models.json'] / 1e3:.0f} kB")


def letters() -> Iterator[str]:
    """Each query letter by letter."""
    for query in QUERIES:
        yield from (query[:length] for length in range(1, len(query) + 1))


def searched(page: Page) -> None:
    """Times of a search after each letter."""
    times = [page.evaluate(TYPE, text) for text in letters()]
    for place, what in enumerate(("in the page", "drawn")):
        taken = sorted(one[place] for one in times)
        most = taken[int(len(taken) * 0.95)]
        print(
            f"search, {what}: median {statistics.median(taken):.0f} ms, 95% {most:.0f} ms, longest {taken[-1]:.0f} ms"
        )


def main() -> None:
    """Measure all of it."""
    options = argparse.ArgumentParser()
    options.add_argument("--models", type=int, default=10_000)
    options.add_argument("--pages", type=int, default=10_000)
    wishes = options.parse_args()
    built(wishes.pages)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        root = Path(folder)
        write_catalogue(wishes.models, root)
        with serving(server(root)) as address:
            page = browser.new_page()
            page.goto(f"{address}/models/")
            page.wait_for_selector("a.to-model")
            weigh(page, root)
            searched(page)


if __name__ == "__main__":
    main()
