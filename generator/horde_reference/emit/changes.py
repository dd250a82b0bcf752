"""The change feed: what each published commit added, changed and removed.

changes/index.json      every commit that changed records, by number
changes/<number>.json   one of them; never changes again
changes/feed.atom       the last ones, for feed readers
changes/<category>.atom the last ones of a category
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from horde_reference.edition import Edition
from horde_reference.emit.atom import feed
from horde_reference.formats.json_writing import compact
from horde_reference.history.event import Event
from horde_reference.history.log import Commit
from horde_reference.tree import Emitted

ROOT: Final = "changes"


def emit(edition: Edition) -> Iterator[Emitted]:
    """Every change file, the index and the feeds."""
    seen = [event for event in edition.events if event.effect is not None]
    steps = [(commit, list(events)) for commit, events in groupby(seen, key=attrgetter("commit"))]
    for commit, events in steps:
        yield path_of(commit), compact({**_facts(commit), "categories": _by_category(events)})
    index = [{**_facts(commit), "path": f"/{path_of(commit)}", "records": len(events)} for commit, events in steps]
    latest = steps[-1][0].number if steps else 0
    yield f"{ROOT}/index.json", compact({"number": latest, "changes": index})
    yield f"{ROOT}/feed.atom", feed(f"{ROOT}/feed.atom", "Model reference", steps)
    for category in edition.corpus.categories:
        own = [(commit, [event for event in events if event.category == category]) for commit, events in steps]
        path = f"{ROOT}/{category}.atom"
        yield path, feed(path, f"Model reference: {category}", [step for step in own if step[1]])


def path_of(commit: Commit) -> str:
    """Path of the file that says what a commit changed."""
    return f"{ROOT}/{commit.number}.json"


def _facts(commit: Commit) -> dict[str, Any]:
    facts = {
        "number": commit.number,
        "commit": commit.hash,
        "time": commit.time,
        "author": commit.author,
        "subject": commit.subject,
        "pull_request": commit.pull_request,
    }
    return {key: value for key, value in facts.items() if value is not None}


def _by_category(events: Sequence[Event]) -> Mapping[str, Any]:
    return {category: _sides(list(members)) for category, members in groupby(events, key=attrgetter("category"))}


def _sides(events: Sequence[Event]) -> dict[str, Any]:
    """Names that came and went, fields that changed, and old names of those that only got another."""
    named = {
        word: [event.name for event in events if event.effect == effect]
        for word, effect in (("added", "create"), ("removed", "delete"))
    }
    changed = {event.name: [change.field for change in event.fields()] for event in events if event.effect == "update"}
    renamed = {event.name: event.renamed_from for event in events if event.renamed_from is not None}
    return {"added": named["added"], "changed": changed, "removed": named["removed"], "renamed": renamed}
