"""Which records only got another name.

A record that goes and one that comes with the same commit are one, if the new one says so itself (`aliases`), or if
no other two of them have the same files, or the same page and all else but the name. What the text of two files has
in common, as git looks at it, would make one of any two text models of a kind.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson

from horde_reference.history.event import Document, Key, hashes, stated

_Evidence = Callable[[str, dict[str, Any]], list[object]]


def renames(changes: Mapping[Key, tuple[Document | None, Document | None]]) -> dict[Key, str]:
    """Key of a record that is new → name that it had before.

    Args:
        changes: key → before and after, of all records that one commit changed.
    """
    gone = {key: stated(before) for key, (before, after) in changes.items() if after is None}
    came = {key: stated(after) for key, (before, after) in changes.items() if before is None}
    found: dict[Key, str] = {}
    for evidence_of_old, evidence_of_new in _EVIDENCE if gone and came else ():
        old, new = _by_evidence(gone, evidence_of_old), _by_evidence(came, evidence_of_new)
        for trace in old.keys() & new.keys():
            if len(old[trace]) == len(new[trace]) == 1:
                (before,), (after,) = old[trace], new[trace]
                if before in gone and after in came:
                    found[after] = before[1]
                    del gone[before], came[after]
    return found


def _by_evidence(records: Mapping[Key, dict[str, Any]], evidence: _Evidence) -> Mapping[tuple[str, str], set[Key]]:
    found: defaultdict[tuple[str, str], set[Key]] = defaultdict(set)
    for key, value in records.items():
        for one in evidence(key[1], value):
            found[key[0], repr(one)].add(key)
    return found


def _name(name: str, _value: dict[str, Any]) -> list[object]:
    return [name]


def _aliases(_name: str, value: dict[str, Any]) -> list[object]:
    aliases = value.get("aliases")
    return list(aliases) if isinstance(aliases, list) else []


def _files(_name: str, value: dict[str, Any]) -> list[object]:
    return [sorted(hashes(value))] if hashes(value) else []


def _page_and_all_else(_name: str, value: dict[str, Any]) -> list[object]:
    if not (value.get("url") or value.get("homepage")):
        return []
    rest = {key: one for key, one in value.items() if key not in {"name", "legacy", "aliases"}}
    return [orjson.dumps(rest, option=orjson.OPT_SORT_KEYS)]


_EVIDENCE: Final[tuple[tuple[_Evidence, _Evidence], ...]] = (
    (_name, _aliases),
    (_files, _files),
    (_page_and_all_else, _page_and_all_else),
)
"""What an old and a new record must have in common, the surest first."""
