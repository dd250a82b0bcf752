"""The files of the two legacy repositories, and the answers of the live service that are the same.

api/model_references/v1/<category>.json  the legacy file of a category, {} where no repository carries it
legacy/image/<file>.json                 one for each category that the image repository carries
legacy/text/models.csv                   the table that people edit in the text repository
legacy/text/db.json                      the database made from it
"""

from collections.abc import Iterator

from horde_reference.corpus import Corpus
from horde_reference.formats import legacy_image, legacy_text
from horde_reference.records.categories import CATEGORIES
from horde_reference.records.kinds import TextGeneration
from horde_reference.tree import Body, Emitted


def emit(corpus: Corpus) -> Iterator[Emitted]:
    """Every legacy file."""
    for name, category in CATEGORIES.items():
        body: Body = b"{}\n"
        if category.repository == "image":
            body = legacy_image.encode_file(corpus[name].values())
            yield f"legacy/image/{category.legacy_file}", body
        elif category.repository == "text":
            body = legacy_text.encode_database(text_models(corpus))
            yield "legacy/text/db.json", body
            yield f"legacy/text/{category.legacy_file}", legacy_text.encode_table(text_models(corpus))
        yield f"api/model_references/v1/{name}.json", body


def text_models(corpus: Corpus) -> list[TextGeneration]:
    """The text models of a corpus."""
    members = corpus[TextGeneration.category].values()
    return [record for record in members if isinstance(record, TextGeneration)]
