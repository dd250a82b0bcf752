"""What users write: checked by mypy and pyright in their strictest settings, and run by a test.

Every `assert_type` says what an editor must know without any help.
"""

import asyncio
from typing import assert_type

from horde_reference import (
    Baseline,
    Cached,
    ControlnetStyle,
    Download,
    Fallback,
    ImageGeneration,
    Memory,
    MemoryStore,
    Query,
    Record,
    Reference,
    Source,
    TextGeneration,
    Unread,
)


def worker(reference: Reference) -> list[str]:
    """Which files a worker has to have."""
    wanted = reference.images.for_baseline("SDXL").sfw().fits(10).order_by("size")
    assert_type(wanted, Query[ImageGeneration])
    files: list[str] = []
    for model in wanted:
        assert_type(model, ImageGeneration)
        assert_type(model.baseline, Baseline)
        for download in model.config.download:
            assert_type(download, Download)
            files.append(f"{download.file_name} {download.sha256sum}")
    return files


def bot(reference: Reference, name: str) -> str:
    """What a bot says of a model."""
    model = reference.texts.get(name)
    assert_type(model, TextGeneration | None)
    if model is None:
        nearest = reference.texts.where(lambda one: name.lower() in one.name.lower()).first()
        assert_type(nearest, TextGeneration | None)
        return f"Did you mean {nearest.name}?" if nearest else "There is no such model."
    return f"{model.name} has {model.parameters / 1e9:.0f} billion parameters."


def guides(reference: Reference) -> set[ControlnetStyle]:
    """Which kinds of guidance there are."""
    return {model.controlnet_style for model in reference.controlnets}


def anything(reference: Reference) -> list[Record]:
    """Records of a type that is known at run time only."""
    found = reference.category("clip")
    assert_type(found, Query[Record])
    return [*found]


def first_of(reference: Reference) -> ImageGeneration:
    """A record that must be there."""
    model = reference.of(ImageGeneration)["2DN"]
    assert_type(model, ImageGeneration)
    return model


async def service(source: Source) -> int:
    """A service that waits for nothing while it answers."""
    with Reference(source, ttl=None) as reference:
        await asyncio.to_thread(reference.load, ImageGeneration)
        count = reference.images.count()
        await asyncio.to_thread(reference.refresh)
        return count


def careful(files: dict[str, bytes]) -> Reference | None:
    """Sources put together."""
    source = Fallback(Cached(Memory({}), MemoryStore()), Memory(files))
    try:
        return Reference(source).load(ImageGeneration)
    except Unread:
        return None
