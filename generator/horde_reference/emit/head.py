"""The last files of a tree, with the fingerprint of every other that programs read: of all but the site's.

files.json   fingerprints of the files that grow in number: single records, groups, changes
head.json    which commit it is, and fingerprints of all other files
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from horde_reference.edition import Edition
from horde_reference.formats.head import MANIFEST, PATH, Fingerprint, Head
from horde_reference.formats.json_writing import compact
from horde_reference.tree import Digests, Emitted, size_of


def headed(files: Iterable[Emitted], edition: Edition, digests: Digests) -> Iterator[Emitted]:
    """The same files, and behind them their head, which clients ask for often and so must stay small."""
    few: dict[str, Fingerprint] = {}
    many: dict[str, Fingerprint] = {}
    for path, body in files:
        found = many if _is_one_of_many(path) else few
        found[path] = Fingerprint(digests.of(body).hex(), size_of(body))
        yield path, body
    manifest = compact({"files": many})
    few[MANIFEST] = Fingerprint(digests.of(manifest).hex(), len(manifest))
    yield MANIFEST, manifest
    yield PATH, compact(head_of(edition, few))


_MANY: Final = re.compile(r".*/model/|.*/text_generation/group/|.*/pending_queue/changes/|changes/\d")


def _is_one_of_many(path: str) -> bool:
    return _MANY.match(path) is not None


def head_of(edition: Edition, files: dict[str, Fingerprint]) -> Head:
    """The head of an edition that was published as these files."""
    history = edition.history
    return Head(
        number=history.number if history else 0,
        commit=history.commit if history else None,
        time=history.time if history else None,
        modified=history.is_modified if history else False,
        records=edition.published.counts(),
        files=files,
    )
