"""Texts that nobody vouches for, in Markdown: shown as they are, and nothing in them works."""

from typing import Final

import orjson

_LONGEST_VALUE: Final = 200


def code(text: str) -> str:
    """Text as inline code that cannot end early: the fence is longer than any run of backticks inside.

    What cannot be seen, or would turn the direction of writing, is spelt out.
    """
    text = "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)
    fence = "`"
    while fence in text:
        fence += "`"
    return f"{fence} {text} {fence}" if "`" in text or text != text.strip() or not text else f"`{text}`"


def value(value: object) -> str:
    """A JSON value on one line, cut off where it is long; a dash for none."""
    if value is None:
        return "-"
    text = orjson.dumps(value).decode()
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 3] + "..."
