"""From templates to pages."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from jinja2 import DictLoader, Environment, StrictUndefined

from horde_reference.emit import policy
from horde_reference.emit.site import labels
from horde_reference.emit.site.links import root_of
from horde_reference.formats.addresses import REPOSITORY
from horde_reference.tree import File

TEMPLATES: Final = "templates/"

# What no page may hold: control characters, and code points that are no characters.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x0d\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(chr((plane << 16) + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_ASCII_FORBIDDEN: Final = bytes({*range(0x20), 0x7F} - {ord("\t"), ord("\n")})
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_CONTROLS: Final = 0x20
_PICTURES: Final = 0x2400
"""From here Unicode has a picture of each control character."""


class Renderer:
    """Makes pages from templates; whatever a record says becomes text in them, never an element."""

    def __init__(self, look: Mapping[str, bytes], *, documented: bool = False) -> None:
        """Path → bytes of all that pages look like, and whether the documentation lies beside them, to be linked to."""
        templates = {path.removeprefix(TEMPLATES): look[path] for path in look if path.startswith(TEMPLATES)}
        self._environment = _environment(tuple(templates.items()))
        self._documented = documented

    def page(self, template: str, path: str, **known: object) -> File:
        """The page at a path."""
        return path, self._rendered(template, root_of(path), known)

    def page_anywhere(self, template: str, path: str, **known: object) -> File:
        """A page that is shown under any address, so it names all others from the root of the host."""
        return path, self._rendered(template, "/", known)

    def _rendered(self, template: str, root: str, known: Mapping[str, object]) -> bytes:
        made = self._environment.get_template(template).render(root=root, documented=self._documented, **known)
        return _allowed(made)


def _allowed(text: str) -> bytes:
    """The text as bytes, and what no page may hold in another way. Nearly always there is none, which shows fast."""
    raw = text.encode()
    if text.isascii() and len(raw.translate(None, _ASCII_FORBIDDEN)) == len(raw):
        return raw
    return _FORBIDDEN.sub(_shown, text).encode()


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(_PICTURES + code) if code < _CONTROLS else _REPLACEMENT


@cache
def _environment(templates: tuple[tuple[str, bytes], ...]) -> Environment:
    """Compiled once for the same templates, however many trees are made with them."""
    made = Environment(
        loader=DictLoader({path: body.decode() for path, body in templates}),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.globals |= {"policy": policy, "repository": REPOSITORY, "titles": labels.TITLES}
    made.filters |= {"number": labels.number, "size": labels.size, "day": labels.day, "share": labels.share}
    return made
