"""Pieces of Markdown, with whatever the code says made text in them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import orjson

MARK: Final = "<!-- Made from the code by `horde-reference docs`. -->"
"""What stands below the title of every page, and says that it may be overwritten."""

_CODE: Final = re.compile(r"(`[^`]+`)")
_SPECIAL: Final = str.maketrans({"\\": r"\\", "*": r"\*", "<": "&lt;"})


def page(title: str, *parts: str) -> bytes:
    """A page: its title, and parts with empty lines between."""
    return ("\n\n".join([f"# {title}", MARK, *(part.strip("\n") for part in parts if part)]) + "\n").encode()


def page_of(index: str, title: str, *parts: str) -> bytes:
    """A page that only an index leads to, and which leads back to it.

    Args:
        index: title of the index, which lies in the same folder.
        title: of the page.
        parts: of the page.
    """
    return page(title, f"[{index}](index.md){{ .up }}", *parts)


def prose(text: str) -> str:
    """What a docstring says, with no character in it that would become an element; what is in backticks stays."""
    pieces = _CODE.split(text)
    return "".join(piece if place % 2 else piece.translate(_SPECIAL) for place, piece in enumerate(pieces))


def line(text: str) -> str:
    """The same on one line, for a cell of a table."""
    return " ".join(prose(text).split()).replace("|", r"\|")


def code(text: object) -> str:
    """A text as code, for a cell of a table or a sentence; nothing for nothing."""
    said = str(text)
    ticks = "``" if "`" in said else "`"
    return f"{ticks}{said}{ticks}".replace("|", r"\|") if said else ""


def value(one: Any) -> str:  # noqa: ANN401 - any JSON value
    """A JSON value as code."""
    return code(orjson.dumps(one).decode())


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, whose cells are Markdown; nothing where there are no rows."""
    made = [_row(row) for row in rows]
    return "\n".join([_row(head), "|" + "---|" * len(head), *made]) if made else ""


def fenced(text: str, language: str = "") -> str:
    """A block of code."""
    return f"```{language}\n{text.strip()}\n```"


def folded(title: str, text: str) -> str:
    """What is shown when one asks for it."""
    return "\n".join([f'??? note "{title}"', "", *(f"    {one}".rstrip() for one in text.splitlines())])


def document(text: str) -> str:
    """A docstring as paragraphs. One that begins with a backspace keeps its lines, as click does it."""
    return "\n\n".join(_paragraphs(text))


def summary(text: str) -> str:
    """The first line of a docstring."""
    return text.strip().partition("\n")[0]


def _paragraphs(text: str) -> Iterator[str]:
    for part in re.split(r"\n[ \t]*\n", text.strip()):
        kept = part.removeprefix("\b\n")
        yield fenced(kept) if kept != part else prose(part)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
