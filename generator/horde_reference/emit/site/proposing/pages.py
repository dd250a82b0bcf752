"""The form's files.

propose/index.html              which category, and how proposing works
propose/<category>/index.html   the form of a category
records/<category>.json         all records of a category as their files state them: what a change is compared with

The records lie in a folder of their own, because hosts that name types by folder take all that lies beside JSON for
JSON. What the pages do is in `assets/propose/`.
"""

from collections.abc import Iterator, Mapping

import orjson

from horde_reference.edition import Edition
from horde_reference.emit.policy import PAGE
from horde_reference.emit.site import overviews
from horde_reference.emit.site.links import INDEX, PROPOSE, propose_folder
from horde_reference.emit.site.proposing.fields import sections
from horde_reference.emit.site.proposing.told import told
from horde_reference.emit.site.rendering import Renderer
from horde_reference.formats.addresses import record_schema_path, stated_path
from horde_reference.formats.canonical import document_of
from horde_reference.formats.json_writing import chunks
from horde_reference.formats.v2.encoding import category_file, member_text
from horde_reference.proposals.questions import ASKABLE
from horde_reference.records.base import Record
from horde_reference.tree import Emitted, Members


def emit(
    edition: Edition, look: Mapping[str, bytes], schemas: Mapping[str, bytes], *, documented: bool = False
) -> Iterator[Emitted]:
    """Every file of the form.

    Args:
        edition: the records that may be changed.
        look: path → bytes of all templates and assets.
        schemas: path → bytes of the schemas that are published: the form is made from those of the records.
        documented: whether the documentation is published with them.
    """
    renderer = Renderer(look, documented=documented)
    shelves = [shelf for shelf in overviews.shelves(edition) if shelf.name in ASKABLE]
    yield renderer.page("propose.html", PROPOSE + INDEX, content_policy=PAGE, shelves=shelves)
    for shelf in shelves:
        yield stated_path(shelf.name), _stated(edition.corpus[shelf.name])
        yield renderer.page(
            "propose_category.html",
            propose_folder(shelf.name) + INDEX,
            content_policy=PAGE,
            shelf=shelf,
            sections=sections(shelf.name, orjson.loads(schemas[record_schema_path(shelf.name)])),
            told=told(shelf.name),
            schema=record_schema_path(shelf.name),
            records=stated_path(shelf.name),
        )


def _stated(members: Mapping[str, Record]) -> Members:
    return category_file(
        member_text([(record.name, orjson.dumps(document_of(record))) for record in chunk])
        for chunk in chunks(members.values())
    )
