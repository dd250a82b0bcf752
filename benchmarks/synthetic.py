"""Synthetic corpora of any size, shaped like real image records. Deterministic: a size always gives the same files."""

import random
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from horde_reference.adapters.disk import write_file
from horde_reference.formats.canonical import encode
from horde_reference.formats.json_writing import compact
from horde_reference.formats.validating import adapter_of
from horde_reference.records.base import Record
from horde_reference.records.vocabulary import Baseline, Style

_WORDS = "anime portrait photo detail soft light ink comic harbour fantasy vivid clean sharp film grain retro".split()  # noqa: SIM905


def records(number: int) -> Iterator[Record]:
    """So many image records: about 1 kB each, as the real ones have."""
    chance = random.Random(number)
    for index in range(number):
        yield adapter_of("image_generation").validate_json(compact(_document(index, chance)))


def _document(index: int, chance: random.Random) -> dict[str, object]:
    name = f"{chance.choice(_WORDS).title()} {chance.choice(_WORDS).title()} Mix {index}"
    file_name = f"{name.replace(' ', '_')}.safetensors"
    digest = sha256(str(index).encode()).hexdigest()
    document: dict[str, object] = {
        "name": name,
        "description": " ".join(chance.choices(_WORDS, k=chance.randint(8, 24))).capitalize() + ".",
        "version": f"{chance.randint(1, 9)}.{chance.randint(0, 9)}",
        "baseline": chance.choice([Baseline.STABLE_DIFFUSION_1, Baseline.STABLE_DIFFUSION_XL]),
        "style": chance.choice(list(Style)),
        "nsfw": chance.random() < 0.5,
        "homepage": f"https://civitai.com/models/{index}",
        "showcases": [f"https://raw.githubusercontent.com/example/showcase/{index}/{n}.webp" for n in (1, 2)],
        "size_on_disk_bytes": chance.randint(2 * 10**9, 7 * 10**9),
        "config": {
            "download": [
                {
                    "file_name": file_name,
                    "file_url": f"https://huggingface.co/example/models/resolve/main/{file_name}?download=true",
                    "sha256sum": digest,
                }
            ]
        },
        "legacy": {"position": index + 1, "fields": {"available": False}, "extra_files": ["v1-inference.yaml"]},
    }
    if chance.random() < 0.2:
        document["tags"] = chance.sample(_WORDS, 2)
    if chance.random() < 0.2:
        document["requirements"] = {"clip_skip": 2}
    return document


def texts(number: int) -> Iterator[Record]:
    """So many text records, several of a group."""
    chance = random.Random(number)
    sizes = (1, 3, 7, 8, 12, 13, 24, 32, 70)
    for index in range(number):
        size = chance.choice(sizes)
        name = f"{chance.choice(_WORDS)}/{chance.choice(_WORDS).title()}{index // 3}-{size}B-Instruct-v{index % 3}"
        document = {"name": f"{name}-Q{index}", "parameters": size * 10**9, "url": f"https://huggingface.co/{name}"}
        yield adapter_of("text_generation").validate_json(compact(document))


def write(number: int, folder: Path, make: Callable[[int], Iterator[Record]] = records) -> None:
    """Write so many records below a folder, as `data/` has them."""
    for record in make(number):
        path, body = encode(record)
        write_file(folder / path, body)
