"""Progress for whoever watches a terminal; silence everywhere else."""

import os
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TypeVar

import click

from horde_reference.workflows.progress import Progress, quiet

ItemT = TypeVar("ItemT")

_STEP = 200
"""Items between two redraws: drawing must not cost more than the work."""


def progress(step: int = _STEP) -> Progress:
    """A bar on standard error where that is a terminal and no CI runs; else nothing. Redrawn after so many items."""
    return partial(_bar, step=step) if sys.stderr.isatty() and not os.environ.get("CI") else quiet


def _bar(items: Iterable[ItemT], label: str, total: int | None = None, *, step: int) -> Iterator[ItemT]:
    with click.progressbar(length=total or 0, label=label, file=sys.stderr, item_show_func=str, show_eta=False) as bar:
        number = 0
        for number, item in enumerate(items, 1):
            if number % step == 0:
                bar.update(step, number)
            yield item
        bar.update(number % step, number)
