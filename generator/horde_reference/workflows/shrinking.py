"""A category that loses many records at once has mostly lost them by mistake."""

from collections.abc import Mapping
from typing import Final

from horde_reference.errors import WouldShrink

MAX_SHRINK: Final = 0.2
"""Share of its records that a category may lose at once, unless it is allowed to lose more."""


def refuse_shrinking(before: Mapping[str, int], counts: Mapping[str, int], max_shrink: float, few: int = 0) -> None:
    """Compare records by category.

    Args:
        before: what they were, by category.
        counts: what they are to be.
        max_shrink: share that a category may lose.
        few: so many it may lose whatever their share.

    Raises:
        WouldShrink: a category would lose a larger share of its records than `max_shrink`.
    """
    shrunk = [
        f"{category} from {had} to {counts.get(category, 0)}"
        for category, had in before.items()
        if had - counts.get(category, 0) > max(few, max_shrink * had)
    ]
    if shrunk:
        raise WouldShrink(
            f"These categories would lose more than {max_shrink:.0%} of their records: {', '.join(shrunk)}. "
            "If that is meant, say --allow-shrink. Nothing was changed."
        )
