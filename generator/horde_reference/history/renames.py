"""Which records only got another name.

A record that goes and one that comes with the same commit are one, if the new one says so itself (`aliases`), if all
but the name is the same, or if both have the same files. What the text of two files has in common, as git looks at
it, would make one of any two text models of a kind.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson

from horde_reference.history.event import Document, Key, stated

_Evidence = Callable[[str, dict[str, Any]], list[object]]


def renames(changes: Mapping[Key, tuple[Document | None, Document | None]]) -> dict[Key, str]:
    """Key of a record that is new → name that it had before.

    Args:
        changes: key → before and after, of all records that one commit changed.
    """
    gone = {key: stated(before) for key, (before, after) in changes.items() if after is None}
    came = {key: stated(after) for key, (before, after) in changes.items() if before is None}
    found: dict[Key, str] = {}
    for evidence_of_old, evidence_of_new in _EVIDENCE:
        known = {
            (key[0], repr(one)): key for key, value in reversed(gone.items()) for one in evidence_of_old(key[1], value)
        }
        for key, value in came.items():
            if key in found:
                continue
            traces = ((key[0], repr(one)) for one in evidence_of_new(key[1], value))
            old = next((known[trace] for trace in traces if trace in known and known[trace] in gone), None)
            if old is not None:
                found[key] = old[1]
                del gone[old]
    return found


def _name(name: str, _value: dict[str, Any]) -> list[object]:
    return [name]


def _aliases(_name: str, value: dict[str, Any]) -> list[object]:
    aliases = value.get("aliases")
    return list(aliases) if isinstance(aliases, list) else []


def _all_but_the_name(_name: str, value: dict[str, Any]) -> list[object]:
    rest = {key: one for key, one in value.items() if key not in {"name", "legacy", "aliases"}}
    return [orjson.dumps(rest, option=orjson.OPT_SORT_KEYS)] if rest else []


def _files(_name: str, value: dict[str, Any]) -> list[object]:
    try:
        hashes = sorted(str(one["sha256sum"]).lower() for one in value["config"]["download"])
    except (KeyError, TypeError):
        return []
    return [hashes] if hashes else []


_EVIDENCE: Final[tuple[tuple[_Evidence, _Evidence], ...]] = (
    (_name, _aliases),
    (_all_but_the_name, _all_but_the_name),
    (_files, _files),
)
"""What an old and a new record must have in common, the surest first."""
