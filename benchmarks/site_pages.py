"""What the site costs: a page to build, the catalogue to load, a letter to search, at ten thousand models.

Searches are measured in a real Chromium, from the letter that is typed until what fits it stands in the page, and
until that is drawn. Bytes are those of the catalogue's first view, compressed as hosts do.

    python benchmarks/site_pages.py [--models 10000] [--pages 10000]
"""

import argparse
import resource
import shutil
import statistics
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

from playwright.sync_api import Page, sync_playwright

import synthetic
from horde_reference.adapters.packaged import packaged_look
from horde_reference.adapters.web import server
from horde_reference.corpus import Corpus
from horde_reference.edition import Edition
from horde_reference.emit.site.pages import emit
from horde_reference.tree import size_of

FIRST_VIEW = (
    "models/index.html",
    "search/models.json",
    "assets/site.css",
    "assets/theme.js",
    "assets/dom.js",
    "assets/icon.svg",
)
QUERIES = ("portrait vivid", "anime harbuor", "stable diffusion xl", "film grain 77", "12b instruct q4", "xyzzyplugh")
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--no-first-run", "--disable-sync"]
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


def weigh(out: Path) -> None:
    """Bytes of the first view."""
    paths = [out / path for path in FIRST_VIEW] + sorted((out / "assets/catalogue").glob("*.js"))
    sizes = {path.relative_to(out).as_posix(): len(zlib.compress(path.read_bytes(), 9)) for path in paths}
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
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write_catalogue(wishes.models, Path(folder))
        weigh(Path(folder))
        http = server(Path(folder))
        Thread(target=http.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{http.server_address[1]}/models/")
        page.wait_for_selector("a.to-model")
        searched(page)
        browser.close()
        http.shutdown()


if __name__ == "__main__":
    main()
