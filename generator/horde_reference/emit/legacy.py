"""The files of the two legacy repositories.

legacy/image/<file>.json   one for each category that the image repository carries
legacy/text/models.csv     the table that people edit there
legacy/text/db.json        the database made from it
"""

from collections.abc import Iterator

from horde_reference.corpus import Corpus
from horde_reference.formats import legacy_image, legacy_text
from horde_reference.records.categories import CATEGORIES, Category
from horde_reference.records.kinds import TextGeneration
from horde_reference.tree import File


def text_models(corpus: Corpus) -> list[TextGeneration]:
    """The text models of a corpus."""
    members = corpus[TextGeneration.category].values()
    return [record for record in members if isinstance(record, TextGeneration)]


def encode_json(corpus: Corpus, category: Category) -> bytes:
    """The legacy JSON of a category: an empty object where no legacy repository carries it."""
    match category.repository:
        case "image":
            return legacy_image.encode_file(corpus[category.name].values())
        case "text":
            return legacy_text.encode_database(text_models(corpus))
    return b"{}\n"


def emit(corpus: Corpus) -> Iterator[File]:
    """Every file of the legacy repositories."""
    for category in CATEGORIES.values():
        if category.repository == "image":
            yield f"legacy/image/{category.legacy_file}", encode_json(corpus, category)
    yield "legacy/text/models.csv", legacy_text.encode_table(text_models(corpus))
    yield "legacy/text/db.json", encode_json(corpus, CATEGORIES[TextGeneration.category])
