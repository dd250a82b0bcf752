"""Ten thousand models: what is loaded is small, and every letter is answered at once."""

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page, expect

from horde_reference.adapters.packaged import packaged_look
from horde_reference.corpus import Corpus
from horde_reference.edition import Edition
from horde_reference.emit.site.pages import emit
from horde_reference.records.kinds import ImageGeneration, TextGeneration
from horde_reference.records.vocabulary import Baseline, Style

MANY = 10_000
MOST_BYTES = 300_000
SHOWN_AT_ONCE = 200
CATALOGUE = ("models/index.html", "search/models.json", "assets/site.css", "assets/theme.js", "assets/icon.svg")
SYLLABLES = ("ka", "mi", "ro", "ven", "tor", "lu", "xi", "shi", "dra", "nor", "el", "an", "qui", "bel", "wolf", "mix")


def word(chance: Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 3)))


def many() -> Corpus:
    """As real models are spread: a fifth makes images, and a third has descriptions."""
    chance = Random(8)
    words = [word(chance) for _ in range(3000)]
    images = [
        ImageGeneration(
            name=f"{chance.choice(words).title()} {chance.choice(words).title()} {number}", nsfw=number % 2 == 0,
            baseline=chance.choice([Baseline.STABLE_DIFFUSION_1, Baseline.STABLE_DIFFUSION_XL, Baseline.FLUX_1]),
            style=chance.choice(list(Style)), size_on_disk_bytes=chance.randint(2 * 10**9, 9 * 10**9),
            description=" ".join(chance.choices(words, k=18)) + ".",
        )
        for number in range(MANY // 5)
    ]  # fmt: skip
    texts = [
        TextGeneration(
            name=f"{chance.choice(words)}/{chance.choice(words).title()}-{size}B-v{number % 5}-{number}",
            parameters=size * 10**9, style=chance.choice(["chat", "roleplay", None]),
            description=" ".join(chance.choices(words, k=18)) + "." if number % 6 == 0 else None,
        )
        for number, size in enumerate(chance.choices([3, 7, 8, 12, 24, 70], k=MANY - MANY // 5))
    ]  # fmt: skip
    return Corpus.of([*images, *texts])


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue of ten thousand models, without their pages."""
    out = tmp_path_factory.mktemp("large")
    for path, body in emit(Edition(many()), packaged_look()):
        if path.startswith("models/image_generation/"):
            break
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(bytes(body))
    return out


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/models/")
    expect(page.get_by_role("status")).to_have_text(f"{MANY - MANY // 10:,} of {MANY:,} models")
    yield page
    context.close()


def test_the_first_view_is_small(root: Path) -> None:
    paths = [root / path for path in CATALOGUE] + sorted((root / "assets/catalogue").glob("*.js"))
    sizes = {path.name: len(zlib.compress(path.read_bytes(), 9)) for path in paths}
    assert sum(sizes.values()) < MOST_BYTES, sizes


def test_only_what_can_be_seen_is_drawn(browser: Browser, root: Path, host: Callable[[Path], str]) -> None:
    with opened(browser, host(root)) as page:
        assert page.locator("a.to-model").count() < SHOWN_AT_ONCE
        page.mouse.wheel(0, 20_000)
        expect(page.locator("a.to-model").nth(70)).to_be_attached()


def test_a_search_is_answered_and_timed(browser: Browser, root: Path, host: Callable[[Path], str]) -> None:
    """How long it takes is told by `benchmarks/site_pages.py`; a test must not fail because a machine is busy."""
    with opened(browser, host(root)) as page:
        for words in ("kami", "kamy torlu", "xyzzyplugh"):
            page.get_by_role("searchbox").fill(words)
        taken = page.evaluate("performance.getEntriesByName('search').map((one) => one.duration)")
        assert len(taken) == 4
        assert all(one > 0 for one in taken)
