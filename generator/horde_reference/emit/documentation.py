"""The documentation as part of the tree: what mkdocs made of it, made to fit in.

docs/…    pages, styles, scripts and the index that its search loads
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from horde_reference.emit.policy import DOCUMENTATION
from horde_reference.emit.site.links import root_of
from horde_reference.formats.addresses import PUBLIC_ROOT
from horde_reference.tree import File

FOLDER: Final = "docs/"
"""Folder of the documentation, from the web root."""

_LEFT_OUT: Final = re.compile(
    r"sitemap\.xml(\.gz)?"  # tells search engines the day of the build, which would make each build another
    r"|404\.html"  # hosts answer the same everywhere
    r"|.*\.map|assets/javascripts/lunr/.*"  # for who works on the theme, or searches in other languages
)
_ADDRESS: Final = re.compile(rb'(?<= href=")' + re.escape(PUBLIC_ROOT.encode()) + rb"/?")
# Which the theme writes, and HTML does not know: on its two checkboxes, and on headings of the navigation.
_INVALID: Final = re.compile(rb' autocomplete="off"(?=>)| tabindex=""')
_CHARACTERS: Final = b'<meta charset="utf-8">'
_POLICY: Final = (
    f'{_CHARACTERS.decode()}\n<meta http-equiv="Content-Security-Policy" content="{DOCUMENTATION}">'.encode()
)


def emit(made: Mapping[str, bytes]) -> Iterator[File]:
    """The files to publish of those that mkdocs made, by their paths below the documentation's folder."""
    for path, body in made.items():
        if not _LEFT_OUT.fullmatch(path):
            yield FOLDER + path, _page(FOLDER + path, body) if path.endswith(".html") else body


def _page(path: str, body: bytes) -> bytes:
    """A page that states what it may load, and names the tree around it from where it lies, whatever the host."""
    stated = _INVALID.sub(b"", body.replace(_CHARACTERS, _POLICY, 1))
    if b'id="__toc"' not in stated:  # the theme labels it all the same, where the navigation does not have the page
        stated = stated.replace(b' for="__toc"', b"")
    return _ADDRESS.sub(root_of(path).encode(), stated)
