"""Commands and files as the documentation shows them, so that what is written there is what is tried."""

import re
from pathlib import Path

SITE = Path(__file__).parent.parent.parent / "site"


def block(page: str, mark: str) -> str:
    """The block that follows a mark, `<!-- mark -->`, on a page."""
    text = (SITE / page).read_text(encoding="utf-8")
    found = re.findall(rf"<!-- {re.escape(mark)} -->\n```\w+\n(.*?)```\n", text, re.DOTALL)
    assert len(found) == 1, f"{page} has {len(found)} blocks called {mark}"
    return str(found[0])
