"""The addresses that a published tree answers, each with a way to try it.

reference/api/index.md    groups of addresses
reference/api/<tag>.md    the addresses of a group: parameters, answer, example
"""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Final

import orjson

from horde_reference.emit.openapi.document import TAGS
from horde_reference.emit.openapi.endpoint import PARAMETERS
from horde_reference.emit.openapi.table import ENDPOINTS
from horde_reference.emit.reference.addresses import Address, gathered
from horde_reference.emit.reference.field_table import fields
from horde_reference.emit.reference.markdown import code, fenced, folded, line, page, table, value
from horde_reference.emit.schemas.shapes import Schema
from horde_reference.formats.addresses import PUBLIC_ROOT
from horde_reference.media import type_of
from horde_reference.tree import File

FOLDER: Final = "reference/api"
_READERS: Final = {
    "service": "whoever wants to know what answers, and whether all is well",
    "records": "workers, frontends, bots: whoever needs to know the models",
    "groups": "frontends that let people choose a text model",
    "statistics": "maintainers, dashboards, spreadsheets",
    "queue": "maintainers, and tools around proposals",
    "legacy": "programs that were written for the two legacy repositories",
    "history": "caches, mirrors, feed readers, auditors",
    "schemas": "editors, validators, generators of code",
}
_LONG: Final = 3000


def emit(schemas: Mapping[str, Schema]) -> Iterator[File]:
    """Every page."""
    addresses = gathered(ENDPOINTS)
    yield f"{FOLDER}/index.md", _index(addresses)
    for tag in TAGS:
        yield f"{FOLDER}/{tag}.md", _page(tag, [one for one in addresses if one.endpoint.tag == tag], schemas)


def _index(addresses: list[Address]) -> bytes:
    groups = ((f"[{tag}]({tag}.md)", line(what), _READERS[tag]) for tag, what in TAGS.items())
    rows = ((f"[{code(one.path)}]({one.endpoint.tag}.md#{_anchor(one)})", line(one.summary)) for one in addresses)
    return page(
        "API",
        "Every address that a published tree answers, and what it answers: all of it files, so every request is a "
        "`GET`, needs no key, and says the same to everybody. The same as a document for programs: "
        f"[OpenAPI 3.1]({PUBLIC_ROOT}/api/openapi.json).",
        "Addresses are written here as clients of the live service use them. With `.json` behind them they work on "
        "*every* host, and that is how *Send* asks.",
        table(("group", "what", "for whom"), groups),
        "## All addresses",
        table(("address", "what it answers"), rows),
    )


def _page(tag: str, addresses: list[Address], schemas: Mapping[str, Schema]) -> bytes:
    return page(
        tag.capitalize(), f"{line(TAGS[tag])} For {_READERS[tag]}.",
        *(part for one in addresses for part in _section(one, schemas)),
    )  # fmt: skip


def _section(one: Address, schemas: Mapping[str, Schema]) -> Iterator[str]:
    yield f"## {one.summary} {{ #{_anchor(one)} }}"
    yield fenced(f"GET {one.path}", "text")
    yield line(one.description)
    rows = ((code(name), _what(name), ", ".join(map(code, words))) for name, words in one.choices.items())
    yield table(("parameter", "what it is", "values"), rows)
    yield _form(one)
    yield from _answer(one, schemas)


def _what(name: str) -> str:
    example = PARAMETERS[name].schema.get("examples", ())
    return line(PARAMETERS[name].description) + (f" Such as {value(example[0])}." if example else "")


def _answer(one: Address, schemas: Mapping[str, Schema]) -> Iterator[str]:
    kind = code(type_of(one.endpoint.file))
    if one.endpoint.schema is None:
        yield f"Answers {kind}."
        return
    schema = schemas[one.endpoint.schema]
    address = f"{PUBLIC_ROOT}/{one.endpoint.schema}"
    of_one = f" of {one.endpoint.shape}" if one.categories else ""
    yield f"Answers {kind}: {_lowered(line(schema['description']))} [Schema{of_one}]({address})."
    if "/record/" not in one.endpoint.schema:
        yield fields(schema, None)
    yield _example(schema["examples"][0])


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _example(example: object) -> str:
    text = orjson.dumps(example, option=orjson.OPT_INDENT_2).decode()
    return folded("Example", fenced(text, "json")) if len(text) <= _LONG else ""


def _anchor(one: Address) -> str:
    """Where its section is found: by its path, which stays when its words change."""
    return "-".join("".join(c if c.isalnum() else " " for c in one.path).split()).lower()


def _form(one: Address) -> str:
    """What a script makes a form to try the address of; without one it stays hidden."""
    inputs = "".join(_input(name, words) for name, words in one.choices.items())
    return (
        f'<form class="try" data-file="{escape(one.file)}" aria-label="Try {escape(one.path)}" hidden>{inputs}'
        '<button class="md-button md-button--primary" type="submit">Send</button></form>'
    )


def _input(name: str, words: tuple[str, ...]) -> str:
    if words:
        options = "".join(f"<option>{escape(word)}</option>" for word in words)
        return f'<label>{name} <select name="{name}">{options}</select></label>'
    example = PARAMETERS[name].schema["examples"][0]
    return f'<label>{name} <input name="{name}" value="{escape(str(example))}" required></label>'
