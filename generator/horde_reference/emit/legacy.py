"""The files of the two legacy repositories, and the answers of the live service that are the same.

api/model_references/v1/<category>.json  the legacy file of a category, {} where no repository carries it
api/model_references/v1/<file>           the same under the file's own name: stable_diffusion.json, db.json, models.csv
legacy/image/<file>.json                 one for each category that the image repository carries
legacy/text/models.csv                   the table that people edit in the text repository
legacy/text/db.json                      the database made from it
"""

from collections.abc import Iterator

from horde_reference.corpus import Corpus
from horde_reference.edition import Edition
from horde_reference.formats import legacy_database, legacy_image, legacy_text
from horde_reference.formats.addresses import API_ROOT
from horde_reference.formats.json_writing import legacy_object
from horde_reference.records.categories import CATEGORIES
from horde_reference.records.kinds import TextGeneration
from horde_reference.tree import Body, Emitted


def emit(edition: Edition) -> Iterator[Emitted]:
    """Every legacy file."""
    corpus = edition.published
    for name, category in CATEGORIES.items():
        answer, file = f"{API_ROOT}/v1/{name}.json", category.legacy_file
        match category.repository:
            case "image":
                body = legacy_image.encode_file(corpus[name].values())
                yield from _same(body, f"legacy/image/{file}", f"{API_ROOT}/v1/{file}", answer)
            case "text":
                database = legacy_database.encode_database(text_models(corpus))
                table = legacy_text.encode_table(text_models(corpus))
                yield from _same(database, "legacy/text/db.json", f"{API_ROOT}/v1/db.json", answer)
                yield from _same(table, f"legacy/text/{file}", f"{API_ROOT}/v1/{file}")
            case None:
                yield answer, legacy_object([])


def _same(body: Body, *paths: str) -> Iterator[Emitted]:
    """One body at several paths, one right after the other: it is then checked and digested once."""
    return ((path, body) for path in dict.fromkeys(paths))


def text_models(corpus: Corpus) -> list[TextGeneration]:
    """The text models of a corpus."""
    members = corpus[TextGeneration.category].values()
    return [record for record in members if isinstance(record, TextGeneration)]
