"""GitHub Pages: no headers of one's own, types by the ending of a file's name.

<path>.html   twin of <path>.json, without what means something in HTML, since the host says that it is HTML
.nojekyll     keeps the host from leaving out files whose names begin with an underscore
"""

from collections.abc import Iterable, Iterator
from typing import Final

from horde_reference.emit.hosting.twins import with_twins
from horde_reference.tree import Body, Emitted, Members

_IN_HTML: Final = ((b"&", rb"\u0026"), (b"<", rb"\u003c"), (b">", rb"\u003e"))


def arranged(files: Iterable[Emitted]) -> Iterator[Emitted]:
    """The tree for GitHub Pages."""
    yield from with_twins(files, without_elements)
    yield ".nojekyll", b""


def without_elements(body: Body) -> Body:
    """The same JSON, in which no browser can find an element: these characters occur within strings only."""
    if isinstance(body, Members):
        return Members(tuple(map(_escaped, body.texts)), body.closing)
    return _escaped(body)


def _escaped(text: bytes) -> bytes:
    for character, escape in _IN_HTML:
        text = text.replace(character, escape)
    return text
