"""What is published comes back, whatever the records and whatever the source does to it on the way."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from strategies import corpora, without_private

from horde_reference.client.channels import Pinned
from horde_reference.client.guard import refuse_unsound
from horde_reference.client.reference import Reference
from horde_reference.client.source import Memory
from horde_reference.client.stores import Kept, MemoryStore
from horde_reference.corpus import Corpus
from horde_reference.edition import Edition
from horde_reference.emit import api
from horde_reference.errors import Unsound
from horde_reference.formats.addresses import category_path
from horde_reference.formats.json_writing import compact
from horde_reference.formats.v2.decoding import Problem, decode_category
from horde_reference.records.categories import CATEGORIES


def published(corpus: Corpus) -> dict[str, bytes]:
    return {path: bytes(body) for path, body in api.emit(Edition(corpus))}


@given(corpora())
def test_a_reference_gives_back_the_corpus(corpus: Corpus) -> None:
    reference = Reference(Memory(published(corpus)))
    assert Corpus.of(reference) == Corpus.of(map(without_private, corpus.offered()))
    for record in corpus.offered():
        assert reference.of(type(record))[record.name] == without_private(record)


@given(corpora(), corpora())
def test_of_two_sources_the_first_that_has_a_record_gives_it(over: Corpus, base: Corpus) -> None:
    reference = Reference(Memory(published(over)), Memory(published(base)))
    keys = {(record.category, record.name) for record in over.offered()}
    rest = [record for record in base.offered() if (record.category, record.name) not in keys]
    assert Corpus.of(reference) == Corpus.of(map(without_private, [*over.offered(), *rest]))


@given(st.sampled_from(list(CATEGORIES)), st.binary(max_size=100))
def test_no_body_makes_reading_fail_in_another_way_than_it_may(category: str, raw: bytes) -> None:
    problems: list[Problem] = []
    try:
        found = decode_category(category, raw, problems)
    except Unsound:
        return
    assert all(name == record.name and record.category == category for name, record in found.items())
    assert all(problem.message for problem in problems)


@given(corpora(), st.data())
def test_cutting_a_file_anywhere_is_noticed(corpus: Corpus, data: st.DataObject) -> None:
    path, body = data.draw(st.sampled_from(sorted(published(corpus).items())))
    cut = body.rstrip(b"\n")[: data.draw(st.integers(0, len(body.rstrip(b"\n")) - 1))]
    try:
        refuse_unsound(path, cut, None, 0.5)
    except Unsound:
        return
    raise AssertionError(f"{cut!r} was believed")


@given(st.binary(), st.text(), st.floats(0, 2e9))
def test_a_store_gives_back_what_it_was_given(body: bytes, tag: str, checked: float) -> None:
    store = MemoryStore()
    store.put("path", Kept(body, tag, checked))
    kept = store.get("path")
    assert kept is not None
    assert (kept.body, kept.tag, kept.checked) == (body, tag, checked)


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from("abc"), st.sampled_from(["write", "delete"]))))
def test_a_pinned_number_is_the_state_that_its_events_come_to(steps: list[tuple[int, str, str]]) -> None:
    numbered = sorted(steps, key=lambda step: step[0])
    events = [
        {"number": number, "model_name": name, "payload": {"after": {"name": name, "version": str(place)}}}
        if deed == "write"
        else {"number": number, "model_name": name, "payload": {}}
        for place, (number, name, deed) in enumerate(numbered)
    ]
    trail = b"".join(compact(event) for event in events)
    index = {"segments": {"clip": [{"path": "/audit/v2/clip/audit-000001.jsonl"}]}}
    head: dict[str, Any] = {"number": 9, "commit": None, "time": None, "modified": False, "records": {}, "files": {}}
    files = {"audit/index.json": compact(index), "audit/v2/clip/audit-000001.jsonl": trail, "head.json": compact(head)}
    for pin in range(1, 10):
        expected: dict[str, str] = {}
        for place, (number, name, deed) in enumerate(numbered):
            if number <= pin:
                expected.pop(name, None)
                if deed == "write":
                    expected[name] = str(place)
        answer = Pinned(Memory(files), pin).read(category_path("clip"))
        found = decode_category("clip", answer.body or b"", [])
        assert {name: record.version for name, record in found.items()} == expected
