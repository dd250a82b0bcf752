"""The records, as the live service answers.

api/model_references/v2/<category>.json              {name: record}
api/model_references/v2/<category>/model/<name>.json one record
api/model_references/v2/<category>/pending.json      {name: record} of those that open pull requests add or change

The v1 categories are in `legacy`, what the API_ROOT says of itself in `fixed`.
"""

from collections.abc import Container, Iterator

from horde_reference.edition import Edition
from horde_reference.formats.addresses import API_ROOT, category_path, pending_path
from horde_reference.formats.json_writing import chunks
from horde_reference.formats.v2 import encoding as v2
from horde_reference.history.timeline import Lifetime
from horde_reference.pending.beta import beta
from horde_reference.records.base import ImageRepositoryRecord, Record
from horde_reference.records.kinds import TextGeneration
from horde_reference.text.names import parse_name
from horde_reference.tree import Emitted


def emit(edition: Edition) -> Iterator[Emitted]:
    """Every file of records."""
    proposed = beta(edition.queue.proposals if edition.queue else ())
    for name, members in edition.published.categories.items():
        texts: list[bytes] = []
        for chunk in chunks(members.values()):
            bodies = [(record.name, published_record(edition, record)) for record in chunk]
            for record, (_, body) in zip(chunk, bodies, strict=True):
                for key in _names(record, members):
                    yield f"{API_ROOT}/v2/{name}/model/{key}.json", body + b"\n"
            texts.append(v2.member_text(bodies))
        yield category_path(name), v2.category_file(texts)
        bodies = [(record.name, v2.encode(record, None, _group(record))) for record in proposed[name].values()]
        yield pending_path(name), v2.category_file([v2.member_text(bodies)] if bodies else [])


def published_record(edition: Edition, record: Record) -> bytes:
    """The record as it is published, with its past."""
    past = _past(edition.timeline.lifetimes.get((record.category, record.name)))
    return v2.encode(record, past, edition.text_group_of.get(record.name))


def _group(record: Record) -> str | None:
    return parse_name(record.name).group if isinstance(record, TextGeneration) else None


def _names(record: Record, members: Container[str]) -> tuple[str, ...]:
    """Its name, those that it had, and the one under which the live service knew it by its legacy file."""
    key = record.legacy.key if isinstance(record, ImageRepositoryRecord) and record.legacy else None
    if key is None or key in record.aliases or key in members:
        return record.name, *record.aliases
    return record.name, *record.aliases, key


def _past(lifetime: Lifetime | None) -> dict[str, int | str] | None:
    """What the metadata of a record says of its past."""
    if lifetime is None:
        return None
    return {
        "created_at": lifetime.created.time,
        "updated_at": lifetime.updated.time,
        "created_by": lifetime.created.author,
        "updated_by": lifetime.updated.author,
    }
