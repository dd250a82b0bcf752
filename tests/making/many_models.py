"""Ten thousand models."""

from random import Random

from horde_reference.corpus import Corpus
from horde_reference.records.kinds import ImageGeneration, TextGeneration
from horde_reference.records.vocabulary import Baseline, Style

MANY = 10_000
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
