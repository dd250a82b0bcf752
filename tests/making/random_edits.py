"""A long history of random edits of records, as people make them."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from horde_reference.records.base import Download, ImageRepositoryRecord, Record
from horde_reference.records.kinds import ImageGeneration, TextGeneration

Records = dict[str, Record]
WORDS = ["tall", "café", 'the "best"', "a, b", "line\nbreak", "x" * 60, "100 %", "日本"]


def histories(records: Records, seed: int, edits: int) -> Iterator[Records]:
    """The records after each of so many edits: additions, removals, changes of fields, other names."""
    chance = random.Random(seed)
    for number in range(edits):
        edit = chance.choice([_add, _remove, _rename, *[_change] * 5]) if len(records) > 1 else _add
        records = edit(records, chance, number)
        yield records


def _pick(records: Records, chance: random.Random) -> Record:
    return records[chance.choice(sorted(records))]


def _add(records: Records, chance: random.Random, number: int) -> Records:
    new = replace(_pick(records, chance), name=f"{chance.choice('AZmx')}-new/{number}", aliases=())
    if isinstance(new, ImageRepositoryRecord | TextGeneration):
        new = replace(new, legacy=None)
    return {**records, new.name: new}


def _remove(records: Records, chance: random.Random, _number: int) -> Records:
    gone = _pick(records, chance).name
    return {name: record for name, record in records.items() if name != gone}


def _rename(records: Records, chance: random.Random, number: int) -> Records:
    record = _pick(records, chance)
    renamed = replace(record, name=f"Another name {number}", aliases=(*record.aliases, record.name))
    return {**{name: one for name, one in records.items() if one is not record}, renamed.name: renamed}


def _change(records: Records, chance: random.Random, _number: int) -> Records:
    record = _pick(records, chance)
    changes = [*ANY_CHANGES]
    if isinstance(record, ImageGeneration):
        changes += IMAGE_CHANGES
    if isinstance(record, TextGeneration):
        changes = TEXT_CHANGES
    changed = replace(record, **chance.choice(changes)(record, chance))
    return {**records, record.name: changed}


Change = Callable[[Any, random.Random], dict[str, Any]]


def _word(chance: random.Random) -> str:
    return f"{chance.choice(WORDS)} {chance.randrange(1000)}"


def _tags(record: Any, chance: random.Random) -> dict[str, Any]:
    tags = [tag for tag in record.tags if chance.random() < 0.7]
    tags.insert(chance.randrange(len(tags) + 1), f"tag{chance.randrange(100)}")
    return {"tags": tuple(dict.fromkeys(tags))}


def _hash(record: Record, chance: random.Random) -> dict[str, Any]:
    downloads: list[Download] = list(record.config.download)
    if downloads:
        at = chance.randrange(len(downloads))
        downloads[at] = replace(downloads[at], sha256sum=f"{chance.randrange(16**64):064x}")
    return {"config": replace(record.config, download=tuple(downloads))}


ANY_CHANGES: list[Change] = [
    lambda _, chance: {"description": _word(chance)},
    lambda _, chance: {"version": str(chance.randrange(100))},
    lambda record, _: {"description": None if record.description else "Now with a description."},
    _hash,
]
IMAGE_CHANGES: list[Change] = [
    _tags,
    lambda record, _: {"nsfw": not record.nsfw},
    lambda _, chance: {"trigger": tuple(_word(chance) for _ in range(chance.randrange(3)))},
    lambda _, chance: {"homepage": chance.choice([None, "https://example.com/a"])},
    lambda _, chance: {"requirements": chance.choice([None, {"clip_skip": 2}, {"clip_skip": 1, "max_steps": 8}])},
    lambda _, chance: {"size_on_disk_bytes": chance.choice([None, chance.randrange(1, 10**10)])},
]
TEXT_CHANGES: list[Change] = [
    _tags,
    lambda _, chance: {"parameters": chance.randrange(1, 3000) * 10**8},
    lambda _, chance: {"settings": chance.choice([None, {"temperature": chance.randrange(100) / 100}])},
    lambda _, chance: {"url": chance.choice([None, "https://example.com/a"])},
    lambda _, chance: {"description": chance.choice([None, _word(chance)])},
    lambda _, chance: {"style": chance.choice([None, "chat", "roleplay"])},
    lambda _, chance: {"instruct_format": chance.choice([None, "ChatML"])},
    lambda _, chance: {"display_name": chance.choice([None, "Shown so"])},
]
