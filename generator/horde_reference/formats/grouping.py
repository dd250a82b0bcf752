"""What people state of the groups of text models: up to three JSON files, each of which may be left out.

text_groups/aliases.json       group → other names under which it is found
text_groups/families.json      family → groups that belong to it
text_groups/name_schemas.json  group → how its names are to be written
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from horde_reference.finding import Finding, Severity
from horde_reference.formats.addresses import grouping_schema_url
from horde_reference.formats.faults import Place, not_canonical, not_json, text_faults
from horde_reference.formats.grouping_faults import Faults
from horde_reference.formats.json_reading import NotJson, layout, loads
from horde_reference.formats.json_writing import pretty
from horde_reference.formats.order import SCHEMA_KEY
from horde_reference.text.conventions import Convention
from horde_reference.text.grouping import Grouping
from horde_reference.text.name_schema import NameSchema
from horde_reference.text.parts import ORDER, SEPARATORS, Part
from horde_reference.tree import File

FOLDER: Final = "text_groups/"
"""Folder of the files, below `data/`."""
ALIASES: Final = f"{FOLDER}aliases.json"
FAMILIES: Final = f"{FOLDER}families.json"
NAME_SCHEMAS: Final = f"{FOLDER}name_schemas.json"
KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {path: path.removeprefix(FOLDER).removesuffix(".json") for path in (ALIASES, FAMILIES, NAME_SCHEMAS)}
)
"""Path below `data/` → the one key of the file, besides `$schema`."""

NAME_SCHEMA_ORDER: Final = "name-schema-order"

SCHEMA_KEYS: Final = ("separator", "part_order", "author_included", "common_author")
"""Keys of a naming schema, in the order in which they are written; the first two must be there."""
_NEEDED: Final = SCHEMA_KEYS[:2]


def load(files: Iterable[File], findings: list[Finding]) -> Grouping:
    """Read files below `text_groups/`. What is wrong is added to the findings; what is right is what comes back."""
    found: dict[str, Mapping[str, Any]] = {}
    for path, raw in files:
        if path in KEYS:
            faults: list[Finding] = []
            found[KEYS[path]] = dict(_entries(path, raw, faults))
            findings.extend(sorted(faults))
        else:
            message = f"This file is none of those on groups of text models: {', '.join(KEYS)}."
            findings.append(Finding(path, 0, "", "unknown-file", Severity.ERROR, message, "Rename or remove it."))
    return Grouping(**found)


def encode(grouping: Grouping) -> Iterator[File]:
    """The files that state a grouping: those that have something to say."""
    schemas = {group: _schema_document(convention) for group, convention in grouping.name_schemas.items()}
    for path, stated in ((ALIASES, grouping.aliases), (FAMILIES, grouping.families), (NAME_SCHEMAS, schemas)):
        if stated:
            yield path, format_document(path, {KEYS[path]: dict(stated)})


def format_document(path: str, document: dict[str, Any]) -> bytes:
    """The canonical text of one of the files: names in order, two blanks a level, UTF-8. Changes no value.

    What is not known stays as it is, behind what is.
    """
    key = KEYS[path]
    arranged: dict[str, object] = {SCHEMA_KEY: grouping_schema_url(key)}
    if key in document:
        arranged[key] = _arranged(path, document[key])
    return pretty({**arranged, **{other: value for other, value in document.items() if other not in arranged}})


def _arranged(path: str, entries: object) -> object:
    if not isinstance(entries, dict):
        return entries
    inner = _in_order if path == NAME_SCHEMAS else _sorted
    return {name: inner(entries[name]) for name in sorted(entries)}


def _in_order(schema: object) -> object:
    if not isinstance(schema, dict):
        return schema
    return {key: schema[key] for key in (*SCHEMA_KEYS, *schema) if key in schema}


def _sorted(names: object) -> object:
    if isinstance(names, list | tuple) and all(isinstance(name, str) for name in names):
        return sorted(names)
    return names


def _schema_document(convention: Convention) -> dict[str, Any]:
    document: dict[str, Any] = {
        "separator": convention.schema.separator,
        "part_order": list(map(str, convention.schema.order)),
    }
    if not convention.author_included:
        document["author_included"] = False
    if convention.common_author is not None:
        document["common_author"] = convention.common_author
    return document


def _entries(path: str, raw: bytes, found: list[Finding]) -> Iterator[tuple[str, Any]]:
    """The entries of a file that are right."""
    try:
        document = loads(raw)
    except NotJson as fault:
        found.append(not_json(path, fault))
        return
    faults = Faults(path, layout(raw.decode()), found)
    faults.tell(text_faults(path, document, faults.where))
    key = KEYS[path]
    stated = faults.members(document, (), known=(key, SCHEMA_KEY), needed=(key,))
    faults.text(stated.get(SCHEMA_KEY, key), (SCHEMA_KEY,))
    read = _schema if path == NAME_SCHEMAS else _names
    for name, value in faults.members(stated.get(key, {}), (key,)).items():
        if (entry := read(faults, value, (key, name))) is not None:
            yield name, entry
    if not found and format_document(path, document) != raw:
        found.append(not_canonical(path))


def _names(faults: Faults, value: object, at: tuple[str, ...]) -> tuple[str, ...] | None:
    names = tuple(faults.texts(value, at))
    return names if names or value == [] else None


def _schema(faults: Faults, value: object, at: tuple[str, ...]) -> Convention | None:
    count = len(faults.findings)
    stated = faults.members(value, at, known=SCHEMA_KEYS, needed=_NEEDED)
    separator = faults.text(stated.get("separator", "-"), (*at, "separator"), among=tuple(SEPARATORS))
    listed = stated.get("part_order", [])
    order = list(faults.texts(listed, (*at, "part_order"), among=ORDER))
    is_whole = isinstance(listed, list) and len(order) == len(listed)
    if "part_order" in stated and is_whole:  # else a base that is misspelt would be missed as well
        _check_order(faults, order, (*at, "part_order"))
    included = faults.flag(stated.get("author_included", True), (*at, "author_included"))
    author = faults.text(stated["common_author"], (*at, "common_author")) if "common_author" in stated else None
    if len(faults.findings) > count or None in (separator, *stated.values()):
        return None
    return Convention(NameSchema(str(separator), tuple(map(Part, order))), included, author)


def _check_order(faults: Faults, order: Sequence[str], at: Place) -> None:
    """Whether names can be composed by an order."""
    if Part.BASE not in order:
        faults.note(NAME_SCHEMA_ORDER, at, "The order has no base in it.", "Add base where it stands in the names.")
    for part in sorted({part for part in order if order.count(part) > 1}):
        faults.note(NAME_SCHEMA_ORDER, at, f"{part} stands twice in the order.", "Keep it once.")
