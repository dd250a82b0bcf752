"""The static API, as the live service answers.

api/model_references/v2/<category>.json              {name: record}
api/model_references/v2/<category>/model/<name>.json one record
api/model_references/v{1,2}/model_categories.json    names of the categories
api/model_references/v{1,2}/info.json                what the API is

The v1 categories are in `legacy`.
"""

from collections.abc import Iterator
from typing import Final

from horde_reference.corpus import Corpus
from horde_reference.formats import v2
from horde_reference.formats.json_writing import chunks, compact
from horde_reference.records.categories import CATEGORIES
from horde_reference.tree import Emitted

ROOT: Final = "api/model_references"

_INFO: Final = {
    "v1": "The legacy model reference, in the format of the two GitHub repositories "
    "https://github.com/Haidra-Org/AI-Horde-image-model-reference and "
    "https://github.com/Haidra-Org/AI-Horde-text-model-reference. These are files: changes are pull requests.",
    "v2": "The model reference. These are files: changes are pull requests.",
}


def emit(corpus: Corpus) -> Iterator[Emitted]:
    """Every file of the API."""
    for name, members in corpus.categories.items():
        texts: list[bytes] = []
        for chunk in chunks(members.values()):
            bodies = [(record.name, v2.encode(record)) for record in chunk]
            for key, body in bodies:
                yield f"{ROOT}/v2/{name}/model/{key}.json", body + b"\n"
            texts.append(v2.member_text(bodies))
        yield f"{ROOT}/v2/{name}.json", v2.category_file(texts)
    yield f"{ROOT}/v1/model_categories.json", compact(list(CATEGORIES))
    ours = [name for name, category in CATEGORIES.items() if not category.managed_elsewhere]
    yield f"{ROOT}/v2/model_categories.json", compact(ours)
    for version, message in _INFO.items():
        yield f"{ROOT}/{version}/info.json", compact({"message": message})
