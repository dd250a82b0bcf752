"""Which models are at risk of being deleted.

api/model_references/statistics/<category>/deletion-risk.json           every model
api/model_references/statistics/<category>/deletion-risk/<preset>.json  a selection of them
api/model_references/statistics/<category>/deletion-risk/grouped.json   groups: text models by theirs, others singly
api/model_references/statistics/<category>/deletion-risk.csv            every model, as a table
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from operator import attrgetter
from typing import Any, Final

import orjson

from horde_reference.analytics.presets import PRESETS, summary
from horde_reference.analytics.risk import Risk, raised_names, risks
from horde_reference.analytics.risk_groups import grouped
from horde_reference.analytics.thresholds import THRESHOLDS
from horde_reference.edition import Edition
from horde_reference.formats.addresses import STATISTICS_ROOT
from horde_reference.formats.json_writing import compact
from horde_reference.formats.spreadsheet import csv_of
from horde_reference.tree import Emitted

_PLAIN: Final = (
    "name", "category", "risk_score", "is_critical", "has_warning",
    "worker_count", "usage_day", "usage_month", "usage_total", "usage_percentage_of_category",
    "cost_benefit_score", "size_gb", "nsfw", "download_count",
)  # fmt: skip
_cells: Final = attrgetter(*_PLAIN)
COLUMNS: Final = (*_PLAIN[:2], "flags", "baseline", "download_hosts", *_PLAIN[2:], "usage_as_of")
"""Columns of the table."""


def emit(edition: Edition) -> Iterator[Emitted]:
    """The risks of every category."""
    for category, members in edition.published.categories.items():
        domain = THRESHOLDS[category].domain
        found = risks(category, members, edition.seen(category))
        root = f"{STATISTICS_ROOT}/{category}/deletion-risk"
        missing = edition.usage.missing_of(domain) if edition.usage and domain else ()
        month = sum(one.usage_month or 0 for one in found)
        report = _Report(category, len(found), month, edition.usage_as_of(category), missing)
        rows = list(map(orjson.dumps, found))
        whole = report.of(found, rows)
        yield f"{root}.json", whole
        groups = grouped(found, group_of) if (group_of := edition.group_of(category)) else None
        # Where it is the same, it is the same object, next to the other: one check is enough for both.
        yield f"{root}/grouped.json", report.of(groups, list(map(orjson.dumps, groups))) if groups else whole
        for name, preset in PRESETS.items():
            taken = list(map(preset.takes, found))
            some = whole if all(taken) else report.of(list(compress(found, taken)), list(compress(rows, taken)))
            yield f"{root}/{name}.json", some
        yield f"{root}.csv", table(found, edition.usage_as_of(category))


class _Report:
    """What is the same in every answer on a category."""

    def __init__(self, category: str, count: int, month: int, as_of: int | None, missing: Sequence[str]) -> None:
        self._category, self._count, self._month = category, count, month
        self._usage = {"usage_as_of": as_of, "usage_missing": missing}

    def of(self, found: Sequence[Risk], rows: Sequence[bytes]) -> bytes:
        """The answer with these risks, whose texts are `rows`: each is written once, however often it is taken."""
        head = {
            "category": self._category,
            "category_total_month_usage": self._month,
            "total_count": self._count,
            "returned_count": len(found),
            "offset": 0,
            "limit": None,
            **self._usage,
            "summary": summary(found),
        }
        return compact(head)[:-2] + b',"models":[' + b",".join(rows) + b"]}\n"


def table(found: Iterable[Risk], as_of: int | None) -> bytes:
    """The risks as CSV, for spreadsheets: lists joined by blanks, nothing where nothing is known."""
    return csv_of([COLUMNS, *((*_row(one), as_of) for one in found)]).encode()


def _row(one: Risk) -> tuple[Any, ...]:
    flags, hosts = " ".join(raised_names(one.deletion_risk_flags)), " ".join(one.download_hosts)
    name, category, *rest = _cells(one)
    return name, category, flags, one.baseline, hosts, *rest
