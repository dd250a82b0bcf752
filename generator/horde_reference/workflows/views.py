"""Which published files differ between two states of the records, and by how much."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain

import orjson

from horde_reference.corpus import Corpus
from horde_reference.edition import Edition
from horde_reference.emit import api, legacy
from horde_reference.formats.addresses import category_path
from horde_reference.pending.review import ViewChange


def view_changes(base: Corpus, head: Corpus) -> list[ViewChange]:
    """The published categories and legacy files that differ: records that come and go, or lines of a table."""
    before, after = dict(_views(base)), dict(_views(head))
    found = [
        ViewChange(path, (after[path] - before[path]).total(), (before[path] - after[path]).total()) for path in before
    ]
    return [one for one in found if one.added or one.removed]


def _views(corpus: Corpus) -> Iterator[tuple[str, Counter[bytes]]]:
    """Path of each file and what it is made of."""
    categories = {category_path(name) for name in corpus.categories}
    edition = Edition(corpus)
    for path, body in chain(api.emit(edition), legacy.emit(edition)):
        if path in categories or path.startswith("legacy/"):
            yield path, _units(path, bytes(body))


def _units(path: str, raw: bytes) -> Counter[bytes]:
    if not path.endswith(".json"):
        return Counter(raw.splitlines())
    return Counter(orjson.dumps(member) for member in orjson.loads(raw).items())
