"""head.json: the last file of a tree, with the fingerprint of every other."""

from collections.abc import Iterable, Iterator

from horde_reference.edition import Edition
from horde_reference.formats.head import PATH, Fingerprint, Head
from horde_reference.tree import Digests, Emitted, size_of


def headed(files: Iterable[Emitted], edition: Edition, digests: Digests) -> Iterator[Emitted]:
    """The same files, and behind them their head."""
    found: dict[str, Fingerprint] = {}
    for path, body in files:
        found[path] = Fingerprint(digests.of(body).hex(), size_of(body))
        yield path, body
    yield PATH, head_of(edition, found).encode()


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
