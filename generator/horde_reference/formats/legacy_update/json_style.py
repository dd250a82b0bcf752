"""How a JSON file is written: what is new in it is written in the same way."""

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from horde_reference.formats.legacy_update.json_level import Item, Level

_INDENT: Final = re.compile(r"\n([ \t]*)(?=[^ \t\r\n])")
_USUAL_UNIT: Final = "    "


@dataclass(frozen=True, slots=True)
class Style:
    """Line ends, indentation, escapes and separators of a file."""

    newline: str
    """What ends its lines; empty where all stands on one line."""
    unit: str
    """Indentation that each level adds."""
    ascii: bool
    """Whether all but ASCII is escaped."""
    colon: str
    """What stands between a key and its value."""
    gap: str
    """What stands behind a comma inside of a line."""


def style_of(text: str, level: Level) -> Style:
    """The style of a text, of which `level` is the outermost one."""
    return Style(
        newline=_newline(text) if not level.items or "\n" in str(level) else "",
        unit=_unit(text),
        ascii=text.isascii(),
        colon=_most_common([item.colon for item in level.items], ": "),
        gap=_gap(level),
    )


def _newline(text: str) -> str:
    windows = text.count("\r\n")
    return "\r\n" if windows * 2 > text.count("\n") else "\n"


def _unit(text: str) -> str:
    """The commonest step from one line to a deeper one."""
    indents = ["", *_INDENT.findall(text)]
    deeper = [one[len(other) :] for other, one in pairwise(indents) if len(one) > len(other) and one.startswith(other)]
    return _most_common(deeper, _USUAL_UNIT)


def _gap(level: Level) -> str:
    """What stands behind a comma in a file that is one line."""
    return next((item.lead for item in level.items[1:] if "\n" not in item.lead), " ")


def _most_common(found: list[str], otherwise: str) -> str:
    return Counter(found).most_common(1)[0][0] if found else otherwise


def written(value: Any, style: Style, indent: str) -> str:  # noqa: ANN401 - any JSON value
    """The text of a value whose first line is indented so far."""
    inline = f",{style.gap}"
    text = json.dumps(
        value,
        ensure_ascii=style.ascii,
        indent=style.unit if style.newline else None,
        separators=("," if style.newline else inline, style.colon),
        allow_nan=False,
    )
    return text.replace("\n", style.newline + indent) if style.newline else text


def new_item(key: str | None, value: Any, level: Level, style: Style, indent: str) -> Item:  # noqa: ANN401
    """An item to put into a level that is indented so far, in the way of those that stand there."""
    lead = new_lead(level, style, indent)
    inside = replace(style, newline="") if is_one_line(level, style) else style
    body = written(value, inside, indent_of(lead, indent))
    if key is None:
        return Item(lead, None, "", "", body, value)
    colon = _most_common([item.colon for item in level.items], style.colon)
    return Item(lead, key, key_text(key, style), colon, body, value)


def key_text(key: str, style: Style) -> str:
    """A key as the file writes it."""
    return json.dumps(key, ensure_ascii=style.ascii)


def new_lead(level: Level, style: Style, indent: str) -> str:
    """Blanks before a new item of a level: those that its depth asks for, unless all there agree on other ones."""
    leads = [item.lead for item in level.items]
    if is_one_line(level, style):
        return leads[-1] if len(leads) > 1 else style.gap
    right = f"{style.newline}{indent}{style.unit}"
    agreed = len(leads) > 1 and len(set(leads)) == 1
    return leads[0] if agreed else right


def is_one_line(level: Level, style: Style) -> bool:
    """Whether the items of a level stand behind each other in one line."""
    if not level.items:
        return not style.newline
    return not any("\n" in item.lead for item in level.items)


def indent_of(lead: str, outer: str) -> str:
    """Indentation of the line on which an item stands that has this lead."""
    return lead.rpartition("\n")[2] if "\n" in lead else outer
