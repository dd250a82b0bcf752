"""Published trees of a few records."""

from horde_reference.corpus import Corpus
from horde_reference.edition import Edition
from horde_reference.emit import api
from horde_reference.emit.head import headed
from horde_reference.records.base import Config, Download, Record
from horde_reference.records.kinds import Clip, ImageGeneration, TextGeneration
from horde_reference.records.vocabulary import Baseline
from horde_reference.tree import Digests


def image(number: int, **stated: object) -> ImageGeneration:
    download = Download(
        file_name=f"m{number}.safetensors", file_url=f"https://example.org/{number}", sha256sum=f"{number:064}"
    )
    fields: dict[str, object] = {
        "name": f"Model {number:02}",
        "baseline": Baseline.STABLE_DIFFUSION_XL,
        "nsfw": number % 2 == 0,
        "config": Config(download=(download,)),
        "size_on_disk_bytes": number * 10**9,
    }
    return ImageGeneration(**{**fields, **stated})  # type: ignore[arg-type]


def records(images: int = 10, **stated: object) -> list[Record]:
    texts = [TextGeneration(name=f"author/Text-{number}B", parameters=number * 10**9) for number in (1, 7)]
    return [*(image(number, **stated) for number in range(1, images + 1)), *texts, Clip(name="ViT-L/14")]


def tree_of(*found: Record) -> dict[str, bytes]:
    """What is published of records, with a head."""
    edition = Edition(Corpus.of(found))
    return {path: bytes(body) for path, body in headed(api.emit(edition), edition, Digests())}
