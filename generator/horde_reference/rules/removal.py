"""Models that are no longer offered, and names that they no longer have."""

from collections.abc import Iterable, Iterator
from datetime import date

from horde_reference.corpus import Corpus
from horde_reference.finding import Problem, did_you_mean, pointer
from horde_reference.records.base import ImageRepositoryRecord, Record
from horde_reference.rules.identity import folded_path, name_problems, reserved_problems


def withdrawal_date(record: Record) -> Iterator[Problem]:
    """A withdrawal has a day that the calendar knows.

    Readers order what was removed by it.

    Write year, month and day: 2026-11-23.
    """
    if record.withdrawn is not None:
        try:
            date.fromisoformat(record.withdrawn.date)
        except ValueError:
            message = f"{record.withdrawn.date!r} is not a day of the calendar."
            yield Problem(pointer("withdrawn", "date"), message, "Correct it.")


def alias_form(record: Record) -> Iterator[Problem]:
    """An alias is written as a name is.

    It becomes an address like the record's own name: what may not stand in a name may not stand in an alias.

    Write it as the record was called.
    """
    for place, alias in enumerate(record.aliases):
        for problem in (*name_problems(record.category, alias), *reserved_problems(alias)):
            yield Problem(pointer("aliases", place), problem.message, problem.hint)


def alias_taken(corpus: Corpus) -> Iterator[tuple[Record, Problem]]:
    """An alias is the name of no other model.

    Whoever asks for an old name must get the model that had it. With the name given to another, a worker would load
    weights that nobody asked for. (Whether it was another's in the past, a build looks up: `name-reused`.)

    Remove the alias, or give the other record another name.
    """
    for members in corpus.categories.values():
        if not any(record.aliases for record in members.values()):
            continue
        names = {folded_path(record.category, record.name): record for record in members.values()}
        claimed = dict(_legacy_names(members.values()))
        for record in members.values():
            for place, alias in enumerate(record.aliases):
                path = folded_path(record.category, alias)
                other = names.get(path) or claimed.setdefault(path, record)
                if other is not record or path in names or alias in record.aliases[:place]:
                    whose = "this record itself" if other is record else repr(other.name)
                    message = f"{alias!r} is already a name of {whose}."
                    yield record, Problem(pointer("aliases", place), message, "Remove the alias.")


def _legacy_names(records: Iterable[Record]) -> Iterator[tuple[str, Record]]:
    """Keys of legacy files under which records are published as well."""
    for record in records:
        if isinstance(record, ImageRepositoryRecord) and record.legacy and record.legacy.key:
            yield folded_path(record.category, record.legacy.key), record


def replacement_exists(corpus: Corpus) -> Iterator[tuple[Record, Problem]]:
    """What replaces a withdrawn model is a model that is offered.

    Whoever follows `replaced_by` must arrive at something that can be used.

    Name a record of the same category that is not withdrawn itself, or leave the key out.
    """
    for members in corpus.categories.values():
        for record in members.values():
            instead = record.withdrawn and record.withdrawn.replaced_by
            if not instead:
                continue
            where, other = pointer("withdrawn", "replaced_by"), members.get(instead)
            if other is None:
                message = f"There is no record {instead!r} in {record.category}."
                yield record, Problem(where, message, did_you_mean(instead, sorted({*members} - {record.name})))
            elif other.withdrawn is not None:
                hint = f"Name {other.withdrawn.replaced_by!r}?" if other.withdrawn.replaced_by else "Name another."
                yield record, Problem(where, f"{instead!r} is withdrawn as well.", hint)
