"""What the pages on deletion risk say: which models hardly anybody would miss, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from horde_reference.analytics.presets import PRESETS, Summary, summary
from horde_reference.analytics.risk import FLAGS, Flags, Risk
from horde_reference.edition import Edition
from horde_reference.emit.schemas.field_docs import descriptions
from horde_reference.emit.site import labels
from horde_reference.emit.site.links import model_href, risk_folder
from horde_reference.emit.site.understanding.measured import Counted, Measured, counted
from horde_reference.emit.site.understanding.risk_index import FLAG_WORDS, flags_in_words, known
from horde_reference.formats.addresses import STATISTICS_ROOT

SHOWN_ROWS: Final = 1000
"""Rows that a page has before any script runs, those at the highest risk; scripts show all of them, bit by bit."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A preset."""

    name: str
    title: str
    summary: str
    count: int
    """Models that it takes."""
    json: str
    """The published selection, behind the way to the web root."""


@dataclass(frozen=True, slots=True)
class Row:
    """A model in a line."""

    name: str
    href: str
    score: int
    flags: str
    month: str
    workers: str
    size: str
    critical: bool
    nsfw: bool


@dataclass(frozen=True, slots=True)
class View:
    """All that the page of a category says."""

    category: str
    title: str
    href: str
    summary: Summary
    choices: Sequence[Choice]
    rows: Sequence[Row]
    hidden: int
    """Models without a row."""
    use: Counted
    json: str
    """Published risks of all models, behind the way to the web root."""
    csv: str
    """The same as a table."""


def view(edition: Edition, found: Measured) -> View:
    """What the page of a category says."""
    root = f"{STATISTICS_ROOT}/{found.category}/deletion-risk"
    ordered = sorted(found.risks, key=lambda one: (-one.risk_score, known(one.usage_month)))
    return View(
        category=found.category,
        title=labels.TITLES[found.category],
        href=risk_folder(found.category),
        summary=summary(found.risks),
        choices=[
            Choice(name, labels.sentence(name), one.summary, sum(map(one.takes, found.risks)), f"{root}/{name}.json")
            for name, one in PRESETS.items()
        ],
        rows=[_row(one) for one in ordered[:SHOWN_ROWS]],
        hidden=max(len(ordered) - SHOWN_ROWS, 0),
        use=counted(edition, found.category),
        json=f"{root}.json",
        csv=f"{root}.csv",
    )


def explanations() -> list[tuple[str, str, str]]:
    """Each flag: its name, what a row says of it, and what it means."""
    said = descriptions(Flags)
    return [(flag, FLAG_WORDS[flag], said[flag]) for flag in FLAGS]


def _row(risk: Risk) -> Row:
    return Row(
        name=risk.name,
        href=model_href(risk.category, risk.name),
        score=risk.risk_score,
        flags=" · ".join(flags_in_words(risk)),
        month="" if risk.usage_month is None else labels.number(risk.usage_month),
        workers="" if risk.worker_count is None else labels.number(risk.worker_count),
        size=f"{risk.size_gb:,.2f}" if risk.size_gb else "",
        critical=risk.is_critical,
        nsfw=risk.nsfw,
    )
