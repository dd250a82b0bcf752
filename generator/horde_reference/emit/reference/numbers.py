"""The numbers that things turn on: limits, thresholds, presets, patience.

reference/numbers.md
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any, Final

from horde_reference.analytics import thresholds
from horde_reference.analytics.presets import PRESETS
from horde_reference.analytics.risk import FLAGS, Flags
from horde_reference.analytics.thresholds import THRESHOLDS, Thresholds
from horde_reference.emit.hosting import caching
from horde_reference.emit.reference.facts import Number
from horde_reference.emit.reference.markdown import code, line, page, table
from horde_reference.emit.schemas.field_docs import constants, descriptions
from horde_reference.pending.patience import LABELS, PATIENCE, Patience
from horde_reference.tree import File

_HEAD: Final = ("number", "value", "what it decides")


def emit(limits: Iterable[Number]) -> Iterator[File]:
    """The page."""
    flags = descriptions(Flags)
    yield (
        "reference/numbers.md",
        page(
            "Numbers",
            "What is large, old, little used or patient enough. Each number stands once in the code.",
            "## Deletion risk",
            "By category; `null` is a domain that the AI-Horde counts nothing of.",
            _thresholds(),
            "Flags, each raised only where it is known to be so:",
            table(("flag", "raised where"), ((code(name), line(flags[name])) for name in FLAGS)),
            "Presets, which select models:",
            table(("preset", "takes"), ((code(name), line(preset.summary)) for name, preset in PRESETS.items())),
            "## Statistics",
            _constants(thresholds),
            "## Patience with proposals",
            "In days.",
            _patience(),
            table(("label", "says"), ((code(name), line(said)) for name, (_, said) in LABELS.items())),
            "## How long answers may be kept",
            _constants(caching),
            "## Limits",
            table(_HEAD, ((code(one.place), code(one.value), line(one.doc)) for one in limits)),
        ),
    )


def _thresholds() -> str:
    """A row a threshold, a column for each set of them that a category has."""
    docs = descriptions(Thresholds)
    sets: dict[str, list[str]] = {}
    for category, row in THRESHOLDS.items():
        sets.setdefault(str(asdict(row)), []).append(category)
    heads = ("all others" if len(categories) > 1 else categories[0] for categories in sets.values())
    shown = [THRESHOLDS[categories[0]] for categories in sets.values()]
    rows = ((code(name), *(_said(one, name) for one in shown), line(docs[name])) for name in _names(Thresholds))
    return table(("threshold", *heads, "what it decides"), rows)


def _patience() -> str:
    names, docs = _names(Patience), descriptions(Patience)
    rows = ((code(turn), *(_said(patience, name) for name in names)) for turn, patience in PATIENCE.items())
    meanings = table(("column", "what it is"), ((code(name), line(docs[name])) for name in names))
    return f"{table(('it waits for', *names), rows)}\n\n{meanings}"


def _constants(module: Any) -> str:  # noqa: ANN401 - any module
    found = ((name, getattr(module, name), doc) for name, doc in constants(module).items())
    plain = ((name, value, doc) for name, value, doc in found if not isinstance(value, Mapping))
    return table(_HEAD, ((code(name), code(_shown(value)), line(doc)) for name, value, doc in plain))


def _names(shape: type[Any]) -> list[str]:
    return [one.name for one in fields(shape)]


def _said(row: object, name: str) -> str:
    found = getattr(row, name)
    return code("null" if found is None else found)


def _shown(found: object) -> str:
    return ", ".join(map(str, found)) if isinstance(found, tuple) else str(found)
