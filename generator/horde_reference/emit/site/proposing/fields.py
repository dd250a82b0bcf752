"""What the form of a category asks for: the places of its records, with the words that labels and schema have."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from horde_reference.emit.schemas.records import member_at
from horde_reference.emit.schemas.shapes import Schema
from horde_reference.emit.site import labels
from horde_reference.formats.order import LAST
from horde_reference.formats.shape import needed_keys
from horde_reference.proposals.file_lines import FILE_COLUMNS
from horde_reference.proposals.places import FILES, Kind, Path, Place, places_of, places_of_a_file
from horde_reference.proposals.questions import NO, YES, label_of, list_keys
from horde_reference.rules.downloads import ADDRESS, HTTPS, SHA256
from horde_reference.rules.table import RULES

_NEVER_ASKED: Final = "legacy"
_RULES: Final[Mapping[Path, Mapping[str, re.Pattern[str]]]] = {
    (*FILES, "file_url"): {"download-https": HTTPS, "download-address": ADDRESS},
    (*FILES, "sha256sum"): {"sha256-form": SHA256},
}
"""Place → rules that say what a text there looks like, besides the schema."""
_WANTED: Final[Mapping[Path, str]] = {(*FILES, "sha256sum"): "sha256-missing"}
"""Place → the rule that wants something there, although the schema does not."""


@dataclass(frozen=True, slots=True)
class Field:
    """A place that is asked for."""

    path: Path
    """Keys that lead to it: from the record on, or for a part of a file from that file on."""
    kind: Kind
    """How it is answered."""
    label: str
    """What people call it."""
    what: str
    """What it means."""
    is_needed: bool = False
    """Whether nothing is valid without it."""
    example: str = ""
    """A value that may stand there, as one would type it."""
    options: Sequence[tuple[str, str]] = ()
    """Values to choose from, each with its words."""
    list_keys: Sequence[str] = ()
    """Of values by key: the keys whose values are lists."""
    forms: str = "[]"
    """What a text must look like besides, as JSON: pairs of a regular expression and what it means."""
    wanted: str = ""
    """Why something should stand there, although nothing need."""
    is_rare: bool = False
    """Of a part of a file: whether few files need it."""
    parts: Sequence["Field"] = ()
    """Of files: what is asked of each."""

    @property
    def id(self) -> str:
        """Name of its element in the page."""
        return "-".join(("field", *self.path))

    @property
    def place(self) -> str:
        """Its path, as JSON."""
        return json.dumps(self.path)


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together."""

    title: str
    fields: Sequence[Field]
    what: str = ""
    """What they are, where the titles of the fields do not say it."""
    is_folded: bool = False
    """Whether they are seldom needed, and shown when they are asked for."""


def sections(category: str, schema: Schema) -> list[Section]:
    """The sections of a category's form; what only the legacy files need is not asked for."""
    found: dict[str, list[Field]] = {}
    for place in places_of(category):
        first = place.path[0]
        if first != _NEVER_ASKED:
            found.setdefault(first if first in LAST else "", []).append(_field(category, place, schema))
    series, size, files, aliases, withdrawn, exceptions = (found[key] for key in LAST if key != _NEVER_ASKED)
    return [
        Section("The model", found[""]),
        Section("Files", files),
        Section(label_of(("finetune_series",)), series, _what(schema, "finetune_series"), is_folded=True),
        Section("Seldom needed", [*size, *aliases, *exceptions], is_folded=True),
        Section("Take it out of the list", withdrawn, _what(schema, "withdrawn"), is_folded=True),
    ]


def _what(schema: Schema, key: str) -> str:
    what: str = schema["properties"][key]["description"]
    return what


def _field(category: str, place: Place, schema: Schema) -> Field:
    parts = tuple(_part(one, schema) for one in places_of_a_file()) if place.kind is Kind.FILES else ()
    return _drawn(place, place.path, schema, is_needed="_".join(place.path) in needed_keys(category), parts=parts)


def _part(place: Place, schema: Schema) -> Field:
    shape = schema["$defs"]["Download"]
    return _drawn(place, place.path[len(FILES) :], shape, is_needed=place.path[-1] in shape["required"], of=schema)


def _drawn(
    place: Place, path: Path, shape: Schema, *, is_needed: bool, parts: Sequence[Field] = (), of: Schema | None = None
) -> Field:
    member = member_at(path, shape, (of or shape)["$defs"])
    return Field(
        path=path,
        kind=place.kind,
        label=label_of(place.path),
        what=member["description"],
        is_needed=is_needed,
        example=_example(member),
        options=list(_options(place, is_needed=is_needed, default=member.get("default"))),
        forms=json.dumps([(form.pattern, RULES[rule].summary) for rule, form in _RULES.get(place.path, {}).items()]),
        wanted=RULES[_WANTED[place.path]].summary if place.path in _WANTED else "",
        list_keys=sorted(list_keys(place.path)),
        is_rare=place.path[: len(FILES)] == FILES and path[-1] not in {*FILE_COLUMNS, *FILES},
        parts=parts,
    )


def _example(member: Mapping[str, Any]) -> str:
    match member:
        case {"examples": [str() | int() as value, *_]} | {"examples": [[str() as value, *_]]}:
            return str(value)
        case {"items": {"examples": [str() as value, *_]}}:
            return value
    return ""


def _options(place: Place, *, is_needed: bool, default: object) -> Iterator[tuple[str, str]]:
    if place.kind not in {Kind.FLAG, Kind.CHOICE}:
        return
    unsaid = "not stated" if default is None else f"not stated, which means {labels.plain(default)}"
    yield "", "Choose" if is_needed else unsaid
    if place.kind is Kind.FLAG:
        yield from ((YES, YES), (NO, NO))
    yield from ((value, labels.words(value)) for value in place.options)
