"""The legacy files, and the answers that are the same."""

from itertools import groupby

from horde_reference.corpus import Corpus
from horde_reference.edition import Edition
from horde_reference.emit import legacy

V1 = "api/model_references/v1"


def test_one_file_at_several_addresses_is_one_body_in_succession() -> None:
    files = list(legacy.emit(Edition(Corpus.of([]))))
    runs = [[path for path, _ in run] for _, run in groupby(files, key=lambda file: id(file[1]))]
    assert ["legacy/image/stable_diffusion.json", f"{V1}/stable_diffusion.json", f"{V1}/image_generation.json"] in runs
    assert ["legacy/text/db.json", f"{V1}/db.json", f"{V1}/text_generation.json"] in runs
    assert ["legacy/text/models.csv", f"{V1}/models.csv"] in runs
    assert ["legacy/image/clip.json", f"{V1}/clip.json"] in runs
