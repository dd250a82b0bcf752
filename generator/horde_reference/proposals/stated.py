"""What somebody states of a record in single words: paths with values, addresses of files."""

from collections.abc import Iterable
from typing import Any, Final

from horde_reference.formats.json_reading import NotJson, loads
from horde_reference.proposals.file_lines import name_from_address
from horde_reference.proposals.places import FILES, Kind, Path, places_of
from horde_reference.proposals.wanted import Document, value_at, with_value, without

_SIZE_ON_DISK: Final = ("size_on_disk_bytes",)
_TEXTS: Final = frozenset({Kind.LINE, Kind.TEXT, Kind.CHOICE})


class BadStatement(ValueError):
    """It is not understood."""


def with_statement(document: Document, category: str, statement: str) -> Document:
    """An object after one `path=value`: a value is JSON, or else text; an empty one or `null` takes out what is there.

    Raises:
        BadStatement: it is no path, a = and a value; or is about the name, which is the record itself.
    """
    dotted, equals, said = statement.partition("=")
    path = tuple(part.strip() for part in dotted.split("."))
    if not equals or not all(path):
        raise BadStatement(f"{statement!r} is not path=value, such as config.download=[] or nsfw=true")
    if path == ("name",):
        raise BadStatement("a name is not changed in this way: move the record, and keep the old name in its aliases")
    value = _value(category, path, said)
    return without(document, path) if value is None else with_value(document, path, value)


def _value(category: str, path: Path, said: str) -> Any:  # noqa: ANN401 - any JSON value
    try:
        value = loads(said.encode(errors="surrogatepass")) if said.strip() else None
    except NotJson:
        return said
    is_text = any(place.path == path and place.kind in _TEXTS for place in places_of(category))
    # A version such as 2 is a text there, although it is JSON as well.
    return said if is_text and value is not None and not isinstance(value, str) else value


def with_downloads(document: Document, addresses: Iterable[str]) -> Document:
    """An object with files to download besides those that it has; the size of the whole is then another."""
    before = value_at(document, FILES)
    known = before if isinstance(before, list) else []
    there = {one.get("file_url") for one in known if isinstance(one, dict)}
    new = [_download(url) for url in dict.fromkeys(addresses) if url not in there]
    return with_value(without(document, _SIZE_ON_DISK), FILES, [*known, *new]) if new else document


def _download(url: str) -> Document:
    name = name_from_address(url)
    return {**({"file_name": name} if name else {}), "file_url": url}
