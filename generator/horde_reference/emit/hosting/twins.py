"""Twins in HTML's name, for hosts that find `X.html` under `/X` and know no other way: Cloudflare and GitHub Pages.

`404.json` has a twin as well, and `404.html` is what both of them answer where there is no file.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from horde_reference.emit.documentation import FOLDER as DOCUMENTATION
from horde_reference.tree import Body, Emitted

_JSON: Final = ".json"


def with_twins(files: Iterable[Emitted], rendered: Callable[[Body], Body]) -> Iterator[Emitted]:
    """The same files, each that is JSON followed by its twin; what the documentation loads is asked for by its name."""
    for path, body in files:
        yield path, body
        if path.endswith(_JSON) and not path.startswith(DOCUMENTATION):
            yield f"{path.removesuffix(_JSON)}.html", rendered(body)
