"""Cloudflare Pages: types and caching are said in a file of rules, of which there may be a hundred.

<path>.html   twin of <path>.json
_headers      the rules; a later one adds to what an earlier one set, unless it takes that back first
"""

from collections.abc import Iterable, Iterator
from typing import Final

from horde_reference.emit.documentation import FOLDER as DOCUMENTATION
from horde_reference.emit.hosting.caching import FOR_EVER, NUMBERED, SHORT
from horde_reference.emit.hosting.twins import with_twins
from horde_reference.emit.policy import EVERYWHERE
from horde_reference.media import TYPES
from horde_reference.tree import Body, Emitted

_DATA: Final = frozenset({"atom", "csv", "jsonl", "xml"})
_EVERYWHERE: Final = f"""\
/*
  Access-Control-Allow-Origin: *
  Cache-Control: {SHORT}
  Content-Security-Policy: {EVERYWHERE}
"""


def arranged(files: Iterable[Emitted]) -> Iterator[Emitted]:
    """The tree for Cloudflare Pages."""
    seen = _Seen()
    yield from with_twins(seen.passing(files), _unchanged)
    yield "_headers", "".join([_EVERYWHERE, *_numbered(), *seen.types()]).encode()


def _unchanged(body: Body) -> Body:
    return body


class _Seen:
    """Remembers where files of which type lie, while they pass."""

    def __init__(self) -> None:
        self._json: set[str] = set()
        self._others: dict[str, str] = {}

    def passing(self, files: Iterable[Emitted]) -> Iterator[Emitted]:
        for path, body in files:
            folder, _, name = path.rpartition("/")
            stem, _, ending = name.rpartition(".")
            if path.startswith(DOCUMENTATION):  # a page among pages, which have their types by their endings
                pass
            elif ending == "json":
                self._json.add(f"/{folder.partition('/')[0]}/*" if folder else f"/{stem}")
            elif folder and ending in _DATA:
                self._others[f"/{folder}/*.{ending}"] = TYPES[ending]
            yield path, body

    def types(self) -> Iterator[str]:
        """All that lies below a folder with JSON in it is JSON, but for what the rules behind say is not."""
        yield from (_rule(path, "Content-Type", TYPES["json"]) for path in sorted(self._json))
        yield from (_rule(path, "Content-Type", self._others[path]) for path in sorted(self._others))


def _numbered() -> Iterator[str]:
    return (_rule(f"/{NUMBERED}/{digit}*", "Cache-Control", FOR_EVER) for digit in range(1, 10))


def _rule(path: str, header: str, value: str) -> str:
    return f"{path}\n  ! {header}\n  {header}: {value}\n"
